"""Sessions that one can list and end; limits that lock nobody else out."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.test import Client

from config.settings.integrations.sign_in import ACCOUNT_RATE_LIMITS
from users.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "une phrase bien longue"
WARD = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1"
)


@pytest.fixture
def member() -> User:
    user = User.objects.create_user("agent@test.fr", PASSWORD)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def sign_in(client: Client, password: str = PASSWORD, **headers: Any) -> Any:
    form = {"login": "agent@test.fr", "password": password}
    return client.post("/accounts/login/", form, **headers)


def is_in(client: Client) -> bool:
    return client.get("/accounts/sessions/").status_code == 200


def test_the_other_sessions_are_seen_and_ended(member: User) -> None:
    here, ward = Client(), Client()
    sign_in(here, headers={"User-Agent": PHONE})
    sign_in(ward, headers={"User-Agent": WARD})
    page = here.get("/accounts/sessions/").text
    assert page.count("Ouverte le") == 2
    assert "<strong>Safari sous iOS</strong>" in page
    assert "<strong>Firefox sous Windows</strong>" in page
    assert "Mozilla" not in page
    here.post("/accounts/sessions/")
    assert is_in(here)
    assert not is_in(ward)


def session_of(client: Client) -> UserSession:
    return UserSession.objects.get(session_key=client.session.session_key)


def test_one_session_is_closed_and_the_others_stay(member: User) -> None:
    here, ward, home = Client(), Client(), Client()
    for client in (here, ward, home):
        sign_in(client)
    answer = here.post(f"/accounts/sessions/{session_of(ward).pk}/fermer/", follow=True)
    assert "La session est fermée" in answer.text
    assert (is_in(here), is_in(ward), is_in(home)) == (True, False, True)
    here.post(f"/accounts/sessions/{session_of(here).pk}/fermer/")
    assert not is_in(here)


def test_nobody_closes_anothers_session(member: User) -> None:
    ward, other = Client(), Client()
    sign_in(ward)
    other.force_login(User.objects.create_user("autre@test.fr"))
    address = f"/accounts/sessions/{session_of(ward).pk}/fermer/"
    assert other.post(address).status_code == 404
    assert ward.get(address).status_code == 405
    assert is_in(ward)


@pytest.mark.parametrize("said", ["", "Poste du service", "<script>"])
def test_a_browser_that_nobody_knows_is_called_so(member: User, said: str) -> None:
    client = Client()
    sign_in(client, headers={"User-Agent": said})
    page = client.get("/accounts/sessions/").text
    assert "Navigateur inconnu" in page
    assert not said or f">{said}" not in page


def test_nobody_sees_anothers_sessions(member: User) -> None:
    sign_in(Client(), headers={"User-Agent": WARD})
    other = Client()
    other.force_login(User.objects.create_user("autre@test.fr"))
    assert "Firefox" not in other.get("/accounts/sessions/").text


def test_guessing_locks_out_the_guesser_only(member: User, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = ACCOUNT_RATE_LIMITS
    attacker, owner = Client(REMOTE_ADDR="192.0.2.66"), Client(REMOTE_ADDR="192.0.2.1")
    for _attempt in range(6):
        sign_in(attacker, "faux")
    sign_in(attacker)
    assert not is_in(attacker)
    sign_in(owner)
    assert is_in(owner)


def test_a_hospitals_morning_is_no_attack(member: User, settings: Any) -> None:
    """Many sign in from one address within a minute."""
    settings.ACCOUNT_RATE_LIMITS = ACCOUNT_RATE_LIMITS
    for _colleague in range(60):
        client = Client(REMOTE_ADDR="192.0.2.1")
        sign_in(client)
        assert is_in(client)
