"""What counting reads: rows already narrowed to those that hold at the day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from training.terms import Terms
from training.validity import Latest

# (person, trainable) -> the latest
LatestCompletions: TypeAlias = Mapping[tuple[int, int], Latest]


class AppointmentRow(NamedTuple):
    """An appointment that holds at the day, with what decides which requirements reach it."""

    person: int
    role: int
    family: int
    establishment: int
    region: int | None
    department: int | None
    starts_on: dt.date


@dataclass(frozen=True, slots=True)
class RequirementRow:
    """A requirement that holds at the day. `roles` is None where every role is meant; the roles
    of the families named are already in it. `place` is None for the nation."""

    trainable: int
    scope: str
    place: int | None
    roles: frozenset[int] | None
    due_days: int
    validity_months: int | None
    starts_on: dt.date
    due_on: dt.date | None = None

    @property
    def terms(self) -> Terms:
        return Terms(self.starts_on, self.due_days, self.due_on, self.validity_months)

    def reaches_role(self, role: int) -> bool:
        return self.roles is None or role in self.roles
