"""The API says what the pages say, to the same readers, and no more."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pydantic import TypeAdapter

from organisation.models import Grant
from organisation.scopes import Scope
from reporting import presenters
from reporting.api import guards, schemas
from reporting.api.api import api
from reporting.counting import Cell
from reporting.grid_tables import Columns, NamedRow, establishment_grid_rows, grid_table
from reporting.models import CoverageMonth, CoverageSnapshot
from reporting.objectives.services import Target, objective_set
from reporting.selectors import grid
from reporting.selectors.coverage import (
    coverage_by_department,
    coverage_of_department,
    coverage_of_establishment,
)
from tests.reporting import world as worlds
from users.limits import Limit
from users.models import AuditEntry

pytestmark = pytest.mark.django_db

JUNE = dt.date(2026, 6, 30)


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    cache.clear()


@pytest.fixture
def world() -> worlds.World:
    return worlds.build(people=30)


def arguments(world: worlds.World) -> dict[str, dict[str, Any]]:
    """Operation -> what its address needs."""
    house, ward = {"uid": world.house.uid}, {"uid": world.ward.uid}
    region: dict[str, Any] = {"code": world.region.code}
    return {
        "places": {},
        "months": {},
        "establishment_matrix": house,
        "department_matrix": ward,
        "establishment_grid": house,
        "region_grid": region,
        "nation_grid": {},
        "establishment_trend": house,
        "region_trend": region,
        "nation_trend": {},
        "nation_series": {},
        "region_silent": region,
        "nation_silent": {},
        "establishment_objectives": house,
        "department_objectives": ward,
        "region_objectives": region,
        "nation_objectives": {},
    }


SHAPES = {
    "places": schemas.MyPlaces,
    "months": schemas.Months,
    "matrix": schemas.Matrix,
    "grid": schemas.Grid,
    "trend": schemas.Trend,
    "series": schemas.Series,
    "silent": schemas.SilentList,
    "objectives": schemas.Objectives,
}
NEAR = {"ciso"}
WARD = NEAR | {"ward manager"}
GRID = {"ciso", "region", "nation"}
REGION, NATION = {"region", "nation"}, {"nation"}
# Operation -> who is let in; to all others who are signed in it is refused.
READERS: dict[str, set[str]] = {
    "months": {"ciso", "other ciso", "region", "other region", "nation"},
    "establishment_matrix": NEAR,
    "department_matrix": WARD,
    "establishment_grid": GRID,
    "establishment_trend": GRID,
    "establishment_objectives": NEAR,
    "department_objectives": WARD,
    "region_grid": REGION,
    "region_trend": REGION,
    "region_silent": REGION,
    "region_objectives": REGION,
    "nation_grid": NATION,
    "nation_trend": NATION,
    "nation_series": NATION,
    "nation_silent": NATION,
    "nation_objectives": NATION,
}


def client_of(world: worlds.World, kind: str) -> Client:
    client = Client()
    client.force_login(world.users[kind])
    return client


def ask(client: Client, name: str, given: dict[str, Any], **query: Any) -> Any:
    return client.get(reverse(f"coverage-api:{name}", kwargs=given), query)


def read(world: worlds.World, kind: str, name: str, **query: Any) -> Any:
    answer = ask(client_of(world, kind), name, arguments(world)[name], **query)
    assert answer.status_code == 200, answer.content
    assert answer["Cache-Control"] == "private, no-store"
    value = answer.json()
    SHAPES[name.rpartition("_")[2]].model_validate(value)
    return value


def test_every_operation_is_walked() -> None:
    told = {
        operation["operationId"].rpartition("operations_")[2]
        for path in api.get_openapi_schema()["paths"].values()
        for operation in path.values()
    }
    assert told == set(READERS) | {"places"}


def test_who_reads_what(world: worlds.World) -> None:
    given = arguments(world)
    for kind in world.users:
        client = client_of(world, kind)
        for name, readers in READERS.items():
            answer = ask(client, name, given[name])
            expected = 200 if kind in readers else 403
            assert answer.status_code == expected, (kind, name, answer.content)
            shape = SHAPES[name.rpartition("_")[2]] if expected == 200 else schemas.Error
            shape.model_validate(answer.json())


def test_nobody_reads_without_signing_in(world: worlds.World) -> None:
    for name, given in arguments(world).items():
        answer = ask(Client(), name, given)
        assert answer.status_code == 401, name
        assert answer["WWW-Authenticate"] == "Bearer"
        assert answer.json()["error"]["code"] == "unauthenticated"


def test_nothing_is_written(world: worlds.World) -> None:
    client = client_of(world, "nation")
    for name, given in arguments(world).items():
        address = reverse(f"coverage-api:{name}", kwargs=given)
        for method in ("post", "put", "patch", "delete"):
            assert getattr(client, method)(address).status_code == 405, name


def test_ones_own_places_and_their_addresses(world: worlds.World) -> None:
    own = read(world, "ciso", "places")["places"]
    assert [one["ref"] for one in own] == [str(world.house.uid)]
    client = client_of(world, "ciso")
    for link in own[0]["links"].values():
        assert client.get(link).status_code == 200, link
    assert read(world, "learner", "places") == {"places": []}
    for kind in ("region", "nation", "ward manager"):
        for link in read(world, kind, "places")["places"][0]["links"].values():
            assert client_of(world, kind).get(link).status_code == 200, link


def cells_of(row: Any) -> list[Any]:
    return [at["cell"] for at in row["cells"]]


def same(told: Any, cell: Cell | None) -> bool:
    """Whether a cell of the API is that of a page."""
    if cell is None:
        return told == {"hidden": True}
    if not cell.is_required:
        return told == {"hidden": False, "required": False}
    names = ("covered", "expected", "declared", "unknown", "people", "overdue", "percent")
    return all(told[name] == getattr(cell, name) for name in names)


def check_same_table(rows: list[Any], table: Any) -> None:
    """Row by row, cell by cell."""
    shown = [row for group in table.groups for row in group]
    assert len(rows) == len(shown)
    for told, row in zip(rows, shown, strict=True):
        if told["kind"] != "total":
            assert told["name"] == row.title
        assert len(told["cells"]) == len(row.cells)
        for one, body in zip(cells_of(told), row.cells, strict=True):
            assert same(one, body.cell), (told["name"], one, body.cell)


def test_the_live_cells_are_the_pages(world: worlds.World) -> None:
    for day in ("2026-02-01", "2026-06-30"):
        check_live_day(world, day)


def check_live_day(world: worlds.World, day: str) -> None:
    at = dt.date.fromisoformat(day)
    words: dict[str, Any] = {"caption": "", "total": "", "drill": lambda row: lambda module: ""}
    coverage = coverage_of_establishment(establishment=world.house, day=at)
    check_same_table(
        read(world, "ciso", "establishment_matrix", date=day)["rows"],
        presenters.role_table(coverage=coverage, **words),
    )
    coverage = coverage_by_department(establishment=world.house, day=at)
    check_same_table(
        read(world, "ciso", "establishment_matrix", date=day, par="services")["rows"],
        presenters.department_table(coverage=coverage, address=lambda one: "", **words),
    )
    coverage = coverage_of_department(department=world.ward, day=at)
    check_same_table(
        read(world, "ward manager", "department_matrix", date=day)["rows"],
        presenters.role_table(coverage=coverage, **words),
    )


def test_filters_choose_as_on_the_page(world: worlds.World) -> None:
    family, module = worlds.StaffRoleFactory(code="medecin").family, world.modules[0]
    coverage = coverage_of_establishment(establishment=world.house, day=JUNE)
    told = read(
        world,
        "ciso",
        "establishment_matrix",
        date=str(JUNE),
        filiere=family.code,
        module=str(module.uid),
    )
    table = presenters.role_table(
        coverage=coverage,
        caption="",
        total="",
        drill=lambda row: lambda module: "",
        family=family,
        module=module,
    )
    check_same_table(told["rows"], table)
    assert {one["uid"] for one in told["modules"]} == {str(module.uid)}


@pytest.mark.parametrize("by_family", [False, True])
def test_the_frozen_cells_are_the_pages(world: worlds.World, by_family: bool) -> None:
    month = world.month
    columns = (
        Columns.of_families(grid.role_families_of_month(month=month))
        if by_family
        else Columns.of_modules(grid.trainables_of_month(month=month))
    )
    known = list(grid.known_establishments(month=month, region=world.region))
    found = grid.establishment_rows(
        month=month, establishments=[one.establishment_id for one in known]
    )
    rows = [
        NamedRow(world.region.name, grid.region_row(month=month, region=world.region)),
        *(NamedRow(one.establishment.name, found[one.establishment_id]) for one in known),
    ]
    table = grid_table(caption="", corner="", columns=columns, groups=[rows])
    view = "filieres" if by_family else "modules"
    told = read(world, "region", "region_grid", vue=view)
    check_same_table(told["rows"], table)
    assert any(cell == {"hidden": True} for row in told["rows"] for cell in cells_of(row))


def test_the_details_of_an_establishment_are_the_pages(world: worlds.World) -> None:
    month = world.month
    rows = grid.establishment_rows(month=month, establishments=[world.house.pk], details=True)
    groups = establishment_grid_rows(
        row=rows[world.house.pk],
        families=grid.role_families_of_month(month=month),
        focus=grid.Focus(),
        trend="",
    )
    columns = Columns.of_modules(grid.trainables_of_month(month=month))
    table = grid_table(caption="", corner="", columns=columns, groups=groups)
    check_same_table(read(world, "region", "establishment_grid")["rows"], table)


def test_the_series_is_every_cell_of_every_month(world: worlds.World) -> None:
    told = read(world, "nation", "nation_series")
    (month,) = told["months"]
    assert month["ends_on"] == str(JUNE)
    shown = {}
    for one in CoverageSnapshot.objects.filter(kind="nation"):
        family = one.role_family.code if one.role_family else None
        module = str(one.trainable.uid) if one.trainable else None
        figures = (one.covered, one.expected + one.unknown)
        shown[family, module] = {"hidden": True} if one.is_suppressed else figures
    assert shown == {
        (at["role_family"], at["module"]): (
            at["cell"] if at["cell"]["hidden"] else (at["cell"]["covered"], at["cell"]["people"])
        )
        for at in month["cells"]
    }


def all_cells(value: Any) -> list[Any]:
    if isinstance(value, dict):
        own = [value] if "hidden" in value else []
        return own + [one for part in value.values() for one in all_cells(part)]
    return [one for part in value for one in all_cells(part)] if isinstance(value, list) else []


def test_hidden_cells_carry_no_number_anywhere(world: worlds.World) -> None:
    """All is hidden; then no figure of any size leaves by any of the frozen tables."""
    CoverageSnapshot.objects.update(is_suppressed=True)
    objective_set(
        scope=Scope.region(world.region),
        target=Target(),
        percent=80,
        due_on=dt.date(2029, 1, 1),
        actor=world.users["region"],
        now=timezone.now(),
    )
    for kind, names in {
        "region": ("region_grid", "region_trend", "region_objectives", "establishment_grid"),
        "nation": ("nation_grid", "nation_trend", "establishment_trend"),
    }.items():
        for name in names:
            told = read(world, kind, name)
            cells = all_cells(told)
            assert cells, name
            # A cell that is not there reads «not required», as on the page.
            assert all(
                one in ({"hidden": True}, {"hidden": False, "required": False}) for one in cells
            ), name
            assert {"hidden": True} in cells
    objective = read(world, "region", "region_objectives")["objectives"][0]
    assert (objective["missing"], objective["reached_in"]) == (None, None)
    assert (objective["pace"], objective["state"]) == ("unknown", "hidden")


def test_the_schema_itself_lets_no_number_beside_hidden() -> None:
    shape: Any = TypeAdapter(schemas.Cell)
    shape.validate_python({"hidden": True})
    for value in ({"hidden": True, "covered": 3}, {"hidden": True, "required": True}):
        with pytest.raises(ValueError, match="validation error"):
            shape.validate_python(value)


def test_the_region_learns_no_name(world: worlds.World) -> None:
    for name in ("region_grid", "region_silent", "establishment_grid", "region_objectives"):
        answer = ask(client_of(world, "region"), name, arguments(world)[name])
        assert b"Martin" not in answer.content
    near = ask(client_of(world, "ciso"), "establishment_matrix", {"uid": world.house.uid})
    assert b"Martin" not in near.content


def test_only_the_establishments_own_see_its_months_unmasked(world: worlds.World) -> None:
    CoverageSnapshot.objects.filter(establishment=world.house).update(is_suppressed=True)
    (near,) = read(world, "ciso", "establishment_trend")["months"]
    (far,) = read(world, "region", "establishment_trend")["months"]
    assert near["cell"]["covered"] == 5
    assert far["cell"] == {"hidden": True}


def test_the_trend_of_a_cell(world: worlds.World) -> None:
    march = CoverageMonth.objects.create(ends_on=dt.date(2026, 3, 31), computed_at=timezone.now())
    CoverageSnapshot.objects.create(
        month=march,
        kind="nation",
        trainable=world.modules[0],
        expected=9,
        covered=7,
        overdue=1,
        unknown=0,
    )
    months = read(world, "nation", "nation_trend", module=str(world.modules[0].uid))["months"]
    assert [one["ends_on"] for one in months] == ["2026-03-31", "2026-06-30"]
    assert months[0]["cell"]["covered"] == 7
    assert read(world, "nation", "nation_trend")["months"][0]["ends_on"] == "2026-06-30"


def test_silent_establishments_and_reach(world: worlds.World) -> None:
    told = read(world, "region", "region_silent")
    assert [one["name"] for one in told["establishments"]] == ["EHPAD du Silence"]
    assert told["reach"] == {"known": 3, "total": 4}
    assert read(world, "nation", "nation_silent", region=world.region.code)["reach"]["total"] == 4
    assert read(world, "region", "region_silent", famille="chu")["establishments"] == []


def test_objectives_with_their_progress(world: worlds.World) -> None:
    objective_set(
        scope=Scope.establishment(world.house),
        target=Target(trainable=world.modules[0]),
        percent=100,
        due_on=dt.date(2029, 1, 1),
        actor=world.users["ciso"],
        now=timezone.now(),
    )
    (one,) = read(world, "ciso", "establishment_objectives")["objectives"]
    assert one["missing"] == one["cell"]["people"] - one["cell"]["covered"] > 0
    assert one["state"] == "under_way"


WRONG: list[tuple[str, dict[str, str], str]] = [
    ("region_grid", {"mois": "2026-06-29"}, "mois"),
    ("region_grid", {"mois": "x"}, "mois"),
    ("region_grid", {"famille": "x"}, "famille"),
    ("region_grid", {"famile": "ehpad"}, "famile"),
    ("region_grid", {"vue": "x"}, "vue"),
    ("region_trend", {"filiere": "x"}, "filiere"),
    ("region_trend", {"module": "00000000-0000-0000-0000-000000000000"}, "module"),
    ("region_silent", {"region": "11"}, "region"),
    ("region_objectives", {"date": "2026-01-01"}, "date"),
    ("establishment_matrix", {"date": "2999-01-01"}, "date"),
    ("establishment_matrix", {"date": "x"}, "date"),
    ("establishment_matrix", {"par": "x"}, "par"),
    ("establishment_matrix", {"par": "services", "filiere": "medicale"}, "filiere"),
]


def test_a_filter_that_does_not_exist_is_told(world: worlds.World) -> None:
    given = arguments(world)
    for name, query, field in WRONG:
        kind = "region" if name.startswith("region") else "ciso"
        answer = ask(client_of(world, kind), name, given[name], **query)
        assert answer.status_code == 422, (name, query)
        error = schemas.Error.model_validate(answer.json()).error
        assert error.code == "invalid"
        assert list(error.fields) == [field]


def test_what_is_not_there_is_told_as_json(world: worlds.World) -> None:
    client = client_of(world, "nation")
    for path in ("nulle-part", "regions/999/grille", "etablissements/x/matrice"):
        answer = client.get(f"/api/couverture/v1/{path}")
        assert answer.status_code == 404, path
        assert schemas.Error.model_validate(answer.json()).error.code == "not_found"


def test_before_any_month_there_is_nothing(world: worlds.World) -> None:
    CoverageSnapshot.objects.all().delete()
    world.month.roll.all().delete()
    world.month.attendance_figures.all().delete()
    type(world.month.attendance).objects.all().delete() if hasattr(
        world.month, "attendance"
    ) else None
    world.month.delete()
    answer = ask(client_of(world, "nation"), "nation_grid", {})
    assert answer.status_code == 404
    assert read(world, "nation", "months") == {"months": []}


def test_too_many_are_told_to_wait(world: worlds.World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guards, "LIMIT", Limit("coverage.api", count=2, seconds=60))
    client = client_of(world, "ciso")
    codes = [ask(client, "places", {}).status_code for _ in range(3)]
    assert codes == [200, 200, 429]
    last = ask(client, "places", {})
    assert last["Retry-After"] == "60"
    assert last.json()["error"]["code"] == "too_many_requests"
    assert ask(client_of(world, "region"), "places", {}).status_code == 200  # each has her own


def test_reading_is_on_record_once_a_day(world: worlds.World) -> None:
    for _ in range(3):
        read(world, "region", "region_grid")
    entry = AuditEntry.objects.get(action="coverage.api_read")
    assert entry.actor == world.users["region"]
    assert entry.target == f"/api/couverture/v1/regions/{world.region.code}/grille"
    assert entry.details["how"] == "session"


def test_a_right_that_ends_ends_at_once(world: worlds.World) -> None:
    client = client_of(world, "region")
    given = arguments(world)["region_grid"]
    assert ask(client, "region_grid", given).status_code == 200
    Grant.objects.filter(user=world.users["region"]).update(ends_on=timezone.localdate())
    assert ask(client, "region_grid", given).status_code == 403


@pytest.mark.parametrize("name", ["establishment_matrix", "establishment_grid"])
def test_queries_do_not_grow(world: worlds.World, name: str) -> None:
    client, given = client_of(world, "ciso"), arguments(world)[name]

    def cost() -> int:
        ask(client, name, given)
        with CaptureQueriesContext(connection) as queries:
            ask(client, name, given)
        return len(queries)

    few = cost()
    worlds.AppointmentFactory.create_batch(10, establishment=world.house)
    assert cost() == few


class TestDocument:
    @pytest.fixture
    def document(self, client: Client) -> Any:
        answer = client.get(reverse("coverage-api:openapi-json"))
        assert answer.status_code == 200
        return answer.json()

    def test_it_is_openapi_3_1_and_complete(self, document: Any) -> None:
        """No validator is among the packages: what a reader of the document relies on."""
        assert re.fullmatch(r"3\.1\.\d", document["openapi"])
        assert document["info"]["title"]
        assert document["info"]["version"]
        identifiers = []
        for path, methods in document["paths"].items():
            assert path.startswith("/api/couverture/v1/")
            assert list(methods) == ["get"]
            operation = methods["get"]
            identifiers.append(operation["operationId"])
            assert operation["summary"]
            assert operation["security"]
            assert set(operation["responses"]) == {"200", "401", "403", "404", "422", "429"}
            named = set(re.findall(r"\{(\w+)\}", path))
            in_path = {
                one["name"] for one in operation.get("parameters", []) if one["in"] == "path"
            }
            assert named == in_path
            for one in operation.get("parameters", []):
                assert one["schema"]
                assert one["required"] is (one["in"] == "path")
        assert len(set(identifiers)) == len(identifiers)
        schemes = document["components"]["securitySchemes"]
        used = {
            name
            for methods in document["paths"].values()
            for one in methods["get"]["security"]
            for name in one
        }
        assert used == set(schemes)
        assert {one["type"] for one in schemes.values()} == {"http", "apiKey"}

    def test_every_reference_leads_somewhere(self, document: Any) -> None:
        for reference in re.findall(r'"\$ref": ?"([^"]+)"', json.dumps(document)):
            here = document
            for step in reference.removeprefix("#/").split("/"):
                here = here[step]
            assert here

    def test_the_page_lists_every_operation(self, client: Client, document: Any) -> None:
        page = client.get(reverse("reporting:api_documentation"))
        text = page.content.decode().replace("<wbr>", "")  # where an address may break
        assert page.status_code == 200
        for path, methods in document["paths"].items():
            assert f"GET {path}" in text
            assert methods["get"]["summary"] in text.replace("&#x27;", "'")
        main = text.split("<main")[1].split("</main>")[0]
        assert "<script" not in main
        assert "style=" not in main
        assert "Vos clés d’accès" not in main
