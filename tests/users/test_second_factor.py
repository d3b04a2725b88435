"""The second factor: for whom it is compulsory, enrolling, signing in with it, losing it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.test import Client

from organisation.sessions import PERSON
from tests.organisation.factories import GrantFactory, PersonFactory
from users.models import IdentityProvider, User
from users.sealing import unseal

pytestmark = pytest.mark.django_db(transaction=True)  # what follows a commit is under test
PASSWORD = "une phrase bien longue"
ENROL = "/accounts/2fa/?obligatoire=1"


@pytest.fixture(autouse=True)
def _as_in_production(settings: Any) -> None:
    settings.SECOND_FACTOR_COMPULSORY = True


def member(email: str = "agent@test.fr", **fields: Any) -> User:
    user = User.objects.create_user(email, PASSWORD, **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def editor() -> User:
    user = member("editeur@test.fr")
    user.groups.set(Group.objects.filter(name="Editors"))
    return user


def manager() -> User:
    user = member("cadre@test.fr")
    GrantFactory(user=user)
    return user


def administrator() -> User:
    return member("admin@test.fr", is_superuser=True, is_staff=True)


def learner() -> User:
    return member("soignant@test.fr")


def sign_in(client: Client, user: User, **more: str) -> Any:
    form = {"login": user.email, "password": PASSWORD, **more}
    return client.post("/accounts/login/", form)


def totp_now(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def enrol(client: Client) -> str:
    """Add an application; its secret."""
    page = client.get("/accounts/2fa/totp/activate/")
    secret: str = page.context["form"].secret
    assert secret in page.text
    answer = client.post("/accounts/2fa/totp/activate/", {"code": totp_now(secret)})
    assert answer["Location"] == "/accounts/2fa/recovery-codes/"
    return secret


def next_code(secret: str) -> str:
    """A code works once, so the tests forget that it was used rather than wait for the next."""
    cache.clear()
    return totp_now(secret)


@pytest.mark.parametrize("make", [editor, manager, administrator])
@pytest.mark.parametrize("address", ["/admin/", "/mon-espace/", "/codes/", "/"])
def test_who_needs_one_is_led_to_enrol_and_nowhere_else(
    client: Client, make: Any, address: str
) -> None:
    sign_in(client, make())
    response = client.get(address)
    assert response["Location"] == ENROL
    page = client.get(ENROL)
    assert page.status_code == 200  # no loop
    assert "Une étape avant de continuer" in page.text


def test_enrolling_opens_the_site_and_gives_recovery_codes(client: Client) -> None:
    user = administrator()
    sign_in(client, user)
    client.get("/admin/pages/")
    enrol(client)
    page = client.get("/accounts/2fa/recovery-codes/")
    assert len(re.findall(r"<code>\d{8}</code>", page.text)) == 10
    assert 'href="/admin/pages/"' in page.text  # where she was going
    assert client.get("/admin/").status_code == 200  # no second time
    kept = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    assert unseal(kept.data["secret"])  # sealed: a copy of the database gives no codes


def test_a_learner_is_left_alone(client: Client) -> None:
    sign_in(client, learner())
    assert client.get("/mon-espace/").status_code == 200


def test_the_sample_accounts_are_left_alone(client: Client, settings: Any) -> None:
    settings.SECOND_FACTOR_COMPULSORY = False
    sign_in(client, administrator())
    assert client.get("/admin/").status_code == 200


def test_the_next_sign_in_asks_for_the_code(client: Client) -> None:
    user = manager()
    sign_in(client, user)
    secret = enrol(client)
    again = Client()
    assert sign_in(again, user, shared="on")["Location"] == "/accounts/2fa/authenticate/"
    assert "_auth_user_id" not in again.session
    assert "Encore une étape" in again.get("/accounts/2fa/authenticate/").text
    wrong = again.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "_auth_user_id" not in again.session
    assert "fr-error-text" in wrong.text or "fr-alert--error" in wrong.text
    again.post("/accounts/2fa/authenticate/", {"code": next_code(secret)})
    assert again.get("/mon-espace/").status_code == 200
    assert "shared_seen" in again.session  # the choice of the first form is kept


def test_a_session_opened_before_the_factor_ends_with_it(client: Client) -> None:
    user, before = manager(), Client()
    sign_in(before, user)
    sign_in(client, user)
    enrol(client)
    assert "/accounts/login/" in before.get("/accounts/2fa/")["Location"]


def test_a_recovery_code_opens_once(client: Client) -> None:
    user = manager()
    sign_in(client, user)
    enrol(client)
    codes = re.findall(r"<code>(\d{8})</code>", client.get("/accounts/2fa/recovery-codes/").text)
    for attempt, is_in in ((Client(), True), (Client(), False)):
        sign_in(attempt, user)
        attempt.post("/accounts/2fa/authenticate/", {"code": codes[0]})
        assert ("_auth_user_id" in attempt.session) is is_in


def test_a_session_without_the_code_is_asked_for_it(client: Client) -> None:
    """Whatever made the session: nothing but the code opens the site."""
    user = administrator()
    sign_in(client, user)
    secret = enrol(client)
    other = Client()
    other.force_login(user)
    response = other.get("/admin/")
    assert response["Location"] == "/accounts/2fa/reauthenticate/?next=%2Fadmin%2F"
    assert other.get(response["Location"]).status_code == 200
    other.post(response["Location"], {"code": next_code(secret)})
    assert other.get("/admin/").status_code == 200


def test_wagtails_own_sign_in_leads_to_ours(client: Client) -> None:
    response = client.get("/admin/login/?next=/admin/pages/")
    assert response["Location"] == "/accounts/login/?next=/admin/pages/"
    administrator()
    client.post("/admin/login/", {"username": "admin@test.fr", "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_a_one_time_code_never_reaches_the_admin(client: Client) -> None:
    session = client.session
    session[PERSON] = str(PersonFactory(user=administrator()).uid)
    session.save()
    assert client.get("/mon-espace/").status_code == 200
    assert "/accounts/login/" in client.get("/admin/")["Location"]


def test_the_last_factor_stays_with_whoever_needs_it(client: Client) -> None:
    user = manager()
    sign_in(client, user)
    enrol(client)
    client.post("/accounts/2fa/totp/deactivate/", {})
    assert Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()
    user.grants.all().delete()
    client.post("/accounts/2fa/totp/deactivate/", {})
    assert not Authenticator.objects.filter(user=user).exists()


@pytest.mark.parametrize(
    ("kind", "is_strong", "acr", "is_in"),
    [
        ("psc", True, "eidas1", True),
        ("psc", True, "", False),
        ("psc", False, "eidas1", False),
        ("own", True, "", True),
        ("own", False, "", False),
    ],
)
def test_a_provider_that_asked_for_a_second_factor_is_enough(
    rf: Any, kind: str, is_strong: bool, acr: str, is_in: bool
) -> None:
    from allauth.account.internal.flows.login import record_authentication

    from organisation.second_factor import is_missing

    user = manager()
    IdentityProvider.objects.create(name="X", slug="x", kind=kind, is_strong=is_strong)
    SocialAccount.objects.create(user=user, provider="x", uid="1", extra_data={"acr": acr})
    request = rf.get("/")
    request.session = Client().session
    record_authentication(request, user, "socialaccount", provider="x", uid="1")
    assert is_missing(request, user) is not is_in


def test_production_makes_it_compulsory() -> None:
    from pathlib import Path

    text = Path("config/settings/production.py").read_text()
    assert "SECOND_FACTOR_COMPULSORY = True" in text
    assert "IDENTITY_PROVIDERS_HTTPS_ONLY = True" in text
