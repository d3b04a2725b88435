"""What a hospital is: its name, its family, its region, whom its people call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from organisation.models import Establishment
from organisation.signals import EstablishmentsChange, establishments_changed
from users.models import User
from users.services import audit_record

PLACING = ("family", "region_id", "closed_on")
"""What decides whom requirements reach there, and with whom its people are counted."""


@transaction.atomic
def establishment_save(
    *, establishment: Establishment, values: Mapping[str, Any], actor: User | None
) -> Establishment:
    """Write these fields of an establishment, new or known. Raises ValidationError.

    Sends `establishments_changed` if one that is known is now of another family or region.
    """
    is_new = establishment.pk is None
    placed = placing_of(establishment)
    changed = sorted(n for n, value in values.items() if getattr(establishment, n) != value)
    for name in changed:
        setattr(establishment, name, values[name])
    others = [one.name for one in Establishment._meta.fields if one.name not in values]
    establishment.full_clean(exclude=others)
    establishment.save()
    audit_record(
        actor=actor,
        action="establishment.create" if is_new else "establishment.update",
        target=str(establishment.uid),
        details={"changed": changed},
        place=establishment.uid,
    )
    if not is_new and placing_of(establishment) != placed:
        placing_announce([establishment.pk])
    return establishment


def placing_of(establishment: Establishment) -> tuple[Any, ...]:
    return tuple(getattr(establishment, name) for name in PLACING)


def placing_announce(establishments: Iterable[int]) -> None:
    """Tell those who count that these are of another family or region, closed, or open again."""
    concerned = frozenset(establishments)
    if concerned:
        establishments_changed.send(sender=Establishment, change=EstablishmentsChange(concerned))
