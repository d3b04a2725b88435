"""One worker at a time for each destination: whoever holds the lease sends."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from lrs.enums import ForwardState
from lrs.models import Forward

DURATION = dt.timedelta(seconds=120)
"""Longer than any one request takes; a killed worker holds the others up for as long."""


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to send for a destination, as long as it is extended before each request."""

    forward_id: int
    token: uuid.UUID

    def extend(self) -> bool:
        """Whether it is still ours, and the destination still active."""
        mine = Forward.objects.filter(
            pk=self.forward_id, lease_token=self.token, state=ForwardState.ACTIVE
        )
        return bool(mine.update(lease_until=timezone.now() + DURATION))

    def release(self) -> None:
        mine = Forward.objects.filter(pk=self.forward_id, lease_token=self.token)
        mine.update(lease_token=None, lease_until=None)


def lease_take(forward_id: int) -> Lease | None:
    """The lease, or None if another worker holds it or the destination is not active."""
    now = timezone.now()
    free = Q(lease_until=None) | Q(lease_until__lt=now)
    lease = Lease(forward_id, uuid.uuid4())
    taken = Forward.objects.filter(free, pk=forward_id, state=ForwardState.ACTIVE).update(
        lease_token=lease.token, lease_until=now + DURATION
    )
    return lease if taken else None
