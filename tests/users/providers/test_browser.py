"""The whole way in a real browser: to the provider, back, and the screens on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from playwright.sync_api import expect

from organisation.models import Appointment
from tests.organisation.factories import EstablishmentFactory
from users.models import ProviderKind, User

from .claims import activity, hospital, pro_sante_connect
from .server import ProviderServer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
Axe = Callable[[Any], None]


@pytest.fixture
def page(browser: Any, live_server: Any, provider: ProviderServer) -> Any:
    """A page that may go to the provider, which is another origin."""
    context = browser.new_context(base_url=live_server.url, locale="fr-FR")
    complaints: list[str] = []
    page = context.new_page()

    def complain(said: Any) -> None:
        if said.type == "error" and not page.url.startswith(provider.url):
            complaints.append(said.text)

    page.on("console", complain)
    yield page
    context.close()
    assert not complaints


def authorize(page: Any, sub: str) -> None:
    page.locator("input[name=sub]").fill(sub)
    page.get_by_role("button", name="Authorize").click()


def test_an_agent_types_her_address_and_is_led_to_her_hospital(
    page: Any, provider: ProviderServer, axe_check: Axe
) -> None:
    provider.configured(domain="chu.test")
    provider.knows("navigateur-1", hospital("dominique@chu.test"))
    page.goto("/accounts/login/")
    axe_check(page)
    page.get_by_label("Adresse électronique").fill("dominique@chu.test")
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("CHU d’essai")
    axe_check(page)
    page.get_by_role("button", name="Continuer").click()
    authorize(page, "navigateur-1")
    page.wait_for_url("**/mon-espace/")
    assert User.objects.filter(email="dominique@chu.test").exists()


def test_a_professional_says_where_she_works(
    page: Any, provider: ProviderServer, axe_check: Axe
) -> None:
    place = EstablishmentFactory(finess_ej="760780239")
    provider.configured(ProviderKind.NATIONAL, slug="psc")
    provider.knows("navigateur-2", pro_sante_connect(activity("", "760780239")))
    page.goto("/accounts/login/")
    page.get_by_role("link", name="Continuer avec Pro Santé Connect").click()
    page.get_by_role("button", name="Continuer").click()
    authorize(page, "navigateur-2")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Il manque votre adresse")
    axe_check(page)
    page.get_by_label("Adresse électronique").fill("claire@chu.test")
    page.get_by_role("button", name="Vérifier").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Confirmez votre adresse")
    EmailAddress.objects.filter(email="claire@chu.test").update(verified=True)
    page.goto("/accounts/oidc/psc/login/")
    page.get_by_role("button", name="Continuer").click()
    authorize(page, "navigateur-2")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Où travaillez-vous")
    axe_check(page)
    page.get_by_role("button", name="C’est là que je travaille").click()
    page.wait_for_url("**/mon-espace/")
    assert Appointment.objects.get().establishment == place


def test_a_passkey_is_added_and_opens_the_next_session(
    page: Any, live_server: Any, axe_check: Axe, settings: Any
) -> None:
    settings.SECOND_FACTOR_COMPULSORY = True
    settings.ALLOWED_HOSTS = ["localhost"]
    user = User.objects.create_superuser("admin@site.test", "une phrase bien longue")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    here = live_server.url.replace("127.0.0.1", "localhost")
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
    options |= {"hasUserVerification": True, "isUserVerified": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    def sign_in() -> None:
        page.goto(f"{here}/accounts/login/?next=/admin/")
        page.get_by_label("Adresse électronique").fill(user.email)
        page.locator("input[name=password]").fill("une phrase bien longue")
        page.locator("main").get_by_role("button", name="Se connecter").click()

    sign_in()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Second facteur")
    axe_check(page)
    page.get_by_role("link", name="Ajouter une clé d’accès").click()
    axe_check(page)
    page.get_by_text("Me connecter avec elle seule").click()
    page.get_by_role("button", name="Ajouter").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vos codes de secours")
    axe_check(page)
    page.get_by_role("link", name="Je les ai notés").click()
    page.wait_for_url("**/admin/")
    page.context.clear_cookies()
    sign_in()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Encore une étape")
    axe_check(page)
    page.get_by_role("button", name="Utiliser une clé d’accès").click()
    page.wait_for_url("**/admin/")
    page.context.clear_cookies()
    page.goto(f"{here}/accounts/login/?next=/admin/")
    page.get_by_role("button", name="Utiliser une clé d’accès").click()  # without a password
    page.wait_for_url("**/admin/")


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/2fa/",
        "/accounts/2fa/totp/activate/",
        "/accounts/sessions/",
        "/accounts/3rdparty/",
        "/accounts/3rdparty/login/cancelled/",
        "/accounts/3rdparty/login/error/",
    ],
)
def test_account_screens(
    page_factory: Any, login: Any, axe_check: Axe, provider: ProviderServer, address: str
) -> None:
    provider.configured()
    user = User.objects.create_user("agent@site.test")
    for width in (1280, 390):
        page = page_factory(width)
        login(page, user)
        page.goto(address)
        axe_check(page)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width
