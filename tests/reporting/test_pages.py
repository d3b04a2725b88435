"""What the pages show, record and cost."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.organisation.factories import AppointmentFactory, EstablishmentFactory
from users.models import AuditEntry

from . import world as worlds
from .factories import completed

pytestmark = pytest.mark.django_db

AT_JUNE = {"date": "2026-06-30"}


@pytest.fixture
def world() -> worlds.World:
    return worlds.build()


@pytest.fixture
def ciso(client, world):
    client.force_login(world.users["ciso"])
    return client


def house_page(client, world, name="establishment", **query) -> str:
    address = reverse(f"reporting:{name}", args=[world.house.uid])
    response = client.get(address, {**AT_JUNE, **query})
    assert response.status_code == 200
    return response.content.decode().replace("\xa0", " ")


def test_a_cell_says_covered_people_rate_and_unknown(ciso, world) -> None:
    # 12 people: 3 nurses (0, 5, 10), the first of whom is covered; HR declares 12 nurses.
    text = house_page(ciso, world)
    assert "1 / 12 (8 %)</span>, <span" in text
    assert "9 non recensés" in text
    # Everybody: 4 of 12 did the first module, 9 more are declared.
    assert "4 / 21 (19 %)" in text
    assert "Situation au 30 juin 2026" in text


def test_filters_follow_the_address(ciso, world) -> None:
    text = house_page(ciso, world, module=str(world.modules[0].uid))
    assert "Tous les modules</th>" not in text
    assert world.modules[1].title + "</th>" not in text
    family = worlds.StaffRoleFactory(code="medecin").family
    text = house_page(ciso, world, filiere=family.code)
    assert "Ensemble de l’établissement" not in text
    assert "Ces quatre chiffres suivent les filtres" in text


def test_a_date_to_come_is_an_error_in_words(ciso, world) -> None:
    text = house_page(ciso, world, date="2999-01-01")
    assert "Choisissez une date passée" in text


@pytest.mark.parametrize("query", [{"module": "x"}, {"filiere": "x"}, {"date": "x"}, {"page": "x"}])
def test_hostile_filters_break_nothing(ciso, world, query) -> None:
    for name in ("establishment", "departments", "missing"):
        house_page(ciso, world, name, **query)


def test_departments_lead_to_their_page(ciso, world) -> None:
    text = house_page(ciso, world, "departments")
    assert reverse("reporting:department", args=[world.ward.uid]) in text
    assert "Urgences" in text


def test_the_trend_has_a_chart_and_its_figures(ciso, world) -> None:
    text = house_page(ciso, world)
    assert '<svg class="tcv-trend"' in text
    assert "juin 2026" in text
    assert "style=" not in text.split("<main")[1].split("</main>")[0]


def test_names_are_shown_and_their_reading_recorded(ciso, world) -> None:
    role = worlds.StaffRoleFactory(code="medecin")
    text = house_page(ciso, world, "missing", role=role.code)
    assert "Martin-" in text
    entry = AuditEntry.objects.get(action="coverage.names_read")
    assert entry.actor == world.users["ciso"]
    assert entry.target == f"establishment:{world.house.uid}"
    assert entry.details["filters"]["role"] == "medecin"
    assert "Martin" not in str(entry.details)


def test_names_in_files_are_recorded_too(ciso, world) -> None:
    for kind in ("csv", "xlsx"):
        ciso.get(reverse("reporting:missing_file", args=[world.house.uid, kind]), AT_JUNE)
    entries = AuditEntry.objects.filter(action="coverage.names_read")
    assert {entry.details["how"] for entry in entries} == {"csv", "xlsx"}


def test_somebody_covered_is_not_missing(ciso, world) -> None:
    done = AppointmentFactory(establishment=world.house, person__last_name="Parfait")
    for module in world.modules:
        completed(done.person, module, worlds.dt.date(2026, 3, 1))
    assert "Parfait" not in house_page(ciso, world, "missing")


def test_a_name_cannot_write_html(ciso, world) -> None:
    AppointmentFactory(
        establishment=world.house,
        role__name="ignored",
        person__last_name="<script>alert(1)</script>",
    )
    world.modules[0].title = "<b>&gras</b>"
    world.modules[0].save()
    for name in ("missing", "establishment"):
        text = house_page(ciso, world, name)
        assert "<script>alert" not in text
        assert "<b>&gras" not in text


def test_regions_see_counts_and_no_names(client, world) -> None:
    client.force_login(world.users["region"])
    text = client.get(reverse("reporting:region", args=["53"])).content.decode()
    assert "CHU d’Essai" in text
    assert "masqué" in text
    assert "Martin" not in text
    assert "3 établissements renseignés sur 4" in text
    silent = client.get(reverse("reporting:region_silent", args=["53"])).content.decode()
    assert "EHPAD du Silence" in silent
    assert "CHU d’Essai" not in silent


def test_the_small_hospital_is_hidden_from_the_region_everywhere(client, world) -> None:
    client.force_login(world.users["region"])
    page = client.get(reverse("reporting:establishment_grid", args=[world.small.uid]))
    text = page.content.decode().replace("\xa0", " ")
    assert "0 / 3" not in text
    assert "masqué" in text
    file = client.get(reverse("reporting:region_file", args=["53", "csv"]))
    lines = b"".join(file.streaming_content).decode("utf-8-sig").splitlines()
    of_small = [line for line in lines if line.startswith(world.small.name)]
    assert len(of_small) == 3
    assert all(line.endswith(";masqué;;;;;") for line in of_small)


def test_nation_shows_regions_then_families(client, world) -> None:
    client.force_login(world.users["nation"])
    for view in ("modules", "filieres"):
        response = client.get(reverse("reporting:nation"), {"vue": view})
        text = response.content.decode()
        assert "Bretagne" in text
        assert "Centre hospitalier" in text
    assert "Martin" not in text


def test_pages_help_before_the_first_month_and_without_people(client) -> None:
    user = worlds.GrantFactory(for_nation=True).user
    client.force_login(user)
    assert "Aucun mois n’est encore arrêté" in client.get("/couverture/france/").content.decode()
    assert client.get("/couverture/france/silencieux/").status_code == 200
    assert client.get("/couverture/france/grille.csv").status_code == 404
    grant = worlds.GrantFactory(establishment=EstablishmentFactory())
    client.force_login(grant.user)
    address = reverse("reporting:establishment", args=[grant.establishment.uid])
    assert "Aucun agent n’est connu ici" in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("ciso", "establishment"),
        ("ciso", "departments"),
        ("ciso", "missing"),
        ("ciso", "establishment_file"),
        ("ciso", "missing_file"),
        ("ward manager", "department"),
        ("ward manager", "department_missing"),
        ("region", "region"),
        ("nation", "nation"),
    ],
)
def test_queries_do_not_grow_with_the_data(client, world, who, name) -> None:
    place = {"department": world.ward.uid, "region": "53"}.get(name.split("_")[0], world.house.uid)
    arguments = [] if name == "nation" else [place]
    arguments += ["csv"] if name.endswith("_file") else []
    address = reverse(f"reporting:{name}", args=arguments)
    client.force_login(world.users[who])
    client.get(address)  # fills the caches of the frame
    with CaptureQueriesContext(connection) as before:
        b"".join(client.get(address))
    for department in (world.ward, world.other_ward):
        for code in worlds.ROLES:
            AppointmentFactory.create_batch(
                3,
                establishment=world.house,
                department=department,
                role=worlds.StaffRoleFactory(code=code),
            )
    AppointmentFactory.create_batch(9, establishment=EstablishmentFactory(region=world.region))
    worlds.snapshots_freeze(month_end=worlds.dt.date(2026, 7, 31))
    with CaptureQueriesContext(connection) as after:
        b"".join(client.get(address))
    assert len(after) == len(before)
    assert len(after) < 40
