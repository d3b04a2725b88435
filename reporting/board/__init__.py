"""One page for the board of a place: where it stands, what moved, who is late, what to decide.

`rules` and `moves` are plain functions over figures; `reading` loads them, live for an
establishment or department, frozen for a region or the nation; `paper` makes the A4 page of it.
"""
