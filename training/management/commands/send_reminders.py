"""Remind people of their trainings; for a daily timer."""

from __future__ import annotations

import datetime as dt

from notifications.commands import RunCommand
from training.reminders.composing import KIND


class Command(RunCommand):
    help = (
        "Compose today's reminders, or go on with them; the worker sends them. May be run at any "
        "time, nothing is sent twice. Fails if a run of reminders failed or stalled."
    )
    kind = KIND

    def period(self, day: dt.date) -> str:
        return day.isoformat()
