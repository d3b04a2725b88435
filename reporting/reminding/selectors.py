"""What was asked, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from notifications.enums import DeliveryState, RunState
from notifications.models import Run
from notifications.selectors import states_of_runs
from organisation.models import Department, Establishment
from organisation.scopes import Scope
from reporting.kinds import titled
from reporting.models import Reminding

from .composing import KIND
from .words import reasons_told

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """One reminding with what became of its mails, in words."""

    reminding: Reminding
    of_whom: str
    mails: str
    reasons: list[str]
    is_under_way: bool


def remindings_of(*, place: Department | Establishment) -> list[Asked]:
    """The latest of a place, the newest first. Three queries."""
    scope = Scope.department(place) if isinstance(place, Department) else Scope.establishment(place)
    found = list(
        Reminding.objects.filter(**scope.fields).select_related(
            "role", "role_family", "trainable", "asked_by"
        )[:SHOWN]
    )
    runs = {
        run.period: run
        for run in Run.objects.filter(kind=KIND, period__in=[str(one.pk) for one in found])
    }
    states = states_of_runs(runs=list(runs.values()))
    return [_asked(one, runs.get(str(one.pk)), states) for one in found]


def _asked(reminding: Reminding, run: Run | None, states: Mapping[int, dict[str, int]]) -> Asked:
    counts: dict[str, int] = run.counts if run else {}
    is_composing = run is not None and run.state == RunState.COMPOSING
    of_run = states.get(run.pk, {}) if run else {}
    mails = _("en préparation") if is_composing else _mails(of_run)
    is_under_way = is_composing or bool(
        of_run.get(DeliveryState.QUEUED) or of_run.get(DeliveryState.SENDING)
    )
    return Asked(reminding, _of_whom(reminding), mails, reasons_told(counts), is_under_way)


def _mails(states: Mapping[str, int]) -> str:
    """«31 courriels envoyés, 2 en attente, 1 non remis»."""
    sent = states.get(DeliveryState.SENT, 0)
    waiting = states.get(DeliveryState.QUEUED, 0) + states.get(DeliveryState.SENDING, 0)
    lost = states.get(DeliveryState.FAILED, 0) + states.get(DeliveryState.UNCERTAIN, 0)
    parts = [ngettext("%(n)d courriel envoyé", "%(n)d courriels envoyés", sent) % {"n": sent}]
    if waiting:
        parts.append(_("%(n)d en attente") % {"n": waiting})
    if lost:
        parts.append(_("%(n)d dont l’envoi a échoué") % {"n": lost})
    return ", ".join(parts)


def _of_whom(reminding: Reminding) -> str:
    """«Infirmier, Mots de passe, en retard seulement»; empty if everybody was meant."""
    parts = [
        reminding.role_family.name if reminding.role_family else "",
        reminding.role.name if reminding.role else "",
        titled(reminding.trainable) if reminding.trainable else "",
        _("en retard seulement") if reminding.is_overdue_only else "",
    ]
    return ", ".join(part for part in parts if part)
