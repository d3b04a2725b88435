"""Read the register of establishments."""

from __future__ import annotations

import datetime as dt
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.register.importer import COUNTS, ImportReport, register_import
from organisation.register.records import RegisterError


class Command(BaseCommand):
    help = "Reads a FINESS file: the list of hospital sites, or the register's daily extract."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--date",
            type=dt.date.fromisoformat,
            help="of when the file is (YYYY-MM-DD), where it does not say",
        )
        parser.add_argument(
            "--allow-older",
            action="store_true",
            help="take a file that is older than the last one imported",
        )
        parser.add_argument(
            "--allow-mass-closing",
            action="store_true",
            help="take a file that closes more than a fifth of the known sites",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = register_import(
                path=options["file"],
                today=timezone.localdate(),
                date=options["date"],
                allow_older=options["allow_older"],
                allow_mass_closing=options["allow_mass_closing"],
                progress=self._progress if options["verbosity"] else lambda text: None,
            )
        except RegisterError as refusal:
            raise CommandError(str(refusal)) from refusal
        self._print_problems(report)
        if options["verbosity"]:
            self.stdout.write(self.style.SUCCESS(summary(report)))

    def _progress(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()

    def _print_problems(self, report: ImportReport) -> None:
        for problem in report.problems:
            self.stderr.write(
                _("Ligne %(line)d refusée : %(reason)s")
                % {"line": problem.line, "reason": problem.reason}
            )
        untold = report.counts["refused"] - len(report.problems)
        if untold:
            self.stderr.write(_("… et %(untold)d autres lignes refusées") % {"untold": untold})


def summary(report: ImportReport) -> str:
    """One line: what the import did."""
    return _(
        "Sites nouveaux : %(new)d, mis à jour : %(updated)d, inchangés : %(unchanged)d, "
        "fermés : %(closed)d, rouverts : %(reopened)d, changés d’établissement : "
        "%(transferred)d ; établissements fusionnés : %(merged)d ; lignes hors périmètre : "
        "%(out_of_scope)d, refusées : %(refused)d."
    ) % {name: report.counts[name] for name in COUNTS}
