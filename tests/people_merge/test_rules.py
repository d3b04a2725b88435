"""What becomes of appointments, numbers, names and accounts, and what is refused."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import ProtectedError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from notifications.links import Subscription, token_of
from notifications.models import Unsubscription
from organisation.enums import IdentifierKind
from organisation.models import Appointment, Person, PersonAlias, PersonIdentifier
from organisation.privacy import subject_of_person
from organisation.selectors import people_known_as, person_known_as
from organisation.services import merge_refusals
from organisation.services.people_merging import appointments_unified
from organisation.signals import appointments_changed, people_merged
from tests.organisation.factories import (
    AccountFactory,
    AppointmentFactory,
    DepartmentFactory,
    EstablishmentFactory,
    GrantFactory,
    PersonFactory,
    SiteFactory,
    StaffRoleFactory,
)
from users.models import AuditEntry, User
from users.privacy.erasure import subject_erase

from .making import NOW, merged

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def day(number: int) -> dt.date:
    return dt.date(2026, 1, 1) + dt.timedelta(days=number)


def appointed(person: Person, starts: int, ends: int | None, **at: Any) -> Appointment:
    ends_on = None if ends is None else day(ends)
    row: Appointment = AppointmentFactory(
        person=person, starts_on=day(starts), ends_on=ends_on, **at
    )
    return row


def held(person: Person) -> list[tuple[Any, ...]]:
    rows = person.appointments.order_by("starts_on", "pk")
    return list(rows.values_list("establishment", "department", "role", "starts_on", "ends_on"))


def refused(kept: Person, gone: Person, **changes: Any) -> str:
    """What is said; nothing may have changed."""
    with pytest.raises(ValidationError) as refusal:
        merged(kept, gone, **changes)
    assert set(Person.objects.filter(pk__in=[kept.pk, gone.pk])) == {kept, gone}
    assert not PersonAlias.objects.exists()
    assert not AuditEntry.objects.filter(action="person.merge").exists()
    return " ".join(refusal.value.messages)


class TestAppointments:
    def test_the_same_one_twice_becomes_one_over_all_its_days(self) -> None:
        kept, gone = PersonFactory(), PersonFactory()
        mine = appointed(kept, 10, 20)
        at = {"establishment": mine.establishment}
        appointed(gone, 15, None, **at)
        appointed(gone, 0, 11, **at)
        merged(kept, gone)
        assert held(kept) == [(mine.establishment_id, None, mine.role_id, day(0), None)]
        assert kept.appointments.get().pk == mine.pk

    def test_one_after_the_other_stay_two(self) -> None:
        kept, gone = PersonFactory(), PersonFactory()
        mine = appointed(kept, 0, 10)
        appointed(gone, 10, 20, establishment=mine.establishment)
        merged(kept, gone)
        assert [row[3:] for row in held(kept)] == [(day(0), day(10)), (day(10), day(20))]

    def test_another_ward_role_or_house_stays_beside(self) -> None:
        kept, gone = PersonFactory(), PersonFactory()
        mine = appointed(kept, 0, None)
        house = mine.establishment
        appointed(gone, 0, None, establishment=house, role=StaffRoleFactory(code="brancardier"))
        appointed(
            gone, 0, None, establishment=house, department=DepartmentFactory(establishment=house)
        )
        appointed(gone, 0, None)
        merged(kept, gone)
        assert len(held(kept)) == 4

    def test_one_that_was_taken_back_stays_so(self) -> None:
        kept, gone = PersonFactory(), PersonFactory()
        mine = appointed(kept, 0, 20)
        appointed(gone, 5, 5, establishment=mine.establishment)
        merged(kept, gone)
        assert [row[3:] for row in held(kept)] == [(day(0), day(20)), (day(5), day(5))]

    def test_the_site_that_one_of_them_says(self) -> None:
        kept, gone = PersonFactory(), PersonFactory()
        mine = appointed(kept, 0, None)
        site = SiteFactory(establishment=mine.establishment)
        appointed(gone, 0, None, establishment=mine.establishment, site=site)
        merged(kept, gone)
        assert kept.appointments.get().site == site

    def test_rooms_above_learn_of_both_and_of_every_house(self) -> None:
        kept, gone = PersonFactory(), PersonFactory()
        houses = {appointed(one, 0, None).establishment_id for one in (kept, gone)}
        told: list[Any] = []

        def receiver(change: Any, **kwargs: Any) -> None:
            told.append(change)

        pks = {kept.pk, gone.pk}
        appointments_changed.connect(receiver)
        try:
            merged(kept, gone)
        finally:
            appointments_changed.disconnect(receiver)
        assert [(one.establishment_ids, one.person_ids) for one in told] == [(houses, pks)]


@given(
    st.lists(
        st.tuples(
            st.integers(0, 1), st.integers(0, 2), st.integers(0, 30), st.integers(0, 12) | st.none()
        ),
        max_size=8,
    )
)
def test_nobody_works_on_another_day_than_before(drawn: list[Any]) -> None:
    """Held against the days themselves, one by one; and no two of the same share a day."""
    rows = [
        Appointment(
            pk=pk,
            person_id=person,
            establishment_id=place,
            role_id=1,
            starts_on=day(start),
            ends_on=None if length is None else day(start + length),
        )
        for pk, (person, place, start, length) in enumerate(drawn)
    ]

    def days(some: list[Appointment]) -> list[tuple[int, int]]:
        return [
            (row.establishment_id, number)
            for row in some
            for number in range(60)
            if row.starts_on <= day(number) and (row.ends_on is None or day(number) < row.ends_on)
        ]

    before = days(rows)
    staying, dropped = appointments_unified(rows, 0)
    assert set(days(staying)) == set(before)
    assert len(days(staying)) == len(set(before))
    assert {row.person_id for row in staying} <= {0}
    assert {row.pk for row in [*staying, *dropped]} == set(range(len(drawn)))


class TestWhoSheIs:
    def test_what_she_says_stays_and_gaps_are_filled(self) -> None:
        kept = PersonFactory(first_name="", last_name="Le Goff", email="")
        gone = PersonFactory(first_name="Anne", last_name="Legoff", email="a.legoff@hopital.test")
        found = merged(kept, gone)
        assert (found.first_name, found.last_name, found.email) == (
            "Anne",
            "Le Goff",
            "a.legoff@hopital.test",
        )

    def test_numbers_of_both(self) -> None:
        kept, gone = PersonFactory(), PersonFactory()
        house = EstablishmentFactory()
        rows = [(kept, "rpps", "1", None), (gone, "adeli", "2", None)]
        rows += [(kept, "hr", "3", house), (gone, "hr", "4", house)]
        for person, kind, value, place in rows:
            PersonIdentifier.objects.create(
                person=person, kind=kind, value=value, establishment=place
            )
        merged(kept, gone)
        assert set(kept.identifiers.values_list("kind", "value")) == {
            ("rpps", "1"), ("adeli", "2"), ("hr", "3"), ("hr", "4")
        }  # fmt: skip

    def test_the_only_account_is_hers(self) -> None:
        kept, gone = PersonFactory(), PersonFactory(with_account=True)
        account = gone.user
        assert merged(kept, gone).user == account
        assert account.is_active

    def test_of_two_accounts_one_stays_and_the_other_is_emptied(self) -> None:
        kept, gone = PersonFactory(with_account=True), PersonFactory(with_account=True)
        mine, other = kept.user, gone.user
        EmailAddress.objects.create(user=other, email=other.email, verified=True, primary=True)
        address = other.email
        found = merged(kept, gone, is_account_emptied=True)
        other.refresh_from_db()
        assert found.user == mine
        assert (other.is_active, other.has_usable_password()) == (False, False)
        # The address is free for the account that stays.
        assert not EmailAddress.objects.filter(email=address).exists()
        assert not User.objects.filter(email=address).exists()
        assert AuditEntry.objects.get(action="identity.erase").details == {"why": "merged"}

    def test_nobody_is_locked_out_unasked(self) -> None:
        said = refused(PersonFactory(with_account=True), PersonFactory(with_account=True))
        assert "second peut être fermé" in said


class TestOldUids:
    def test_they_lead_to_her_however_often(self) -> None:
        first, second, third = PersonFactory.create_batch(3)
        uids = [one.uid for one in (first, second, third)]
        merged(second, first)
        merged(third, second)
        assert people_known_as(uids=uids) == dict.fromkeys(uids, third.pk)
        assert {person_known_as(uid=uid) for uid in uids} == {third}
        assert set(PersonAlias.objects.values_list("uid", "person")) == {
            (uid, third.pk) for uid in uids[:2]
        }

    def test_an_old_mail_unsubscribes_her_from_them(self, client: Any) -> None:
        kept, gone = PersonFactory(), PersonFactory()
        old = token_of(Subscription(gone.uid, "access_asked"))
        merged(kept, gone)
        client.post(f"/courriels/abonnement/{old}/", {"List-Unsubscribe": "One-Click"})
        assert [one.recipient for one in Unsubscription.objects.all()] == [kept.uid]

    def test_erasing_her_leaves_them_on_the_tombstone(self) -> None:
        kept, gone = PersonFactory(), PersonFactory()
        merged(kept, gone)
        subject = subject_of_person(kept)
        assert set(subject.actors) == {kept.uid, gone.uid}
        subject_erase(subject=subject, actor=None, now=NOW, why="office")
        found = person_known_as(uid=gone.uid)
        assert found == kept
        assert found.erased_at is not None


class TestRefusals:
    def test_the_same_row_twice(self) -> None:
        person = PersonFactory()
        with pytest.raises(ValidationError, match="deux fois la même"):
            merged(person, person)
        assert Person.objects.filter(pk=person.pk).exists()

    @pytest.mark.parametrize("who", [0, 1])
    def test_who_was_erased(self, who: int) -> None:
        both = PersonFactory.create_batch(2)
        subject_erase(subject=subject_of_person(both[who]), actor=None, now=NOW, why="office")
        for one in both:
            one.refresh_from_db()
        assert "effacée" in refused(*both)

    @pytest.mark.parametrize("who", [0, 1])
    def test_ones_own(self, who: int) -> None:
        both = PersonFactory.create_batch(2)
        actor = both[who].user = AccountFactory()
        both[who].save()
        assert "collègue" in refused(*both, actor=actor)

    def test_two_national_numbers_of_a_kind(self) -> None:
        both = PersonFactory.create_batch(2)
        for number, person in enumerate(both):
            PersonIdentifier.objects.create(
                person=person, kind=IdentifierKind.RPPS, value=f"1010123456{number}"
            )
        said = refused(*both)
        assert "RPPS" in said
        assert "10101234560" in said
        assert "10101234561" in said

    @pytest.mark.parametrize("right", ["grant", "staff", "superuser", "permission"])
    def test_an_account_that_holds_rights_is_not_emptied(self, right: str) -> None:
        """Nor are its rights given to the other one."""
        kept, gone = PersonFactory(with_account=True), PersonFactory(with_account=True)
        if right == "grant":
            GrantFactory(user=gone.user)
        elif right == "permission":
            from django.contrib.auth.models import Permission

            gone.user.user_permissions.add(Permission.objects.get(codename="access_admin"))
        else:
            User.objects.filter(pk=gone.user.pk).update(**{f"is_{right}": True})
        gone = Person.objects.get(pk=gone.pk)
        assert gone.user.email in refused(kept, gone, is_account_emptied=True)
        assert merge_refusals(kept=gone, gone=kept, actor=None, day=timezone.localdate()) == []

    def test_rights_that_ended_are_no_obstacle(self) -> None:
        kept, gone = PersonFactory(with_account=True), PersonFactory(with_account=True)
        GrantFactory(user=gone.user, ended=True)
        merged(kept, gone, is_account_emptied=True)

    def test_a_row_that_went_meanwhile(self) -> None:
        first, second, third = PersonFactory.create_batch(3)
        stale = Person.objects.get(pk=first.pk)
        merged(second, first)
        for pair in ((third, stale), (stale, third)):
            with pytest.raises(ValidationError, match="déjà été fusionnée"):
                merged(*pair)

    def test_a_room_that_forgets_its_rows_stops_it_all(self) -> None:
        """Whatever points at the row that goes keeps it; nothing is half done."""
        kept, gone = PersonFactory(), PersonFactory()

        def forgets(change: Any, **kwargs: Any) -> None:
            AppointmentFactory(person=change.gone)

        people_merged.connect(forgets)
        try:
            with pytest.raises(ProtectedError):
                merged(kept, gone)
        finally:
            people_merged.disconnect(forgets)
        assert Person.objects.filter(pk=gone.pk).exists()
        assert not PersonAlias.objects.exists()


def test_the_audit_log_of_each_house(db: None) -> None:
    kept, gone = PersonFactory(), PersonFactory()
    here, there = (appointed(one, 40, None).establishment for one in (kept, gone))
    old = str(gone.uid)
    merged(kept, gone)
    entries = AuditEntry.objects.filter(action="person.merge")
    assert {one.place for one in entries} == {here.uid, there.uid}
    for entry in entries:
        assert entry.target == f"person:{kept.uid}"
        assert entry.details["uids"] == [old]
        assert entry.details["effects"] == ["2026-02: 1"]


def test_models_keep_people_from_being_deleted() -> None:
    """What the merge relies on: whatever points at a person refuses that her row goes, but for what
    it moves itself."""
    free = {
        one.related_model._meta.label
        for one in Person._meta.get_fields(include_hidden=True)
        if one.auto_created and not one.concrete and one.on_delete is not models.PROTECT
    }
    assert free == {"organisation.RosterChange"}
