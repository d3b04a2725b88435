"""What happens below that the ledger has to learn. Each leaves rows and counts nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from organisation.enums import ScopeKind
from organisation.models import Appointment
from organisation.signals import (
    AppointmentsChange,
    EstablishmentsMerge,
    appointments_changed,
    establishments_merged,
)
from reporting.ledger.models import LedgerChange, LedgerHouse
from training.models import Requirement
from training.signals import completions_changed, requirements_changed

MANY = 200
"""Of so many people it is quicker to count their establishments anew."""


def connect() -> None:
    completions_changed.connect(_completed, dispatch_uid="ledger.completions")
    appointments_changed.connect(_appointed, dispatch_uid="ledger.appointments")
    establishments_merged.connect(_merged, dispatch_uid="ledger.merged")
    requirements_changed.connect(_required, dispatch_uid="ledger.requirements")


def _completed(person_ids: Iterable[int], **kwargs: Any) -> None:
    LedgerChange.objects.bulk_create(LedgerChange(person=person) for person in person_ids)


def _appointed(change: AppointmentsChange, **kwargs: Any) -> None:
    if len(change.person_ids) > MANY:
        _stale(change.establishment_ids)
    _left(change.person_ids, change.establishment_ids)


def _merged(change: EstablishmentsMerge, **kwargs: Any) -> None:
    """Those of the emptied ones are in the others by now."""
    _stale(change.establishment_ids)
    moved = Appointment.objects.filter(establishment__in=set(change.targets.values()))
    _left(set(moved.order_by().values_list("person_id", flat=True)), change.targets)


def _left(people: Iterable[int], houses: Iterable[int]) -> None:
    """A row for where they are now, and one for each place where they may be no more."""
    places = [None, *sorted(houses)]
    LedgerChange.objects.bulk_create(
        (
            LedgerChange(person=one, establishment=house)
            for one in sorted(people)
            for house in places
        ),
        batch_size=1000,
    )


def _required(requirement_ids: Iterable[int], **kwargs: Any) -> None:
    """Those whom the requirements reach now; who changes a scope sends the old one too."""
    for one in Requirement.objects.filter(pk__in=list(requirement_ids)).select_related(
        "department"
    ):
        kind = ScopeKind(one.scope)
        if kind == ScopeKind.NATION:
            LedgerHouse.objects.make_stale()
        elif kind == ScopeKind.REGION:
            LedgerHouse.objects.filter(establishment__region=one.region_id).make_stale()
        elif kind == ScopeKind.DEPARTMENT and one.department is not None:
            _stale([one.department.establishment_id])
        elif one.establishment_id is not None:
            _stale([one.establishment_id])


def _stale(establishments: Iterable[int]) -> None:
    LedgerHouse.objects.filter(pk__in=list(establishments)).make_stale()
