"""What a month knew of an establishment, and how much of it was told otherwise since."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from lrs.selectors import ids_stored_since, voided_since
from organisation.effects import effects_until
from organisation.enums import ScopeKind
from organisation.models import Establishment, Person
from organisation.selectors import people_known_as
from reporting.counting import ALL, Cell
from reporting.enums import PlaceKind
from reporting.models import CoverageMonth, CoverageSnapshot
from reporting.selectors import rows
from training.models import Completion
from training.projectors import proofs_among
from users.models import AuditEntry

APPOINTMENTS = (
    "appointment.start",
    "appointment.end",
    "appointment.move",
    "appointment.correct",
    "appointment.withdraw",
    "person.merge",
)
HEADCOUNTS = ("headcount.declare", "headcount.withdraw")
RULES = (
    "requirement.create",
    "requirement.update",
    "requirement.end",
    "retraining.ask",
    "retraining.withdraw",
)


@dataclass(frozen=True, slots=True)
class Changes:
    """How many of each were stored after a month was frozen and count on its last day."""

    completions: int
    voided: int
    appointments: int
    headcounts: int
    rules: int

    @property
    def any(self) -> bool:
        return any((self.completions, self.voided, self.appointments, self.headcounts, self.rules))


def frozen_cells(
    *, month: CoverageMonth, establishment: Establishment
) -> dict[tuple[int | None, int], Cell]:
    """(role family or None, trainable or ALL) -> what the month says, hidden for nobody: only for
    those who may read the establishment itself. One query."""
    found = CoverageSnapshot.objects.filter(
        month=month, kind=PlaceKind.ESTABLISHMENT, establishment=establishment
    ).order_by()
    return {(one.role_family_id, one.trainable_id or ALL): one.cell for one in found}


def changes_since(*, month: CoverageMonth, establishment: Establishment) -> Changes:
    """What was told after the month was frozen, of what counts by its last day. Six queries, three
    more if anything was voided."""
    day, frozen_at = month.ends_on, month.computed_at
    people = rows.appointments_at(day).filter(establishment=establishment).values("person_id")
    acts = list(
        AuditEntry.objects.filter(
            Q(place=establishment.uid, action__in=(*APPOINTMENTS, *HEADCOUNTS, *RULES))
            | Q(place=None, action__in=RULES),
            at__gt=frozen_at,
        ).values_list("action", "details")
    )
    return Changes(
        completions=_stored_late(people, day, frozen_at),
        voided=_voided(people, day, frozen_at),
        appointments=_effects(acts, APPOINTMENTS, day),
        headcounts=_effects(acts, HEADCOUNTS, day),
        rules=sum(_is_a_rule_here(name, told, establishment, day) for name, told in acts),
    )


def _stored_late(people: Any, day: dt.date, frozen_at: dt.datetime) -> int:
    return Completion.objects.filter(
        person_id__in=people,
        completed_at__lt=rows.midnight_after(day),
        statement_id__in=ids_stored_since(moment=frozen_at),
    ).count()


def _voided(people: Any, day: dt.date, frozen_at: dt.datetime) -> int:
    """Completions that the month counted and that are none any more."""
    end = rows.midnight_after(day)
    proofs = [one for one in proofs_among(voided_since(moment=frozen_at)) if one.moment < end]
    if not proofs:
        return 0
    known = people_known_as(uids={one.person for one in proofs})
    named = Person.objects.filter(pk__in=set(known.values()))
    here = set(named.filter(pk__in=people).values_list("pk", flat=True))
    return sum(known.get(one.person) in here for one in proofs)


def _effects(acts: list[tuple[str, dict[str, Any]]], names: tuple[str, ...], day: dt.date) -> int:
    return sum(effects_until(told.get("effects"), day) for name, told in acts if name in names)


def _is_a_rule_here(
    name: str, told: dict[str, Any], establishment: Establishment, day: dt.date
) -> bool:
    """Whether it is one that can change what was asked there on that day."""
    if name not in RULES:
        return False
    since = told.get("starts_on") or told.get("required_from")
    if since is not None and since > day.isoformat():
        return False
    return told.get("scope") != ScopeKind.REGION or told.get("place") == establishment.region_id
