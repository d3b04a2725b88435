"""What happens below that the ledger has to learn. Each leaves rows and counts nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Q
from django.db.models.signals import post_delete, post_save

from organisation.enums import ScopeKind
from organisation.models import Appointment, StaffRole
from organisation.scopes import Scope
from organisation.signals import (
    AppointmentsChange,
    EstablishmentsChange,
    EstablishmentsMerge,
    appointments_changed,
    establishments_changed,
    establishments_merged,
)
from reporting.ledger.models import LedgerChange, LedgerHouse
from training.signals import completions_changed, requirements_changed

MANY = 200
"""Of so many people it is quicker to count their establishments anew."""

BATCH = 1000


def connect() -> None:
    completions_changed.connect(_completed, dispatch_uid="ledger.completions")
    appointments_changed.connect(_appointed, dispatch_uid="ledger.appointments")
    establishments_changed.connect(_placed, dispatch_uid="ledger.establishments")
    establishments_merged.connect(_merged, dispatch_uid="ledger.merged")
    requirements_changed.connect(_required, dispatch_uid="ledger.requirements")
    post_save.connect(_named, sender=StaffRole, dispatch_uid="ledger.roles")
    post_delete.connect(_named, sender=StaffRole, dispatch_uid="ledger.roles_deleted")


def _completed(person_ids: Iterable[int], **kwargs: Any) -> None:
    LedgerChange.objects.bulk_create(
        (LedgerChange(person=person) for person in sorted(person_ids)), batch_size=BATCH
    )


def _appointed(change: AppointmentsChange, **kwargs: Any) -> None:
    if len(change.person_ids) > MANY:
        _stale(Q(pk__in=change.establishment_ids))
    _left(change.person_ids, change.establishment_ids)


def _placed(change: EstablishmentsChange, **kwargs: Any) -> None:
    """Appointments in a closed establishment end with it, and a region asks other things."""
    _stale(Q(pk__in=change.establishment_ids))


def _merged(change: EstablishmentsMerge, **kwargs: Any) -> None:
    """Those of the emptied ones are in the others by now."""
    _stale(Q(pk__in=change.establishment_ids))
    moved = Appointment.objects.filter(establishment__in=set(change.targets.values()))
    _left(set(moved.order_by().values_list("person_id", flat=True)), change.targets)


def _required(scopes: Collection[Scope], **kwargs: Any) -> None:
    places = {
        kind: [one.pk for one in scopes if one.kind == kind and one.pk is not None]
        for kind in ScopeKind
    }
    if Scope.nation() in scopes:
        _stale(Q())
        return
    _stale(
        Q(establishment__region__in=places[ScopeKind.REGION])
        | Q(pk__in=places[ScopeKind.ESTABLISHMENT])
        | Q(establishment__departments__in=places[ScopeKind.DEPARTMENT])
    )


def _named(**kwargs: Any) -> None:
    """A role in another family is asked other things, and counts elsewhere."""
    _stale(Q())


def _left(people: Iterable[int], houses: Iterable[int]) -> None:
    """A row for where they are now, and one for each place where they may be no more."""
    places = [None, *sorted(houses)]
    LedgerChange.objects.bulk_create(
        (
            LedgerChange(person=one, establishment=house)
            for one in sorted(people)
            for house in places
        ),
        batch_size=BATCH,
    )


def _stale(where: Q) -> None:
    LedgerHouse.objects.filter(where).make_stale()
