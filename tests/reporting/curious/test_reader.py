"""A curious reader collects everything there is to read, through HTTP alone, and hands all of it to
the solver. What she reads is in `sources`, what she may write down in `knowledge`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver

from reporting import services
from reporting.api.api import api
from reporting.enums import PlaceKind
from reporting.grid import GridKey, hidden_cells
from reporting.models import CoverageSnapshot
from reporting.selectors import grid
from reporting.urls import urlpatterns
from tests.organisation.factories import GrantFactory, RegionFactory

from . import world
from .cells import ALL, MEASURES, NATION, Name, Place, Shown
from .knowledge import (
    Knowledge,
    contradictions,
    small_groups,
    small_groups_over_months,
    worked_out,
)
from .sources import SOURCES, Reader, Source, api_grids, api_trends, trend_pages
from .world import Curious

pytestmark = pytest.mark.django_db

BRETAGNE, ILE_DE_FRANCE = Place("region", "Bretagne"), Place("region", "Île-de-France")
THREE = Name("2026-05-31", Place("establishment", "Maison B"), "Administrative")
"""A group of three, hidden with another of its house."""


def reader(client: Client, made: Curious, **scope: Any) -> Reader:
    """Somebody who may read this, and tries the addresses of everything else."""
    client.force_login(GrantFactory(**scope).user)
    return Reader(client, world.REGIONS, [str(house.uid) for house in made.houses.values()])


def grid_in_words() -> Shown:
    """Every cell of the frozen months as its readers are to know it."""
    cells = CoverageSnapshot.objects.select_related(
        "month", "establishment", "region", "role_family", "trainable"
    )
    return {
        Name(
            one.month.ends_on.isoformat(),
            _place(one),
            one.role_family.name if one.role_family else ALL,
            one.trainable.title if one.trainable else ALL,
        ): None
        if one.is_suppressed
        else {measure: getattr(one.cell, measure) or 0 for measure in MEASURES}
        for one in cells
    }


def _place(one: CoverageSnapshot) -> Place:
    names = {
        PlaceKind.NATION: NATION.name,
        PlaceKind.ESTABLISHMENT: one.establishment.name if one.establishment else "",
        PlaceKind.REGION: one.region.name if one.region else "",
        PlaceKind.FAMILY: one.get_family_display(),
        PlaceKind.SIZE: one.get_size_display(),
    }
    return Place(one.kind, str(names[PlaceKind(one.kind)]))


def finds_nothing(found: Knowledge, made: Curious) -> None:
    assert contradictions(found) == []
    assert small_groups(found) == {}
    assert small_groups_over_months(found, made.alike) == {}
    for measure in MEASURES:
        assert worked_out(found, measure) == {}, measure


def test_the_world_hides_something_on_every_level() -> None:
    """Small groups, and totals of more people for their sake."""
    world.build()
    world.freeze()
    hidden = CoverageSnapshot.objects.filter(is_suppressed=True)
    large = {PlaceKind(one.kind) for one in hidden if one.cell.people >= 5}
    assert large >= {PlaceKind.ESTABLISHMENT, PlaceKind.REGION, PlaceKind.FAMILY, PlaceKind.SIZE}
    totals = hidden.filter(role_family=None, trainable=None).exclude(kind="establishment")
    assert any(one.cell.people >= 5 for one in totals)


def test_whoever_reads_the_nation_finds_no_small_group(client) -> None:
    made = world.build()
    world.freeze()
    world.aims()
    her = reader(client, made, for_nation=True)
    found = Knowledge.of(her, SOURCES)
    # Nothing but the grid, all of it, and the same everywhere.
    assert {**dict.fromkeys(found.masked), **found.shown} == grid_in_words()
    assert found.hidden == found.masked
    finds_nothing(found, made)
    # Nothing that shows figures is left unread.
    assert addresses() - her.asked == set(UNREAD)


def test_whoever_reads_one_region_finds_no_small_group(client) -> None:
    made = world.build()
    world.freeze()
    world.aims()
    her = reader(client, made, for_region=True, region=RegionFactory())
    found = Knowledge.of(her, SOURCES)
    own = [Place("establishment", f"Maison {letter}") for letter in "ABC"]
    assert [place for _kind, _args, place in her.places] == [BRETAGNE, *own]
    seen = {name.place for name in found.names}
    assert {place for place in seen if place.kind == "establishment"} == set(own)
    assert {BRETAGNE, ILE_DE_FRANCE, NATION} <= seen  # beside each other in the observatory
    assert found.hidden == found.masked
    cells = grid_in_words()
    assert {name for name in found.names if cells[name] is None} == found.masked
    for name, figures in found.shown.items():
        assert (figures or {}).items() <= (cells[name] or {}).items(), name
    finds_nothing(found, made)


# What must be found, or the tests above prove nothing.


def near(client: Client, made: Curious) -> Reader:
    """Who looks no farther than the three and their region."""
    her = reader(client, made, for_nation=True)
    her.regions, her.houses = ["53"], [str(made.houses[THREE.place.name].uid)]
    return her


def test_without_what_is_hidden_beside_them_small_groups_are_found(client, monkeypatch) -> None:
    def small_only(cells: Any, **others: Any) -> set[GridKey]:
        return {key for key, cell in cells.items() if 0 < cell.people < 5}

    monkeypatch.setattr(services, "hidden_cells", small_only)
    made = world.build()
    world.freeze()
    found = Knowledge.of(near(client, made), [api_grids])
    assert min(found.counts("people").values()) >= 5
    assert small_groups(found)[THREE] == 3
    assert worked_out(found, "covered")[THREE] == 1


def test_without_regard_to_the_month_before_a_small_group_is_found(client, monkeypatch) -> None:
    monkeypatch.setattr(
        services, "hidden_cells", lambda beside, **month: hidden_cells(**month, beside=())
    )
    made = world.build()
    world.freeze()
    found = Knowledge.of(near(client, made), [api_grids])
    assert small_groups(found) == {}
    assert THREE in small_groups_over_months(found, made.alike)


@pytest.mark.parametrize(
    ("source", "reads"), [(trend_pages, "_trend"), (api_trends, "cells_by_month")]
)
def test_one_source_that_masks_too_little_gives_a_small_group(
    client, monkeypatch, source: Source, reads: str
) -> None:
    """It masks small groups alone; all others mask what they should."""
    made = world.build()
    world.freeze()
    monkeypatch.setattr(grid, reads, LEAKS[reads])
    her = near(client, made)
    assert small_groups(Knowledge.of(her, [api_grids])) == {}
    found = Knowledge.of(her, [api_grids, source])
    assert THREE in found.hidden
    assert small_groups(found)[THREE] == 3


def _large(cell: grid.GridCell) -> grid.GridCell:
    return grid.GridCell(None) if cell.cell and 0 < cell.cell.people < 5 else cell


def _trend(*args: Any, _of: Any = grid._trend, **others: Any) -> list[grid.TrendPoint]:
    points = _of(*args, **others | {"unmasked": True})
    return [replace(one, cell=_large(one.cell)) for one in points]


def _months(*, _of: Any = grid.cells_by_month, **asked: Any) -> dict[Any, Any]:
    found = _of(**asked | {"unmasked": True})
    return {key: [(month, _large(cell)) for month, cell in of] for key, of in found.items()}


LEAKS = {"_trend": _trend, "cells_by_month": _months}


# What is not read, and why.

UNREAD = {
    name: why
    for why, names in {
        "live figures and names: refused, see tests/consistency/test_url_permissions.py": """
            reporting:establishment reporting:establishment_file reporting:establishment_matrix
            reporting:departments reporting:departments_file reporting:department
            reporting:department_file reporting:department_matrix reporting:missing
            reporting:missing_file reporting:missing_people reporting:department_missing
            reporting:department_missing_file reporting:department_missing_people
            reporting:remind reporting:department_remind
            reporting:establishment_board reporting:establishment_board_pdf
            reporting:department_board reporting:department_board_pdf
            reporting:establishment_revision reporting:establishment_evidence
            reporting:establishment_monthly reporting:department_monthly
            reporting:establishment_attestations reporting:department_attestations
            reporting:attestations_progress reporting:attestations_file
            reporting:establishment_attendance reporting:establishment_attendance_file
            reporting:department_attendance reporting:department_attendance_file
            coverage-api:establishment_matrix coverage-api:department_matrix
            coverage-api:establishment_objectives coverage-api:department_objectives""",
        "attendance is published in blocks, see tests/reporting/attendance/test_curious.py": """
            reporting:region_attendance reporting:region_attendance_file
            reporting:nation_attendance reporting:nation_attendance_file""",
        "the words of the board's page": """
            reporting:region_board_pdf reporting:nation_board_pdf
            reporting:region_monthly reporting:nation_monthly""",
        "establishments, months, files: no group of people": """
            reporting:home reporting:reach reporting:reach_file
            reporting:region_silent reporting:region_silent_file
            reporting:nation_silent reporting:nation_silent_file
            coverage-api:region_silent coverage-api:nation_silent
            coverage-api:places coverage-api:months coverage-api:nothing
            coverage-api:openapi-json coverage-api:api-root
            reporting:api_documentation reporting:api_keys reporting:api_key_revoke""",
        "forms": """
            reporting:evidence_revoke reporting:objective_new reporting:objective_edit
            reporting:objective_stop""",
    }.items()
    for name in names.split()
}


def addresses() -> set[str]:
    """The names of all addresses of figures."""
    operations = {f"coverage-api:{one.name}" for one in api.urls[0]}
    return operations | {f"reporting:{name}" for name in _names(urlpatterns)}


def _names(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[str]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from _names(one.url_patterns)
        else:
            yield str(one.name)
