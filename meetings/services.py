"""Publishing meetings."""

from __future__ import annotations

from meetings.models import MeetingPage, MeetingsIndexPage


def meeting_publish(*, index: MeetingsIndexPage, meeting: MeetingPage) -> MeetingPage:
    """Check the new `meeting` and publish it under `index`, with a first revision.

    :raises ValidationError: what an editor would be told too.
    """
    index.add_child(instance=meeting)
    meeting.save_revision().publish()
    return meeting
