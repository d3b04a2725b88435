"""What somebody does with a file of headcounts, step by step.

Each step checks that the file is where it has to be, so that a page left open does no harm. Who may
do it is asked by the callers. Raises ValidationError in the user's words.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection, Mapping
from functools import partial
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.archives.packing import private_storage
from documents.tables import TableRefused
from organisation.enums import HeadcountStage
from organisation.models import Establishment, Headcount, HeadcountImport, StaffRole
from organisation.services import (
    HeadcountDeclaration,
    headcounts_declare,
    headcounts_withdraw,
)
from organisation.sheets.days import DayOrder
from organisation.sheets.files import sheet_keep
from organisation.sheets.layouts import Layout
from organisation.sheets.roles import role_words_remember
from users.models import User
from users.services import audit_record

from .columns import counts_layout_problems, counts_layout_proposed
from .plan import CountKind, CountsPlan, counts_plan
from .reading import CountLine, counts_read, counts_table, day_refusal

KEPT = dt.timedelta(days=30)
"""How long an applied file can be undone; and one that waits is given up after it."""

OPEN = (HeadcountStage.COLUMNS, HeadcountStage.PREVIEW)


def counts_upload(
    *,
    establishment: Establishment | None,
    name: str,
    content: IO[bytes],
    as_of: dt.date,
    actor: User,
    now: dt.datetime,
) -> HeadcountImport:
    """Take a file in, of one establishment or of those it names. Nothing is changed by it yet."""
    if refusal := day_refusal(as_of, today=timezone.localdate(now)):
        raise ValidationError({"as_of": f"{refusal[0].upper()}{refusal[1:]}."})
    try:
        table = counts_table(name, content)
        layout = counts_layout_proposed(table, is_for_several=establishment is None)
    except TableRefused as refused:
        raise ValidationError({"file": str(refused)}) from None
    counts_expire(now=now)
    found = HeadcountImport(
        establishment=establishment,
        as_of=as_of,
        file_name=name[-255:],
        layout=layout.as_json(),
        requested_by=actor,
        requested_at=now,
    )
    found.file, found.sha256 = sheet_keep(content, folder="headcounts", uid=found.uid, table=table)
    with transaction.atomic():
        found.save()
        _audit(found, "headcounts.upload", actor, file=found.file_name, sha256=found.sha256)
    return found


def counts_columns_set(
    *, counts: HeadcountImport, columns: Mapping[str, int], day_order: DayOrder, today: dt.date
) -> None:
    """Say which column is what, and read the lines. It may be said again until the end."""
    _expect(counts, OPEN)
    layout = Layout.of_json(counts.layout)
    problems = counts_layout_problems(layout, columns, is_for_several=counts.is_for_several)
    if problems:
        raise ValidationError(problems)
    layout = layout.confirmed(columns, day_order)
    try:
        with private_storage().open(counts.file, "rb") as content:
            table = counts_table(counts.file, content)
            lines = counts_read(table, layout, as_of=counts.as_of, today=today)
    except TableRefused as refused:
        raise ValidationError(str(refused)) from None
    counts.layout = layout.as_json()
    counts.lines = [_as_json(line) for line in lines]
    _move(counts, HeadcountStage.PREVIEW, "layout", "lines")


def counts_planned(*, counts: HeadcountImport, allowed: Collection[int] | None) -> CountsPlan:
    """What the file would change now."""
    return counts_plan(
        lines=[_of_json(line) for line in counts.lines],
        establishment=counts.establishment,
        allowed=allowed,
    )


def counts_words_set(
    *, counts: HeadcountImport, answers: Mapping[str, str], allowed: Collection[int] | None
) -> None:
    """Say what unknown words mean, by the code of a role; «» leaves a word out. It is kept for the
    next files of these establishments, their staff lists too."""
    _expect(counts, (HeadcountStage.PREVIEW,))
    unknown = counts_planned(counts=counts, allowed=allowed).unknown
    roles = dict(StaffRole.objects.values_list("code", "pk"))
    role_words_remember(
        words=[(place, word.source, word.label) for word in unknown for place in word.places],
        roles={word.source: roles.get(answers.get(word.source, "")) for word in unknown},
    )


@transaction.atomic
def counts_confirm(
    *,
    counts: HeadcountImport,
    digest: str,
    allowed: Collection[int] | None,
    actor: User,
    now: dt.datetime,
) -> bool:
    """Declare what the preview with this digest showed; False if it would be something else now.

    All of it or nothing, and once: of two who confirm, the second is told.
    """
    counts = HeadcountImport.objects.select_for_update(of=("self",)).get(pk=counts.pk)
    _expect(counts, (HeadcountStage.PREVIEW,))
    plan = counts_planned(counts=counts, allowed=allowed)
    if plan.digest() != digest or plan.unknown:
        return False
    headcounts_declare(
        declarations=[
            HeadcountDeclaration(one.place, one.role, one.as_of, one.people) for one in plan.writes
        ],
        actor=actor,
    )
    counts.effects = [
        [one.place.pk, one.role.pk, one.as_of.isoformat(), one.stored, one.people]
        for one in plan.writes
    ]
    counts.counts = {
        **{kind.value: sum(one.kind == kind for one in plan.counts) for kind in CountKind},
        "wrong": len(plan.refused),
        "left_out": plan.left_out,
        "places": len({one.place.pk for one in plan.counts}),
    }
    counts.applied_at = now
    counts.lines = [_as_json(line) for line in plan.refused]
    _forget_file(counts)
    _move(counts, HeadcountStage.APPLIED, "effects", "counts", "applied_at", "lines", "file")
    _audit(counts, "headcounts.apply", actor, counts=counts.counts)
    return True


@transaction.atomic
def counts_undo(*, counts: HeadcountImport, actor: User, now: dt.datetime) -> None:
    """Put back what was declared before; what somebody has changed since stays, and is counted."""
    counts = HeadcountImport.objects.select_for_update(of=("self",)).get(pk=counts.pk)
    if reason := undo_refusal(counts, now=now):
        raise ValidationError(reason)
    present = _present(counts)
    restored, withdrawn, kept = [], [], 0
    for place, role, day, before, after in counts.effects:
        cell = (place, role, dt.date.fromisoformat(day))
        row = present.get(cell)
        if row is None or row.people != after:
            kept += 1
        elif before is None:
            withdrawn.append(cell)
        else:
            restored.append(HeadcountDeclaration(row.establishment, row.role, cell[2], before))
    headcounts_withdraw(cells=withdrawn, actor=actor)
    headcounts_declare(declarations=restored, actor=actor)
    counts.counts |= {"undone": len(counts.effects) - kept, "kept": kept}
    counts.undone_at = now
    _move(counts, HeadcountStage.UNDONE, "counts", "undone_at")
    _audit(counts, "headcounts.undo", actor, undone=counts.counts["undone"], kept=kept)


def undo_refusal(counts: HeadcountImport, *, now: dt.datetime) -> str:
    """Why a file cannot be undone; «» if it can."""
    if counts.stage != HeadcountStage.APPLIED or counts.applied_at is None:
        return _("Ce fichier n’est plus à cette étape.")
    if now > counts.applied_at + KEPT:
        return _("Le délai de trente jours est passé.")
    return ""


@transaction.atomic
def counts_discard(*, counts: HeadcountImport, actor: User | None) -> None:
    """Give a file up before it has changed anything; what it held is deleted."""
    _expect(counts, OPEN)
    counts.lines = []
    _forget_file(counts)
    _move(counts, HeadcountStage.DISCARDED, "lines", "file")
    _audit(counts, "headcounts.discard", actor)


def counts_expire(*, now: dt.datetime) -> int:
    """Give up what nobody went on with for thirty days; how many files it was."""
    old = list(HeadcountImport.objects.filter(stage__in=OPEN, requested_at__lt=now - KEPT))
    for counts in old:
        counts_discard(counts=counts, actor=None)
    return len(old)


def refused_lines(counts: HeadcountImport) -> list[CountLine]:
    """The lines that an applied file left aside."""
    return [_of_json(line) for line in counts.lines]


def _present(counts: HeadcountImport) -> dict[tuple[int, int, dt.date], Headcount]:
    places = {effect[0] for effect in counts.effects}
    rows = Headcount.objects.filter(establishment__in=places).select_related(
        "establishment", "role"
    )
    return {(row.establishment_id, row.role_id, row.as_of): row for row in rows}


def _forget_file(counts: HeadcountImport) -> None:
    transaction.on_commit(partial(private_storage().delete, counts.file))
    counts.file = ""


def _as_json(line: CountLine) -> list[object]:
    return [*dataclasses.astuple(line)[:5], line.as_of.isoformat(), line.problem, line.is_fte]


def _of_json(values: list[Any]) -> CountLine:
    number, finess, label, source, people, day, problem, is_fte = values
    as_of = dt.date.fromisoformat(day)
    return CountLine(number, finess, label, source, people, as_of, problem, is_fte)


def _expect(counts: HeadcountImport, stages: Collection[str]) -> None:
    if counts.stage not in stages:
        raise ValidationError(_("Ce fichier n’est plus à cette étape."))


def _move(counts: HeadcountImport, stage: HeadcountStage, *fields: str) -> None:
    """Write the next stage, if the file is still where the page showed it."""
    values = {field: getattr(counts, field) for field in fields}
    here = HeadcountImport.objects.filter(pk=counts.pk, stage=counts.stage)
    if not here.update(stage=stage, **values):
        raise ValidationError(_("Ce fichier n’est plus à cette étape."))
    counts.stage = stage


def _audit(found: HeadcountImport, action: str, actor: User | None, **details: object) -> None:
    place = found.establishment
    audit_record(
        actor=actor,
        action=action,
        target=f"headcounts:{found.uid}",
        details=details,
        place=place.uid if place else None,
    )
