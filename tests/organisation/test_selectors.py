"""Reading: half-open intervals at their borders, scopes, one query each."""

from __future__ import annotations

import datetime as dt

import pytest

from organisation import selectors
from organisation.enums import GrantRight
from organisation.models import Appointment, Establishment, Grant
from organisation.scopes import Scope

from .factories import (
    AccountFactory,
    AppointmentFactory,
    EstablishmentFactory,
    GrantFactory,
    HeadcountFactory,
    PersonFactory,
    RegionFactory,
    SiteFactory,
    StaffRoleFactory,
)

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)
START, END = dt.date(2026, 3, 1), dt.date(2026, 5, 1)


@pytest.mark.parametrize(
    ("day", "holds"),
    [(START - DAY, False), (START, True), (END - DAY, True), (END, False), (END + DAY, False)],
)
def test_intervals_are_half_open(day, holds):
    appointment = AppointmentFactory(starts_on=START, ends_on=END)
    grant = GrantFactory(starts_on=START, ends_on=END)
    scope = Scope.establishment(appointment.establishment)
    assert Appointment.objects.at(day).exists() is holds
    assert selectors.appointments_in_scope(scope=scope, day=day).exists() is holds
    assert bool(selectors.grants_of_user(user=grant.user, day=day)) is holds


@pytest.mark.parametrize(("day", "is_open"), [(START - DAY, True), (START, False)])
def test_an_establishment_is_closed_from_its_closing_day_on(day, is_open):
    establishment = EstablishmentFactory(closed_on=START)
    AppointmentFactory(establishment=establishment)
    assert Establishment.objects.open_at(day).exists() is is_open
    assert selectors.appointments_in_scope(scope=Scope.nation(), day=day).exists() is is_open


class TestEstablishmentOfUser:
    def test_is_that_of_the_appointment_begun_last(self):
        person = PersonFactory(with_account=True)
        AppointmentFactory(person=person, starts_on=START)
        newer = AppointmentFactory(person=person, starts_on=END)
        AppointmentFactory(person=person, starts_on=END + DAY)
        found = selectors.establishment_of_user(user=person.user, day=END)
        assert found == newer.establishment

    def test_is_none_without_current_appointment(self):
        person = PersonFactory(with_account=True)
        AppointmentFactory(person=person, starts_on=START, ends_on=END)
        assert selectors.establishment_of_user(user=person.user, day=END) is None
        assert selectors.establishment_of_user(user=AccountFactory(), day=END) is None

    def test_makes_one_query(self, django_assert_num_queries):
        appointment = AppointmentFactory(person__with_account=True)
        with django_assert_num_queries(1):
            found = selectors.establishment_of_user(user=appointment.person.user, day=START)
            assert found.name


def test_person_of_user_makes_nobody():
    person = PersonFactory(with_account=True)
    assert selectors.person_of_user(user=person.user) == person
    assert selectors.person_of_user(user=AccountFactory()) is None


def test_grants_of_user_can_be_limited_to_a_right():
    grant = GrantFactory(to_communicate=True)
    GrantFactory(user=grant.user)
    GrantFactory()
    assert len(selectors.grants_of_user(user=grant.user, day=START)) == 2
    right = GrantRight.COMMUNICATE
    assert selectors.grants_of_user(user=grant.user, day=START, right=right) == [grant]


def test_appointments_in_each_scope():
    here = AppointmentFactory(in_department=True)
    same_house = AppointmentFactory(establishment=here.establishment)
    same_region = AppointmentFactory()
    elsewhere = AppointmentFactory(establishment__region=RegionFactory(code="11"))
    expected = {
        Scope.department(here.department): {here},
        Scope.establishment(here.establishment): {here, same_house},
        Scope.region(here.establishment.region): {here, same_house, same_region},
        Scope.nation(): {here, same_house, same_region, elsewhere},
    }
    for scope, appointments in expected.items():
        assert set(selectors.appointments_in_scope(scope=scope, day=START)) == appointments


def test_establishments_in_each_scope():
    here = AppointmentFactory(in_department=True)
    region = EstablishmentFactory()
    nation = EstablishmentFactory(region=None)
    expected = {
        Scope.department(here.department): {here.establishment},
        Scope.establishment(here.establishment): {here.establishment},
        Scope.region(region.region): {here.establishment, region},
        Scope.nation(): {here.establishment, region, nation},
    }
    for scope, establishments in expected.items():
        found = selectors.establishments_in_scope(scope=scope, day=START)
        assert set(found) == establishments


