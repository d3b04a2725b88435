"""Send near managers the figures of their week; for a daily or weekly timer."""

from __future__ import annotations

import datetime as dt

from notifications.commands import RunCommand
from reporting.digests import KIND, period_of


class Command(RunCommand):
    help = (
        "Compose this week's digests for near managers, or go on with them; the worker sends them. "
        "May be run daily, a week is told once. Fails if a run of digests failed or stalled."
    )
    kind = KIND

    def period(self, day: dt.date) -> str:
        return period_of(day)
