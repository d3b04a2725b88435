"""What the observatory shows, to whom, and that hidden figures move nothing on it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaign_assets.enums import ReachKind
from campaign_assets.models import ReachEvent
from reporting.enums import AttendanceTable, PlaceKind
from reporting.models import AttendanceFigure, CoverageSnapshot
from tests.organisation.factories import EstablishmentFactory, RoleFamilyFactory
from tests.reporting.factories import TrainableFactory
from users.models import AuditEntry

from . import frozen
from .frozen import Country, main_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def country() -> Country:
    return frozen.country()


@pytest.fixture
def nation(client, country):
    client.force_login(country.users["nation"])
    return client


def of_place(house, name: str = "establishment_observatory") -> str:
    return reverse(f"reporting:{name}", args=[house.uid])


def test_an_establishment_stands_beside_its_family_and_region(client, country) -> None:
    # Its own 50 %; the six published of its family: 23, 35, 48 %; eight are on the roll.
    client.force_login(country.users["ciso"])
    text = main_of(client.get(of_place(country.houses[4])))
    words = (
        "15 points au-dessus de la médiane, dans le quart le plus avancé, "
        "sur 6 établissements dont le chiffre est publié sur 8."
    )
    assert f"Sa famille, « Centre hospitalier » : {words}" in text
    assert f"Sa région, « {country.bretagne.name} » : {words}" in text
    assert ">23 %<" in text
    assert ">48 %<" in text
    assert "+15 points" in text
    assert '<svg class="tcv-boxes"' in text


def test_too_few_published_figures_are_not_compared(nation, country) -> None:
    text = main_of(nation.get(of_place(country.far)))
    assert "moins de 5 établissements ont un chiffre publié" in text
    assert "1 publié sur 1" in text


def test_a_hidden_establishment_is_seen_by_its_own_managers_alone(client, country) -> None:
    address = of_place(country.hidden)
    client.force_login(country.users["region"])
    text = main_of(client.get(address))
    assert "3 / 4" not in text
    assert "Le total est masqué" in text
    assert "points au-" not in text
    client.force_login(country.users["ciso of the hidden"])
    text = main_of(client.get(address))
    assert "3 / 4 (75 %)" in text
    assert "40 points au-dessus de la médiane" in text
    # Beside the others, never among them.
    assert "sur 6 établissements dont le chiffre est publié sur 8" in text


def test_the_country_shows_cells_and_spreads(nation, country) -> None:
    text = main_of(nation.get(reverse("reporting:observatory")))
    assert "303 / 704 (43 %)" in text
    assert "213 / 604 (35 %)" in text
    assert "90 / 100" not in text
    assert "6 publiés sur 8" in text
    assert "8 établissements renseignés sur 9" in text
    assert f'aria-label="{country.bretagne.name} : 213 / 604 (35 %)"' in text
    assert f'aria-label="{country.elsewhere.name} : masqué"' in text
    nationwide = reverse("reporting:nation")
    assert f'href="{nationwide}?mois=2026-10-31&amp;famille=ch"' in text
    assert f'href="{nationwide}?mois=2026-10-31&amp;taille=under_500"' in text


def test_all_eighteen_regions_are_on_the_map(nation) -> None:
    text = main_of(nation.get(reverse("reporting:observatory")))
    assert text.count('role="listitem"') == 18
    for name in ("Guadeloupe", "Martinique", "Guyane", "La Réunion", "Mayotte"):
        assert f'aria-label="{name} : ' in text
    assert "style=" not in text


def test_a_region_opens_its_own_pages_only(client, country) -> None:
    client.force_login(country.users["region"])
    text = main_of(client.get(reverse("reporting:observatory")))
    assert reverse("reporting:region", args=[country.bretagne.code]) in text
    assert reverse("reporting:region_silent", args=[country.bretagne.code]) in text
    assert reverse("reporting:region", args=[country.elsewhere.code]) not in text
    assert reverse("reporting:nation") not in text


def test_single_establishments_are_not_named_on_it(nation, country) -> None:
    text = main_of(nation.get(reverse("reporting:observatory")))
    for house in (*country.houses, country.hidden, country.far):
        assert house.name not in text


def test_filters_choose_the_cell_that_is_compared(nation, country) -> None:
    family, module = RoleFamilyFactory(code="medicale"), TrainableFactory(title="Clés USB")
    chosen = {"role_family": family, "trainable": module}
    for number, house in enumerate(country.houses, start=1):
        frozen.cell(
            country.month, PlaceKind.ESTABLISHMENT, 5 * number, 50, establishment=house, **chosen
        )
    frozen.cell(country.month, PlaceKind.REGION, 7, 11, region=country.bretagne, **chosen)
    asked = {"filiere": "medicale", "module": str(module.uid)}
    text = main_of(nation.get(reverse("reporting:observatory"), asked))
    assert "7 / 11 (64 %)" in text
    assert "213 / 604" not in text
    assert f"filière « {family.name} » ; module « Clés USB »" in text
    text = main_of(nation.get(of_place(country.houses[0]), asked))
    assert "5 / 50 (10 %)" in text
    assert "25 points au-dessous de la médiane, dans le quart le moins avancé" in text


def test_what_else_the_campaign_did_stands_beside(nation, country) -> None:
    AttendanceFigure.objects.create(
        month=country.month, table=AttendanceTable.REGION, row=country.bretagne.code, people=37
    )
    at = frozen.dt.datetime(2026, 6, 1, 12, tzinfo=frozen.dt.UTC)
    for _turn in range(3):
        ReachEvent.objects.create(kind=ReachKind.SCAN, at=at, establishment=country.houses[0])
    text = main_of(nation.get(reverse("reporting:observatory")))
    row = text.split('id="terrain"')[1].split(country.bretagne.name)[1].split("</tr>")[0]
    assert 'data-label="Présences aux rencontres">37<' in row
    assert 'data-label="Codes suivis">3<' in row


def test_the_file_holds_what_the_page_shows_and_is_recorded(nation, country) -> None:
    address = reverse("reporting:observatory_file", args=["csv"])
    lines = b"".join(nation.get(address)).decode("utf-8-sig").splitlines()
    region = next(line for line in lines if country.bretagne.name in line)
    # 213 of 604 people, none unknown; 22.5, 35 and 47.5 %; 6 published, 7 known, 8 of all.
    assert region.split(";")[2:4] == ["213", "604"]
    assert region.split(";")[-3:] == ["6", "7", "8"]
    shares = [float(share.replace(",", ".")) for share in region.split(";")[8:11]]
    assert shares == pytest.approx([0.225, 0.35, 0.475])
    hidden = next(line for line in lines if country.elsewhere.name in line)
    assert hidden.split(";")[2:11] == ["masqué", *[""] * 8]
    assert AuditEntry.objects.filter(action="coverage.export").count() == 1
    assert nation.get(address, {"module": "x"}).status_code == 400


def pages(country: Country) -> list[str]:
    """Everything that readers without names may open, of the place whose figures are hidden."""
    houses = (country.hidden, country.houses[0])
    return [
        reverse("reporting:observatory"),
        *(of_place(house) for house in houses),
        *(of_place(house, "establishment_trend") for house in houses),
        *(of_place(house, "establishment_grid") for house in houses),
        reverse("reporting:region", args=[country.bretagne.code]),
        reverse("reporting:region_trend", args=[country.elsewhere.code]),
        reverse("reporting:nation"),
        reverse("reporting:nation_trend") + "?famille=ehpad",
    ]


figures = st.tuples(st.integers(0, 5000), st.integers(0, 5000), st.integers(0, 500)).map(
    lambda drawn: {
        "expected": max(drawn[:2]),
        "covered": min(drawn[:2]),
        "overdue": 0,
        "unknown": drawn[2] + 1,
    }
)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(drawn=st.lists(figures, min_size=3, max_size=3))
def test_hidden_figures_move_nothing(nation, country, drawn) -> None:
    """Statistics are a function of published cells: whatever the hidden ones hold, the pages are
    the same to the letter."""
    before = [main_of(nation.get(address)) for address in pages(country)]
    hidden = CoverageSnapshot.objects.filter(is_suppressed=True).order_by("pk")
    assert len(hidden) == len(drawn)
    for snapshot, other in zip(hidden, drawn, strict=True):
        CoverageSnapshot.objects.filter(pk=snapshot.pk).update(**other)
    assert [main_of(nation.get(address)) for address in pages(country)] == before


def test_a_published_figure_does_move_it(nation, country) -> None:
    """The comparison above would see a change."""
    before = main_of(nation.get(reverse("reporting:observatory")))
    CoverageSnapshot.objects.filter(establishment=country.houses[2]).update(covered=31)
    assert main_of(nation.get(reverse("reporting:observatory"))) != before


@pytest.mark.parametrize("name", ["observatory", "establishment_observatory"])
def test_queries_do_not_grow_with_the_country(nation, country, name) -> None:
    address = (
        reverse("reporting:observatory") if name == "observatory" else of_place(country.houses[0])
    )
    nation.get(address)  # fills the caches of the frame
    with CaptureQueriesContext(connection) as before:
        main_of(nation.get(address))
    more = EstablishmentFactory.create_batch(12, region=country.elsewhere, family="clinique")
    frozen.enrol(country.month, more, size="under_100")
    for house in more:
        frozen.cell(country.month, PlaceKind.ESTABLISHMENT, 20, establishment=house)
    frozen.cell(country.month, PlaceKind.FAMILY, 240, 1200, family="clinique")
    with CaptureQueriesContext(connection) as after:
        main_of(nation.get(address))
    assert len(after) == len(before)
    assert len(after) < 40


def test_before_the_first_month_the_page_says_what_to_wait_for(client) -> None:
    client.force_login(frozen.GrantFactory(for_nation=True).user)
    text = main_of(client.get(reverse("reporting:observatory")))
    assert "Aucun mois n’est encore arrêté" in text
