"""The whole way in a real browser: the answer comes from another site, without our cookie."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.support.saml_provider import SamlProvider
from users.models import User

from .site import configured, says

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture(params=[1280, 390])
def page(browser: Any, live_server: Any, request: Any) -> Iterator[Any]:
    """A page that may go to the provider, which is another site: a port would not make it one."""
    assert urlsplit(live_server.url).hostname != "127.0.0.1"
    context = browser.new_context(
        base_url=live_server.url, locale="fr-FR", viewport={"width": request.param, "height": 800}
    )
    yield context.new_page()
    context.close()


def go(page: Any, idp: SamlProvider, axe_check: Callable[[Any], None]) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Adresse électronique").fill("dominique@chu.test")
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("CHU d’essai")
    axe_check(page)
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("button", name="Se connecter").click()


def test_there_and_back(page: Any, idp: SamlProvider, axe_check: Callable[[Any], None]) -> None:
    configured(idp)
    idp.answer = says()
    go(page, idp, axe_check)
    page.wait_for_url("**/mon-espace/")
    assert User.objects.filter(email="dominique@chu.test").exists()


def test_what_is_refused_leaves_a_way_on(
    page: Any, idp: SamlProvider, axe_check: Callable[[Any], None]
) -> None:
    configured(idp)
    idp.forge = lambda asked: idp.response(asked, says())
    go(page, idp, axe_check)
    expect(page.get_by_role("heading", level=1)).to_contain_text("n’a pas abouti")
    axe_check(page)
    page.get_by_role("link", name="Retour à la connexion").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
