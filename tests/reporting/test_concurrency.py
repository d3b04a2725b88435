"""Writers who complete, move, merge and void while others read coverage, on real connections.

PostgreSQL only: an SQLite database in memory belongs to one connection. What is read goes through
the public selectors, whatever serves the figures; what it should be is told by the naive recount.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import random
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import IntegrityError, connection, connections
from django.utils import timezone

from organisation.models import Appointment, Establishment, PersonAlias
from organisation.services import appointment_move, appointment_start, people_merge
from reporting.counting import ALL, Cell
from reporting.counting.matrix import TOTAL
from reporting.ledger.models import LedgerHouse
from reporting.ledger.services import OvertakenError, ledger_fold
from reporting.selectors.coverage import coverage_of_establishment
from reporting.selectors.rows import PARIS
from tests.organisation.factories import AccountFactory, EstablishmentFactory
from training.enums import Provenance
from training.models import Completion, Trainable
from training.services import requirement_create

from . import naive
from .cases.conftest import YEAR, Case

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]

WRITERS, READERS, ACTS = 8, 3, 25
DAY = dt.date(2026, 6, 1)


@pytest.fixture(autouse=True)
def needs_a_shared_database(db: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("an SQLite database in memory belongs to one connection")


class Hospitals:
    """Three houses, two roles, two modules and sixteen people, whom all writers share."""

    def __init__(self) -> None:
        self.case = Case(is_standing=True)
        self.houses = [self.case.house, self.case.other, EstablishmentFactory()]
        self.roles = [self.case.nurse, self.case.porter]
        self.modules = [self.case.module, Trainable.objects.create(title="Autre")]
        requirement_create(trainable=self.modules[0], starts_on=YEAR, validity_months=3)
        requirement_create(
            trainable=self.modules[1], starts_on=YEAR, place=self.houses[0], roles=[self.roles[0]]
        )
        self.people = [
            self.case.works(establishment=self.houses[index % 3], role=self.roles[index % 2]).person
            for index in range(16)
        ]
        self.operator = AccountFactory()
        self.case.stands(*self.houses)

    def write(self, index: int) -> None:
        """What one writer does: the same acts each time, of people who are anybody's."""
        dice = random.Random(index)
        said: list[str] = []
        for _act in range(ACTS):
            person = dice.choice(self.people)
            act = dice.choice(["complete"] * 4 + ["move", "begin", "void"] * 2 + ["merge"])
            if act == "complete":
                month, day = dice.randint(1, 5), dice.randint(1, 28)
                at = f"2026-{month:02d}-{day:02d}T10:00:00Z"
                said.append(self.case.completes(person, at, dice.choice(self.modules)))
            elif act == "void" and said:
                self.case.voids(said.pop(dice.randrange(len(said))))
            elif act == "merge":
                with contextlib.suppress(ValidationError):  # it is the same person by now
                    people_merge(
                        kept=person,
                        gone=dice.choice(self.people),
                        actor=self.operator,
                        now=timezone.now(),
                    )
            else:
                self._moves(person, act, dice)

    def _moves(self, person: Any, act: str, dice: random.Random) -> None:
        on = YEAR + dt.timedelta(dice.randint(1, 140))
        place = {"establishment": dice.choice(self.houses), "role": dice.choice(self.roles)}
        held = list(Appointment.objects.filter(person=person, ends_on=None).order_by("pk"))
        try:
            if act == "move" and held:
                appointment_move(appointment=dice.choice(held), on=on, **place)
            elif act == "begin":
                appointment_start(person=person, starts_on=on, **place)
        except (ValidationError, ObjectDoesNotExist, IntegrityError):
            pass  # somebody was faster, she is there already, or was merged with another

    def world(self) -> naive.World:
        regions = {house.pk: house.region_id for house in self.houses}
        return naive.World(
            appointments=[
                naive.Appointed(
                    one.person_id,
                    one.role_id,
                    one.role.family_id,
                    one.establishment_id,
                    regions[one.establishment_id],
                    None,
                    one.starts_on,
                    one.ends_on,
                )
                for one in Appointment.objects.select_related("role")
            ],
            requirements=[
                naive.Required(self.modules[0].pk, "nation", None, None, 90, 3, YEAR, None),
                naive.Required(
                    self.modules[1].pk,
                    "establishment",
                    self.houses[0].pk,
                    frozenset({self.roles[0].pk}),
                    90,
                    None,
                    YEAR,
                    None,
                ),
            ],
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
            retrainings=[],
        )


def cells(house: Establishment) -> dict[Any, Cell]:
    return coverage_of_establishment(establishment=house, day=DAY).table.cells


def check_sound(house: Establishment) -> None:
    """Whatever is going on, no figure is negative and no part larger than the whole."""
    for cell in cells(house).values():
        assert cell.covered >= 0
        assert cell.overdue >= 0
        assert cell.covered + cell.overdue <= cell.expected
        assert 0 <= cell.by_declaration <= cell.covered


def test_figures_are_sound_meanwhile_and_exact_at_the_end() -> None:
    hospitals = Hospitals()
    writing = threading.Event()
    writing.set()
    reads: list[int] = []

    def read(index: int) -> None:
        count = 0
        while writing.is_set() or not count:
            check_sound(hospitals.houses[(index + count) % 3])
            count += 1
        reads.append(count)

    def fold(_index: int) -> None:
        """What the background does: take waiting changes up, again where it was overtaken."""
        while writing.is_set():
            with contextlib.suppress(OvertakenError):
                ledger_fold(limit=5)

    def closing(work: Any, index: int) -> None:
        try:
            work(index)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(WRITERS + READERS + 1) as pool:
        readers = [pool.submit(closing, read, index) for index in range(READERS)]
        readers.append(pool.submit(closing, fold, 0))
        try:
            for written in [pool.submit(closing, hospitals.write, i) for i in range(WRITERS)]:
                written.result()  # a deadlock is an error here
        finally:
            writing.clear()
        for one in readers:
            one.result()
    assert len(reads) == READERS
    assert Completion.objects.exists()
    assert PersonAlias.objects.exists()
    standing = [house.pk for house in hospitals.houses]
    assert LedgerHouse.objects.standing().filter(pk__in=standing).count() == len(standing)
    _compare(hospitals)  # with changes that wait
    while ledger_fold():
        pass
    _compare(hospitals)  # and with none


def _compare(hospitals: Hospitals) -> None:
    world = hospitals.world()
    modules = [module.pk for module in hospitals.modules]
    for house in hospitals.houses:
        counted = cells(house)
        for column in (*modules, ALL):
            asked = modules if column == ALL else [column]
            for row, roles in [
                (TOTAL, {role.pk for role in hospitals.roles}),
                *((("role", role.pk), {role.pk}) for role in hospitals.roles),
            ]:
                cell = counted.get((row, column), Cell())
                assert (
                    cell.expected,
                    cell.covered,
                    cell.overdue,
                    cell.by_declaration,
                ) == naive.count(
                    world,
                    DAY,
                    asked,
                    lambda one, house=house, roles=roles: (
                        one.establishment == house.pk and one.role in roles
                    ),
                )


def test_of_two_who_move_the_same_appointment_one_is_refused() -> None:
    case = Case()
    held = case.works()
    places = [case.other, EstablishmentFactory()]
    barrier = threading.Barrier(2)

    def move(index: int) -> bool:
        try:
            barrier.wait()
            appointment_move(appointment=held, on=dt.date(2026, 3, 1), establishment=places[index])
        except ValidationError:
            return False
        else:
            return True
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(move, range(2))) == [False, True]
    assert Appointment.objects.filter(ends_on=None).count() == 1
