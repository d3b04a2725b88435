"""What the commands for timers share: compose, have sent, and say in the exit status what is wrong.

A timer that runs such a command daily is the alarm, too: it fails as long as a run of its kind has
failed or stalled.
"""

from __future__ import annotations

import datetime as dt
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count
from django.utils import timezone

from notifications.enums import PENDING, RunState
from notifications.models import Delivery, Run
from notifications.selectors import runs_in_trouble
from notifications.services import deliveries_send, deliveries_wake, run_compose, run_start

_WAIT = 300.0


class RunCommand(BaseCommand):
    """Derive with `kind`, `help`, and the period of a day."""

    kind: str

    def period(self, day: dt.date) -> str:
        raise NotImplementedError

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--send",
            action="store_true",
            help="send the mails in this process instead of leaving them to the worker",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        before = runs_in_trouble(kind=self.kind)
        run = run_compose(run=run_start(kind=self.kind, period=self.period(timezone.localdate())))
        if options["send"]:
            self._send()
        elif Delivery.objects.filter(state__in=PENDING).exists():
            deliveries_wake()
        run.refresh_from_db()
        self.stdout.write(self._report(run))
        self._alarm(before)

    def _send(self) -> None:
        """Until nothing is due at once; what has to wait is left to the next timer."""
        deadline = time.monotonic() + _WAIT
        next_at = deliveries_send(seconds=_WAIT)
        while next_at is not None and next_at <= timezone.now() and time.monotonic() < deadline:
            next_at = deliveries_send(seconds=deadline - time.monotonic())

    def _report(self, run: Run) -> str:
        states = run.deliveries.order_by().values_list("state").annotate(number=Count("pk"))
        mails = ", ".join(f"{number} {state}" for state, number in sorted(states))
        return f"{run}: {run.state}; mails: {mails or 'none'}"

    def _alarm(self, before: list[Run]) -> None:
        """Also about runs that this one has just replaced or brought to their end: once."""
        now = {run.pk: run for run in runs_in_trouble(kind=self.kind)}
        known = {run.pk: run for run in before} | now
        if not known:
            return
        lines = [_trouble(run, is_over=pk not in now) for pk, run in sorted(known.items())]
        raise CommandError("\n".join(lines), returncode=1)


def _trouble(run: Run, *, is_over: bool) -> str:
    what = "failed" if run.state == RunState.FAILED else "stalled"
    when = f"last sign of life {timezone.localtime(run.heartbeat_at):%Y-%m-%d %H:%M}"
    said = f": {run.error}" if run.error else ""
    after = " (taken up by this run)" if is_over else ""
    return f"{run} has {what}, {when}{said}{after}"
