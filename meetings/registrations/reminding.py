"""The reminder on the day before: a kind of run, for a daily timer."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy

from meetings import mails
from meetings.models import Meeting, Registration
from notifications.models import Run
from notifications.registry import Kind, Step, kind_register

KIND = "meeting-reminders"
BATCH = 500
"""Registrations looked at in a step."""
EXAMINED, ADDRESSLESS = "examined", "addressless"
_DAY = dt.timedelta(days=1)


def register() -> None:
    counted = {
        EXAMINED: gettext_lazy("inscriptions examinées"),
        ADDRESSLESS: gettext_lazy("sans adresse connue"),
    }
    label = gettext_lazy("Rappels de rencontres")
    kind_register(Kind(KIND, label, reminders_compose, counted))


def reminders_compose(run: Run) -> Step:
    """The next step of a run whose period is a day (ISO): those who have a place at a meeting that
    begins on the day after, as the clocks of the place count days. Two queries, whatever the
    number."""
    day = dt.date.fromisoformat(run.period)
    batch = _registrations(_meetings(day + _DAY), after=int(run.cursor or 0))
    messages = [mails.reminder_made(one) for one in batch if one.email]
    counts = {EXAMINED: len(batch), ADDRESSLESS: len(batch) - len(messages)}
    cursor = str(batch[-1].pk) if len(batch) == BATCH else None
    return Step(messages, cursor, counts)


def _meetings(day: dt.date) -> dict[int, Meeting]:
    """Those that begin on this day at their place, by primary key. No place is a day off UTC."""
    midnight = dt.datetime.combine(day, dt.time(), dt.UTC)
    near = Meeting.objects.held().filter(
        starts_at__gte=midnight - _DAY, starts_at__lt=midnight + 2 * _DAY
    )
    found = near.select_related("region")
    return {one.pk: one for one in found if one.local_start.date() == day}


def _registrations(meetings: dict[int, Meeting], *, after: int) -> list[Registration]:
    rows = Registration.objects.confirmed().filter(meeting__in=meetings, pk__gt=after)
    batch = list(rows.select_related("person").order_by("pk")[:BATCH])
    for one in batch:
        one.meeting = meetings[one.meeting_id]
    return batch
