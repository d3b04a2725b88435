"""Of which places somebody reads the reach."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from organisation.enums import ScopeKind
from organisation.models import Establishment, Region
from organisation.scopes import Scope

WHOLE = "tout"


@dataclass(frozen=True, slots=True)
class Place:
    """One choice of the filter: an establishment, a region, or the whole campaign."""

    key: str
    name: str
    establishment: Establishment | None = None
    region: Region | None = None

    @property
    def is_whole(self) -> bool:
        return self.establishment is None and self.region is None


def places_of(scopes: Iterable[Scope]) -> list[Place]:
    """What the filter offers: first what is hers, then the whole campaign, which is everybody's
    who works for it. Who speaks for the nation chooses among the regions. Two queries."""
    held = frozenset(scopes)
    is_national = Scope.nation() in held
    regions = Region.objects.order_by("name")
    if not is_national:
        regions = regions.filter(pk__in=_pks(held, ScopeKind.REGION))
    houses = Establishment.objects.filter(pk__in=_pks(held, ScopeKind.ESTABLISHMENT))
    whole = Place(WHOLE, _("Toute la campagne"))
    own = [
        *(Place(f"e-{one.uid}", one.name, establishment=one) for one in houses.order_by("name")),
        *(Place(f"r-{one.code}", one.name, region=one) for one in regions),
    ]
    return [whole, *own] if is_national else [*own, whole]


def _pks(scopes: Iterable[Scope], kind: ScopeKind) -> list[int]:
    return [scope.place_pk for scope in scopes if scope.kind == kind]
