"""Managers see who took part, by name; region and nation see published rows alone."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from meetings.enums import How
from organisation.models import Establishment, Person, Region
from reporting.services import snapshots_freeze
from tests.organisation.factories import (
    AppointmentFactory,
    DepartmentFactory,
    EstablishmentFactory,
    GrantFactory,
)
from users.models import AuditEntry, User

from .world import JUNE, attend, make_meeting, workers

pytestmark = pytest.mark.django_db
RECENT = timezone.localdate() - dt.timedelta(days=40)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(response: Any) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return str(body.decode())


def lines(response: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text(response).lstrip("\ufeff")), delimiter=";"))


@pytest.fixture
def house() -> Establishment:
    found: Establishment = EstablishmentFactory(name="CHU d’Essai", family="chu")
    return found


@pytest.fixture
def manager(house: Establishment) -> Client:
    return client_of(GrantFactory(establishment=house).user)


def people_of(house: Establishment, number: int) -> list[Person]:
    return workers(number, establishment=house)


def test_names_with_how_and_counts_by_hand(house: Establishment, manager: Client) -> None:
    first, second = make_meeting(day=RECENT), make_meeting("28", day=RECENT + dt.timedelta(1))
    anna, bea, carl = people_of(house, 3)
    (clerk,) = workers(1, establishment=house, role_family="administrative")
    (stranger,) = workers(1)
    attend(first, anna)
    attend(second, anna, How.PAPER)  # observed at the first, so not only declared
    attend(first, bea, How.PAPER)
    attend(second, clerk)
    attend(first, stranger)
    attend(first, email="ailleurs@ville.test")
    response = manager.get(reverse("reporting:establishment_attendance", args=[house.uid]))
    shown = response.context["shown"]
    assert (shown.total.people, shown.total.declared) == (3, 1)
    assert [
        (one.meeting.title, one.count.people, one.count.declared) for one in shown.meetings
    ] == [(second.title, 2, 1), (first.title, 2, 1)]
    assert {(name, one.people, one.declared) for name, one in shown.families} == {
        (clerk.appointments.get().role.family.name, 1, 0),
        (anna.appointments.get().role.family.name, 2, 1),
    }
    page = response.content.decode()
    for person in (anna, bea, clerk):
        assert str(person) in page
    assert str(stranger) not in page
    assert str(carl) not in page
    assert str(How.PAPER.label) in page


def test_the_names_of_one_meeting(house: Establishment, manager: Client) -> None:
    first, second = make_meeting(day=RECENT), make_meeting(day=RECENT)
    anna, bea = people_of(house, 2)
    attend(first, anna)
    attend(second, bea)
    address = reverse("reporting:establishment_attendance", args=[house.uid])
    page = manager.get(address, {"rencontre": str(first.uid)}).content.decode()
    assert str(anna) in page
    assert str(bea) not in page


def test_the_file_has_the_same_people_and_is_on_record(
    house: Establishment, manager: Client
) -> None:
    meeting = make_meeting(day=RECENT)
    (anna,) = people_of(house, 1)
    attend(meeting, anna, How.PAPER)
    address = reverse("reporting:establishment_attendance_file", args=[house.uid, "csv"])
    (row,) = lines(manager.get(address))[1:]
    assert str(anna) in row
    assert "déclarée" in row
    entry = AuditEntry.objects.get(action="attendance.names_read")
    assert entry.details == {"how": "csv", "rows": 1}
    assert manager.get(address.replace("csv", "pdf")).status_code == 404


def test_reading_names_is_on_record(house: Establishment, manager: Client) -> None:
    attend(make_meeting(day=RECENT), people_of(house, 1)[0])
    manager.get(reverse("reporting:establishment_attendance", args=[house.uid]))
    entry = AuditEntry.objects.get(action="attendance.names_read")
    assert entry.details == {"how": "page", "rows": 1}


def test_a_year_unless_all_is_asked_for(house: Establishment, manager: Client) -> None:
    old = make_meeting(day=timezone.localdate() - dt.timedelta(days=400))
    (anna,) = people_of(house, 1)
    anna.appointments.update(starts_on=dt.date(2020, 1, 1))
    attend(old, anna)
    address = reverse("reporting:establishment_attendance", args=[house.uid])
    assert str(anna) not in manager.get(address).content.decode()
    assert str(anna) in manager.get(address, {"periode": "tout"}).content.decode()


def test_who_left_is_counted_where_she_worked_that_day(
    house: Establishment, manager: Client
) -> None:
    (anna,) = people_of(house, 1)
    anna.appointments.update(ends_on=RECENT + dt.timedelta(days=1))
    attend(make_meeting(day=RECENT), anna)
    attend(make_meeting(day=RECENT + dt.timedelta(days=1)), anna)
    address = reverse("reporting:establishment_attendance", args=[house.uid])
    assert len(manager.get(address).context["shown"].rows) == 1


def test_a_department_sees_its_own_people(house: Establishment) -> None:
    ward = DepartmentFactory(establishment=house)
    anna, bea = people_of(house, 2)
    anna.appointments.update(department=ward)
    meeting = make_meeting(day=RECENT)
    attend(meeting, anna)
    attend(meeting, bea)
    grant = GrantFactory(for_department=True, department=ward)
    page = client_of(grant.user).get(reverse("reporting:department_attendance", args=[ward.uid]))
    assert [row.name for row in page.context["shown"].rows] == [str(anna)]


def test_more_people_ask_no_more_queries(house: Establishment, manager: Client) -> None:
    address = reverse("reporting:establishment_attendance", args=[house.uid])
    counts = []
    for _round in range(2):
        meeting = make_meeting(day=RECENT)
        for person in people_of(house, 4):
            AppointmentFactory(person=person, establishment=house)
            attend(meeting, person)
        manager.get(address)
        with CaptureQueriesContext(connection) as asked:
            manager.get(address)
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.fixture
def region_reader() -> Client:
    return client_of(GrantFactory(for_region=True).user)


@pytest.fixture
def month() -> list[Person]:
    """June: 8 in Rennes, 6 in Rouen, 3 in Lille."""
    people = [*workers(8, family="chu"), *workers(6), *workers(3, family="ehpad")]
    codes = ["53"] * 8 + ["28"] * 6 + ["32"] * 3
    meetings = {code: make_meeting(code) for code in set(codes)}
    for person, code in zip(people, codes, strict=True):
        attend(meetings[code], person)
    snapshots_freeze(month_end=JUNE)
    return people


def test_a_region_reads_published_rows_and_no_name(
    month: list[Person], region_reader: Client
) -> None:
    response = region_reader.get(reverse("reporting:region_attendance", args=["53"]))
    page = response.content.decode()
    assert "17 présences ce mois" in page
    table = response.context["shown"].tables[0]
    assert [(row.title, row.month, row.is_own) for row in table.rows] == [
        ("Bretagne", 8, True),
        ("Autres, sans détail", 9, False),
        ("Total", 17, False),
    ]
    assert not any(person.last_name in page for person in month)
    assert not AuditEntry.objects.filter(action="attendance.names_read").exists()


def test_files_hold_exactly_the_rows_of_the_page(
    month: list[Person], region_reader: Client
) -> None:
    page = region_reader.get(reverse("reporting:region_attendance", args=["53"]))
    address = reverse("reporting:region_attendance_file", args=["53", "csv"])
    told = lines(region_reader.get(address))[1:]
    expected = [
        [str(table.table.label), row.title, str(row.month), str(row.year)]
        for table in page.context["shown"].tables
        for row in table.rows
    ]
    assert [row[:4] for row in told] == expected
    assert not any(figure in {"3", "6"} for row in told for figure in row[2:])
    book = region_reader.get(address.replace("csv", "xlsx"))
    sheet = load_workbook(io.BytesIO(book.content)).worksheets[0]
    assert sheet.max_row >= len(expected)
    exports = AuditEntry.objects.filter(action="attendance.export")
    assert exports.count() == 2


def test_the_nation_reads_the_same_rows(month: list[Person], region_reader: Client) -> None:
    national = client_of(GrantFactory(for_nation=True).user)
    own = region_reader.get(reverse("reporting:region_attendance_file", args=["53", "csv"]))
    assert lines(national.get(reverse("reporting:nation_attendance_file", args=["csv"]))) == lines(
        own
    )


def test_another_region_is_refused(month: list[Person], region_reader: Client) -> None:
    address = reverse("reporting:region_attendance", args=["28"])
    assert region_reader.get(address).status_code == 403


def test_without_a_frozen_month_it_says_when_there_will_be_one(region_reader: Client) -> None:
    page = region_reader.get(reverse("reporting:region_attendance", args=["53"]))
    assert "Aucun mois n’est encore publié" in page.content.decode()
    file = region_reader.get(reverse("reporting:region_attendance_file", args=["53", "csv"]))
    assert file.status_code == 404


def test_a_month_that_does_not_exist(month: list[Person], region_reader: Client) -> None:
    asked = {"mois": "2031-01-31"}
    page = region_reader.get(reverse("reporting:region_attendance", args=["53"]), asked)
    assert page.status_code == 200
    file = reverse("reporting:region_attendance_file", args=["53", "csv"])
    assert region_reader.get(file, asked).status_code == 400


def test_months_ask_as_many_queries_as_one(month: list[Person], region_reader: Client) -> None:
    address = reverse("reporting:region_attendance", args=["53"])
    counts = []
    for day in (None, dt.date(2026, 7, 31)):
        if day is not None:
            snapshots_freeze(month_end=day)
        region_reader.get(address)
        with CaptureQueriesContext(connection) as asked:
            region_reader.get(address)
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert Region.objects.count() == 18


def test_coverage_leads_there_and_back(
    house: Establishment, manager: Client, month: list[Person], region_reader: Client
) -> None:
    for client, page, there in (
        (manager, reverse("reporting:establishment", args=[house.uid]), "establishment_attendance"),
        (region_reader, reverse("reporting:region", args=["53"]), "region_attendance"),
    ):
        key = house.uid if "establishment" in there else "53"
        address = reverse(f"reporting:{there}", args=[key])
        assert address in client.get(page).content.decode()
        assert f'href="{page}"' in client.get(address).content.decode()
