"""The regional meetings: one page each, listed by date.

A meeting is over once its end is past; until then it is listed as coming. Its hours are stored as
moments and shown on the clocks of its region.
"""

from .index import MeetingsIndexPage
from .meeting import MeetingPage

__all__ = ["MeetingPage", "MeetingsIndexPage"]
