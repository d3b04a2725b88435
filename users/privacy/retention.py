"""The retention periods, which run by themselves every night and say what they did.

The task queue is the timer: a run queues the next, and a sign-in queues one if none is due, so that
a queue that was emptied starts again. A command does the same for a timer of the operators'.
"""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import dataclass

from django.db.models import Max, Q
from django.utils import timezone
from django_tasks import task_backends

from users.models import RetentionRun, RetentionTimer

from .registry import Retention, retentions

logger = logging.getLogger(__name__)

HOUR = 3
"""Of the night, local time."""

_ROW = 1


@dataclass(frozen=True, slots=True)
class RuleState:
    """A rule, and what it did last."""

    rule: Retention
    last: RetentionRun | None


def retention_apply(*, now: dt.datetime) -> list[RetentionRun]:
    """Apply every rule; what one of them raises is written down and does not stop the others."""
    return [_apply(rule, now) for rule in retentions()]


def _apply(rule: Retention, now: dt.datetime) -> RetentionRun:
    run = RetentionRun(rule=rule.key, at=now, before=now - rule.kept)
    try:
        run.count = rule.forget(run.before)
    except Exception as error:  # whatever stopped it, operators have to see it
        logger.exception("The retention rule %s failed", rule.key)
        run.error = f"{type(error).__name__}: {error}"
    run.save()
    return run


def retention_states() -> list[RuleState]:
    """Every rule with its last run, as the page shows them. One query."""
    latest = RetentionRun.objects.order_by().values("rule").annotate(latest=Max("pk"))
    runs = RetentionRun.objects.filter(pk__in=latest.values("latest"))
    last = {run.rule: run for run in runs}
    return [RuleState(rule, last.get(rule.key)) for rule in retentions()]


def retention_wake(now: dt.datetime) -> None:
    """Queue the run of the next night, unless one is queued; a queue that cannot wait leaves it to
    the timer."""
    from users.tasks import retention_run  # the task stands above

    backend = task_backends[retention_run.backend]
    if not backend.supports_defer:
        return
    at = _next_night(now)
    RetentionTimer.objects.get_or_create(pk=_ROW)
    unqueued = Q(at=None) | Q(at__lte=now)
    if RetentionTimer.objects.filter(unqueued, pk=_ROW).update(at=at):
        retention_run.using(run_after=at).enqueue()


def somebody_signed_in(**kwargs: object) -> None:
    """A sign-in starts the chain of nights again, wherever it broke."""
    retention_wake(timezone.now())


def _next_night(now: dt.datetime) -> dt.datetime:
    here = timezone.localtime(now)
    at = here.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    return at if at > here else at + dt.timedelta(days=1)
