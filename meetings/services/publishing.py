"""Publishing meetings: the record follows the page."""

from __future__ import annotations

import datetime as dt

from lrs.services import atomic_repeated
from meetings.models import Meeting, MeetingPage, MeetingsIndexPage
from meetings.signals import meeting_changed

FACTS = (
    "title",
    "summary",
    "region_id",
    "starts_at",
    "ends_at",
    "format",
    "place",
    "address",
    "organiser",
    "contact_email",
    "remote_link",
    "takes_registrations",
    "capacity",
    "registration_closes_at",
    "counts_for_id",
)
IN_CALENDARS = frozenset(
    {"title", "summary", "region_id", "starts_at", "ends_at", "format", "place", "address"}
    | {"remote_link", "withdrawn_at"}
)
"""What an entry in a calendar shows: a change raises its sequence."""


def meeting_publish(*, index: MeetingsIndexPage, meeting: MeetingPage) -> MeetingPage:
    """Check the new `meeting` and publish it under `index`, with a first revision.

    :raises ValidationError: what an editor would be told too.
    """
    index.add_child(instance=meeting)
    meeting.save_revision().publish()
    return meeting


@atomic_repeated
def meeting_take_over(*, page: MeetingPage, now: dt.datetime) -> Meeting:
    """The record with the facts of a page that has just been published; told to those who listen
    if something is different. The same facts again change nothing."""
    facts = {name: getattr(page, name) for name in FACTS}
    meeting, is_new = Meeting.objects.select_for_update().get_or_create(
        uid=page.uid, defaults={**facts, "page": page, "published_at": now, "changed_at": now}
    )
    if is_new:
        return meeting
    wanted = {**facts, "page_id": page.pk, "withdrawn_at": None}
    changed = frozenset(name for name, value in wanted.items() if getattr(meeting, name) != value)
    if changed:
        _change(meeting, wanted, changed, now)
        meeting_changed.send(sender=Meeting, meeting=meeting, changed=changed)
    return meeting


@atomic_repeated
def meeting_withdraw(*, page: MeetingPage, now: dt.datetime) -> None:
    """The page left the site: calendars are told that nothing takes place. Nothing else is lost."""
    for meeting in Meeting.objects.select_for_update().filter(uid=page.uid, withdrawn_at=None):
        _change(meeting, {"withdrawn_at": now}, frozenset({"withdrawn_at"}), now)


def _change(
    meeting: Meeting, values: dict[str, object], changed: frozenset[str], now: dt.datetime
) -> None:
    if "starts_at" in changed:
        meeting.moved_from = meeting.starts_at
    for name, value in values.items():
        setattr(meeting, name, value)
    meeting.changed_at = now
    meeting.sequence += bool(changed & IN_CALENDARS)
    meeting.save()
