"""Places as the papers know them: what each is called, and the addresses of its pages."""

from __future__ import annotations

from typing import TypeAlias

from django.urls import reverse
from django.utils.translation import gettext as _

from organisation.models import Department, Establishment, Region
from organisation.scopes import Scope

Place: TypeAlias = Department | Establishment | Region | None  # None is the nation


def place_name(place: Place) -> str:
    """«Urgences – CHU de Rennes», «Bretagne», «France entière»."""
    if isinstance(place, Department):
        return f"{place.name} – {place.establishment.name}"
    return place.name if place is not None else _("France entière")


def place_scope(place: Place) -> Scope:
    if isinstance(place, Department):
        return Scope.department(place)
    if isinstance(place, Establishment):
        return Scope.establishment(place)
    return Scope.region(place) if place is not None else Scope.nation()


def place_address(name: str, place: Place, *more: str) -> str:
    """The address of a view, by its name with `{}` where the kind of place stands."""
    if isinstance(place, Establishment):
        return reverse(name.format("establishment"), args=[place.uid, *more])
    if isinstance(place, Department):
        return reverse(name.format("department"), args=[place.uid, *more])
    if isinstance(place, Region):
        return reverse(name.format("region"), args=[place.code, *more])
    return reverse(name.format("nation"), args=[*more])


def coverage_address(place: Place) -> str:
    """The page with all the figures."""
    return place_address("reporting:{}", place)


def board_address(place: Place) -> str:
    return place_address("reporting:{}_board", place)


def evidence_address(place: Place) -> str:
    """Not of a department, which has no such paper."""
    return place_address("reporting:{}_evidence", place)
