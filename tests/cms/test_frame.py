"""What surrounds every page: navigation, quick links, footer, and how it is cached."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from cms.models import HomePage, SiteSettings
from organisation.enums import GrantRight, ScopeKind
from organisation.models import Grant
from tests.cms.factories import standard_make
from tests.organisation.factories import EstablishmentFactory

PUBLIC_PAGES = [
    "/",
    "/la-campagne/",
    "/signaler-un-incident/",
    "/recherche/?q=campagne",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/login/code/",
    "/accounts/password/reset/",
    "/nulle-part/",
]


def soup_of(client: Client, address: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(address).content, "html.parser")


def menu(client: Client, address: str = "/") -> list[str]:
    return [link.text.strip() for link in soup_of(client, address).select(".fr-nav__link")]


@pytest.mark.parametrize("address", PUBLIC_PAGES)
def test_page_has_frame_and_nothing_inline_or_foreign(
    home: HomePage, client: Client, address: str
) -> None:
    soup = soup_of(client, address)
    assert len(soup.select("h1")) == 1
    assert soup.select_one('a[href="/signaler-un-incident/"]')
    assert soup.select_one(".fr-skiplinks a[href='#contenu']")
    assert not soup.select("[style], style")
    assert not [tag for tag in soup.find_all(True) if any(a.startswith("on") for a in tag.attrs)]
    # JSON is data: no browser runs it.
    scripts = soup.select("script:not([type='application/json'])")
    assert all(script.get("src") for script in scripts)
    for tag in soup.select("script[src], link[href], img[src], source[src], video[src]"):
        address = tag.get("src") or tag.get("href")
        assert re.match(r"/(?!/)", address), address


def test_ids_are_unique(home: HomePage, client: Client) -> None:
    ids = [tag["id"] for tag in soup_of(client, "/").select("[id]")]
    assert len(ids) == len(set(ids))


def test_menu_comes_from_the_pages_that_editors_put_there(home: HomePage, client: Client) -> None:
    assert menu(client) == ["La campagne"]


@pytest.mark.django_db(transaction=True)
def test_published_page_enters_the_menu_at_once(client: Client) -> None:
    from tests.cms.factories import home_make

    home = home_make()
    assert menu(client) == []
    page = standard_make(home, "Nouveau", show_in_menus=True)
    page.save_revision().publish()
    assert menu(client) == ["Nouveau"]
    page.unpublish()
    assert menu(client) == []


def test_current_entry_is_marked_on_its_page_and_below(home: HomePage, client: Client) -> None:
    parent = home.get_children().get(slug="la-campagne")
    standard_make(parent, "Suite")
    on_page = soup_of(client, "/la-campagne/").select_one(".fr-nav__link[aria-current]")
    below = soup_of(client, "/la-campagne/suite/").select_one(".fr-nav__link[aria-current]")
    assert on_page
    assert on_page["aria-current"] == "page"
    assert below
    assert below["aria-current"] == "true"


def test_breadcrumb_follows_the_tree(home: HomePage, client: Client) -> None:
    standard_make(home.get_children().get(slug="la-campagne"), "Suite")
    links = soup_of(client, "/la-campagne/suite/").select(".fr-breadcrumb__link")
    assert [link.text for link in links] == ["Accueil", "La campagne", "Suite"]
    assert links[-1]["aria-current"] == "page"


def test_personal_links_never_come_from_the_cache(
    home: HomePage, client: Client, reader: Any
) -> None:
    assert "Se connecter" in client.get("/").text
    member = Client()
    member.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")
    assert "Se déconnecter" in member.get("/").text
    assert "Se déconnecter" not in client.get("/").text


def test_coverage_is_in_the_menu_of_those_who_may_read_some(
    home: HomePage, client: Client, reader: Any
) -> None:
    client.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")
    assert "Couverture" not in menu(client)
    Grant.objects.create(
        user=reader,
        right=GrantRight.READ_COVERAGE,
        scope=ScopeKind.NATION,
        starts_on=dt.date(2020, 1, 1),
    )
    assert "Couverture" in menu(client)
    assert "Couverture" not in menu(Client())


def test_what_a_manager_may_do_is_one_entry_of_the_menu(
    home: HomePage, client: Client, reader: Any
) -> None:
    client.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")
    given = {
        "user": reader,
        "scope": ScopeKind.ESTABLISHMENT,
        "establishment": EstablishmentFactory(),
        "starts_on": dt.date(2020, 1, 1),
    }
    Grant.objects.create(right=GrantRight.READ_COVERAGE, **given)
    Grant.objects.create(right=GrantRight.MANAGE_TRAINING, **given)
    soup = soup_of(client, "/formation/")
    [group] = soup.select(".fr-nav__btn")
    assert group.text == "Mon équipe"
    assert group["aria-current"] == "true"
    entries = soup.select(f"#{group['aria-controls']} .fr-nav__link")
    assert [entry.text for entry in entries] == [
        "Couverture",
        "Former mon équipe",
        "Codes de connexion",
        "Effectifs",
    ]
    assert [entry.get("aria-current") for entry in entries] == [None, "page", None, None]
    assert soup.select_one("main a[href^='/codes/etablissement/']"), "training holds the codes"


def test_footer_shows_legal_pages_and_the_true_state_of_accessibility(
    home: HomePage, client: Client
) -> None:
    settings = SiteSettings.for_site(home.get_site())
    legal = home.get_children().get(slug="mentions-legales")
    settings.legal_notice_page = settings.accessibility_page = legal
    settings.save()
    footer = soup_of(client, "/").select_one(".fr-footer__bottom")
    assert footer
    assert "Mentions légales" in footer.text
    assert "non conforme (pas encore auditée)" in footer.text


def test_frame_costs_no_query_once_it_is_cached(
    home: HomePage, client: Client, django_assert_num_queries: Any
) -> None:
    client.get("/accounts/login/")
    with django_assert_num_queries(0):
        client.get("/accounts/login/")
