"""Writing: people and accounts, appointments, headcounts, grants, departments."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from organisation import services
from organisation.enums import GrantRight
from organisation.models import Appointment, Grant, Headcount, Person
from organisation.scopes import Scope
from organisation.signals import appointments_changed, headcounts_changed
from users.models import AuditEntry

from .factories import (
    AccountFactory,
    AppointmentFactory,
    DepartmentFactory,
    EstablishmentFactory,
    GrantFactory,
    PersonFactory,
    SiteFactory,
    StaffRoleFactory,
)

pytestmark = pytest.mark.django_db

JANUARY, MARCH, MAY = dt.date(2026, 1, 1), dt.date(2026, 3, 1), dt.date(2026, 5, 1)


@pytest.fixture
def changes():
    """What both change signals carry, in order."""
    received = []

    def receiver(sender, change, **kwargs):
        received.append(change)

    for signal in (appointments_changed, headcounts_changed):
        signal.connect(receiver)
    yield received
    for signal in (appointments_changed, headcounts_changed):
        signal.disconnect(receiver)


class TestPersonForUser:
    def test_is_the_same_every_time(self):
        user = AccountFactory()
        assert services.person_for_user(user=user) == services.person_for_user(user=user)
        assert Person.objects.count() == 1

    def test_a_proved_address_links_to_the_roster(self):
        person = PersonFactory(email="zoe@hopital.test")
        user = AccountFactory(email="zoe@hopital.test", address__verified=True)
        assert services.person_for_user(user=user) == person
        assert Person.objects.get(user=user) == person

    def test_case_does_not_matter(self):
        person = services.person_create(email="Zoe@Hopital.test")
        user = AccountFactory(email="zoe@hopital.test")
        user.emailaddress_set.create(email="ZOE@hopital.TEST", verified=True)
        assert services.person_for_user(user=user) == person

    def test_an_unproved_address_links_to_nobody_and_is_not_kept(self):
        person = PersonFactory(email="zoe@hopital.test")
        user = AccountFactory(email="zoe@hopital.test")
        user.emailaddress_set.create(email="zoe@hopital.test", verified=False)
        own = services.person_for_user(user=user)
        assert own != person
        assert own.email == ""

    def test_somebody_linked_already_is_never_taken_over(self):
        person = PersonFactory(with_account=True, email="zoe@hopital.test")
        user = AccountFactory(email="autre@hopital.test")
        user.emailaddress_set.create(email="zoe@hopital.test", verified=True)
        assert services.person_for_user(user=user) != person
        person.refresh_from_db()
        assert person.user != user

    def test_an_address_that_names_two_people_links_to_neither(self):
        people = PersonFactory.create_batch(2, email="accueil@hopital.test")
        user = AccountFactory(email="accueil@hopital.test", address__verified=True)
        assert services.person_for_user(user=user) not in people

    def test_an_account_without_address_never_matches_people_without_one(self):
        PersonFactory(email="")
        user = AccountFactory()
        assert services.person_for_user(user=user).user == user
        assert Person.objects.filter(user=None).count() == 1

    def test_the_link_is_in_the_audit_log(self):
        person = PersonFactory(email="zoe@hopital.test")
        user = AccountFactory(email="zoe@hopital.test", address__verified=True)
        services.person_for_user(user=user)
        entry = AuditEntry.objects.get(action="person.link")
        assert (entry.actor, entry.target) == (user, str(person.uid))

    def test_one_account_is_one_person(self):
        user = AccountFactory()
        services.person_for_user(user=user)
        with pytest.raises(ValidationError):
            services.person_create(user=user)


class TestAppointments:
    def start(self, **fields):
        fields = {
            "person": PersonFactory(),
            "establishment": EstablishmentFactory(),
            "role": StaffRoleFactory(),
            "starts_on": JANUARY,
        } | fields
        return services.appointment_start(**fields)

    def test_start_tells_what_changed(self, changes):
        appointment = self.start()
        (change,) = changes
        assert change.establishment_ids == {appointment.establishment_id}
        assert change.person_ids == {appointment.person_id}

    def test_a_place_elsewhere_is_refused(self, changes):
        with pytest.raises(ValidationError, match="autre établissement"):
            self.start(department=DepartmentFactory())
        with pytest.raises(ValidationError, match="autre établissement"):
            self.start(site=SiteFactory())
        assert changes == []

    def test_a_closed_establishment_is_refused(self):
        with pytest.raises(ValidationError, match="fermé"):
            self.start(establishment=EstablishmentFactory(closed=True))

    def test_the_same_twice_is_refused_and_one_after_the_other_is_not(self):
        first = self.start(ends_on=MARCH)
        same = {"person": first.person, "establishment": first.establishment}
        with pytest.raises(ValidationError, match="déjà"):
            self.start(**same, starts_on=dt.date(2026, 2, 28))
        self.start(**same, starts_on=MARCH)

    def test_two_appointments_of_one_person_elsewhere_are_fine(self):
        first = self.start()
        self.start(person=first.person)
        assert first.person.appointments.count() == 2

    @pytest.mark.parametrize("ends_on", [JANUARY, dt.date(2025, 12, 31)])
    def test_an_empty_interval_is_refused(self, ends_on):
        with pytest.raises(ValidationError):
            self.start(ends_on=ends_on)

    def test_end(self, changes):
        appointment = services.appointment_end(appointment=AppointmentFactory(), ends_on=MARCH)
        assert appointment.ends_on == MARCH
        services.appointment_end(appointment=appointment, ends_on=MARCH)
        assert len(changes) == 1, "ending twice changes nothing"

    def test_ending_on_the_first_day_takes_it_back(self):
        appointment = AppointmentFactory(starts_on=MARCH)
        services.appointment_end(appointment=appointment, ends_on=MARCH)
        assert not Appointment.objects.at(MARCH).exists()
        with pytest.raises(ValidationError):
            services.appointment_end(appointment=appointment, ends_on=JANUARY)

    def test_move_leaves_no_gap_and_no_overlap(self, changes):
        old = AppointmentFactory(in_department=True)
        elsewhere = EstablishmentFactory()
        new = services.appointment_move(appointment=old, on=MARCH, establishment=elsewhere)
        old.refresh_from_db()
        assert old.ends_on == new.starts_on == MARCH
        assert (new.person, new.role, new.department) == (old.person, old.role, None)
        assert list(Appointment.objects.at(dt.date(2026, 2, 28))) == [old]
        assert list(Appointment.objects.at(MARCH)) == [new]
        (change,) = changes
        assert change.establishment_ids == {old.establishment_id, elsewhere.pk}

    def test_move_within_the_house_keeps_what_is_not_said(self):
        old = AppointmentFactory(in_department=True)
        role = StaffRoleFactory(code="cadre-sante")
        new = services.appointment_move(appointment=old, on=MARCH, role=role)
        assert (new.establishment, new.department) == (old.establishment, old.department)

    def test_what_is_over_cannot_move(self):
        with pytest.raises(ValidationError, match="en cours"):
            services.appointment_move(appointment=AppointmentFactory(ends_on=MARCH), on=MARCH)

    def test_a_refused_move_changes_nothing(self):
        old = AppointmentFactory()
        with pytest.raises(ValidationError):
            services.appointment_move(appointment=old, on=MARCH, department=DepartmentFactory())
        old.refresh_from_db()
        assert old.ends_on is None

    def test_many_cost_as_many_queries_as_few(self):
        establishment, role = EstablishmentFactory(), StaffRoleFactory()

        def queries(count):
            starts = [
                services.AppointmentStart(person, establishment, role, JANUARY)
                for person in PersonFactory.create_batch(count)
            ]
            with CaptureQueriesContext(connection) as context:
                services.appointments_start(starts=starts)
            return len(context)

        assert queries(5) == queries(10)

    def test_a_failing_receiver_undoes_it(self):
        def receiver(sender, change, **kwargs):
            raise RuntimeError("no")

        appointments_changed.connect(receiver)
        try:
            with pytest.raises(RuntimeError):
                self.start()
        finally:
            appointments_changed.disconnect(receiver)
        assert not Appointment.objects.exists()

    @pytest.mark.database
    def test_the_database_refuses_an_end_before_the_start(self):
        with pytest.raises(IntegrityError), transaction.atomic():
            AppointmentFactory(starts_on=MARCH, ends_on=JANUARY)


class TestHeadcounts:
    def test_a_second_declaration_corrects_the_first(self, changes):
        place = {"establishment": EstablishmentFactory(), "role": StaffRoleFactory()}
        services.headcount_declare(**place, as_of=JANUARY, people=10)
        row = services.headcount_declare(**place, as_of=JANUARY, people=12)
        assert row.people == 12
        assert Headcount.objects.count() == 1
        assert [change.role_ids for change in changes] == [{place["role"].pk}] * 2

    @pytest.mark.parametrize("people", [-1, 100_001])
    def test_an_absurd_number_is_refused(self, people):
        with pytest.raises(ValidationError):
            services.headcount_declare(
                establishment=EstablishmentFactory(),
                role=StaffRoleFactory(),
                as_of=JANUARY,
                people=people,
            )


class TestGrants:
    def test_give_and_end_are_in_the_audit_log(self):
        actor, user = AccountFactory.create_batch(2)
        establishment = EstablishmentFactory()
        grant = services.grant_give(
            user=user,
            right=GrantRight.READ_COVERAGE,
            scope=Scope.establishment(establishment),
            starts_on=JANUARY,
            actor=actor,
        )
        services.grant_end(grant=grant, ends_on=MARCH, actor=actor)
        entries = AuditEntry.objects.filter(target=f"grant:{grant.pk}").order_by("pk")
        assert [entry.action for entry in entries] == ["grant.give", "grant.end"]
        assert all(entry.actor == actor for entry in entries)
        assert grant.granted_by == actor

    def test_a_grant_given_today_can_be_taken_back_today(self):
        grant = GrantFactory(starts_on=MARCH)
        services.grant_end(grant=grant, ends_on=MARCH)
        assert not Grant.objects.at(MARCH).exists()

    def test_one_that_has_not_begun_can_be_taken_back(self):
        grant = services.grant_end(grant=GrantFactory(starts_on=MAY), ends_on=MARCH)
        assert grant.ends_on == MAY
        assert not Grant.objects.at(MAY).exists()

    def test_ending_never_prolongs(self):
        grant = services.grant_end(grant=GrantFactory(ends_on=MARCH), ends_on=MAY)
        assert grant.ends_on == MARCH

    def test_an_unknown_right_is_refused(self):
        with pytest.raises(ValidationError):
            services.grant_give(
                user=AccountFactory(), right="rule", scope=Scope.nation(), starts_on=JANUARY
            )


class TestDepartments:
    def test_create_and_rename(self):
        establishment = EstablishmentFactory()
        department = services.department_create(establishment=establishment, name=" Urgences ")
        assert department.name == "Urgences"
        services.department_rename(department=department, name="SAU")
        department.refresh_from_db()
        assert department.name == "SAU"

    def test_a_name_is_taken_once(self):
        department = DepartmentFactory()
        with pytest.raises(ValidationError):
            services.department_create(establishment=department.establishment, name=department.name)


def test_merging_refuses_a_chain():
    with pytest.raises(ValueError, match="emptied"):
        services.establishments_merge(targets={1: 2, 2: 3}, on=MARCH)
