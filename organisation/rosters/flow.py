"""What somebody does with a staff list, step by step.

Each step checks that the list is where it has to be, so that a page left open does no harm. Who may
do it is asked by the callers. Raises ValidationError in the user's words.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from functools import partial
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.archives.packing import private_storage
from documents.enums import WorkState
from documents.tables import TableRefused, table_open
from organisation.enums import IN_BACKGROUND, WAITING, ChangeKind, RosterStage
from organisation.models import Establishment, RosterChange, RosterImport, RosterLine
from organisation.sheets.days import DayOrder
from organisation.sheets.files import sheet_keep
from organisation.sheets.layouts import Layout
from users.models import User
from users.services import audit_record

from .columns import layout_problems, layout_proposed, layout_remember
from .mapping import words_explain, words_unknown
from .matching import ASIDE, NEW
from .reading import BOUNDS
from .work import WORK

MASS_SHARE = 0.2
"""The share of a hospital's people whose leaving at once is more likely a mistake."""

MASS_LEAST = 5
"""In a small house two or three are a fifth already."""

KEPT = dt.timedelta(days=30)
"""How long an applied list can be undone; and one that waits is given up after it."""


def roster_upload(
    *,
    establishment: Establishment,
    name: str,
    content: IO[bytes],
    as_of: dt.date,
    is_complete: bool,
    actor: User | None,
    now: dt.datetime,
) -> RosterImport:
    """Take a file in. Nothing is changed by it yet; its columns are proposed."""
    _check_day(establishment, as_of, timezone.localdate(now))
    try:
        table = table_open(name=name, content=content, bounds=BOUNDS)
        layout = layout_proposed(table, establishment=establishment)
    except TableRefused as refusal:
        raise ValidationError({"file": str(refusal)}) from None
    rosters_expire(now=now)
    roster = RosterImport(
        establishment=establishment,
        as_of=as_of,
        is_complete=is_complete,
        file_name=name[-255:],
        layout=layout.as_json(),
        requested_by=actor,
        requested_at=now,
        state=WorkState.READY,
    )
    roster.file, roster.sha256 = sheet_keep(content, folder="rosters", uid=roster.uid, table=table)
    with transaction.atomic():
        roster.save()
        _audit(roster, "roster.upload", actor, file=roster.file_name, sha256=roster.sha256)
    return roster


def roster_columns_set(
    *, roster: RosterImport, columns: Mapping[Any, int], day_order: DayOrder
) -> None:
    """Say which column is what, and have the lines read. It may be said again until the end."""
    _expect(roster, WAITING)
    problems = layout_problems(columns)
    if problems:
        raise ValidationError(problems)
    layout = Layout.of_json(roster.layout).confirmed(columns, day_order)
    with transaction.atomic():
        layout_remember(establishment=roster.establishment, layout=layout)
        roster.lines.all().delete()
        roster.changes.all().delete()
        roster.layout = layout.as_json()
        roster.decisions = {}
        _go_to(roster, RosterStage.READING, "layout", "decisions")


def roster_words_set(*, roster: RosterImport, answers: Mapping[str, str]) -> None:
    """Say what the unknown words mean (see `words_explain`), and have the preview prepared."""
    _expect(roster, WAITING)
    with transaction.atomic():
        words_explain(
            establishment=roster.establishment, words=words_unknown(roster), answers=answers
        )
        _go_to(roster, RosterStage.PLANNING)


def roster_decide(*, roster: RosterImport, change: RosterChange, decision: str) -> None:
    """Say who a doubtful person is: `NEW`, `ASIDE`, or the primary key of one of the candidates."""
    _expect(roster, (RosterStage.PREVIEW,))
    allowed = {NEW, ASIDE, *map(str, change.effects.get("candidates", ()))}
    if change.kind != ChangeKind.DOUBTFUL or decision not in allowed:
        raise ValidationError(_("Choisissez l’une des réponses proposées."))
    with transaction.atomic():
        roster.decisions = {**roster.decisions, change.key: decision}
        _go_to(roster, RosterStage.PLANNING, "decisions")


def roster_confirm(*, roster: RosterImport, actor: User | None, leaving: int | None = None) -> None:
    """Have the previewed changes made. Where many leave at once, `leaving` repeats how many."""
    _expect(roster, (RosterStage.PREVIEW,))
    if is_mass_leaving(roster) and leaving != roster.counts.get(ChangeKind.GONE, 0):
        raise ValidationError(
            _("Pour confirmer, saisissez le nombre d’agents dont l’affectation se termine.")
        )
    _check_day(roster.establishment, roster.as_of, timezone.localdate(timezone.now()))
    with transaction.atomic():
        roster.requested_by = actor
        _audit(roster, "roster.confirm", actor, counts=roster.counts)
        _go_to(roster, RosterStage.APPLYING, "requested_by")


def roster_discard(*, roster: RosterImport, actor: User | None) -> None:
    """Give a list up before it has changed anything; what it held is deleted."""
    is_stuck = roster.stage in IN_BACKGROUND and roster.state == WorkState.FAILED
    if not (is_stuck and roster.stage != RosterStage.UNDOING):
        _expect(roster, WAITING)
    with transaction.atomic():
        _move(roster, RosterStage.DISCARDED, WorkState.READY, file="")
        roster.lines.all().delete()
        roster.changes.all().delete()
        transaction.on_commit(partial(private_storage().delete, roster.file))
        _audit(roster, "roster.discard", actor)


