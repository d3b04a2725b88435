"""«Ce sont deux personnes»: said once, kept, on record, and taken back."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from organisation.duplicates import duplicates_by_address, duplicates_in, duplicates_of
from organisation.models import Establishment, PeopleApart, Person
from organisation.privacy import subject_of_person
from organisation.services import people_keep_apart, people_merge, people_offer_again
from tests.organisation.factories import AccountFactory, EstablishmentFactory
from users.models import AuditEntry
from users.privacy.erasure import subject_erase

from .test_screens import INDEX, admin, compare, house, merge, operator, text_of, works

__all__ = ["admin", "house", "operator"]

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def namesakes(house: Establishment, number: int = 2, **facts: Any) -> list[Person]:
    return [works(house, "Le Goff", "Anne", **facts) for _ in range(number)]


def apart(*both: Person) -> None:
    first, second = both
    people_keep_apart(first=first, second=second, actor=AccountFactory(), now=timezone.now())


def groups(house: Establishment) -> list[list[Person]]:
    found = duplicates_in(establishment=house).groups
    return [[row.person for row in group.candidates] for group in found]


def address(name: str, *both: Person) -> str:
    return reverse(f"doublons:{name}", args=[one.uid for one in both])


class TestNotOfferedAgain:
    def test_whichever_was_looked_at_first(self, house: Establishment) -> None:
        one, other = namesakes(house, email="anne@h.test")
        apart(other, one)
        assert groups(house) == []
        assert duplicates_by_address().groups == []
        assert duplicates_in(establishment=house).apart == 1
        for person in (one, other):
            assert [row.person for row in duplicates_of(person=person)] == [person]

    def test_a_search_still_finds_her(self, house: Establishment) -> None:
        one, other = namesakes(house)
        apart(one, other)
        found = duplicates_of(person=one, search="goff")
        assert [row.person for row in found] == [one, other]

    def test_a_third_is_still_offered_with_both(self, house: Establishment) -> None:
        one, other, third = namesakes(house, 3)
        apart(one, other)
        # Whom nobody was told apart from is the one that the others are compared with.
        assert groups(house) == [[third, one, other]]
        apart(one, third)
        assert groups(house) == [[other, third]]
        apart(other, third)
        assert groups(house) == []

    def test_another_pair_of_the_same_name_elsewhere_is(self, house: Establishment) -> None:
        apart(*namesakes(house))
        elsewhere = EstablishmentFactory()
        both = namesakes(elsewhere)
        assert groups(elsewhere) == [both]


class TestKept:
    def test_once_and_on_record(self, house: Establishment) -> None:
        both = namesakes(house)
        apart(*both)
        apart(*reversed(both))
        assert PeopleApart.objects.count() == 1
        [entry] = AuditEntry.objects.filter(action="person.keep_apart")
        assert entry.target == f"person:{both[0].uid}"
        assert entry.details == {"uids": [str(both[1].uid)]}

    def test_a_row_is_not_told_from_itself(self, house: Establishment) -> None:
        [one] = namesakes(house, 1)
        with pytest.raises(IntegrityError), transaction.atomic():
            apart(one, one)

    def test_it_is_taken_back(self, house: Establishment) -> None:
        both = namesakes(house)
        apart(*both)
        for _ in range(2):
            people_offer_again(first=both[1], second=both[0], actor=AccountFactory())
        assert groups(house) == [both]
        assert AuditEntry.objects.filter(action="person.offer_again").count() == 1

    def test_they_are_not_merged_before_that(self, house: Establishment) -> None:
        kept, gone = namesakes(house)
        apart(kept, gone)
        merging = {"kept": kept, "gone": gone, "actor": AccountFactory(), "now": timezone.now()}
        with pytest.raises(ValidationError, match="deux personnes"):
            people_merge(**merging)
        people_offer_again(first=kept, second=gone, actor=AccountFactory())
        people_merge(**merging)
        assert not Person.objects.filter(pk=gone.pk).exists()

    @pytest.mark.parametrize("is_first", [True, False])
    def test_it_goes_with_who_is_merged_with_a_third(
        self, house: Establishment, is_first: bool
    ) -> None:
        one, other, third = namesakes(house, 3)
        apart(one, other)
        gone = one if is_first else other
        people_merge(kept=third, gone=gone, actor=AccountFactory(), now=timezone.now())
        assert not PeopleApart.objects.exists()

    @pytest.mark.parametrize("which", [0, 1])
    def test_it_goes_with_who_is_erased(self, house: Establishment, which: int) -> None:
        both = namesakes(house)
        apart(*both)
        subject_erase(
            subject=subject_of_person(both[which]),
            actor=AccountFactory(),
            now=timezone.now(),
            why="office",
        )
        assert not PeopleApart.objects.exists()


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_on_both_screens(
    transactional_db: None,
    house: Establishment,
    page_factory: Any,
    login: Any,
    axe_check: Any,
    width: int,
) -> None:
    both = namesakes(house)
    page = page_factory(width)
    login(page, AccountFactory(is_superuser=True, is_staff=True))
    page.goto(compare(*both))
    page.get_by_role("button", name="Ce sont deux personnes").press("Enter")
    page.get_by_role("button", name="Proposer à nouveau").wait_for()
    page.reload()  # without the message, which Wagtail fades in
    axe_check(page)
    page.get_by_role("list").get_by_role("link", name="Le Goff Anne").last.press("Enter")
    page.get_by_role("heading", name="Ce sont deux personnes").wait_for()
    axe_check(page)
    page.get_by_role("button", name="Proposer à nouveau").press("Enter")
    page.get_by_role("heading", name="Laquelle garder").wait_for()
    assert not PeopleApart.objects.exists()


class TestScreens:
    def test_from_the_comparison_and_back(self, admin: Client, house: Establishment) -> None:
        both = namesakes(house)
        assert address("apart", *both) in admin.get(compare(*both)).text
        said = admin.post(address("apart", *both), follow=True)
        assert "ne seront plus proposées ensemble" in text_of(said)
        assert "Proposer à nouveau" in text_of(said)
        assert "1 rapprochement a déjà été écarté" in text_of(
            admin.get(INDEX, {"etablissement": house.pk})
        )
        page = admin.get(compare(*both))
        assert "Décidé le" in text_of(page)
        assert merge(*both) not in page.text
        assert "proposez-les d’abord à nouveau" in text_of(admin.get(merge(*both)))
        again = admin.post(address("again", *both), follow=True)
        assert merge(*both) in again.text
        assert groups(house) == [both]

    def test_a_link_alone_says_nothing(self, admin: Client, house: Establishment) -> None:
        both = namesakes(house)
        for name in ("apart", "again"):
            assert admin.get(address(name, *both)).status_code == 405
        assert not PeopleApart.objects.exists()

    def test_nobody_but_those_who_may_merge(self, client: Client, house: Establishment) -> None:
        both = namesakes(house)
        client.force_login(AccountFactory(is_staff=True))
        for name in ("apart", "again"):
            assert client.post(address(name, *both)).status_code in (302, 403)
        assert not PeopleApart.objects.exists()
