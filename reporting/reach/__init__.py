"""The reach of the campaign: what was taken away, played, followed from a wall, and finished.

The events are those of the assets; what a code led to is read from the learning sessions that it
began. Only counts leave this room: of an asset, a place, a week, never of a person.
"""