def roster_retry(*, roster: RosterImport) -> None:
    """Go on where the background work gave up."""
    if roster.state != WorkState.FAILED or roster.stage not in IN_BACKGROUND:
        raise ValidationError(_("Cette liste n’est plus à cette étape."))
    with transaction.atomic():
        _go_to(roster, RosterStage(roster.stage))


def roster_undo(*, roster: RosterImport, actor: User | None, now: dt.datetime) -> None:
    """Have everything put back as it was before this list, within thirty days."""
    reason = undo_refusal(roster, now=now)
    if reason:
        raise ValidationError(reason)
    with transaction.atomic():
        roster.requested_by = actor
        _go_to(roster, RosterStage.UNDOING, "requested_by")


def undo_refusal(roster: RosterImport, *, now: dt.datetime) -> str:
    """Why a list cannot be undone; «» if it can."""
    if roster.stage != RosterStage.APPLIED or roster.applied_at is None:
        return _("Cette liste n’est plus à cette étape.")
    if now > roster.applied_at + KEPT:
        return _("Le délai de trente jours est passé.")
    later = (
        RosterImport.objects.filter(
            establishment=roster.establishment_id,
            stage=RosterStage.APPLIED,
            applied_at__gt=roster.applied_at,
        )
        .order_by("applied_at")
        .last()
    )
    if later is not None:
        return _("Annulez d’abord la liste appliquée ensuite : « %(name)s ».") % {
            "name": later.file_name
        }
    return ""


def is_mass_leaving(roster: RosterImport) -> bool:
    """Whether so many leave that somebody has to say that it is meant."""
    gone, known = roster.counts.get(ChangeKind.GONE, 0), roster.counts.get("known", 0)
    return bool(gone >= MASS_LEAST and gone > MASS_SHARE * known)


def rosters_expire(*, now: dt.datetime) -> int:
    """Delete what is needed no more: names in files and previews that nobody went on with, and what
    was there before a list that can no longer be undone. How many lists it was."""
    waiting = RosterImport.objects.filter(stage__in=WAITING, requested_at__lt=now - KEPT)
    count = 0
    for roster in waiting:
        roster_discard(roster=roster, actor=None)
        count += 1
    old = RosterImport.objects.filter(
        stage__in=[RosterStage.APPLIED, RosterStage.UNDONE], applied_at__lt=now - KEPT
    )
    held = Q(Exists(RosterLine.objects.filter(roster=OuterRef("pk"))))
    held |= Q(Exists(RosterChange.objects.filter(roster=OuterRef("pk"))))
    pks = list(old.filter(held).values_list("pk", flat=True))
    RosterLine.objects.filter(roster__in=pks).delete()
    RosterChange.objects.filter(roster__in=pks).delete()
    return count + len(pks)


def _check_day(establishment: Establishment, as_of: dt.date, today: dt.date) -> None:
    if as_of > today:
        raise ValidationError({"as_of": _("Cette date est à venir.")})
    if establishment.closed_on is not None and establishment.closed_on <= as_of:
        raise ValidationError(
            {
                "establishment": _("Cet établissement est fermé depuis le %(day)s.")
                % {"day": f"{establishment.closed_on:%d/%m/%Y}"}
            }
        )
    newer = RosterImport.objects.filter(
        establishment=establishment, stage=RosterStage.APPLIED, as_of__gt=as_of
    ).first()
    if newer is not None:
        raise ValidationError(
            {
                "as_of": _("Une liste plus récente est déjà appliquée : celle du %(day)s.")
                % {"day": f"{newer.as_of:%d/%m/%Y}"}
            }
        )


def _expect(roster: RosterImport, stages: Collection[str]) -> None:
    if roster.stage not in stages:
        raise ValidationError(_("Cette liste n’est plus à cette étape."))


def _go_to(roster: RosterImport, stage: RosterStage, *fields: str) -> None:
    """Queue the background work of a stage; together with the other columns written."""
    values = {field: getattr(roster, field) for field in fields}
    _move(roster, stage, WorkState.QUEUED, done=0, attempts=0, notice="", **values)
    transaction.on_commit(partial(WORK.enqueue, roster.pk))


def _move(roster: RosterImport, stage: RosterStage, state: WorkState, **values: object) -> None:
    """Write the next stage, if the list is still where the page showed it.

    Whoever worked on it last is done with it, even if its lease stands for another moment.
    """
    values |= {"lease_token": None, "lease_until": None}
    here = RosterImport.objects.filter(pk=roster.pk, stage=roster.stage, state=roster.state)
    if not here.update(stage=stage, state=state, **values):
        raise ValidationError(_("Cette liste n’est plus à cette étape."))


def _audit(roster: RosterImport, action: str, actor: User | None, **details: object) -> None:
    audit_record(
        actor=actor,
        action=action,
        target=f"roster:{roster.uid}",
        details={"establishment": roster.establishment_id, **details},
        place=roster.establishment.uid,
    )
