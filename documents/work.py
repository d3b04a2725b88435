"""Going on with background work until it is finished.

Whoever works holds a lease; a worker that was killed loses it, and a task that waits for that
moment goes on from what is kept. So a part may be made twice, and none is left out.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django_tasks import task_backends

from documents.enums import UNFINISHED, WorkState
from documents.models import Work

RUN_SECONDS = 20.0
"""How long one task may take, so that other tasks have their turn."""

LEASE = dt.timedelta(seconds=120)
"""Much longer than a part or the putting together takes; a kill holds the work up for as long."""

PAUSE = dt.timedelta(seconds=60)
"""Before a run that failed is tried again."""

ATTEMPTS = 3
"""Runs in a row that may fail without any progress."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to work on one row."""

    model: type[Work]
    work_id: int
    token: uuid.UUID

    def update(self, **columns: object) -> bool:
        """Write to the row if the lease is still ours, and extend it; whether it was."""
        return bool(self._mine().update(lease_until=timezone.now() + LEASE, **columns))

    def release(self) -> None:
        self._mine().update(lease_token=None, lease_until=None)

    def _mine(self) -> QuerySet[Any]:
        return self.model._default_manager.filter(pk=self.work_id, lease_token=self.token)


@dataclass(frozen=True, slots=True)
class LeasedWork:
    """A kind of work: its rows, what goes on with one of them until a deadline on the monotonic
    clock (and answers whether nothing is left to do), and the tasks for it, which stand above the
    services and are asked for when they are needed: (go on, look whether it still goes on)."""

    model: type[Work]
    go_on: Callable[[Lease, float], bool]
    tasks: Callable[[], tuple[Any, Any]]

    def run(self, work_id: int, seconds: float = RUN_SECONDS) -> None:
        """Work on a row, for `seconds` at most, and queue what is left.

        Does nothing if it is finished or if another worker is at it.
        """
        lease = self._take(work_id)
        if lease is None:
            return
        self._watch_later(work_id)
        try:
            is_finished = self.go_on(lease, time.monotonic() + seconds)
        except Exception:
            logger.exception("%s %s: a run failed", self.model._meta.label, work_id)
            may_try_again = self._failed(lease)
            lease.release()
            if may_try_again:
                self.enqueue_later(work_id, timezone.now() + PAUSE)
            raise
        lease.release()
        if not is_finished:
            self.enqueue(work_id)

    def wake(self, work_id: int, now: dt.datetime) -> None:
        """Queue the work again if whoever held the lease let it run out: that worker was killed."""
        dropped = self.model._default_manager.filter(
            pk=work_id, state=WorkState.WORKING, lease_until__lt=now
        )
        if dropped.update(lease_token=None, lease_until=None):
            self.enqueue(work_id)

    def enqueue(self, work_id: int) -> None:
        make, _watch = self.tasks()
        make.enqueue(work_id)

    def enqueue_later(self, work_id: int, at: dt.datetime) -> None:
        make, _watch = self.tasks()
        if task_backends[make.backend].supports_defer:
            make.using(run_after=at).enqueue(work_id)

    def _take(self, work_id: int) -> Lease | None:
        now = timezone.now()
        lease = Lease(self.model, work_id, uuid.uuid4())
        free = Q(lease_until=None) | Q(lease_until__lt=now)
        rows = self.model._default_manager.filter(free, pk=work_id, state__in=UNFINISHED)
        taken = rows.update(
            lease_token=lease.token, lease_until=now + LEASE, state=WorkState.WORKING
        )
        return lease if taken else None

    def _failed(self, lease: Lease) -> bool:
        """Count a failure; whether it is worth another try where it stands."""
        work = self.model._default_manager.get(pk=lease.work_id)
        attempts = work.attempts + 1
        is_over = attempts >= ATTEMPTS
        state = WorkState.FAILED if is_over else WorkState.WORKING
        return lease.update(attempts=attempts, state=state) and not is_over

    def _watch_later(self, work_id: int) -> None:
        """Look after this run when its lease must have ended. A backend that cannot wait leaves
        that to whoever opens the page next."""
        _make, watch = self.tasks()
        if task_backends[watch.backend].supports_defer:
            at = timezone.now() + dt.timedelta(seconds=2 * RUN_SECONDS) + LEASE
            watch.using(run_after=at).enqueue(work_id)