class TestHeadcountsAt:
    @pytest.mark.parametrize(
        ("day", "people"),
        [(START - DAY, None), (START, 10), (END - DAY, 10), (END, 20), (END + DAY, 20)],
    )
    def test_the_latest_at_or_before_the_day_counts(self, day, people):
        row = HeadcountFactory(as_of=START, people=10)
        HeadcountFactory(establishment=row.establishment, as_of=END, people=20)
        found = selectors.headcounts_at(establishments=[row.establishment], day=day)
        assert found.get((row.establishment_id, row.role_id)) == people

    def test_roles_and_establishments_do_not_mix(self):
        one = HeadcountFactory(as_of=START, people=10)
        two = HeadcountFactory(
            establishment=one.establishment, role=StaffRoleFactory(code="brancardier"), people=3
        )
        HeadcountFactory(people=99)
        found = selectors.headcounts_at(establishments=[one.establishment_id], day=END)
        assert found == {
            (one.establishment_id, one.role_id): 10,
            (one.establishment_id, two.role_id): 3,
        }


def test_silent_establishments():
    silent = EstablishmentFactory()
    EstablishmentFactory(closed=True)
    AppointmentFactory(starts_on=START)
    HeadcountFactory(as_of=START)
    ended = AppointmentFactory(starts_on=START - DAY, ends_on=START).establishment
    future = HeadcountFactory(as_of=END).establishment
    found = selectors.silent_establishments(scope=Scope.nation(), day=START)
    assert set(found) == {silent, ended, future}
    far = Scope.region(RegionFactory(code="11"))
    assert not selectors.silent_establishments(scope=far, day=START)


def test_queries_do_not_grow_with_the_data(django_assert_num_queries):
    user = AccountFactory()
    for _round in range(2):  # the second has twice the data
        for _n in range(3):
            appointment = AppointmentFactory(in_department=True)
            HeadcountFactory(establishment=appointment.establishment)
            GrantFactory(user=user, for_department=True, department=appointment.department)
        with django_assert_num_queries(4):
            for grant in selectors.grants_of_user(user=user, day=START):
                assert grant.place.establishment.name
            list(selectors.appointments_in_scope(scope=Scope.nation(), day=START))
            everywhere = selectors.establishments_in_scope(scope=Scope.nation(), day=START)
            selectors.headcounts_at(establishments=everywhere, day=START)
            list(selectors.silent_establishments(scope=Scope.nation(), day=START))


def test_a_scope_names_its_place():
    with pytest.raises(ValueError, match="place"):
        Scope(Scope.nation().kind, 1)
    with pytest.raises(ValueError, match="no place"):
        _ = Scope.nation().place_pk
    assert Scope.of(Grant(scope="region", region_id=3)) == Scope("region", 3)


class TestEstablishmentsFound:
    @pytest.mark.parametrize(
        "search", ["beziers", "BÉZIERS", "hôpital bezi", "de-beziers", "34beziers", "340000001"]
    )
    def test_whatever_the_accents_capitals_and_hyphens(self, search):
        wanted = EstablishmentFactory(name="Hôpital de Béziers", finess_ej="340000001")
        SiteFactory(establishment=wanted, city="Béziers")
        EstablishmentFactory(name="Clinique du lac")
        found = selectors.establishments_found(scopes=[Scope.nation()], day=START, search=search)
        assert list(found) == ([] if search == "34beziers" else [wanted])

    @pytest.mark.parametrize(("search", "count"), [("", 2), ("  ", 2), ("«»", 0)])
    def test_without_a_word_all_and_of_signs_none(self, search, count):
        EstablishmentFactory.create_batch(2)
        found = selectors.establishments_found(scopes=[Scope.nation()], day=START, search=search)
        assert len(found) == count

    def test_those_named_so_come_before_those_that_are_there(self):
        there = EstablishmentFactory(name="Clinique du lac")
        SiteFactory(establishment=there, city="BEZIERS")
        named = EstablishmentFactory(name="Hôpital de Béziers")
        found = selectors.establishments_found(scopes=[Scope.nation()], day=START, search="béziers")
        assert list(found) == [named, there]

    def test_a_new_name_is_found_and_the_old_one_not(self):
        house = EstablishmentFactory(name="Hôpital de Béziers")
        house.name = "CH d’Ensérune"
        house.save()
        find = lambda text: selectors.establishments_found(  # noqa: E731
            scopes=[Scope.nation()], day=START, search=text
        )
        assert list(find("enserune")) == [house]
        assert not find("beziers")
