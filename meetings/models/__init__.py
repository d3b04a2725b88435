"""The regional meetings: one page each, listed by date.

A meeting is over once its end is past; until then it is listed as coming. Its hours are stored as
moments and shown on the clocks of its region. The page is what editors write; the `Meeting` is
what was published, and everything that happens to it belongs there.
"""

from .index import MeetingsIndexPage
from .meeting import MeetingPage
from .record import Meeting
from .registrations import CalendarFeed, MeetingAttendance, OrganiserMessage, Registration

__all__ = [
    "CalendarFeed",
    "Meeting",
    "MeetingAttendance",
    "MeetingPage",
    "MeetingsIndexPage",
    "OrganiserMessage",
    "Registration",
]
