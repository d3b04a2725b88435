"""Opening an account, signing in, and administering accounts."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from users.models import User

PASSWORD = "une phrase bien longue"
PAGES = ["/accounts/email/", "/accounts/password/change/", "/accounts/logout/"]


@pytest.fixture
def member(db: None) -> User:
    user = User.objects.create_user("agent@test.fr", PASSWORD)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def test_signup_is_confirmed_by_mail_before_it_opens_anything(db: None, client: Client) -> None:
    form = {"email": "Nouvelle@Test.fr", "password1": PASSWORD, "password2": PASSWORD}
    response = client.post("/accounts/signup/", form, follow=True)
    assert "Confirmez votre adresse" in response.text
    assert "_auth_user_id" not in client.session
    assert mail.outbox[0].subject == "Confirmez votre adresse électronique"
    link = re.search(r"https?://[^/]+(/accounts/confirm-email/\S+)", str(mail.outbox[0].body))
    assert link is not None
    client.post(link.group(1))
    assert EmailAddress.objects.get(email="nouvelle@test.fr").verified
    assert client.login(email="nouvelle@test.fr", password=PASSWORD)


def test_signup_does_not_tell_who_has_an_account(member: User, client: Client) -> None:
    form = {"email": member.email, "password1": PASSWORD, "password2": PASSWORD}
    response = client.post("/accounts/signup/", form, follow=True)
    assert "Confirmez votre adresse" in response.text
    assert mail.outbox[0].subject == "Vous avez déjà un compte"


def test_sign_in_with_a_mailed_code(member: User, client: Client) -> None:
    client.post("/accounts/login/code/", {"email": member.email})
    code = re.search(r"^    (\S+)$", str(mail.outbox[0].body), re.MULTILINE)
    assert code is not None
    client.post("/accounts/login/code/confirm/", {"code": code.group(1)})
    assert client.session["_auth_user_id"] == str(member.pk)


def test_session_ends_with_the_browser(member: User, client: Client) -> None:
    response = client.post("/accounts/login/", {"login": member.email, "password": PASSWORD})
    assert response.status_code == 302
    cookie = response.cookies["sessionid"]
    assert not cookie["max-age"]
    assert not cookie["expires"]
    assert cookie["httponly"]


def test_refused_sign_in_says_so_at_the_form(member: User, client: Client) -> None:
    response = client.post("/accounts/login/", {"login": member.email, "password": "faux"})
    assert "fr-alert--error" in response.text


def test_sign_in_offers_the_code_and_warns_of_shared_computers(db: None, client: Client) -> None:
    text = client.get("/accounts/login/").text
    assert "Recevoir un code par courriel" in text
    assert "Ce poste est partagé" in text
    assert 'class="fr-input' in text


@pytest.mark.parametrize("address", PAGES)
def test_account_pages_wear_the_design_system(member: User, client: Client, address: str) -> None:
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    text = client.get(address).text
    assert "fr-btn" in text
    assert "fr-header" in text


def test_password_reset_goes_by_mail(member: User, client: Client) -> None:
    client.post("/accounts/password/reset/", {"email": member.email})
    assert mail.outbox[0].subject == "Choisir un nouveau mot de passe"
    link = re.search(r"https?://[^/]+(/accounts/password/reset/key/\S+)", str(mail.outbox[0].body))
    assert link is not None
    page = client.get(link.group(1), follow=True)
    address = page.redirect_chain[-1][0]
    new = "une autre phrase bien longue"
    client.post(address, {"password1": new, "password2": new})
    assert client.login(email=member.email, password=new)


def test_admin_creates_and_edits_accounts_without_user_names(db: None, client: Client) -> None:
    chief = User.objects.create_superuser("chef@test.fr", PASSWORD)
    client.force_login(chief, backend="django.contrib.auth.backends.ModelBackend")
    form = {
        "email": "redaction@test.fr",
        "first_name": "Rose",
        "last_name": "Daction",
        "password1": PASSWORD,
        "password2": PASSWORD,
    }
    response = client.post("/admin/users/new/", form)
    assert response.status_code == 302, response.context["form"].errors
    made = User.objects.get(email="redaction@test.fr")
    edited: dict[str, Any] = {**form, "last_name": "Action", "password1": "", "password2": ""}
    response = client.post(f"/admin/users/edit/{made.pk}/", {**edited, "is_active": "on"})
    assert response.status_code == 302
    made.refresh_from_db()
    assert made.last_name == "Action"
    assert made.check_password(PASSWORD)
