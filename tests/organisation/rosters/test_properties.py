"""What holds for any staff list: a second time changes nothing, the order of the lines does not
matter, undoing restores exactly."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from organisation.enums import IdentifierKind
from organisation.models import (
    Appointment,
    Department,
    Establishment,
    Person,
    PersonIdentifier,
    StaffRole,
)
from tests.organisation.factories import EstablishmentFactory

from .generators import rpps_of
from .running import confirm, imported, preview, staff, state, undone

pytestmark = pytest.mark.django_db

HEAD = "Matricule;RPPS;Nom;Prénom;E-mail;Métier;Service;Entrée;Sortie"
FEW = settings(
    max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture], print_blob=True
)

# Seven people, the first four known to the hospital by different means; each line says of one of
# them a part of what identifies her. Then lines that contradict each other, or say nothing.
PEOPLE = (
    ("1", "", "Martin;Zoé", "a@h.test"),
    ("", rpps_of(1), "Petit;Paul", "b@h.test"),
    ("2", rpps_of(2), "Durand;Zoé", ""),
    ("", "", "Autre;Nom", "c@h.test"),
    ("5", rpps_of(5), "MARTIN;Zoé", "e@h.test"),
    ("6", "", "Lopez;Ana", "f@h.test"),
    ("07", "8" + rpps_of(7), "Nguyen;Linh", ""),
)
known_people = st.sampled_from(PEOPLE)
strangers = st.tuples(
    st.sampled_from(["", "1", "2", "5", "9"]),
    st.sampled_from(["", rpps_of(1), rpps_of(9), "751234567", "1234"]),
    st.sampled_from(["Martin;Zoé", "MARTIN;Zoé", "Durand;Zoé", "Petit;Paul", ";Paul"]),
    st.sampled_from(["", "a@h.test", "c@h.test", "service@h.test"]),
)
identities = st.one_of(known_people, known_people, known_people, strangers)
roles = st.sampled_from(["Infirmier", "ASH", "Médecin", "Médecin", "Astronaute"])
departments = st.sampled_from(["", "Cardiologie", "Urgences", "Nouveau service"])
days = st.sampled_from(["", "", "02/01/2020", "15/10/2026", "25/10/2026", "01/12/2026"])
ends = st.sampled_from(["", "", "", "30/06/2026", "31/10/2026", "31/03/2027", "31/12/9999"])
lines = st.tuples(identities, roles, departments, days, ends).map(
    lambda line: ";".join((*line[0], *line[1:]))
)
files = st.lists(lines, min_size=1, max_size=10)
histories = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.sampled_from(["infirmier", "agent-service-hospitalier", "medecin"]),
        st.sampled_from([None, "Cardiologie", "Urgences"]),
        st.sampled_from([dt.date(2019, 1, 1), dt.date(2026, 10, 20), dt.date(2026, 12, 1)]),
        st.sampled_from([None, None, dt.date(2026, 6, 1), dt.date(2027, 2, 1)]),
    ),
    min_size=2,
    max_size=6,
)


def as_file(rows: list[str]) -> str:
    return "\n".join([HEAD, *rows, ""])


def house_with(history: list[tuple[Any, ...]]) -> Establishment:
    """A hospital with four people known by different means, one of whom works elsewhere too."""
    house = EstablishmentFactory()
    places = {
        name: Department.objects.create(establishment=house, name=name)
        for name in ("Cardiologie", "Urgences")
    }
    people = [
        Person.objects.create(last_name="Martin", first_name="Zoé", email="a@h.test"),
        Person.objects.create(last_name="Petit", first_name="Paul", email="b@h.test"),
        Person.objects.create(last_name="Durand", first_name="Zoé"),
        Person.objects.create(last_name="Autre", first_name="Nom", email="c@h.test"),
    ]
    number = PersonIdentifier.objects.create
    number(person=people[0], kind=IdentifierKind.HR, establishment=house, value="1")
    number(person=people[1], kind=IdentifierKind.RPPS, value=rpps_of(1))
    number(person=people[2], kind=IdentifierKind.HR, establishment=house, value="2")
    number(person=people[2], kind=IdentifierKind.RPPS, value=rpps_of(2))
    seen = set()
    for who, role, place, starts_on, ends_on in history:
        if (who, role, place) in seen or (ends_on and ends_on <= starts_on):
            continue
        seen.add((who, role, place))
        Appointment.objects.create(
            person=people[who],
            establishment=house,
            role=StaffRole.objects.get(code=role),
            department=places.get(place),
            starts_on=starts_on,
            ends_on=ends_on,
        )
    Appointment.objects.create(
        person=people[3],
        establishment=EstablishmentFactory(),
        role=StaffRole.objects.get(code="medecin"),
        starts_on=dt.date(2020, 1, 1),
    )
    return house


@FEW
@example(  # the first takes an address of the second away, which a doubtful line claims
    rows=["2;;Martin;Zoé;a@h.test;Infirmier;;;", "1;;Martin;Zoé;service@h.test;Infirmier;;;"],
    history=[(0, "infirmier", None, dt.date(2019, 1, 1), None)],
    is_complete=False,
    later=0,
)
@given(rows=files, history=histories, is_complete=st.booleans(), later=st.integers(0, 90))
def test_a_second_time_changes_nothing_and_undoing_restores_exactly(
    rows: list[str], history: list[tuple[Any, ...]], is_complete: bool, later: int
) -> None:
    with transaction.atomic():
        house = house_with(history)
        before = state()
        first = imported(house, as_file(rows), is_complete=is_complete)
        after = state()
        again = preview(house, as_file(rows), is_complete=is_complete)
        changes = again.changes.exclude(kind="doubtful")
        assert not changes.exists(), list(changes.values("kind", "name", "details"))
        confirm(again)
        assert state() == after
        undone(again)
        assert state() == after
        undone(first)
        assert state() == before
        transaction.set_rollback(True)


@FEW
@given(rows=files, history=histories, seed=st.integers(0, 1000))
def test_the_order_of_the_lines_does_not_matter(
    rows: list[str], history: list[tuple[Any, ...]], seed: int
) -> None:
    shuffled = random.Random(seed).sample(rows, len(rows))
    results = []
    for order in (rows, shuffled):
        with transaction.atomic():
            house = house_with(history)
            roster = imported(house, as_file(order))
            # The key of somebody who is gone holds a primary key, which the next world gives anew.
            told = roster.changes.values_list("kind", "name", "details")
            results.append((staff(house), roster.counts, sorted(told, key=str)))
            transaction.set_rollback(True)
    assert results[0] == results[1]


@FEW
@given(rows=files, history=histories)
def test_nobody_who_is_not_in_the_file_is_touched_by_a_partial_list(
    rows: list[str], history: list[tuple[Any, ...]]
) -> None:
    with transaction.atomic():
        house = house_with(history)
        roster = preview(house, as_file(rows), is_complete=False)
        assert not roster.changes.filter(kind="gone", lines=[]).exists()
        transaction.set_rollback(True)
