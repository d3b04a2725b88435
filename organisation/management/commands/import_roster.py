"""Import a hospital's staff list from the command line, by the same steps as on the screen."""

from __future__ import annotations

import datetime as dt
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.enums import WorkState
from organisation.enums import IN_BACKGROUND, ChangeKind, RosterStage
from organisation.models import Establishment, RosterImport
from organisation.rosters import flow, selectors
from organisation.rosters.mapping import Word, key_of, words_unknown
from organisation.rosters.work import roster_run
from organisation.selectors import establishment_by_finess
from organisation.sheets.layouts import Layout

SHOWN = 50


class Command(BaseCommand):
    help = (
        "Shows what a staff list (CSV or XLSX) would change in an establishment; with --apply, "
        "does it. A list that was applied can be undone in the admin for thirty days."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("finess", help="FINESS number of the establishment or of a site of it")
        parser.add_argument("file", type=Path)
        parser.add_argument("--apply", action="store_true", help="make the changes")
        parser.add_argument(
            "--date",
            type=dt.date.fromisoformat,
            help="of when the list is (YYYY-MM-DD); today by default",
        )
        parser.add_argument(
            "--additions-only",
            action="store_true",
            help="the list is partial: whoever is not in it has not left",
        )
        parser.add_argument(
            "--accept-proposals",
            action="store_true",
            help="take what is proposed for unknown roles, departments and sites, and remember it",
        )
        parser.add_argument(
            "--leaving", type=int, help="how many leave, where it is more than a fifth"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        roster = self._upload(options)
        try:
            self._to_preview(roster, accept=options["accept_proposals"])
            self._tell(roster)
            if not options["apply"]:
                self.stdout.write(_("Rien n’est enregistré : ajoutez --apply pour le faire."))
                return
            flow.roster_confirm(roster=roster, actor=None, leaving=options["leaving"])
            self._go_on(roster)
            self._check(roster, RosterStage.APPLIED)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        finally:
            if roster.stage in (RosterStage.COLUMNS, RosterStage.VALUES, RosterStage.PREVIEW):
                flow.roster_discard(roster=roster, actor=None)
        self.stdout.write(self.style.SUCCESS(_("La liste est appliquée.")))

    def _upload(self, options: dict[str, Any]) -> RosterImport:
        path: Path = options["file"]
        now = timezone.now()
        try:
            with path.open("rb") as content:
                return flow.roster_upload(
                    establishment=_establishment(options["finess"]),
                    name=path.name,
                    content=content,
                    as_of=options["date"] or timezone.localdate(now),
                    is_complete=not options["additions_only"],
                    actor=None,
                    now=now,
                )
        except OSError as failure:
            raise CommandError(_("Ce fichier ne peut pas être ouvert.")) from failure
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal

    def _to_preview(self, roster: RosterImport, *, accept: bool) -> None:
        layout = Layout.of_json(roster.layout)
        flow.roster_columns_set(roster=roster, columns=layout.columns, day_order=layout.day_order)
        self._go_on(roster)
        if roster.stage == RosterStage.VALUES:
            words = words_unknown(roster)
            if not accept:
                raise CommandError(_unknown(words))
            flow.roster_words_set(
                roster=roster, answers={key_of(word): word.proposal for word in words}
            )
            self._go_on(roster)
        self._check(roster, RosterStage.PREVIEW)

    def _go_on(self, roster: RosterImport) -> None:
        """Work here rather than wait for the worker; who of the two does a part does not matter."""
        roster.refresh_from_db()
        while roster.stage in IN_BACKGROUND and roster.state != WorkState.FAILED:
            roster_run(roster_id=roster.pk)
            roster.refresh_from_db()

    def _check(self, roster: RosterImport, stage: RosterStage) -> None:
        if roster.stage != stage:
            raise CommandError(roster.notice or str(roster.get_stage_display()))

    def _tell(self, roster: RosterImport) -> None:
        for kind in ChangeKind:
            self.stdout.write(f"{kind.label} : {roster.counts.get(kind, 0)}")
        self.stdout.write(_("Inchangés : %(n)d") % {"n": roster.counts.get("same", 0)})
        self.stdout.write(
            _("Lignes laissées de côté, faute de métier : %(n)d")
            % {"n": roster.counts.get("left_out", 0)}
        )
        self.stdout.write(_("Lignes refusées : %(n)d") % {"n": roster.counts.get("wrong", 0)})
        for line in selectors.lines_refused(roster=roster)[:SHOWN]:
            self.stderr.write(
                _("Ligne %(line)d refusée : %(reason)s")
                % {"line": line.number, "reason": line.problem or line.conflict}
            )
        if flow.is_mass_leaving(roster):
            self.stderr.write(
                self.style.WARNING(
                    _("%(gone)d agents sur %(known)d partiraient : --leaving %(gone)d le confirme.")
                    % {"gone": roster.counts[ChangeKind.GONE], "known": roster.counts["known"]}
                )
            )


def _establishment(finess: str) -> Establishment:
    found = establishment_by_finess(finess=finess)
    if found is None:
        raise CommandError(_("Aucun établissement n’a ce numéro FINESS."))
    return found


def _unknown(words: list[Word]) -> str:
    told = "\n".join(
        f"  {word.kind.label} « {word.label} » → {word.proposal or '?'}" for word in words[:SHOWN]
    )
    return _(
        "Des mots de ce fichier sont inconnus. --accept-proposals retient les propositions ; sans "
        "proposition, le mot est laissé de côté :\n%(words)s"
    ) % {"words": told}
