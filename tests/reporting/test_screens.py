"""The pages in a real browser, on a desk and on a phone."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.organisation.factories import GrantFactory

from . import world as worlds

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = [1280, 390]


@pytest.fixture
def world() -> worlds.World:
    world = worlds.build(people=60)
    several = GrantFactory(establishment=world.house)
    GrantFactory(user=several.user, for_region=True, region=world.region)
    world.users["several places"] = several.user
    return world


def screens(world: worlds.World) -> list[tuple[str, str, str]]:
    """(reader, name, address) of every kind of page."""
    house, ward = [world.house.uid], [world.ward.uid]
    day = "?date=2026-06-30"
    return [
        ("ciso", "establishment", reverse("reporting:establishment", args=house) + day),
        ("ciso", "departments", reverse("reporting:departments", args=house) + day),
        ("ciso", "missing", reverse("reporting:missing", args=house) + day),
        ("ciso", "error", reverse("reporting:establishment", args=house) + "?date=2999-01-01"),
        ("ward manager", "department", reverse("reporting:department", args=ward) + day),
        ("region", "region", reverse("reporting:region", args=["53"])),
        ("region", "region-families", reverse("reporting:region", args=["53"]) + "?vue=filieres"),
        ("region", "monthly", reverse("reporting:establishment_grid", args=house)),
        ("nation", "nation", reverse("reporting:nation")),
        ("ciso", "revision", reverse("reporting:establishment_revision", args=house)),
        ("region", "region-revision", reverse("reporting:region_revision", args=["53"])),
        ("nation", "nation-revision", reverse("reporting:nation_revision")),
        ("nation", "evidence", reverse("reporting:nation_evidence")),
        ("several places", "home", reverse("reporting:home")),
        ("superuser", "operators", reverse("coverage_ledger")),
        ("nation", "silent", reverse("reporting:nation_silent")),
        ("nation", "filtered", reverse("reporting:nation") + "?famille=ch&taille=under_100"),
        ("nation", "observatory", reverse("reporting:observatory")),
        ("region", "trend", reverse("reporting:establishment_trend", args=house)),
        ("ciso", "compared", reverse("reporting:establishment_observatory", args=house)),
        ("learner", "refused", reverse("reporting:home")),
    ]


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_are_accessible_and_fit(width, world, page_factory, login, axe_check) -> None:
    pages = {}
    for who, _name, address in screens(world):
        if who not in pages:
            pages[who] = page_factory(width)
            login(pages[who], world.users[who])
        page = pages[who]
        page.goto(address)
        axe_check(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_a_figure_leads_to_the_people_behind_it(world, page_factory, login) -> None:
    page = page_factory()
    login(page, world.users["ciso"])
    page.goto(reverse("reporting:establishment", args=[world.house.uid]) + "?date=2026-06-30")
    page.get_by_role("row", name="Médecin").last.get_by_role("link").first.click()
    expect(page).to_have_url(re.compile("role=medecin"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Personnes manquantes")
    expect(page.get_by_role("rowheader").first).to_be_visible()


def test_the_matrix_keeps_its_heads_in_sight(world, page_factory, login) -> None:
    page = page_factory(1280)
    login(page, world.users["ciso"])
    page.goto(reverse("reporting:establishment", args=[world.house.uid]))
    sticky = "getComputedStyle(document.querySelector('.tcv-matrix thead th')).position"
    assert page.evaluate(sticky) == "sticky"


def test_the_pie_stays_beside_its_figure_however_narrow_the_cell(
    world, page_factory, login
) -> None:
    page = page_factory(1280)
    for who, address in (
        ("ciso", reverse("reporting:establishment", args=[world.house.uid])),
        ("nation", reverse("reporting:nation")),
    ):
        login(page, world.users[who])
        page.goto(address)
        tops = page.evaluate(
            """() => [...document.querySelectorAll(".tcv-matrix .tcv-cov__pie")].map((pie) => {
              pie.closest("table").style.width = "1px";
              for (const one of pie.closest("table").querySelectorAll("th, td")) {
                one.style.minWidth = 0;
              }
              const figure = document.createRange();
              figure.selectNode(pie.nextSibling);
              const [its, theirs] = [pie, figure].map((one) => one.getBoundingClientRect());
              return its.top < theirs.bottom && theirs.top < its.bottom;
            })"""
        )
        assert tops, address
        assert all(tops), address


def test_filters_work_without_javascript(world, page_factory, login) -> None:
    page = page_factory(390, javascript=False)
    login(page, world.users["ciso"])
    page.goto(reverse("reporting:establishment", args=[world.house.uid]))
    page.get_by_text("Filtrer", exact=True).click()
    page.get_by_label("Module").select_option(label=world.modules[0].title)
    page.get_by_role("button", name="Afficher").click()
    expect(page).to_have_url(re.compile(str(world.modules[0].uid)))
    expect(page.get_by_text(f"Module\N{NO-BREAK SPACE}: {world.modules[0].title}")).to_be_visible()


def test_a_phone_begins_with_the_figures_and_a_desk_has_its_filters_in_line(
    world, page_factory, login
) -> None:
    phone, desk = page_factory(390), page_factory(1280, javascript=False)
    for page in (phone, desk):
        login(page, world.users["ciso"])
        page.goto(reverse("reporting:establishment", args=[world.house.uid]))
    expect(phone.get_by_label("Module")).to_be_hidden()
    expect(desk.get_by_label("Module")).to_be_visible()
    box = phone.locator(".tcv-figures__value").first.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 844  # the first screen of a telephone


def test_a_phone_folds_the_roles_and_modules_of_a_long_table(
    world, page_factory, login, monkeypatch
) -> None:
    monkeypatch.setattr("reporting.views.establishment.MANY_ROLES", 1)
    phone, desk = page_factory(390, javascript=False), page_factory(1280, javascript=False)
    for page in (phone, desk):
        login(page, world.users["ciso"])
        page.goto(reverse("reporting:establishment", args=[world.house.uid]))
    role = ".tcv-matrix__part"
    expect(desk.locator(role).first).to_be_visible()
    expect(phone.locator(role).first).to_be_hidden()
    total, family = phone.locator(".tcv-matrix__total"), phone.locator(".tcv-matrix__family").first
    expect(total.get_by_role("cell")).to_have_count(len(world.modules) + 1)
    expect(family.get_by_role("cell")).to_have_count(1)
    phone.get_by_text("Tous les métiers et modules").click()
    expect(phone.locator(role).first).to_be_visible()
    expect(family.get_by_role("cell")).to_have_count(len(world.modules) + 1)


def test_a_phone_folds_the_families_of_what_was_known(world, page_factory, login) -> None:
    page = page_factory(390, javascript=False)
    login(page, world.users["ciso"])
    page.goto(reverse("reporting:establishment_revision", args=[world.house.uid]))
    now = page.locator(".tcv-matrix__part").last
    expect(now.get_by_role("cell")).to_have_count(1)  # both lines stay, with their total
    page.get_by_text("Tous les modules, filière par filière").click()
    expect(now.get_by_role("cell")).to_have_count(len(world.modules) + 1)


def test_a_phone_folds_the_tables_below_the_observatorys_charts(
    world, page_factory, login, axe_check
) -> None:
    phone, desk = page_factory(390), page_factory(1280, javascript=False)
    for page in (phone, desk):
        login(page, world.users["nation"])
        page.goto(reverse("reporting:observatory"))
    table = "Couverture par région"
    expect(desk.get_by_role("table", name=table)).to_be_visible()
    expect(phone.get_by_role("table", name=table)).to_be_hidden()
    expect(phone.locator(".tcv-regions")).to_be_visible()
    phone.get_by_text("Les chiffres, région par région").click()
    expect(phone.get_by_role("table", name=table)).to_be_visible()
    axe_check(phone)


def test_what_is_wrong_with_a_filter_is_never_folded_away(world, page_factory, login) -> None:
    page = page_factory(390, javascript=False)
    login(page, world.users["ciso"])
    page.goto(reverse("reporting:establishment", args=[world.house.uid]) + "?date=2999-01-01")
    expect(page.get_by_text("Choisissez une date passée")).to_be_visible()
