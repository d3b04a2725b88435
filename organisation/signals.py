"""What the organisation tells the rooms above it.

All are bulk and are sent inside the transaction of the service that changed something, so that a
receiver either takes part in it or rolls it back. Each is sent with one keyword, ``change``, an
instance of the class named here.
"""

from __future__ import annotations

import dataclasses
import datetime as dt

from django.dispatch import Signal

from organisation.models import Person
from users.models import User


@dataclasses.dataclass(frozen=True, slots=True)
class AppointmentsChange:
    """Appointments began, ended or were changed; primary keys of what they concern."""

    establishment_ids: frozenset[int]
    person_ids: frozenset[int]


@dataclasses.dataclass(frozen=True, slots=True)
class HeadcountsChange:
    """Headcounts were declared or corrected in these establishments and roles."""

    establishment_ids: frozenset[int]
    role_ids: frozenset[int]


@dataclasses.dataclass(frozen=True, slots=True)
class EstablishmentsChange:
    """These establishments are of another family or region, closed on another day, or open again:
    other requirements reach their people, and they are counted with others."""

    establishment_ids: frozenset[int]


@dataclasses.dataclass(frozen=True, slots=True)
class EstablishmentsMerge:
    """Establishments became part of others: primary key of the emptied one → of the one that stays.

    Sent when appointments, departments (same primary keys), headcounts, grants and sites have moved
    and before the emptied ones are closed. ``merged_into`` is already set on these, so that a
    receiver can move its own rows in one UPDATE with a subquery. It stands for
    `appointments_changed` and `headcounts_changed` of all the establishments it names.
    """

    targets: dict[int, int]

    @property
    def establishment_ids(self) -> frozenset[int]:
        """Both sides."""
        return frozenset(self.targets) | frozenset(self.targets.values())


@dataclasses.dataclass(frozen=True, slots=True)
class PeopleMerge:
    """Two rows were one person: what refers to `gone` has to refer to `kept`.

    Sent when appointments, numbers and uids have gone over, and before the row of `gone` is
    deleted, which fails while anything refers to it. `appointments_changed` follows; completions
    are their room's to tell. `accounts`: those of both, where both had one: (the one that stays,
    the one that will be emptied). `actor` did it at `now`.
    """

    kept: Person
    gone: Person
    accounts: tuple[User, User] | None
    actor: User
    now: dt.datetime


appointments_changed = Signal()
people_merged = Signal()
headcounts_changed = Signal()
establishments_changed = Signal()
establishments_merged = Signal()
