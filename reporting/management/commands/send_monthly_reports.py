"""Send the board's page of the month that is over to those who asked for it; for a daily timer."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from notifications.commands import RunCommand
from notifications.models import Run
from reporting.counting.dates import month_before
from reporting.models import CoverageMonth
from reporting.monthly.mails import KIND, period_of

FIRST_DAYS = 10
"""Of a month, in which its mail may begin; later it would tell what is long past."""

PATIENCE = 5
"""Days of a month for which the freezing of the last one is waited for."""


class Command(RunCommand):
    help = (
        "Compose this month's reports, or go on with them; the worker sends them. May be run "
        "daily: a month is told once, from its first days on, once the month before is frozen. "
        "Fails if a run of monthly reports failed or stalled."
    )
    kind = KIND

    def period(self, day: dt.date) -> str:
        return period_of(day)

    def handle(self, *args: Any, **options: Any) -> None:
        day = timezone.localdate()
        if not Run.objects.filter(kind=KIND, period=period_of(day)).exists():
            if day.day > FIRST_DAYS:
                self.stdout.write("The first days of the month are over: nothing to send.")
                return
            if day.day <= PATIENCE and not self._is_frozen(day):
                self.stdout.write("Last month is not frozen yet: waiting for it.")
                return
        super().handle(*args, **options)

    @staticmethod
    def _is_frozen(day: dt.date) -> bool:
        return CoverageMonth.objects.filter(ends_on=month_before(day)).exists()
