"""The place that an address below /couverture/objectifs/ names."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse

from organisation.enums import ScopeKind
from organisation.models import Department, Establishment, Region
from organisation.scopes import Scope
from reporting.places import Place, coverage_address, place_name, place_scope

SLUGS = {
    ScopeKind.ESTABLISHMENT: "etablissement",
    ScopeKind.DEPARTMENT: "service",
    ScopeKind.REGION: "region",
    ScopeKind.NATION: "pays",
}
NATION_REF = "france"


@dataclass(frozen=True, slots=True)
class ObjectivePlace:
    """`place` is None for the nation."""

    place: Place

    @property
    def scope(self) -> Scope:
        return place_scope(self.place)

    @property
    def name(self) -> str:
        return place_name(self.place)

    @property
    def arguments(self) -> list[str]:
        """(kind, reference), as addresses say them."""
        match self.place:
            case None:
                ref = NATION_REF
            case Region():
                ref = self.place.code
            case _:
                ref = str(self.place.uid)
        return [SLUGS[self.scope.kind], ref]

    @property
    def url(self) -> str:
        return reverse("reporting:objectives", args=self.arguments)

    @property
    def new_url(self) -> str:
        return reverse("reporting:objective_new", args=self.arguments)

    @property
    def coverage_url(self) -> str:
        return coverage_address(self.place)


def place_find(kind: str, ref: str) -> ObjectivePlace:
    """Raises Http404."""
    if kind == SLUGS[ScopeKind.NATION] and ref == NATION_REF:
        return ObjectivePlace(None)
    found: Department | Establishment | Region | None = None
    if kind == SLUGS[ScopeKind.REGION]:
        found = Region.objects.filter(code=ref).first()
    elif kind == SLUGS[ScopeKind.ESTABLISHMENT]:
        found = Establishment.objects.filter(uid=_uid(ref)).first()
    elif kind == SLUGS[ScopeKind.DEPARTMENT]:
        departments = Department.objects.select_related("establishment")
        found = departments.filter(uid=_uid(ref)).first()
    if found is None:
        raise Http404
    return ObjectivePlace(found)


def _uid(ref: str) -> uuid.UUID:
    try:
        return uuid.UUID(ref)
    except ValueError as error:
        raise Http404 from error
