"""A scope as a value: what kind of place, and which one."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from organisation.enums import ScopeKind

if TYPE_CHECKING:
    from organisation.models import Department, Establishment, Region, ScopedModel


@dataclasses.dataclass(frozen=True, slots=True)
class Scope:
    """A department, an establishment, a region (with its primary key), or the nation (without)."""

    kind: ScopeKind
    pk: int | None = None

    def __post_init__(self) -> None:
        if (self.pk is None) != (self.kind == ScopeKind.NATION):
            raise ValueError("Every scope but the nation names its place.")

    @classmethod
    def nation(cls) -> Scope:
        return cls(ScopeKind.NATION)

    @classmethod
    def region(cls, region: Region) -> Scope:
        return cls(ScopeKind.REGION, region.pk)

    @classmethod
    def establishment(cls, establishment: Establishment) -> Scope:
        return cls(ScopeKind.ESTABLISHMENT, establishment.pk)

    @classmethod
    def department(cls, department: Department) -> Scope:
        return cls(ScopeKind.DEPARTMENT, department.pk)

    @classmethod
    def of(cls, scoped: ScopedModel) -> Scope:
        """The scope of a grant or of a requirement."""
        kind = ScopeKind(scoped.scope)
        return cls(kind, None if kind == ScopeKind.NATION else getattr(scoped, f"{kind}_id"))

    @property
    def place_pk(self) -> int:
        """The primary key of the place. Raises ValueError for the nation, which is none."""
        if self.pk is None:
            raise ValueError("The nation is no place.")
        return self.pk

    @property
    def fields(self) -> dict[str, object]:
        """The columns of a ScopedModel that say the same."""
        columns: dict[str, object] = {"scope": self.kind}
        if self.pk is not None:
            columns[f"{self.kind.value}_id"] = self.pk
        return columns
