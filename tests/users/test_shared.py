"""Sessions on shared computers end by themselves."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from users.models import User
from users.shared import SEEN

pytestmark = pytest.mark.django_db
PASSWORD = "une phrase bien longue"
STATE = "/connexion/duree/"


@pytest.fixture
def member() -> User:
    user = User.objects.create_user("agent@test.fr", PASSWORD, first_name="Nadia")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def sign_in(client: Client, member: User, **choice: str) -> Any:
    return client.post("/accounts/login/", {"login": member.email, "password": PASSWORD, **choice})


def let_pass(client: Client, seconds: float) -> None:
    """As if the last request had been so long ago."""
    session = client.session
    session[SEEN] = int(time.time() - seconds)
    session.save()


def test_a_shared_computer_is_assumed_unless_one_says_otherwise(client: Client) -> None:
    form = client.get("/accounts/login/").content.decode()
    field = form[form.index('name="shared"') - 200 : form.index('name="shared"') + 200]
    assert "checked" in field
    assert "après 10 minutes sans activité" in form


def test_a_shared_session_ends_when_nothing_happens(client: Client, member: User) -> None:
    sign_in(client, member, shared="on")
    assert client.get("/mon-espace/").status_code == 200
    let_pass(client, 601)
    asked = client.get("/mon-espace/")
    assert asked.url == "/accounts/login/?next=/mon-espace/&fin=inactivite"
    assert "10 minutes sans activité" in client.get(asked.url).content.decode()
    assert "_auth_user_id" not in client.session


def test_a_public_page_says_that_the_session_ended(client: Client, member: User) -> None:
    sign_in(client, member, shared="on")
    let_pass(client, 601)
    page = client.get("/recherche/").content.decode()
    assert "Votre session s’est terminée" in page
    assert "Se connecter" in page


def test_activity_keeps_it_open(client: Client, member: User) -> None:
    sign_in(client, member, shared="on")
    for _request in range(3):
        let_pass(client, 500)
        assert client.get("/mon-espace/").status_code == 200
    assert time.time() - client.session[SEEN] < 5


def test_asking_how_long_it_lasts_is_no_activity(client: Client, member: User) -> None:
    sign_in(client, member, shared="on")
    let_pass(client, 500)
    assert 95 <= client.get(STATE).json()["left"] <= 100
    assert time.time() - client.session[SEEN] > 400
    client.post(STATE)
    assert client.get(STATE).json()["left"] > 590


def test_a_computer_of_ones_own_has_no_such_end(client: Client, member: User) -> None:
    sign_in(client, member)
    assert SEEN not in client.session
    assert client.get(STATE).json() == {"left": None}
    assert "data-idle" not in client.get("/mon-espace/").content.decode()


def test_the_cookie_ends_with_the_browser_all_the_same(client: Client, member: User) -> None:
    cookie = sign_in(client, member, shared="on").cookies["sessionid"]
    assert not cookie["max-age"]
    assert not cookie["expires"]


def test_what_was_kept_of_a_visit_goes_with_the_session(client: Client, member: User) -> None:
    sign_in(client, member, shared="on")
    session = client.session
    session["visits"] = {"00000000-0000-4000-8000-000000000000": [1, int(time.time())]}
    session.save()
    let_pass(client, 601)
    client.get("/mon-espace/")
    assert "visits" not in client.session


def test_the_minutes_are_a_setting(client: Client, member: User, settings: Any) -> None:
    settings.SHARED_IDLE_MINUTES = 2
    sign_in(client, member, shared="on")
    let_pass(client, 121)
    assert client.get("/mon-espace/").status_code == 302


def test_a_mailed_code_asks_too(client: Client, member: User) -> None:
    client.post("/accounts/login/code/", {"email": member.email})
    asked = client.get("/accounts/login/code/confirm/").content.decode()
    assert "Ce poste est partagé" in asked
    code = re.search(r"^    (\S+)$", str(mail.outbox[0].body), re.MULTILINE)
    assert code is not None
    client.post("/accounts/login/code/confirm/", {"code": code.group(1), "shared": "on"})
    assert SEEN in client.session
