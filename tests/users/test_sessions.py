"""Sessions that one can list and end; limits that lock nobody else out."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from config.settings.integrations.sign_in import ACCOUNT_RATE_LIMITS
from users.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "une phrase bien longue"


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
    sign_in(here, headers={"User-Agent": "Téléphone"})
    sign_in(ward, headers={"User-Agent": "Poste du service"})
    page = here.get("/accounts/sessions/").text
    assert page.count("Ouverte le") == 2
    assert "Poste du service" in page
    here.post("/accounts/sessions/")
    assert is_in(here)
    assert not is_in(ward)


def test_nobody_sees_anothers_sessions(member: User) -> None:
    sign_in(Client(), headers={"User-Agent": "Poste du service"})
    other = Client()
    other.force_login(User.objects.create_user("autre@test.fr"))
    assert "Poste du service" not in other.get("/accounts/sessions/").text


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
