"""Signals, sent inside the transaction that makes the change.

`meeting_changed(meeting: Meeting, changed: frozenset[str])`: a published meeting was published
again with other facts; `changed` names the fields.
`meeting_cancelled(meeting: Meeting)`: it will not take place.
"""

from django.dispatch import Signal

meeting_changed = Signal()
meeting_cancelled = Signal()
