"""«Fiches en double» in the admin: who may open it, whom it finds, and one row out of two."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organisation.duplicates import duplicates_in, duplicates_of, name_key
from organisation.enums import IdentifierKind
from organisation.models import Establishment, Person, PersonIdentifier
from organisation.privacy import subject_of_person
from organisation.services import operators_hold_their_rights
from tests.organisation.factories import (
    AccountFactory,
    AppointmentFactory,
    EstablishmentFactory,
    PersonFactory,
)
from users.models import AuditEntry, User
from users.privacy.erasure import subject_erase

INDEX = "/admin/agents-en-double/"


@pytest.fixture
def operator(db: None) -> User:
    """May merge, and no more."""
    user: User = AccountFactory()
    wanted = ("access_admin", "merge_person")
    user.user_permissions.set(Permission.objects.filter(codename__in=wanted))
    return user


@pytest.fixture
def admin(operator: User, client: Client) -> Client:
    client.force_login(operator)
    return client


@pytest.fixture
def house(db: None) -> Establishment:
    return EstablishmentFactory(name="CH des Deux Rives")


def works(house: Establishment, last: str, first: str, **facts: Any) -> Person:
    person = PersonFactory(last_name=last, first_name=first, **facts)
    AppointmentFactory(person=person, establishment=house)
    return person


def compare(*both: Person) -> str:
    return reverse("doublons:compare", args=[one.uid for one in both])


def merge(*both: Person) -> str:
    return reverse("doublons:merge", args=[one.uid for one in both])


def text_of(answer: Any) -> str:
    return " ".join(BeautifulSoup(answer.content, "html.parser").get_text(" ").split())


class TestWho:
    def test_nobody_but_those_who_may(self, client: Client, house: Establishment) -> None:
        both = works(house, "Le Goff", "Anne"), works(house, "Legoff", "Anne")
        editor = AccountFactory()
        wanted = ("access_admin", "change_person", "add_rosterimport")
        editor.user_permissions.set(Permission.objects.filter(codename__in=wanted))
        client.force_login(editor)
        person = reverse("doublons:person", args=[both[0].uid])
        for address in (INDEX, person, compare(*both), merge(*both)):
            for answer in (client.get(address), client.post(address, {"understood": "1"})):
                assert answer.status_code in (302, 403, 405), address
                assert "Goff" not in answer.text
        assert Person.objects.filter(pk__in=[one.pk for one in both]).count() == 2
        assert INDEX not in client.get(reverse("wagtailadmin_home")).text

    def test_operators_do(self, admin: Client) -> None:
        assert INDEX in admin.get(reverse("wagtailadmin_home")).text

    def test_the_group_of_operators_holds_the_right(self, db: None) -> None:
        operators_hold_their_rights()
        held = Permission.objects.filter(group__name="Exploitation")
        assert "merge_person" in held.values_list("codename", flat=True)

    def test_an_agents_page_leads_there(self, client: Client, house: Establishment) -> None:
        client.force_login(AccountFactory(is_superuser=True, is_staff=True))
        person = works(house, "Le Goff", "Anne")
        page = client.get(reverse("agents:edit", args=[person.pk]))
        assert reverse("doublons:person", args=[person.uid]) in page.text


class TestWhom:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            (("Le Goff", "Anne-Marie"), ("LE GOFF", "Anne Marie")),
            (("Hélène", "Kéruel"), ("Keruel", "Helene")),
        ],
    )
    def test_the_same_name_however_it_is_written(
        self, house: Establishment, one: tuple[str, str], other: tuple[str, str]
    ) -> None:
        both = {works(house, *one), works(house, *other)}
        works(house, "Autre", "Anne")
        works(EstablishmentFactory(), *one)  # works elsewhere: a namesake
        [group] = duplicates_in(establishment=house).groups
        assert {row.person for row in group.candidates} == both
        assert str(group.why) == "Même nom"

    def test_the_same_address_wherever_she_works(self, house: Establishment) -> None:
        here = works(house, "Le Goff", "Anne", email="a@h.test")
        there = works(EstablishmentFactory(), "Martin", "Anne", email="a@h.test")
        [group] = duplicates_in(establishment=house).groups
        assert {row.person for row in group.candidates} == {here, there}
        assert str(group.why) == "Même adresse"
        assert [row.person for row in duplicates_of(person=here)] == [here, there]

    def test_nobody_without_a_name_or_erased(self, house: Establishment) -> None:
        for _ in range(2):
            works(house, "", "", email="")
        both = [works(house, "Le Goff", "Anne") for _ in range(2)]
        subject_erase(
            subject=subject_of_person(both[0]),
            actor=None,
            now=dt.datetime(2026, 11, 1, tzinfo=dt.UTC),
            why="office",
        )
        assert duplicates_in(establishment=house).groups == []
        assert name_key("", "") == ""
        assert [row.person for row in duplicates_of(person=both[1])] == [both[1]]

    def test_whoever_is_searched_for(self, house: Establishment) -> None:
        person, other = works(house, "Le Goff", "Anne"), works(house, "Morvan", "Anne")
        PersonIdentifier.objects.create(person=other, kind=IdentifierKind.RPPS, value="10101234567")
        for search in ("morvan", "10101234567"):
            found = duplicates_of(person=person, search=search)
            assert [row.person for row in found] == [person, other]

    def test_a_page_of_many_asks_no_more(self, admin: Client, house: Establishment) -> None:
        def queries() -> list[int]:
            found = []
            person = Person.objects.order_by("pk").first()
            other = Person.objects.order_by("pk").last()
            addresses = (
                f"{INDEX}?etablissement={house.pk}",
                INDEX,
                reverse("doublons:person", args=[person.uid]),
                compare(person, other),
                merge(person, other),
            )
            for address in addresses:
                with CaptureQueriesContext(connection) as asked:
                    assert admin.get(address).status_code == 200, address
                found.append(len(asked))
            return found

        for _ in range(2):
            works(house, "Le Goff", "Anne", email="a@h.test")
        queries()
        before = queries()
        for number in range(12):
            person = works(house, f"Nom{number % 6}", "Anne", email=f"b{number % 6}@h.test")
            PersonIdentifier.objects.create(
                person=person, kind=IdentifierKind.HR, establishment=house, value=f"{number}"
            )
            AppointmentFactory(person=person)
        assert queries() == before


class TestOneOfTwo:
    def test_from_the_list_to_one_row(self, admin: Client, house: Establishment) -> None:
        gone = works(house, "LEGOFF", "Anne")
        kept = works(house, "Legoff", "Anne")
        listing = admin.get(INDEX, {"etablissement": house.pk})
        assert compare(gone, kept) in listing.text
        assert "1 groupe de fiches" in text_of(listing)
        both = admin.get(compare(gone, kept))
        assert merge(kept, gone) in both.text
        assert merge(gone, kept) in both.text
        asked = admin.get(merge(kept, gone))
        assert "ne s’annule pas" in text_of(asked)
        assert Person.objects.filter(pk=gone.pk).exists()
        done = admin.post(merge(kept, gone), {"understood": "1"}, follow=True)
        assert "n’a plus qu’une fiche. Affectations : 1." in text_of(done)
        assert not Person.objects.filter(pk=gone.pk).exists()
        # The pages that are still open somewhere lead to the one that is left.
        for address in (compare(gone, kept), merge(kept, gone)):
            again = admin.get(address, follow=True)
            assert again.redirect_chain[-1][0] == reverse("doublons:person", args=[kept.uid])
            assert "n’en font plus qu’une" in text_of(again)
        assert "Aucune autre fiche" in text_of(
            admin.get(reverse("doublons:person", args=[gone.uid]))
        )

    def test_without_the_box_nothing_happens(self, admin: Client, house: Establishment) -> None:
        both = works(house, "Le Goff", "Anne"), works(house, "Le Goff", "Anne")
        answer = admin.post(merge(*both))
        assert answer.status_code == 422
        assert "Cochez la case" in text_of(answer)
        assert Person.objects.filter(pk__in=[one.pk for one in both]).count() == 2

    def test_two_numbers_are_two_people(self, admin: Client, house: Establishment) -> None:
        both = works(house, "Le Goff", "Anne"), works(house, "Le Goff", "Anne")
        for number, person in enumerate(both):
            PersonIdentifier.objects.create(
                person=person, kind=IdentifierKind.RPPS, value=f"1010123456{number}"
            )
        page = admin.get(merge(*both))
        assert "ce sont deux personnes" in text_of(page)
        assert "understood" not in page.text
        answer = admin.post(merge(*both), {"understood": "1"})
        assert answer.status_code == 422
        assert "Rien n’a été changé." in text_of(answer)

    def test_a_second_account_is_closed_when_somebody_says_so(
        self, admin: Client, house: Establishment
    ) -> None:
        kept, gone = (works(house, "Le Goff", "Anne", with_account=True) for _ in range(2))
        account = gone.user
        page = text_of(admin.get(merge(kept, gone)))
        assert "fermer ce compte" in page
        assert account.email in page
        refused = admin.post(merge(kept, gone), {"understood": "1"})
        assert "second peut être fermé" in text_of(refused)
        admin.post(merge(kept, gone), {"understood": "1", "account": "1"})
        account.refresh_from_db()
        assert not account.is_active
        assert Person.objects.get(pk=kept.pk).user == kept.user

    @pytest.mark.parametrize("chosen", [0, 1])
    def test_of_two_addresses_somebody_says_which_stays(
        self, admin: Client, house: Establishment, chosen: int
    ) -> None:
        kept, gone = (works(house, "Le Goff", "Anne", email=f"{n}@h.test") for n in range(2))
        page = admin.get(merge(kept, gone))
        assert "Quelle adresse professionnelle garder" in text_of(page)
        assert "Le site ne la garde nulle part" in text_of(page)
        [checked] = BeautifulSoup(page.content, "html.parser").select("[name=address][checked]")
        assert checked["value"] == "0@h.test"  # that of the row that stays, unless somebody says
        wanted = f"{chosen}@h.test"
        again = admin.post(merge(kept, gone), {"address": wanted})  # forgot the box
        [checked] = BeautifulSoup(again.content, "html.parser").select("[name=address][checked]")
        assert checked["value"] == wanted
        admin.post(merge(kept, gone), {"understood": "1", "address": wanted})
        kept.refresh_from_db()
        assert kept.email == wanted

    def test_one_address_stays_unasked(self, admin: Client, house: Establishment) -> None:
        kept = works(house, "Le Goff", "Anne", email="")
        gone = works(house, "Le Goff", "Anne", email="anne@h.test")
        assert 'name="address"' not in admin.get(merge(kept, gone)).text
        admin.post(merge(kept, gone), {"understood": "1"})
        kept.refresh_from_db()
        assert kept.email == "anne@h.test"

    def test_an_address_of_nobody_changes_nothing(
        self, admin: Client, house: Establishment
    ) -> None:
        both = [works(house, "Le Goff", "Anne", email=f"{n}@h.test") for n in range(2)]
        answer = admin.post(merge(*both), {"understood": "1", "address": "x@h.test"})
        assert answer.status_code == 422
        assert "n’est plus celle d’une des deux" in text_of(answer)
        assert Person.objects.filter(pk__in=[one.pk for one in both]).count() == 2

    def test_who_reads_names_is_on_record(self, admin: Client, house: Establishment) -> None:
        both = works(house, "Le Goff", "Anne"), works(house, "Le Goff", "Anne")
        admin.get(INDEX, {"etablissement": house.pk})
        admin.get(compare(*both))
        entries = AuditEntry.objects.filter(action="people.names_read").order_by("pk")
        assert [(one.place, one.details) for one in entries] == [
            (house.uid, {"how": "duplicates", "rows": 2}),
            (None, {"how": "duplicates", "rows": 2}),
        ]

    def test_nobody_by_this_uid(self, admin: Client, house: Establishment) -> None:
        person, nobody = works(house, "Le Goff", "Anne"), PersonFactory.build()
        for address in (compare(person, nobody), merge(nobody, person)):
            assert admin.get(address).status_code == 404


@pytest.mark.parametrize("width", [390, 1280])
def test_from_the_list_to_one_row_by_keyboard(
    transactional_db: None,
    house: Establishment,
    page_factory: Callable[..., Any],
    login: Callable[..., None],
    axe_check: Callable[[Any], None],
    width: int,
) -> None:
    gone, kept = (works(house, "Le Goff", "Anne", with_account=True) for _ in range(2))
    page = page_factory(width)
    login(page, AccountFactory(is_superuser=True, is_staff=True))
    page.goto(f"{INDEX}?etablissement={house.pk}")
    for name in ("Comparer avec la première", "Garder la seconde"):
        axe_check(page)
        page.get_by_role("link", name=name).press("Enter")
        page.wait_for_load_state()
    axe_check(page)
    for box in ("J’ai vérifié", "fermer ce compte"):
        page.get_by_label(box).press("Space")
    page.get_by_role("button", name="Fusionner les deux fiches").press("Enter")
    page.get_by_text("n’a plus qu’une fiche").wait_for()
    page.reload()  # without the message, which Wagtail fades in
    axe_check(page)
    assert not Person.objects.filter(pk=gone.pk).exists()
    assert Person.objects.get(pk=kept.pk).user == kept.user
