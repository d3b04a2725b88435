"""Composing the mails of a day or a week, step by step, so that it can be taken up again.

A step's mails, its counts and the cursor behind it are stored in one transaction. A process that is
killed loses the step it was at and nothing else; two processes cannot both store the same step.
"""

from __future__ import annotations

import logging
from collections import Counter

from django.db import connection, transaction
from django.utils import timezone

from notifications.enums import RunState
from notifications.models import Run
from notifications.registry import Step, kind_of
from notifications.services.queueing import deliveries_queue
from notifications.services.settling import runs_settle
from notifications.services.waking import deliveries_wake
from notifications.transport import told

logger = logging.getLogger(__name__)


def run_start(*, kind: str, period: str) -> Run:
    """The run of this kind and period, begun if it is not, ready to go on if it had failed.

    Raises KeyError for a kind that no room has registered.
    """
    kind_of(kind)
    run, _is_new = Run.objects.get_or_create(kind=kind, period=period)
    again = Run.objects.filter(pk=run.pk, state=RunState.FAILED, composed_at=None)
    if again.update(state=RunState.COMPOSING, error="", heartbeat_at=timezone.now()):
        run.refresh_from_db()
    return run


def run_begin(*, kind: str, period: str) -> Run:
    """The same, composed in the background as soon as the transaction around it is stored."""
    from notifications.tasks import run_go_on  # the task stands above the services

    run = run_start(kind=kind, period=period)
    transaction.on_commit(lambda: run_go_on.enqueue(run.pk))
    return run


def run_compose(*, run: Run) -> Run:
    """Compose what is left of a run and have it sent; answers the run as it is then.

    An error ends it as failed, with its text; it is not raised. Nothing happens to a run that is
    composed already. Runs of the same kind that were begun earlier and never came to an end are
    replaced by this one, which says what they did not.
    """
    try:
        while run.state == RunState.COMPOSING and _go_on(run):
            pass
    except Exception as error:  # a run that stops has to be seen by operators, whatever stopped it
        logger.exception("Composing %s failed", run)
        _fail(run, error)
    runs_settle()
    run.refresh_from_db()
    return run


def _go_on(run: Run) -> bool:
    """One step; answers whether it was stored, by us and not by another process."""
    step = kind_of(run.kind).compose(run)
    with transaction.atomic():
        if not _advance(run, step):
            return False
        queued = deliveries_queue(messages=step.messages, run=run)
        run.counts = dict(Counter(run.counts) + Counter(step.counts) + Counter(queued))
        Run.objects.filter(pk=run.pk).update(counts=run.counts)
        if step.cursor is None:
            _replace_earlier(run)
    if queued:
        deliveries_wake()
    return True


def _advance(run: Run, step: Step) -> bool:
    """Move the cursor if it is where we read it; whoever else reads there writes nothing."""
    now = timezone.now()
    is_last = step.cursor is None
    values = {
        "cursor": run.cursor if step.cursor is None else step.cursor,
        "state": RunState.SENDING if is_last else RunState.COMPOSING,
        "composed_at": now if is_last else None,
        "heartbeat_at": now,
    }
    here = Run.objects.filter(pk=run.pk, state=RunState.COMPOSING, cursor=run.cursor)
    if not here.update(**values):
        return False
    for name, value in values.items():
        setattr(run, name, value)
    return True


def _replace_earlier(run: Run) -> None:
    if not kind_of(run.kind).is_periodic:
        return
    earlier = Run.objects.filter(
        kind=run.kind, started_at__lt=run.started_at, composed_at=None
    ).exclude(pk=run.pk)
    earlier.update(state=RunState.REPLACED, finished_at=timezone.now())


def _fail(run: Run, error: Exception) -> None:
    if connection.in_atomic_block and connection.needs_rollback:
        raise error  # the transaction around us is lost, and whoever opened it has to know
    Run.objects.filter(pk=run.pk, state=RunState.COMPOSING).update(
        state=RunState.FAILED, error=told(error), finished_at=timezone.now()
    )
