"""Which account an identity leads to: the table of rules, and looking identities up."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress

from organisation.linking import Known, Way, decide, known_of
from users.models import User
from users.providers.claims import Identity

#  linked, by number, by address, proved  →  way, account
RULES: list[tuple[Known, Way, int | None]] = [
    (Known(), Way.ASK, None),
    (Known(has_proved_address=True), Way.CREATE, None),
    # An account that exists is never entered without its owner's sign-in.
    (Known(by_address=7, has_proved_address=True), Way.PROVE, 7),
    (Known(by_number=8), Way.PROVE, 8),
    (Known(by_number=8, has_proved_address=True), Way.PROVE, 8),
    # The number goes before the address.
    (Known(by_number=8, by_address=7, has_proved_address=True), Way.PROVE, 8),
    # Once linked, nothing else is looked at.
    (Known(linked=9), Way.ENTER, 9),
    (Known(linked=9, by_number=8, by_address=7, has_proved_address=True), Way.ENTER, 9),
]


@pytest.mark.parametrize(("known", "way", "account"), RULES)
def test_the_rules(known: Known, way: Way, account: int | None) -> None:
    assert decide(known) == (way, account)


ADDRESS = "claire@chu.test"


def account(email: str = ADDRESS, **fields: Any) -> User:
    return User.objects.create_user(email, "une phrase bien longue", **fields)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "is_trusted", "way"),
    [
        (ADDRESS, True, Way.PROVE),
        ("Claire@CHU.test", True, Way.PROVE),
        # What the provider did not prove is not even compared.
        (ADDRESS, False, Way.ASK),
        ("autre@chu.test", True, Way.CREATE),
        ("", False, Way.ASK),
    ],
)
def test_an_existing_account_is_not_taken_over(said: str, is_trusted: bool, way: Way) -> None:
    account()
    found, _account = decide(known_of(Identity(email=said), linked=None, is_trusted=is_trusted))
    assert found is way


@pytest.mark.django_db
@pytest.mark.parametrize("fields", [{}, {"is_superuser": True}, {"is_active": False}])
def test_nor_an_administrators_or_a_closed_one(fields: dict[str, Any]) -> None:
    owner = account(**fields)
    known = known_of(Identity(email=ADDRESS), linked=None, is_trusted=True)
    assert decide(known) == (Way.PROVE, owner.pk)


@pytest.mark.django_db
@pytest.mark.parametrize(("verified", "way"), [(True, Way.PROVE), (False, Way.CREATE)])
def test_a_second_address_counts_only_if_its_owner_proved_it(verified: bool, way: Way) -> None:
    owner = account("autre@chu.test")
    EmailAddress.objects.create(user=owner, email=ADDRESS, verified=verified)
    known = known_of(Identity(email=ADDRESS), linked=None, is_trusted=True)
    assert decide(known)[0] is way
