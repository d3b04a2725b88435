"""The figures that stand ready are those that counting people gives, whatever happened."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db.models import Q
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from organisation.models import Appointment, Department, Establishment, Person, Region, StaffRole
from organisation.scopes import Scope
from organisation.services import people_merge
from organisation.signals import AppointmentsChange, appointments_changed
from reporting.counting import Figures, Tally
from reporting.counting.matrix import department_rows, role_rows
from reporting.ledger.facts import CellKey, Facts
from reporting.ledger.models import CellKind, CountedPerson, LedgerChange, LedgerHouse
from reporting.ledger.reading import ledger_figures
from reporting.ledger.services import house_rebuild, houses_advance, ledger_fold
from reporting.selectors import rows
from reporting.selectors.recount import houses_figures
from tests.organisation.factories import AccountFactory
from training.enums import Provenance
from training.models import Completion, Requirement, Trainable
from training.signals import completions_changed, requirements_changed

pytestmark = [pytest.mark.django_db, pytest.mark.database]
START = dt.date(2026, 1, 1)
DAYS = 700
ALL_KINDS = [CellKind.ROLE, CellKind.FAMILY, CellKind.DEPARTMENT, CellKind.HOUSE]


def counted(house: Establishment, day: dt.date) -> dict[CellKey, Figures]:
    """The same from the people of the day, one by one."""
    where = Q(establishment=house)
    tally = Tally(
        rulebook=rows.rulebook_at(day=day),
        completions=rows.latest_completions(day=day, where=where),
        day=day,
    )
    for one in rows.appointment_rows(day=day, where=where):
        tally.add(one, dict.fromkeys([*role_rows(one), *department_rows(one)]))
    return {
        CellKey(kind, key or 0, trainable): figures
        for ((kind, key), trainable), figures in tally.figures().items()
    }


def counted_in_the_database(house: Establishment, day: dt.date) -> dict[CellKey, Figures]:
    figures = houses_figures(establishments=[house.pk], day=day).get(house.pk, {})
    return {CellKey(kind, key or 0, one): at for ((kind, key), one), at in figures.items()}


def standing_figures(house: Establishment, day: dt.date) -> dict[CellKey, Figures] | None:
    found = ledger_figures(establishment=house, day=day, kinds=ALL_KINDS)
    return None if found is None else found.cells


class World:
    """Two houses of a region, and three people who come, go, learn and are asked."""

    def __init__(self) -> None:
        region = Region.objects.get(code="53")
        self.houses = [
            Establishment.objects.create(name=f"CH {n}", finess_ej=f"35000000{n}", region=region)
            for n in (1, 2)
        ]
        self.departments = [
            None,
            *(
                Department.objects.create(establishment=self.houses[0], name=name)
                for name in ("A", "B")
            ),
        ]
        self.roles = list(StaffRole.objects.order_by("pk")[:3])
        self.people = [Person.objects.create(first_name="P", last_name=str(n)) for n in range(3)]
        self.trainables = [Trainable.objects.create(title=f"T{n}") for n in range(2)]
        self.operator = AccountFactory()

    def appoint(self, person: int, house: int, department: int, role: int, at: int, n: int) -> None:
        start = START + dt.timedelta(days=at)
        one = Appointment.objects.create(
            person=self.people[person],
            establishment=self.houses[house],
            department=self.departments[department] if house == 0 else None,
            role=self.roles[role],
            starts_on=start,
            ends_on=start + dt.timedelta(days=n) if n else None,
        )
        self._appointed(one)

    def withdraw(self, number: int) -> None:
        if one := self._of(Appointment, number):
            one.delete()
            self._appointed(one)

    def end(self, number: int, n: int) -> None:
        if one := self._of(Appointment, number):
            one.ends_on = one.starts_on + dt.timedelta(days=n)
            one.save()
            self._appointed(one)

    def merge(self, kept: int, gone: int) -> None:
        """From then on whoever is named by the number of the one is the other."""
        if self.people[kept] == self.people[gone]:
            return
        old = self.people[gone]
        found = people_merge(
            kept=self.people[kept],
            gone=old,
            actor=self.operator,
            now=dt.datetime.combine(START, dt.time(12), tzinfo=dt.UTC),
        )
        self.people = [found if one in (old, found) else one for one in self.people]

    def complete(self, person: int, trainable: int, at: int, is_declared: bool) -> None:
        one = Completion.objects.create(
            person=self.people[person],
            trainable=self.trainables[trainable],
            completed_at=dt.datetime.combine(START, dt.time(23, 30), tzinfo=dt.UTC)
            + dt.timedelta(days=at),
            provenance=Provenance.TEAM if is_declared else Provenance.OBSERVED,
            statement_id=uuid.uuid4(),
        )
        self._completed(one)

    def void(self, number: int) -> None:
        if one := self._of(Completion, number):
            one.delete()
            self._completed(one)

    def ask(self, trainable: int, house: int, role: int, at: int, days: int, months: int) -> None:
        one = Requirement.objects.create(
            trainable=self.trainables[trainable],
            scope="nation" if house == 2 else "establishment",
            establishment=None if house == 2 else self.houses[house],
            starts_on=START + dt.timedelta(days=at),
            due_days=days,
            validity_months=months or None,
        )
        if role:
            one.roles.set([self.roles[role]])
        requirements_changed.send(
            sender=Requirement, requirement_ids={one.pk}, scopes={Scope.of(one)}
        )

    def fold(self) -> None:
        ledger_fold(limit=2)

    def settle(self) -> None:
        """Nothing waits any more: whoever is not told of afterwards stands as she did."""
        while LedgerChange.objects.exists():
            ledger_fold(limit=5)

    def rebuild(self, house: int, at: int) -> None:
        house_rebuild(establishment=self.houses[house].pk, day=START + dt.timedelta(days=at))

    def advance(self, at: int) -> None:
        houses_advance(day=START + dt.timedelta(days=at))

    def _of(self, model: Any, number: int) -> Any:
        found = list(model.objects.order_by("pk"))
        return found[number % len(found)] if found else None

    def _appointed(self, one: Appointment) -> None:
        change = AppointmentsChange(frozenset({one.establishment_id}), frozenset({one.person_id}))
        appointments_changed.send(sender=Appointment, change=change)

    def _completed(self, one: Completion) -> None:
        completions_changed.send(
            sender=Completion, person_ids={one.person_id}, trainable_ids={one.trainable_id}
        )


at = st.integers(0, DAYS)
three, two = st.integers(0, 2), st.integers(0, 1)
APPOINT = st.tuples(st.just("appoint"), three, two, three, three, at, st.integers(0, 400))
ASK = st.tuples(
    st.just("ask"), two, three, three, st.integers(0, 300), st.integers(0, 120), st.integers(0, 14)
)
COMPLETE = st.tuples(st.just("complete"), three, two, at, st.booleans())
begun = st.tuples(
    st.lists(APPOINT, min_size=3, max_size=7),
    st.lists(ASK, min_size=2, max_size=4),
    st.lists(COMPLETE, max_size=4),
    st.tuples(st.integers(0, 200), st.integers(0, 200)),
)
acts = st.one_of(
    APPOINT,
    COMPLETE,
    COMPLETE,
    st.tuples(st.just("withdraw"), st.integers(0, 9)),
    st.tuples(st.just("end"), st.integers(0, 9), st.integers(0, 400)),
    st.tuples(st.just("void"), st.integers(0, 9)),
    st.tuples(st.just("merge"), three, three),
    st.tuples(st.just("fold")),
    st.tuples(st.just("settle")),
    st.tuples(st.just("rebuild"), two, st.integers(0, 300)),
    st.tuples(st.just("advance"), st.integers(0, 400)),
)


@given(begun=begun, history=st.lists(acts, max_size=15), later=st.lists(at, min_size=2, max_size=2))
@settings(
    max_examples=60,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_what_stands_ready_is_what_counting_gives(
    db: None, begun: Any, history: list[tuple[Any, ...]], later: list[int]
) -> None:
    from django.db import transaction

    with transaction.atomic():
        world = World()
        appointments, requirements, completions, days_built = begun
        built = [("rebuild", house, day) for house, day in enumerate(days_built)]
        for name, *arguments in [*appointments, *requirements, *completions, *built, *history]:
            getattr(world, name)(*arguments)
        for number, house in enumerate(world.houses):
            kept = LedgerHouse.objects.standing().filter(pk=house.pk).first()
            for days in later:
                day = START + dt.timedelta(days=days)
                assert counted_in_the_database(house, day) == counted(house, day)
                found = standing_figures(house, day)
                if kept is None or day < kept.counted_on:
                    assert found is None
                else:
                    assert found == counted(house, day), (number, day)
        world.settle()
        for house in world.houses:
            kept = LedgerHouse.objects.standing().filter(pk=house.pk).first()
            if kept is not None:
                day = kept.counted_on + dt.timedelta(days=later[0])
                found = standing_figures(house, day)
                assert found == counted(house, day)
        transaction.set_rollback(True)


@pytest.mark.parametrize("is_trained", [False, True])
def test_of_two_who_are_one_nothing_is_counted_twice_once_all_is_settled(is_trained: bool) -> None:
    """Both stand in the cells, nothing waits, and the merge alone tells the ledger."""
    world = World()
    world.appoint(0, 0, 1, 0, 0, 0)
    world.appoint(1, 0, 2, 1, 0, 0)
    world.appoint(1, 1, 0, 0, 0, 0)
    world.ask(0, 2, 0, 0, 30, 0)
    if is_trained:
        world.complete(1, 0, 5, False)
    for house in (0, 1):
        world.rebuild(house, 10)
    world.settle()
    world.merge(0, 1)
    for _ in range(2):  # with changes that wait, and with none
        for house in world.houses:
            day = START + dt.timedelta(days=20)
            assert standing_figures(house, day) == counted(house, day)
            total = counted(house, day)[CellKey(CellKind.HOUSE, 0, world.trainables[0].pk)]
            assert (total.expected, total.covered) == (1, int(is_trained))
        world.settle()
    assert not Facts.from_json(CountedPerson.objects.order_by("pk").last().facts).appointments


def test_a_completion_leaves_one_row_whatever_the_levels(
    django_assert_num_queries: Any,
) -> None:
    world = World()
    for house in (0, 1):
        world.appoint(0, house, 0, 0, 0, 0)
        world.ask(0, house, 0, 0, 30, 12)
        world.rebuild(house, 10)
    before = CountedPerson.objects.count()
    with django_assert_num_queries(1):
        completions_changed.send(
            sender=Completion, person_ids={world.people[0].pk}, trainable_ids={1}
        )
    assert CountedPerson.objects.count() == before
