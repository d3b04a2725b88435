"""Everybody by modules as CSV: right, streamed, and at a fixed number of queries."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organisation.models import Establishment
from reporting.selectors import standings
from reporting.selectors.coverage import coverage_of_establishment
from reporting.selectors.people import people_listed
from tests.organisation.factories import (
    AppointmentFactory,
    DepartmentFactory,
    EstablishmentFactory,
    GrantFactory,
    PersonFactory,
    StaffRoleFactory,
)
from tests.reporting import world as worlds
from tests.reporting.factories import RequirementFactory, TrainableFactory, completed
from training.enums import Provenance
from users.models import AuditEntry

pytestmark = pytest.mark.django_db

JUNE = dt.date(2026, 6, 30)


@pytest.fixture
def house() -> Establishment:
    return EstablishmentFactory()


@pytest.fixture
def reader(client: Client, house: Establishment) -> Client:
    client.force_login(GrantFactory(establishment=house).user)
    return client


def lines(client: Client, house: Establishment, **query: str) -> list[dict[str, str]]:
    address = reverse("reporting:missing_people", args=[house.uid])
    answer: Any = client.get(address, {"date": str(JUNE), **query})
    assert answer.status_code == 200
    assert answer.streaming
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_figures_by_hand(reader: Client, house: Establishment) -> None:
    ward = DepartmentFactory(establishment=house, name="Urgences")
    nurse, doctor = StaffRoleFactory(code="infirmier"), StaffRoleFactory(code="medecin")
    module = TrainableFactory(title="Postes")
    RequirementFactory(trainable=module, due_days=30, validity_months=12, roles=[nurse])

    def person(name: str, role: Any, **fields: Any) -> Any:
        one = PersonFactory(last_name=name, first_name="A")
        AppointmentFactory(person=one, establishment=house, role=role, **fields)
        return one

    completed(person("Bon", nurse, department=ward), module, dt.date(2026, 3, 15))
    expired = person("Expiré", nurse)
    completed(expired, module, dt.date(2025, 5, 10))
    completed(person("Non requis", doctor), module, dt.date(2026, 4, 1), Provenance.TEAM)
    person("Tard", nurse)
    future = person("Venir", nurse)
    completed(future, module, dt.date(2026, 7, 1))  # after the day asked
    newcomer = person("Zoé", nurse, starts_on=dt.date(2026, 6, 20))
    AppointmentFactory(person=newcomer, establishment=house, role=doctor)  # counts once

    found = lines(reader, house)
    assert [one["Agent"] for one in found] == [
        "Bon A",
        "Expiré A",
        "Non requis A",
        "Tard A",
        "Venir A",
        "Zoé A",
    ]
    columns = (
        "situation",
        "à faire avant le",
        "validée le",
        "ne compte plus à partir du",
        "provenance",
    )
    told = [tuple(one[f"Postes\xa0: {column}"] for column in columns) for one in found]
    assert told == [
        ("à jour", "31/01/2026", "15/03/2026", "15/03/2027", "suivie"),
        ("en retard", "31/01/2026", "10/05/2025", "10/05/2026", "suivie"),
        ("non requis", "", "01/04/2026", "", "déclarée"),
        ("en retard", "31/01/2026", "", "", ""),
        ("en retard", "31/01/2026", "", "", ""),
        ("à faire", "20/07/2026", "", "", ""),
    ]
    assert found[0]["Service"] == "Urgences"
    assert found[5]["Métier"] == ", ".join(sorted([nurse.name, doctor.name]))


def test_the_lines_add_up_to_the_coverage() -> None:
    """The same people, covered and overdue, as the table counts."""
    world = worlds.build(people=30)
    table = coverage_of_establishment(establishment=world.house, day=JUNE).table
    found = people_listed(where=Q(establishment=world.house), day=JUNE)
    people = list(found.rows)
    assert found.count == len(people) == 30
    for index, trainable in enumerate(found.trainables):
        own = [one.standings[index] for one in people]
        cell = table.cell(("total", 0), trainable.pk)
        assert sum(one.obligation is not None for one in own) == cell.expected
        assert sum(one.is_covered for one in own if one.obligation) == cell.covered
        late = [one for one in own if one.obligation and not one.is_covered]
        assert sum(one.obligation.due_on <= JUNE for one in late if one.obligation) == cell.overdue


def test_queries_are_as_many_for_many_people(reader: Client, house: Establishment) -> None:
    RequirementFactory.create_batch(3)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            lines(reader, house)
        return len(queries)

    AppointmentFactory.create_batch(3, establishment=house)
    cost()
    few = cost()
    for appointment in AppointmentFactory.create_batch(40, establishment=house):
        completed(appointment.person, TrainableFactory(), dt.date(2026, 2, 2))
    assert cost() == few


def test_rows_leave_while_they_are_read(
    house: Establishment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody is gathered: when the first person is there, the others were not looked at."""
    RequirementFactory()
    AppointmentFactory.create_batch(10, establishment=house)
    seen = []
    original = standings.PeopleReader._found

    def counted(self: Any, own: Any, completions: Any) -> Any:
        seen.append(own)
        return original(self, own, completions)

    monkeypatch.setattr(standings.PeopleReader, "_found", counted)
    found = people_listed(where=Q(establishment=house), day=JUNE)
    assert not seen
    next(found.rows)
    assert len(seen) == 1


def test_no_name_becomes_a_formula(reader: Client, house: Establishment) -> None:
    RequirementFactory(trainable=TrainableFactory(title="=cmd()"))
    AppointmentFactory(establishment=house, person__last_name="=HYPERLINK(1)")
    found = lines(reader, house)
    assert found[0]["Agent"].startswith("'=HYPERLINK")
    assert any(column.startswith("'=cmd()") for column in found[0])


def test_the_reading_is_on_record_without_names(reader: Client, house: Establishment) -> None:
    AppointmentFactory(establishment=house, person__last_name="Secret")
    lines(reader, house)
    entry = AuditEntry.objects.get(action="coverage.names_read")
    assert entry.details["how"] == "people.csv"
    assert entry.details["rows"] == 1
    assert "Secret" not in str(entry.details)


@pytest.mark.parametrize("query", [{"role": "x"}, {"date": "2999-01-01"}, {"module": "x"}])
def test_a_wrong_filter_is_no_other_list(
    reader: Client, house: Establishment, query: dict[str, str]
) -> None:
    address = reverse("reporting:missing_people", args=[house.uid])
    assert reader.get(address, query).status_code == 400
