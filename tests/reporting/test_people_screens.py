"""Reminding, objectives, keys and the API's page in a real browser, on a desk and on a phone."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from organisation.scopes import Scope
from reporting.models import Objective, Reminding
from reporting.objectives.services import Target, objective_set
from tests.organisation.factories import GrantFactory

from . import world as worlds

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DUE = dt.date(2029, 6, 30)


@pytest.fixture
def world() -> worlds.World:
    world = worlds.build()
    GrantFactory(establishment=world.house, user=world.users["ciso"], to_train=True)
    for scope, who in (
        (Scope.establishment(world.house), "ciso"),
        (Scope.region(world.region), "region"),
    ):
        for percent, module in ((15, world.modules[0]), (80, None)):
            objective_set(
                scope=scope,
                target=Target(trainable=module),
                percent=percent,
                due_on=DUE,
                actor=world.users[who],
                now=timezone.now(),
            )
    return world


def screens(world: worlds.World) -> list[tuple[str, str]]:
    house = ["etablissement", world.house.uid]
    objective = Objective.objects.get(establishment=world.house, trainable=None)
    own = [*house, objective.uid]
    return [
        ("ciso", reverse("reporting:remind", args=[world.house.uid])),
        ("ciso", reverse("reporting:objectives", args=house)),
        ("ciso", reverse("reporting:objective_new", args=house)),
        ("ciso", reverse("reporting:objective_edit", args=own)),
        ("ciso", reverse("reporting:objective_stop", args=own)),
        ("ciso", reverse("reporting:establishment", args=[world.house.uid])),
        ("ciso", reverse("reporting:api_documentation")),
        ("ciso", reverse("reporting:api_keys")),
        ("region", reverse("reporting:region", args=[world.region.code])),
        ("region", reverse("reporting:objectives", args=["region", world.region.code])),
    ]


@pytest.mark.parametrize("width", [1280, 390])
def test_pages_are_accessible_and_fit(
    width: int, world: worlds.World, page_factory: Any, login: Any, axe_check: Any
) -> None:
    pages: dict[str, Any] = {}
    for who, address in screens(world):
        if who not in pages:
            pages[who] = page_factory(width)
            login(pages[who], world.users[who])
        page = pages[who]
        page.goto(address)
        axe_check(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_one_click_reminds_without_javascript(
    world: worlds.World, page_factory: Any, login: Any, axe_check: Any
) -> None:
    page = page_factory(390, javascript=False)
    login(page, world.users["ciso"])
    page.goto(reverse("reporting:missing", args=[world.house.uid]))
    page.get_by_role("link", name=re.compile("Relancer ces")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Relancer par courriel")
    assert not mail.outbox
    page.get_by_role("button", name=re.compile("Envoyer ce courriel")).click()
    expect(page.get_by_role("heading", name="Relances demandées ici")).to_be_visible()
    assert Reminding.objects.count() == 1


def test_an_objective_from_the_form_to_the_page(
    world: worlds.World, page_factory: Any, login: Any, axe_check: Any
) -> None:
    page = page_factory(1280)
    login(page, world.users["ciso"])
    page.goto(reverse("reporting:objective_new", args=["etablissement", world.house.uid]))
    page.get_by_label("Ou un seul métier").select_option("medecin")
    page.get_by_label("Part des personnes à jour").fill("90")
    page.get_by_label("Avant le").fill("2029-01-31")
    page.get_by_role("button", name="Voir où vous en êtes").click()
    axe_check(page)
    page.get_by_role("button", name="Fixer l’objectif").click()
    page.goto(reverse("reporting:establishment", args=[world.house.uid]))
    expect(page.get_by_text(re.compile("Médecin, tous les modules.+90"))).to_be_visible()


def test_a_key_is_shown_once(
    world: worlds.World, page_factory: Any, login: Any, axe_check: Any
) -> None:
    page = page_factory(390)
    login(page, world.users["ciso"])
    page.goto(reverse("reporting:api_keys"))
    page.get_by_label("À quoi servira-t-elle").fill("Tableau de bord")
    page.get_by_role("button", name="Créer la clé").click()
    expect(page.get_by_text(re.compile("tcv_[0-9a-f]{32}_"))).to_be_visible()
    axe_check(page)
    page.goto(reverse("reporting:api_keys"))
    expect(page.get_by_text(re.compile("tcv_[0-9a-f]{32}_"))).to_have_count(0)
    page.get_by_role("link", name="Révoquer").click()
    axe_check(page)
