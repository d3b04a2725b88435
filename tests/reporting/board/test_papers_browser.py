"""The papers' pages in a real browser, on a desk and on a phone."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from reporting.evidence.issuing import evidence_issue, evidence_pdf, evidence_revoke
from reporting.models import EvidenceFile
from reporting.services import snapshots_freeze
from tests.reporting import world as worlds

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = [1280, 390]


@pytest.fixture
def world() -> worlds.World:
    world = worlds.build(people=60)
    snapshots_freeze(month_end=dt.date(2026, 7, 31))
    return world


def file_of(world: worlds.World) -> EvidenceFile:
    now = timezone.now()
    user = world.users["ciso"]
    return evidence_issue(place=world.house, user=user, day=worlds.JUNE, month=None, now=now)


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_are_accessible_and_fit(width, world, page_factory, login, axe_check) -> None:
    good, revoked = file_of(world), file_of(world)
    evidence_revoke(file=revoked, user=world.users["ciso"], now=timezone.now())
    house = [world.house.uid]
    screens = [
        ("ciso", reverse("reporting:establishment_board", args=house)),
        ("ciso", reverse("reporting:establishment_evidence", args=house)),
        ("ciso", reverse("reporting:evidence_revoke", args=[good.uid])),
        ("ward manager", reverse("reporting:department_board", args=[world.ward.uid])),
        ("region", reverse("reporting:region_board", args=["53"])),
        ("region", reverse("reporting:region_evidence", args=["53"])),
        ("nation", reverse("reporting:nation_board")),
        ("", reverse("reporting:evidence_verify", args=[good.uid])),
        ("", reverse("reporting:evidence_verify", args=[revoked.uid])),
    ]
    pages = {}
    for who, address in screens:
        if who not in pages:
            pages[who] = page_factory(width)
            if who:
                login(pages[who], world.users[who])
        pages[who].goto(address)
        axe_check(pages[who])
        assert pages[who].evaluate("document.documentElement.scrollWidth") <= width, address


def test_a_manager_subscribes_and_stops_without_javascript(world, page_factory, login) -> None:
    page = page_factory(390, javascript=False)
    login(page, world.users["ciso"])
    page.goto(reverse("reporting:establishment_board", args=[world.house.uid]))
    page.get_by_label("La feuille A4 (PDF)").check(force=True)
    page.get_by_role("button", name="Recevoir ce bilan").click()
    expect(page.get_by_text("C’est noté")).to_be_visible()
    expect(page.get_by_label("La feuille A4 (PDF)")).to_be_checked()
    page.get_by_role("button", name="Ne plus le recevoir").click()
    expect(page.get_by_text("Vous ne recevrez plus ce bilan.")).to_be_visible()


def test_an_auditor_has_a_file_compared(world, page_factory, axe_check, tmp_path) -> None:
    file = file_of(world)
    path = tmp_path / "dossier.pdf"
    path.write_bytes(evidence_pdf(file=file))
    page = page_factory(1280)
    page.goto(reverse("reporting:evidence_verify", args=[file.uid]))
    page.get_by_label("Fichier PDF").set_input_files(path)
    page.get_by_role("button", name="Comparer").click()
    expect(page.get_by_text("Ce PDF est bien celui qui a été remis")).to_be_visible()
    axe_check(page)
    page.get_by_label("Ou son empreinte").fill("0" * 64)
    page.get_by_role("button", name="Comparer").click()
    expect(page.get_by_text("Ce n’est pas le dossier qui a été remis")).to_be_visible()
    axe_check(page)
