"""Everybody by modules as CSV: right, streamed, and at a fixed number of queries."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organisation.models import Appointment, Establishment, Person
from reporting.people_file import people_lines
from reporting.selectors import standings
from reporting.selectors.coverage import coverage_of_establishment
from reporting.selectors.people import people_listed
from reporting.selectors.rows import PARIS
from tests.organisation.factories import (
    AppointmentFactory,
    DepartmentFactory,
    EstablishmentFactory,
    GrantFactory,
    PersonFactory,
    StaffRoleFactory,
)
from tests.reporting import naive
from tests.reporting import world as worlds
from tests.reporting.factories import RequirementFactory, TrainableFactory, completed
from tests.training.test_obligations_for_people import DAY, some_world
from training.enums import Provenance
from training.models import Completion, Requirement, Retraining
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
    people = list(found.found)
    assert found.count == len(people) == 30
    for trainable in found.trainables:
        pk = trainable.pk
        own = [found.standing(pk, one.obligations.get(pk), one.latest.get(pk)) for one in people]
        cell = table.cell(("total", 0), trainable.pk)
        assert sum(one.obligation is not None for one in own) == cell.expected
        assert sum(one.is_covered for one in own if one.obligation) == cell.covered
        late = [one for one in own if one.obligation and not one.is_covered]
        assert sum(one.obligation.due_on <= JUNE for one in late if one.obligation) == cell.overdue


@pytest.mark.database
@pytest.mark.parametrize("seed", range(3))
def test_every_cell_is_as_counted_naively(seed: int) -> None:
    """People in several places, requirements of every scope, retrainings, declarations."""
    some_world(random.Random(seed), people=25)
    dice = random.Random(seed)
    for completion in Completion.objects.all():
        completion.provenance = dice.choice(list(Provenance))
        completion.save()
    world, seen = _world(), 0
    for house in Establishment.objects.all():
        found = people_listed(where=Q(establishment=house), day=DAY)
        table = csv.reader(io.StringIO("".join(people_lines(found))), delimiter=";")
        _header, *people = [line[3:] for line in table]
        here = _those_of(house)
        assert len(people) == len(here)
        for person, cells in zip(here, people, strict=True):
            for index, trainable in enumerate(found.trainables):
                five = cells[index * 5 : index * 5 + 5]
                assert five == _five(world, person, trainable.pk, house)
                seen += five[0] != "non requis"
    assert seen


def _world() -> naive.World:
    return naive.World(
        appointments=[
            naive.Appointed(
                one.person_id,
                one.role_id,
                one.role.family_id,
                one.establishment_id,
                one.establishment.region_id,
                one.department_id,
                one.starts_on,
                one.ends_on,
            )
            for one in Appointment.objects.select_related("role", "establishment")
        ],
        requirements=[_required(one) for one in Requirement.objects.all()],
        completions=[
            naive.Completed(
                one.person_id,
                one.trainable_id,
                one.completed_at.astimezone(PARIS).date(),
                one.provenance != Provenance.OBSERVED,
            )
            for one in Completion.objects.all()
        ],
        headcounts={},
        retrainings=[
            naive.Retrained(one.trainable_id, one.changed_on, one.required_from)
            for one in Retraining.objects.filter(withdrawn_on=None)
        ],
    )


def _required(one: Requirement) -> naive.Required:
    roles = {role.pk for role in one.roles.all()}
    roles |= {role.pk for family in one.role_families.all() for role in family.roles.all()}
    return naive.Required(
        one.trainable_id,
        one.scope,
        one.region_id or one.establishment_id or one.department_id,
        frozenset(roles) or None,
        one.due_days,
        one.validity_months,
        one.starts_on,
        one.ends_on,
        one.due_on,
    )


def _those_of(house: Establishment) -> list[Person]:
    """By name, straight from their appointments."""
    present = [
        one.person
        for one in house.appointments.all()
        if one.starts_on <= DAY and (one.ends_on is None or one.ends_on > DAY)
    ]
    return sorted(set(present), key=lambda one: (one.last_name, one.first_name, one.pk))


def _five(world: Any, person: Person, trainable: int, house: Establishment) -> list[str]:
    """Situation, due day, day of the last completion, its end, how one knows: word by word."""
    here = [
        (required, held)
        for held in world.appointments
        if (held.person, held.establishment) == (person.pk, house.pk) and naive.holds(held, DAY)
        for required in world.requirements
        if required.trainable == trainable
        and naive.holds(required, DAY)
        and naive.reaches(required, held)
    ]
    standing = naive.standing(
        world, person.pk, trainable, DAY, lambda held: held.establishment == house.pk
    )
    words = {None: "non requis", "overdue": "en retard", "waiting": "à faire"}
    due = [
        max(
            max(required.starts_on, held.starts_on) + dt.timedelta(required.due_days),
            required.due_on or dt.date.min,
        )
        for required, held in here
    ]
    own = [
        one
        for one in world.completions
        if (one.person, one.trainable) == (person.pk, trainable) and one.day <= DAY
    ]
    last = max((one.day for one in own), default=None)
    months = [required.validity_months for required, _held in here if required.validity_months]
    ends = [naive.later(last, one) for one in months] if last else []
    ends += [
        one.required_from
        for one in world.retrainings
        if last and one.trainable == trainable and last < one.changed_on
    ]
    is_declared = all(one.is_declared for one in own if one.day == last)
    return [
        words.get(standing, "à jour"),
        f"{min(due):%d/%m/%Y}" if due else "",
        f"{last:%d/%m/%Y}" if last else "",
        f"{min(ends):%d/%m/%Y}" if ends else "",
        "" if last is None else "déclarée" if is_declared else "suivie",
    ]


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
    original = standings._found

    def counted(own: Any, *others: Any) -> Any:
        seen.append(own)
        return original(own, *others)

    monkeypatch.setattr(standings, "_found", counted)
    found = people_listed(where=Q(establishment=house), day=JUNE)
    assert not seen
    next(found.found)
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
