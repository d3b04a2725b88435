"""People found by the national number that Pro Santé Connect attests."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount

from organisation.attested import person_of_number
from organisation.linking import Way, decide, known_of
from organisation.models import Person, PersonIdentifier
from organisation.services import person_for_user, person_link_attested
from users.models import User
from users.providers.claims import Identity

from .factories import PersonFactory

RPPS, OTHER = "10100000009", "10100000017"

pytestmark = pytest.mark.django_db


def known(number: str, **fields: Any) -> Person:
    person: Person = PersonFactory(user=None, **fields)
    PersonIdentifier.objects.create(person=person, kind="rpps", value=number)
    return person


def account(number: str = "", email: str = "claire@chu.test") -> User:
    user = User.objects.create_user(email)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    data = Identity(national_id=number).as_json()
    SocialAccount.objects.create(user=user, provider="psc", uid=email, extra_data=data)
    return user


@pytest.mark.parametrize("written", [f"8{RPPS}", RPPS, "8 10100000009"])
def test_a_number_is_found_with_and_without_its_prefix(written: str) -> None:
    person = known(RPPS)
    assert person_of_number(written) == person
    assert person_of_number(f"8{OTHER}") is None
    assert person_of_number("") is None


def test_the_account_takes_the_person_of_its_number() -> None:
    person, user = known(RPPS, email="autre@chu.test"), account(f"8{RPPS}")
    assert person_link_attested(user=user, identity=Identity(national_id=f"8{RPPS}")) == person
    assert person_for_user(user=user) == person


def test_a_person_with_an_account_is_not_taken_over() -> None:
    person, owner = known(RPPS), account(email="premiere@chu.test")
    Person.objects.filter(pk=person.pk).update(user=owner)
    identity = Identity(national_id=f"8{RPPS}")
    assert decide(known_of(identity, linked=None, is_trusted=False)) == (Way.PROVE, owner.pk)
    assert person_link_attested(user=account(f"8{RPPS}"), identity=identity) is None


@pytest.mark.parametrize(("roster", "is_hers"), [(RPPS, True), (OTHER, False)])
def test_an_address_does_not_outweigh_another_number(roster: str, is_hers: bool) -> None:
    person, user = known(roster, email="claire@chu.test"), account(f"8{RPPS}")
    assert (person_for_user(user=user) == person) is is_hers
