"""Remind those who registered of the meetings of tomorrow; for a daily timer."""

from __future__ import annotations

import datetime as dt

from meetings.registrations.reminding import KIND
from notifications.commands import RunCommand


class Command(RunCommand):
    help = (
        "Compose the reminders of the meetings that begin tomorrow, or go on with them; the worker "
        "sends them. May be run at any time, nothing is sent twice. Fails if a run of these "
        "reminders failed or stalled."
    )
    kind = KIND

    def period(self, day: dt.date) -> str:
        return day.isoformat()
