"""Filters of the monthly grid: they choose cells, go down and come back, and never add up."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organisation.enums import ScopeKind
from reporting.enums import PlaceKind
from reporting.models import CoverageSnapshot
from tests.organisation.factories import StaffRoleFactory

from . import world as worlds
from .factories import RequirementFactory
from .observatory.frozen import cell, main_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> worlds.World:
    return worlds.build(people=60)


def reader(client, world, who: str):
    client.force_login(world.users[who])
    return client


def links(text: str) -> list[str]:
    return [link.replace("&amp;", "&") for link in re.findall(r'href="([^"]+)"', text)]


def figure(kind: PlaceKind, family, module, **place) -> str:
    """How a cell of the grid reads."""
    found = CoverageSnapshot.objects.get(kind=kind, role_family=family, trainable=module, **place)
    return f"{found.covered} / {found.expected + found.unknown} ("


@pytest.fixture
def nurses(world):
    return StaffRoleFactory(code="infirmier").family


def test_role_family_and_module_choose_one_cell(client, world, nurses) -> None:
    client = reader(client, world, "region")
    module = world.modules[0]
    asked = {"filiere": nurses.code, "module": str(module.uid)}
    for view in ("modules", "filieres"):
        text = main_of(client.get(reverse("reporting:region", args=["53"]), asked | {"vue": view}))
        own = figure(PlaceKind.ESTABLISHMENT, nurses, module, establishment=world.house)
        assert own in text
        assert world.modules[1].title + "</th>" not in text
        assert "Toutes les filières</th>" not in text
        assert f"filière « {nurses.name} » ; module « {module.title} »" in text


def test_the_sentence_has_a_way_out_that_keeps_the_month(client, world, nurses) -> None:
    client = reader(client, world, "region")
    address = reverse("reporting:region", args=["53"])
    text = main_of(client.get(address, {"filiere": nurses.code, "famille": "chu"}))
    assert f"{address}?mois=2026-06-30" in links(text)
    assert "Filtré :" not in main_of(client.get(address, {"mois": "2026-06-30"}))


def test_a_module_says_who_is_obliged_to_take_it(client, world, nurses) -> None:
    client = reader(client, world, "region")
    address = reverse("reporting:region", args=["53"])
    module = world.modules[0]
    elsewhere = worlds.RegionFactory(code="11")
    for region, days in ((world.region, 31), (elsewhere, 77)):
        RequirementFactory(
            trainable=module,
            scope=ScopeKind.REGION,
            region=region,
            role_families=[nurses],
            due_days=days,
        )
    RequirementFactory(
        trainable=module, scope=ScopeKind.ESTABLISHMENT, establishment=world.house, due_days=55
    )
    text = main_of(client.get(address, {"module": str(module.uid)}))
    nation = "France entière, tous les métiers : depuis le 01/01/2026, sous 90 jours"
    assert f"<li>{nation}, à refaire tous les 12 mois</li>" in text
    whom = f"Bretagne, filières {nurses.name}"
    assert f"<li>{whom} : depuis le 01/01/2026, sous 31 jours</li>" in text
    assert "sous 77 jours" not in text
    assert "sous 55 jours" not in text


def test_a_family_of_establishments_has_no_total_in_a_region(client, world) -> None:
    client = reader(client, world, "region")
    address = reverse("reporting:region", args=["53"])
    whole = figure(PlaceKind.REGION, None, None, region=world.region)
    text = main_of(client.get(address, {"famille": "ch"}))
    assert "n’a pas de total pour cette sélection" in text
    assert "Total de la région, tous établissements" in text
    assert whole in text
    assert "n’a pas de total" not in main_of(client.get(address))
    text = main_of(client.get(address, {"famille": "clcc"}))
    assert "Aucun établissement renseigné ne correspond" in text


def test_the_size_of_establishments_chooses_rows(client, world) -> None:
    client = reader(client, world, "region")
    address = reverse("reporting:region", args=["53"])
    small = main_of(client.get(address, {"taille": "under_100"}))
    assert world.small.name in small
    assert world.house.name not in small
    # 48 people of other roles, and 60 declared nurses.
    middle = main_of(client.get(address, {"taille": "under_500"}))
    assert world.house.name in middle
    assert world.small.name not in middle


def test_the_nation_reads_a_family_or_a_size_on_top_and_never_both(client, world) -> None:
    client = reader(client, world, "nation")
    address = reverse("reporting:nation")
    family = CoverageSnapshot.objects.filter(
        kind=PlaceKind.FAMILY, role_family=None, trainable=None, is_suppressed=False
    ).first()
    assert family is not None
    text = main_of(client.get(address, {"famille": family.family}))
    assert f"{family.covered} / {family.expected + family.unknown} (" in text.split("</dl>")[0]
    assert "Ces quatre chiffres : Famille : " in text
    assert "n’en crée aucune" in text
    text = main_of(client.get(address, {"famille": "ch", "taille": "under_100"}))
    assert "pas non plus de case pour cette famille et cette taille ensemble" in text
    assert "Ces quatre chiffres : France entière" in text
    trend = main_of(
        client.get(reverse("reporting:nation_trend"), {"famille": "ch", "taille": "under_100"})
    )
    assert "une famille ou une taille, pas les deux" in trend
    assert "<svg" not in trend.split("</form>")[1]


def test_filters_go_down_to_the_house_and_back(client, world, nurses) -> None:
    client = reader(client, world, "nation")
    asked = f"?mois=2026-06-30&filiere={nurses.code}&famille=ch&vue=filieres"
    region = reverse("reporting:region", args=["53"]) + asked
    house = reverse("reporting:establishment_grid", args=[world.house.uid]) + asked
    assert region in links(main_of(client.get(reverse("reporting:nation") + asked)))
    assert house in links(main_of(client.get(region)))
    response = client.get(house)
    crumbs = [step["url"] for step in response.context["breadcrumb"]]
    assert crumbs[1:3] == [reverse("reporting:nation") + asked, region]
    # What the page has no field for is handed on with its form.
    assert '<input type="hidden" name="famille" value="ch"' in response.content.decode()


def test_a_region_reads_its_establishments_by_pages_that_keep_the_filters(
    client, world, monkeypatch
) -> None:
    monkeypatch.setattr("reporting.views.grid.PER_PAGE", 1)
    client = reader(client, world, "region")
    address = reverse("reporting:region", args=["53"])
    small = reverse("reporting:establishment_grid", args=[world.small.uid])
    first = main_of(client.get(address, {"vue": "filieres"}))
    assert "?vue=filieres&page=2#detail" in links(first)
    second = main_of(client.get(address, {"vue": "filieres", "page": "2"}))
    assert small in first
    assert small not in second
    assert "Total de la région" in second
    # A file has them all.
    file = b"".join(client.get(reverse("reporting:region_file", args=["53", "csv"]))).decode()
    assert world.house.name in file
    assert world.small.name in file


@pytest.mark.parametrize(("who", "name"), [("region", "region"), ("nation", "nation")])
def test_the_grid_leads_to_what_was_known_and_back_to_the_month(client, world, who, name) -> None:
    place = ["53"] if name == "region" else []
    address = reverse(f"reporting:{name}", args=place)
    known = reverse(f"reporting:{name}_revision", args=place) + "?mois=2026-06-30"
    client = reader(client, world, who)
    assert known in links(main_of(client.get(address, {"mois": "2026-06-30"})))
    assert f"{address}?mois=2026-06-30" in links(main_of(client.get(known)))


def test_a_hidden_total_gives_way_to_what_is_published_by_module(client, world) -> None:
    client = reader(client, world, "region")
    address = reverse("reporting:region", args=["53"])
    module, other = world.modules
    own = CoverageSnapshot.objects.filter(kind=PlaceKind.REGION, role_family=None)
    own.update(is_suppressed=False)
    assert "colonne par colonne" not in main_of(client.get(address))
    own.exclude(trainable=module).update(is_suppressed=True)
    top = main_of(client.get(address)).split('id="detail"')[0]
    assert f"<dt>{module.title}</dt>" in top
    assert figure(PlaceKind.REGION, None, module, region=world.region) in top
    assert other.title not in top.split("colonne par colonne")[1]


def test_what_is_published_of_a_role_family_stands_above_the_page(client, world, nurses) -> None:
    """Not those of the whole establishment, under the name of a family whose total is hidden."""
    client = reader(client, world, "region")
    address = reverse("reporting:establishment_grid", args=[world.house.uid])
    module, other = world.modules
    own = CoverageSnapshot.objects.filter(establishment=world.house)
    own.update(is_suppressed=False)
    own.filter(role_family=nurses).exclude(trainable=module).update(is_suppressed=True)
    top = main_of(client.get(address, {"filiere": nurses.code})).split('id="detail"')[0]
    assert figure(PlaceKind.ESTABLISHMENT, nurses, module, establishment=world.house) in top
    whole = figure(PlaceKind.ESTABLISHMENT, None, module, establishment=world.house)
    assert whole not in top
    assert other.title not in top.split("colonne par colonne")[1]


def test_what_is_chosen_stands_beneath_folded_filters(client, world, nurses) -> None:
    client = reader(client, world, "ciso")
    address = reverse("reporting:establishment", args=[world.house.uid])
    assert "tcv-fold__chosen" not in main_of(client.get(address, {"date": "2026-06-30"}))
    text = main_of(client.get(address, {"filiere": nurses.code})).replace("\xa0", " ")
    assert f"Filtré : <strong>Filière : {nurses.name}</strong>" in text


def test_only_near_managers_go_on_to_the_live_page(client, world) -> None:
    address = reverse("reporting:establishment_grid", args=[world.house.uid])
    live = reverse("reporting:establishment", args=[world.house.uid])
    assert live in links(main_of(reader(client, world, "ciso").get(address)))
    assert live not in links(main_of(reader(client, world, "region").get(address)))


def test_files_hold_the_filtered_cells_and_say_so(client, world, nurses) -> None:
    client = reader(client, world, "region")
    address = reverse("reporting:region_file", args=["53", "csv"])
    lines = b"".join(client.get(address, {"filiere": nurses.code})).decode("utf-8-sig")
    own = CoverageSnapshot.objects.get(
        establishment=world.house, role_family=nurses, trainable=None
    )
    assert f";{own.covered};{own.expected};" in lines
    assert client.get(address, {"filiere": "inconnue"}).status_code == 400


def test_each_cell_leads_to_its_trend(client, world, nurses) -> None:
    client = reader(client, world, "region")
    module = world.modules[0]
    trend = reverse("reporting:establishment_trend", args=[world.house.uid])
    text = main_of(client.get(reverse("reporting:region", args=["53"])))
    address = f"{trend}?mois=2026-06-30&module={module.uid}"
    assert address in links(text)
    text = main_of(client.get(address))
    assert figure(PlaceKind.ESTABLISHMENT, None, module, establishment=world.house) in text
    assert f"module « {module.title} »" in text
    assert '<svg class="tcv-trend"' in text
    # A hidden cell leads nowhere.
    small = reverse("reporting:establishment_trend", args=[world.small.uid])
    assert not [link for link in links(text) if link.startswith(small)]


def test_a_hidden_month_is_a_gap_with_a_word(client, world) -> None:
    address = reverse("reporting:establishment_trend", args=[world.small.uid])
    text = main_of(reader(client, world, "region").get(address))
    assert '<rect class="tcv-trend__gap"' in text
    assert ">masqué<" in text
    assert "tcv-trend__dot" not in text


def test_own_managers_see_their_hidden_months(client, world) -> None:
    own = CoverageSnapshot.objects.filter(establishment=world.house)
    own.update(is_suppressed=True)
    address = reverse("reporting:establishment_trend", args=[world.house.uid])
    assert ">masqué<" not in main_of(reader(client, world, "ciso").get(address))
    assert ">masqué<" in main_of(reader(client, world, "region").get(address))


def test_the_line_breaks_where_a_month_was_not_frozen(client, world) -> None:
    for month_end in (worlds.dt.date(2026, 8, 31), worlds.dt.date(2026, 9, 30)):
        worlds.snapshots_freeze(month_end=month_end)
    address = reverse("reporting:region_trend", args=["53"])
    text = main_of(reader(client, world, "region").get(address))
    assert ">non arrêté<" in text
    assert text.count("tcv-trend__dot") == 3
    assert text.count("<polyline") == 1  # June stands alone before the gap


def test_a_trend_says_how_the_rate_moved(client, world) -> None:
    CoverageSnapshot.objects.filter(kind=PlaceKind.NATION).delete()
    cell(world.month, PlaceKind.NATION, 20)
    july = worlds.CoverageMonth.objects.create(
        ends_on=worlds.dt.date(2026, 7, 31), computed_at=world.month.computed_at
    )
    cell(july, PlaceKind.NATION, 26)
    text = main_of(reader(client, world, "nation").get(reverse("reporting:nation_trend")))
    assert "+6 points" in text


def test_the_live_page_follows_its_filters_into_the_past(client, world, nurses) -> None:
    client = reader(client, world, "ciso")
    module = world.modules[0]
    text = main_of(
        client.get(
            reverse("reporting:establishment", args=[world.house.uid]),
            {"date": "2026-06-30", "filiere": nurses.code, "module": str(module.uid)},
        )
    )
    chart = text.split('id="trend-title"')[1]
    assert figure(PlaceKind.ESTABLISHMENT, nurses, module, establishment=world.house) in chart
    assert f"filière « {nurses.name} », module « {module.title} »" in chart


@pytest.mark.parametrize("query", ["filiere=x", "module=x", "famille=x", "taille=x", "vue=x"])
def test_hostile_filters_break_nothing(client, world, query) -> None:
    client = reader(client, world, "nation")
    for address in (
        reverse("reporting:nation"),
        reverse("reporting:region", args=["53"]),
        reverse("reporting:establishment_grid", args=[world.house.uid]),
        reverse("reporting:nation_trend"),
        reverse("reporting:observatory"),
        reverse("reporting:establishment_observatory", args=[world.house.uid]),
        reverse("reporting:region_silent", args=["53"]),
    ):
        assert client.get(f"{address}?{query}").status_code == 200


@pytest.mark.parametrize("name", ["establishment_trend", "region_trend", "nation_trend"])
def test_a_trend_costs_the_same_whatever_the_months(client, world, name) -> None:
    places = {"establishment_trend": [world.house.uid], "region_trend": ["53"]}
    address = reverse(f"reporting:{name}", args=places.get(name, []))
    client = reader(client, world, "nation")
    client.get(address)
    with CaptureQueriesContext(connection) as before:
        client.get(address)
    worlds.snapshots_freeze(month_end=worlds.dt.date(2026, 7, 31))
    worlds.snapshots_freeze(month_end=worlds.dt.date(2026, 8, 31))
    with CaptureQueriesContext(connection) as after:
        client.get(address)
    assert len(after) == len(before) < 30
