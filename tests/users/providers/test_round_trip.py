"""Signing in through a provider that really runs: who gets in, as whom, and who does not."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.test import Client

from organisation.models import Appointment, Person
from tests.organisation.factories import EstablishmentFactory, PersonFactory, SiteFactory
from users.models import AuditEntry, ProviderKind, User

from .claims import activity, hospital, pro_sante_connect
from .server import ProviderServer

pytestmark = pytest.mark.django_db
PASSWORD = "une phrase bien longue"
WORKPLACE = "/connexion/etablissement/"


def signed_in(client: Client) -> User | None:
    pk = client.session.get("_auth_user_id")
    return User.objects.get(pk=pk) if pk else None


def member(email: str) -> User:
    user = User.objects.create_user(email, PASSWORD)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def test_what_is_asked_of_the_national_provider(client: Client, provider: ProviderServer) -> None:
    row = provider.configured(ProviderKind.NATIONAL, slug="psc")
    # What a stranger puts into the address changes nothing.
    start = client.post(f"{row.login_path}?auth_params=acr_values%3Dnone&scope=more")
    asked = parse_qs(urlsplit(start["Location"]).query)
    assert asked["acr_values"] == ["eidas1"]
    assert set(asked["scope"][0].split()) == {"openid", "scope_all"}
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == ["http://testserver/accounts/oidc/psc/login/callback/"]
    assert len(asked["state"][0]) >= 16
    assert len(asked["nonce"][0]) >= 32


def test_a_hospitals_agent_gets_an_account_and_her_record(
    client: Client, provider: ProviderServer
) -> None:
    person = PersonFactory(email="dominique@chu.test", user=None)
    row = provider.configured(domain="chu.test")
    provider.knows("u1", hospital("Dominique@CHU.test"))
    response = provider.answer(client, row, "u1")
    assert response["Location"] == "/mon-espace/"
    user = signed_in(client)
    assert user is not None
    assert user.email == "dominique@chu.test"
    assert not user.has_usable_password()
    client.get("/mon-espace/")
    person.refresh_from_db()
    assert person.user == user
    kept = SocialAccount.objects.get(user=user).extra_data
    assert "preferred_username" not in kept
    assert AuditEntry.objects.filter(actor=user, action="identity.link").exists()


def test_the_next_time_she_simply_enters(client: Client, provider: ProviderServer) -> None:
    row = provider.configured(domain="chu.test")
    provider.knows("u2", hospital("encore@chu.test"))
    provider.answer(client, row, "u2")
    again = Client()
    provider.answer(again, row, "u2")
    assert signed_in(again) == signed_in(client)
    assert User.objects.filter(email="encore@chu.test").count() == 1


@pytest.mark.parametrize(
    "claims",
    [
        hospital("victime@chu.test", email_verified=False),
        hospital("victime@ailleurs.test"),  # verified, of a domain that is not the provider's
        hospital("victime@pas.chu.test"),
    ],
)
def test_an_address_that_is_not_proved_finds_nobody(
    client: Client, provider: ProviderServer, claims: dict[str, Any]
) -> None:
    person = PersonFactory(email=claims["email"], user=None)
    owner = member(claims["email"])
    row = provider.configured(domain="chu.test")
    provider.knows("attacker", claims)
    response = provider.answer(client, row, "attacker")
    assert response["Location"] == "/accounts/3rdparty/signup/"
    assert "Il manque votre adresse" in client.get(response["Location"]).text
    # Nor does typing it: the owner is told by mail, the attacker learns nothing.
    client.post("/accounts/3rdparty/signup/", {"email": claims["email"]})
    assert signed_in(client) is None
    assert mail.outbox[0].to == [claims["email"]]
    assert not SocialAccount.objects.filter(user=owner).exists()
    person.refresh_from_db()
    assert person.user is None


def test_an_existing_account_is_linked_by_its_owners_sign_in(
    client: Client, provider: ProviderServer
) -> None:
    owner = member("claire@chu.test")
    row = provider.configured(domain="chu.test")
    provider.knows("u3", hospital("claire@chu.test"))
    response = provider.answer(client, row, "u3")
    assert response["Location"] == "/accounts/login/?etape=preuve"
    assert "Vous avez déjà un compte" in client.get(response["Location"]).text
    assert signed_in(client) is None
    client.post("/accounts/login/", {"login": owner.email, "password": PASSWORD})
    assert SocialAccount.objects.get(user=owner).uid == "u3"
    again = Client()
    provider.answer(again, row, "u3")
    assert signed_in(again) == owner


def test_an_identity_is_linked_and_unlinked_from_ones_own_account(
    client: Client, provider: ProviderServer
) -> None:
    owner = member("claire@ailleurs.test")
    row = provider.configured(domain="chu.test")
    provider.knows("u9", hospital("claire@chu.test"))
    client.post("/accounts/login/", {"login": owner.email, "password": PASSWORD})
    start = client.post(f"{row.login_path}?process=connect")
    client.get(provider.back(start["Location"], "u9"))
    linked = SocialAccount.objects.get(user=owner)
    assert row.name in client.get("/accounts/3rdparty/").text
    client.post("/accounts/3rdparty/", {"account": linked.pk})
    assert not SocialAccount.objects.exists()
    acts = AuditEntry.objects.filter(actor=owner).values_list("action", flat=True)
    assert {"identity.link", "identity.unlink"} <= set(acts)


def test_another_account_does_not_take_the_identity_that_waits(
    client: Client, provider: ProviderServer
) -> None:
    member("claire@chu.test")
    colleague = member("collegue@chu.test")
    row = provider.configured(domain="chu.test")
    provider.knows("u4", hospital("claire@chu.test"))
    provider.answer(client, row, "u4")
    client.post("/accounts/login/", {"login": colleague.email, "password": PASSWORD})
    assert signed_in(client) == colleague
    assert not SocialAccount.objects.exists()


def test_a_professional_without_address_proves_one_and_says_where_she_works(
    client: Client, provider: ProviderServer
) -> None:
    hospital_of_hers = EstablishmentFactory(finess_ej="760780239")
    site = SiteFactory(finess_et="760000158")
    row = provider.configured(ProviderKind.NATIONAL, slug="psc")
    claims = pro_sante_connect(activity("", "760780239"), activity("760000158"), activity())
    provider.knows("psc-1", claims)
    provider.answer(client, row, "psc-1")
    client.post("/accounts/3rdparty/signup/", {"email": "claire.martin@chu.test"})
    assert signed_in(client) is None
    key = str(mail.outbox[0].body).split("/accounts/confirm-email/")[1].split()[0]
    client.post(f"/accounts/confirm-email/{key}")
    provider.answer(client, row, "psc-1")
    user = signed_in(client)
    assert user is not None
    page = client.get(WORKPLACE)
    assert hospital_of_hers.name in page.text
    assert site.establishment.name in page.text
    role = page.context["form"].fields["role"].initial
    assert role.code == "infirmier"
    client.post(WORKPLACE, {"establishment": hospital_of_hers.pk, "role": role.pk})
    appointment = Appointment.objects.get(person__user=user)
    assert (appointment.establishment, appointment.role) == (hospital_of_hers, role)
    assert appointment.starts_on <= dt.date.today()
    # Said once: the next sign-in goes straight on.
    assert client.get(f"{WORKPLACE}?next=/modules/").headers["Location"] == "/modules/"


@pytest.mark.parametrize(
    ("activities", "told"),
    [
        ([], "ne dit pas dans quel établissement"),
        ([activity()], "ne dit pas dans quel établissement"),
        ([activity("999999999")], "FINESS 999999999"),
    ],
)
def test_without_a_known_place_the_screen_says_what_to_do(
    client: Client, provider: ProviderServer, activities: list[Any], told: str
) -> None:
    row = provider.configured(ProviderKind.NATIONAL, slug="psc")
    provider.knows("psc-2", pro_sante_connect(*activities))
    user = member("p@chu.test")
    SocialAccount.objects.create(user=user, provider="psc", uid="psc-2")
    response = provider.answer(client, row, "psc-2")
    text = client.get(response["Location"]).text
    assert told in text
    assert "demandez à votre cadre" in text
    refused = client.post(WORKPLACE, {"establishment": EstablishmentFactory().pk, "role": 1})
    assert refused.status_code == 422
    assert not Appointment.objects.exists()


@pytest.mark.parametrize(("acr", "is_in"), [("eidas1", True), ("eidas0", False)])
def test_a_lower_level_than_the_one_asked_for_is_refused(
    client: Client, provider: ProviderServer, acr: str, is_in: bool
) -> None:
    row = provider.configured(ProviderKind.NATIONAL, slug="psc")
    SocialAccount.objects.create(user=member("p@chu.test"), provider="psc", uid="psc-3")
    provider.knows("psc-3", {**pro_sante_connect(), "acr": acr})
    assert (provider.answer(client, row, "psc-3").status_code == 401) is not is_in
    assert bool(signed_in(client)) is is_in


def test_an_answer_to_another_browser_or_another_request_is_refused(
    client: Client, provider: ProviderServer
) -> None:
    row = provider.configured(domain="chu.test")
    provider.knows("u5", hospital("u5@chu.test"))
    stolen = provider.back(client.post(row.login_path)["Location"], "u5")
    victim = Client()
    victim.post(row.login_path)
    assert victim.get(stolen).status_code == 401
    # The state of the victim's own request does not help without its nonce.
    own = parse_qs(urlsplit(victim.post(row.login_path)["Location"]).query)["state"][0]
    code = parse_qs(urlsplit(stolen).query)["code"][0]
    forged = victim.get(f"{urlsplit(stolen).path}?code={code}&state={own}")
    assert forged.status_code == 401
    assert "n’a pas abouti" in forged.text
    assert signed_in(victim) is None
    assert not SocialAccount.objects.exists()


def test_two_hospitals_may_know_the_site_by_the_same_client_id(
    client: Client, provider: ProviderServer
) -> None:
    provider.configured(domain="chu.test")
    other = provider.configured(slug="ch", domain="ch.test")
    provider.knows("u6", {"given_name": "Sans", "family_name": "Adresse"})
    provider.answer(client, other, "u6")
    client.post("/accounts/3rdparty/signup/", {"email": "sans@ch.test"})
    assert SocialAccount.objects.get().provider == "ch"


def test_a_provider_that_is_down_or_taken_out_is_told(
    client: Client, provider: ProviderServer
) -> None:
    row = provider.configured(domain="chu.test")
    row.discovery_url = "http://127.0.0.1:9"
    row.save()
    down = client.post(row.login_path)
    assert down.status_code == 401
    assert "Rien n’est perdu" in down.text
    row.is_active = False
    row.save()
    assert client.get(row.login_path).status_code == 404


@pytest.mark.parametrize(("form", "is_shared"), [({"shared": "on"}, True), ({}, False)])
def test_a_shared_computer_is_remembered_over_the_way_there_and_back(
    client: Client, provider: ProviderServer, form: dict[str, str], is_shared: bool
) -> None:
    row = provider.configured(domain="chu.test")
    provider.knows("u7", hospital("u7@chu.test"))
    provider.answer(client, row, "u7", **form)
    assert ("shared_seen" in client.session) is is_shared


def test_a_person_of_one_account_is_not_given_to_another(
    client: Client, provider: ProviderServer
) -> None:
    other = member("autre@chu.test")
    PersonFactory(email="dominique@chu.test", user=other)
    row = provider.configured(domain="chu.test")
    provider.knows("u8", hospital("dominique@chu.test"))
    provider.answer(client, row, "u8")
    client.get("/mon-espace/")
    assert Person.objects.get(email="dominique@chu.test", user=other)
