"""Bring the coverage ledger to today and prove it; for a nightly timer."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from reporting.ledger.models import LedgerState
from reporting.ledger.proving import ledger_prove
from reporting.ledger.running import ledger_run


class Command(BaseCommand):
    help = (
        "Bring the figures that stand ready to today, then count everybody anew and compare. The "
        "worker does the same every night. Fails if anything differed; that is counted anew."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        while not ledger_run():
            pass
        differing = ledger_prove(day=timezone.localdate())
        state = LedgerState.objects.get(pk=1)
        if differing:
            lines = "\n".join(state.differences)
            raise CommandError(f"{differing} establishments differed:\n{lines}")
        self.stdout.write(f"{state.proved_houses} establishments proved, none differs")
