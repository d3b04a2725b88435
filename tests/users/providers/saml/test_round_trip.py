"""Signing in through a SAML provider: what it may make of somebody, and what it may not."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from organisation.enums import IdentifierKind
from organisation.models import PersonIdentifier
from tests.organisation.factories import AppointmentFactory, EstablishmentFactory, PersonFactory
from tests.support.saml_provider import TRANSIENT, Answer, SamlProvider
from users.models import AuditEntry, User

from .site import ask, configured, enter, post, says, signed_in

pytestmark = pytest.mark.django_db
PASSWORD = "une phrase bien longue"


def member(email: str) -> User:
    user = User.objects.create_user(email, PASSWORD)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def test_an_agent_gets_an_account_and_her_record(client: Client, idp: SamlProvider) -> None:
    person = PersonFactory(email="dominique@chu.test", user=None)
    row = configured(idp)
    response = enter(client, idp, row, says("Dominique@CHU.test"))
    assert response["Location"] == "/mon-espace/"
    user = signed_in(client)
    assert user is not None
    assert (user.email, user.get_full_name()) == ("dominique@chu.test", "Dominique Petit")
    client.get("/mon-espace/")
    person.refresh_from_db()
    assert person.user == user
    assert AuditEntry.objects.filter(actor=user, action="identity.link").exists()
    again = Client()
    enter(again, idp, row, says("autre@chu.test"))
    assert signed_in(again) == user


def test_entra_and_friendly_names_are_understood(client: Client, idp: SamlProvider) -> None:
    claims = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims"
    attributes = {
        f"{claims}/emailaddress": ["entra@chu.test"],
        f"{claims}/surname": ["Petit"],
        "http://schemas.microsoft.com/identity/claims/objectidentifier": ["objet-1"],
    }
    passing = Answer(name_id="passe", name_id_format=TRANSIENT, attributes=attributes)
    enter(client, idp, configured(idp), passing)
    user = signed_in(client)
    assert user is not None
    assert (user.email, user.last_name) == ("entra@chu.test", "Petit")
    assert SocialAccount.objects.get().uid == "objet-1"


def test_a_name_that_passes_names_nobody(client: Client, idp: SamlProvider) -> None:
    passing = dataclasses.replace(says(), name_id_format=TRANSIENT)
    assert enter(client, idp, configured(idp), passing).status_code == 401
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("email", ["victime@ailleurs.test", "victime@pas.chu.test"])
def test_an_address_of_a_domain_that_is_not_the_providers_finds_nobody(
    client: Client, idp: SamlProvider, email: str
) -> None:
    person, owner = PersonFactory(email=email, user=None), member(email)
    response = enter(client, idp, configured(idp), says(email))
    assert response["Location"] == "/accounts/3rdparty/signup/"
    assert signed_in(client) is None
    assert not SocialAccount.objects.filter(user=owner).exists()
    person.refresh_from_db()
    assert person.user is None


def test_an_existing_account_is_linked_by_its_owners_sign_in(
    client: Client, idp: SamlProvider
) -> None:
    owner, row = member("dominique@chu.test"), configured(idp)
    response = enter(client, idp, row, says())
    assert response["Location"] == "/accounts/login/?etape=preuve"
    assert signed_in(client) is None
    client.post("/accounts/login/", {"login": owner.email, "password": PASSWORD})
    assert SocialAccount.objects.get(user=owner).uid == "u-1"


def test_an_identity_is_linked_from_ones_own_account(client: Client, idp: SamlProvider) -> None:
    owner, row = member("ailleurs@site.test"), configured(idp)
    client.post("/accounts/login/", {"login": owner.email, "password": PASSWORD})
    start = client.post(f"{row.login_path}?process=connect")
    post(client, row, idp.signed(idp.asked(start["Location"]), says()))
    assert SocialAccount.objects.get(user=owner).provider == row.slug
    assert row.name in client.get("/accounts/3rdparty/").text


@pytest.mark.parametrize(
    ("finess", "works_there", "is_found"),
    [("760780239", True, True), ("760780239", False, False), ("330781196", True, False)],
)
def test_an_hr_number_finds_who_works_in_the_providers_establishment(
    client: Client, idp: SamlProvider, finess: str, works_there: bool, is_found: bool
) -> None:
    """Believed only in the scope that an operator gave, and of people who work there."""
    place = EstablishmentFactory(finess_ej="760780239")
    EstablishmentFactory(finess_ej="330781196")
    person = PersonFactory(email="", user=None)
    if works_there:
        AppointmentFactory(person=person, establishment=place)
    PersonIdentifier.objects.create(
        person=person, kind=IdentifierKind.HR, establishment=place, value="M42"
    )
    row = configured(idp, establishments=[finess])
    enter(client, idp, row, says(employeeNumber="M42"))
    person.refresh_from_db()
    assert (person.user == signed_in(client)) is is_found


def test_without_a_scope_numbers_are_not_even_kept(client: Client, idp: SamlProvider) -> None:
    enter(client, idp, configured(idp), says(employeeNumber="M42", rpps="10100000009"))
    kept = SocialAccount.objects.get().extra_data
    assert (kept["hr_number"], kept["local_number"], kept["national_id"]) == ("", "", "")


def test_whom_no_list_names_says_in_which_of_the_establishments_she_works(
    client: Client, idp: SamlProvider
) -> None:
    hers, other = (EstablishmentFactory(finess_ej=n) for n in ("760780239", "330781196"))
    row = configured(idp, establishments=["760780239", "330781196"])
    response = enter(client, idp, row, says(finess="760780239"))
    assert response["Location"].startswith("/connexion/etablissement/")
    page = client.get(response["Location"]).text
    assert hers.name in page
    assert other.name not in page
    assert "annuaire national" not in page


def test_an_attribute_may_have_another_name(client: Client, idp: SamlProvider) -> None:
    row = configured(idp, attributes={"email": "courriel"})
    answer = Answer(attributes={"courriel": ["a@chu.test"], "mail": ["b@chu.test"]})
    enter(client, idp, row, answer)
    assert User.objects.get().email == "a@chu.test"


def test_the_domain_of_an_address_leads_there(client: Client, idp: SamlProvider) -> None:
    configured(idp)
    response = client.post("/accounts/adresse/", {"address": "Claire@CHU.test"})
    assert response["Location"] == "/accounts/saml/chu/login/"
    page = client.get(response["Location"])
    assert f"form-action 'self' {idp.url}" in page["Content-Security-Policy"]
    assert idp.url not in client.get("/accounts/login/")["Content-Security-Policy"]


@pytest.mark.parametrize(("form", "is_shared"), [({"shared": "on"}, True), ({}, False)])
def test_a_shared_computer_is_remembered(
    client: Client, idp: SamlProvider, form: dict[str, str], is_shared: bool
) -> None:
    row = configured(idp)
    post(client, row, idp.signed(ask(client, idp, row, **form), says()))
    assert ("shared_seen" in client.session) is is_shared


def test_the_description_of_this_site_is_there_before_the_provider_is_offered(
    client: Client, idp: SamlProvider, settings: Any
) -> None:
    row = configured(idp, is_active=False)
    text = client.get(row.metadata_path).text
    assert f'entityID="{settings.WAGTAILADMIN_BASE_URL}{row.metadata_path}"' in text
    assert f'Location="http://testserver{row.callback_path}"' in text
    assert 'WantAssertionsSigned="true"' in text
    assert "SingleLogoutService" not in text
    assert client.post(row.login_path).status_code == 404
    assert client.get("/accounts/saml/inconnu/metadata/").status_code == 404


def test_nobody_signs_out_another_by_a_request_that_nobody_signed(
    client: Client, idp: SamlProvider
) -> None:
    row = configured(idp)
    enter(client, idp, row, says())
    assert client.get("/accounts/saml/chu/sls/?SAMLRequest=x").status_code == 404
    assert signed_in(client) is not None
