"""Ending runs whose mails all have their outcome."""

from __future__ import annotations

from collections import Counter

from django.db.models import Count, Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from notifications.enums import PENDING, DeliveryState, RunState
from notifications.models import Delivery, Run

_UNSENT = (DeliveryState.FAILED, DeliveryState.UNCERTAIN)


def runs_settle() -> None:
    """A run is over once none of its mails waits; it failed if not one of them got through."""
    pending = Delivery.objects.filter(run=OuterRef("pk"), state__in=PENDING)
    for run in Run.objects.filter(~Exists(pending), state=RunState.SENDING):
        _settle(run)


def _settle(run: Run) -> None:
    states = Counter(
        dict(run.deliveries.order_by().values_list("state").annotate(number=Count("pk")))
    )
    unsent = sum(states[state] for state in _UNSENT)
    is_failed = bool(unsent) and not states[DeliveryState.SENT]
    error = _("Aucun des %d courriels n’a pu être envoyé.") % unsent if is_failed else ""
    now = timezone.now()
    Run.objects.filter(pk=run.pk, state=RunState.SENDING).update(
        state=RunState.FAILED if is_failed else RunState.FINISHED,
        error=error,
        finished_at=now,
        heartbeat_at=now,
    )
