"""Going on with a staff list in the background, until somebody has to decide."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from documents.enums import WorkState
from documents.tables import TableRefused
from documents.work import RUN_SECONDS, Lease, LeasedWork
from organisation.enums import RosterStage
from organisation.models import RosterImport

from .applying import plan_keep, roster_apply
from .mapping import words_unknown
from .plan import roster_plan
from .reading import lines_read, words_collect
from .undoing import roster_take_back


def roster_run(*, roster_id: int, seconds: float = RUN_SECONDS) -> None:
    """Go on with a list; does nothing if another worker is at it or somebody has to decide."""
    WORK.run(roster_id, seconds)


def roster_wake(*, roster_id: int) -> None:
    """Go on with a list whose worker was killed."""
    WORK.wake(roster_id, timezone.now())


def _go_on(lease: Lease, deadline: float) -> bool:
    roster = RosterImport.objects.select_related("establishment").get(pk=lease.work_id)
    step = _STEPS.get(RosterStage(roster.stage))
    return step(roster, lease, deadline) if step else True


def _read(roster: RosterImport, lease: Lease, deadline: float) -> bool:
    try:
        if not lines_read(roster, lease, deadline):
            return False
        roster.layout["words"] = words_collect(roster)
    except TableRefused as refusal:
        _wait(roster, RosterStage.COLUMNS, str(refusal))
        return True
    roster.save(update_fields=["layout"])
    if words_unknown(roster):
        _wait(roster, RosterStage.VALUES)
        return True
    roster.stage = RosterStage.PLANNING
    roster.save(update_fields=["stage"])
    return _plan(roster, lease, deadline)


def _plan(roster: RosterImport, lease: Lease, deadline: float) -> bool:
    plan_keep(roster, roster_plan(roster))
    return True


def _apply(roster: RosterImport, lease: Lease, deadline: float) -> bool:
    try:
        is_done = roster_apply(roster.pk, now=timezone.now())
    except ValidationError as refusal:
        _wait(roster, RosterStage.PREVIEW, " ".join(refusal.messages))
        return True
    if not is_done:
        roster.refresh_from_db()
        return _plan(roster, lease, deadline)
    return True


def _undo(roster: RosterImport, lease: Lease, deadline: float) -> bool:
    roster_take_back(roster.pk, now=timezone.now())
    return True


def _wait(roster: RosterImport, stage: RosterStage, notice: str = "") -> None:
    """Leave it to somebody."""
    roster.stage, roster.state, roster.notice = stage, WorkState.READY, notice
    roster.save(update_fields=["stage", "state", "notice"])


_STEPS = {
    RosterStage.READING: _read,
    RosterStage.PLANNING: _plan,
    RosterStage.APPLYING: _apply,
    RosterStage.UNDOING: _undo,
}


def _tasks() -> tuple[Any, Any]:
    from organisation import tasks

    return tasks.roster_go_on, tasks.roster_watch


WORK = LeasedWork(RosterImport, _go_on, _tasks)
