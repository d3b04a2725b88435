"""What rows and columns are called, kept in the process from one edition to the next."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection

from organisation.models import StaffRole
from reporting.kinds import in_order
from training.models import Trainable

from . import rows


@dataclass(frozen=True, slots=True)
class Names:
    """Every role and every training, in the order of the screens; read only, for all share them."""

    roles: list[StaffRole]
    trainables: list[Trainable]

    def of(self, trainables: Collection[int]) -> list[Trainable]:
        return [one for one in self.trainables if one.pk in trainables]

    @property
    def family_of_role(self) -> dict[int, int]:
        return {role.pk: role.family_id for role in self.roles}


_kept: tuple[int, Names] | None = None


def _read() -> Names:
    return Names(rows.staff_roles(), in_order(Trainable.objects.all()))


def names_at(edition: int | None) -> Names:
    """Those of an edition that was read a moment ago; None where none was. Two queries, or none.

    Inside a transaction nothing is kept: others do not see yet what it wrote.
    """
    global _kept
    if edition is None or connection.in_atomic_block:
        return _read()
    kept = _kept
    if kept is None or kept[0] != edition:
        kept = _kept = (edition, _read())
    return kept[1]
