"""Freeze the coverage of months that are over."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reporting.counting.dates import month_end
from reporting.services import MonthNotOverError, last_month_over, snapshots_freeze
from training.validity import months_added


def month(text: str) -> dt.date:
    """«2026-10» -> its last day."""
    try:
        return month_end(dt.datetime.strptime(text, "%Y-%m").date())
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no month (YYYY-MM)") from error


class Command(BaseCommand):
    help = "Freeze month-end coverage: last month by default. Months frozen before stay untouched."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--month", type=month, help="this month (YYYY-MM)")
        parser.add_argument(
            "--from", type=month, dest="first", help="every month from this one to the last over"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["month"] and options["first"]:
            raise CommandError("--month and --from exclude each other.")
        last = options["month"] or last_month_over()
        for day in self._months(options["first"] or last, last):
            self._freeze(day)

    def _freeze(self, day: dt.date) -> None:
        try:
            frozen = snapshots_freeze(month_end=day, progress=self._progress)
        except MonthNotOverError as error:
            raise CommandError(str(error)) from error
        silent = frozen.roll.filter(is_silent=True).count()
        self.stdout.write(
            f"{frozen}: {frozen.cells.count()} cells,"
            f" {frozen.roll.count()} establishments, {silent} silent"
        )

    def _progress(self, done: int, total: int) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"  {done} / {total} establishments", ending="\r")

    @staticmethod
    def _months(first: dt.date, last: dt.date) -> Iterator[dt.date]:
        day = first
        while day <= last:
            yield day
            day = month_end(months_added(day, 1))
