"""A house, two roles, two wards and a module that is asked of all, made by the services."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field
from typing import Any

import pytest

from lrs.identifiers import account_agent, activity_iri
from lrs.services import PLATFORM, statements_store
from lrs.xapi.vocabulary import verbs
from organisation.models import Department, Establishment, Person, StaffRole
from organisation.services import appointment_start, department_create
from reporting.counting import ALL, Cell
from reporting.counting.matrix import TOTAL
from reporting.ledger.models import LedgerHouse
from reporting.ledger.services import house_rebuild
from reporting.selectors.coverage import (
    coverage_by_department,
    coverage_of_department,
    coverage_of_establishment,
)
from tests.lrs.factories import voiding
from tests.organisation.factories import EstablishmentFactory, PersonFactory, StaffRoleFactory
from training.models import Trainable

YEAR = dt.date(2026, 1, 1)


@dataclass
class Case:
    """What a test is told in: who works where, says what, and what is read.

    Where figures stand ready they are those of the last day of 2025, with steps to come and changes
    that wait, so that all later days are read from them; else people are counted.
    """

    is_standing: bool = False
    house: Establishment = field(default_factory=EstablishmentFactory)
    other: Establishment = field(default_factory=EstablishmentFactory)
    nurse: StaffRole = field(default_factory=StaffRoleFactory)
    porter: StaffRole = field(default_factory=lambda: StaffRoleFactory(code="brancardier"))
    module: Trainable = field(default_factory=lambda: Trainable.objects.create(title="Module"))
    wards: tuple[Department, Department] = field(init=False)

    def __post_init__(self) -> None:
        first, second = (
            department_create(establishment=self.house, name=name) for name in ("A", "B")
        )
        self.wards = (first, second)

    def works(self, person: Person | None = None, **at: Any) -> Any:
        """Somebody is a nurse in the house from the first of the year, unless said."""
        said = {"establishment": self.house, "role": self.nurse, "starts_on": YEAR, **at}
        return appointment_start(person=person or PersonFactory(), **said)

    def completes(self, person: Person, at: str, module: Trainable | None = None) -> str:
        """A statement with this timestamp, stored now; its id."""
        statement = {
            "id": str(uuid.uuid4()),
            "actor": account_agent(person.uid),
            "verb": verbs.verb(verbs.COMPLETED),
            "object": {"id": activity_iri("module", (module or self.module).uid)},
            "result": {"completion": True, "success": True},
            "timestamp": at,
        }
        statements_store(statements=[statement], source=PLATFORM)
        return str(statement["id"])

    def voids(self, statement_id: str) -> None:
        statements_store(statements=[voiding(statement_id)], source=PLATFORM)

    def stands(self, *houses: Establishment) -> None:
        """The figures of these, if they are to stand ready and do not, or no longer."""
        for house in houses if self.is_standing else ():
            if not LedgerHouse.objects.standing().filter(pk=house.pk).exists():
                house_rebuild(establishment=house.pk, day=YEAR - dt.timedelta(days=1))

    def at(self, day: str, row: Any = TOTAL, column: int = ALL, house: Any = None) -> Cell:
        self.stands(house or self.house)
        found = coverage_of_establishment(
            establishment=house or self.house, day=dt.date.fromisoformat(day)
        )
        return found.table.cell(row, column)

    def in_wards(self, day: str) -> list[Cell]:
        """The two wards and the total, as the table by departments has them, which is as the page
        of each ward has it."""
        self.stands(self.house)
        on = dt.date.fromisoformat(day)
        table = coverage_by_department(establishment=self.house, day=on).table
        cells = [table.cell(("department", ward.pk)) for ward in self.wards]
        own = [coverage_of_department(department=ward, day=on).table.total for ward in self.wards]
        assert own == cells
        return [*cells, table.total]


@pytest.fixture(params=["counted", "standing"])
def case(db: None, request: pytest.FixtureRequest) -> Case:
    return Case(is_standing=request.param == "standing")
