"""Reading figures that stand ready."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet, Subquery, Sum

from organisation.models import Appointment, Establishment
from reporting.counting import Figures, RowKey
from reporting.counting.matrix import TOTAL
from reporting.ledger.facts import (
    NO_FACTS,
    CellKey,
    Contribution,
    Facts,
    Reference,
    StepKey,
    added,
    cells_of,
    contribution_changed,
    contributions,
    facts_of,
)
from reporting.ledger.models import (
    CellKind,
    CountedPerson,
    CoverageEdition,
    LedgerChange,
    LedgerHouse,
    LedgerStep,
)

TRIES = 3
WAITING = 50
"""More people with a change that waits than this, and it is quicker to count everybody."""


@dataclass(frozen=True, slots=True)
class LedgerFigures:
    """Figures of an establishment, those of nobody left out.

    :param is_behind: changes wait; they are in the figures, and somebody should fold them.
    :param edition: see `reporting.ledger.editions`.
    """

    cells: dict[CellKey, Figures]
    is_behind: bool
    edition: int

    def by_row(self) -> dict[tuple[RowKey, int], Figures]:
        """The same under the row keys of `reporting.counting`."""
        return {(_row_of(key), key.trainable): one for key, one in self.cells.items()}


def ledger_figures(
    *, establishment: Establishment, day: dt.date, kinds: Iterable[CellKind]
) -> LedgerFigures | None:
    """The figures of an establishment at `day`, of these kinds of cells.

    None where people have to be counted: the house is stale, the day is before its own, or too
    much is going on. One query; a few more for a day to come, and a dozen while changes wait.
    """
    wanted = {kind.value for kind in kinds}
    for _try in range(TRIES):
        standing = _standing(establishment, wanted)
        if standing is None or day < standing.counted_on:
            return None
        if day == standing.counted_on and not standing.is_waited_for:
            return standing.figures({}, wanted)
        steps = _steps(establishment, day, wanted) if day > standing.counted_on else {}
        if standing.is_waited_for:
            people = _waiting(establishment, WAITING + 1)
            if len(people) > WAITING:
                return None
            for key, figures in _missing(people, establishment, day).items():
                added(steps, key, figures)
        # Whatever was written meanwhile stands in one of these and not in another: read again.
        again = _standing(establishment, wanted)
        if again is not None and again.stamp == standing.stamp:
            return standing.figures(cells_of(steps), wanted)
    return None


_STAMP = """
SELECT version,
       EXISTS (SELECT 1 FROM reporting_ledgerchange c WHERE c.establishment = %(house)s
               OR (c.establishment IS NULL AND EXISTS (
                   SELECT 1 FROM organisation_appointment a
                   WHERE a.establishment_id = %(house)s AND a.person_id = c.person))),
       (SELECT number FROM reporting_coverageedition WHERE id = 1)
FROM reporting_ledgerhouse
WHERE establishment_id = %(house)s AND counted_on = %(day)s AND wanted = counted
"""


def ledger_stamp(*, establishment: Establishment, day: dt.date) -> str | None:
    """Names the figures of an establishment at `day` and all that is shown with them; None while
    they change, or do not stand ready. One query, whose SQL stands ready too: to make it of
    querysets takes ten times as long as to ask it."""
    with connection.cursor() as cursor:
        asked_day = connection.ops.adapt_datefield_value(day)
        cursor.execute(_STAMP, {"house": establishment.pk, "day": asked_day})
        found = cursor.fetchone()
    if found is None:
        return None
    version, is_waited_for, edition = found
    return None if is_waited_for else f"{establishment.pk}-{day}-{version}-{edition or 0}"


def _circumstances(establishment: Establishment) -> dict[str, Any]:
    """Whether changes wait, and the edition, as parts of one statement."""
    return {
        "waits": Exists(_changes(establishment)),
        "edition": Subquery(CoverageEdition.objects.filter(pk=1).values("number")),
    }


@dataclass(frozen=True, slots=True)
class _Standing:
    """A house and its cells, as one statement read them."""

    counted_on: dt.date
    version: int
    is_waited_for: bool
    edition: int
    cells: dict[CellKey, Figures]

    @property
    def stamp(self) -> tuple[dt.date, int, bool]:
        return self.counted_on, self.version, self.is_waited_for

    def figures(self, more: dict[CellKey, Figures], kinds: set[str]) -> LedgerFigures:
        found = dict(self.cells)
        for key, figures in more.items():
            if key.kind in kinds:
                found[key] = found.get(key, Figures()).plus(figures)
        cells = {key: figures for key, figures in found.items() if any(figures)}
        return LedgerFigures(cells, self.is_waited_for, self.edition)


def _row_of(key: CellKey) -> RowKey:
    if key.kind == CellKind.HOUSE:
        return TOTAL
    return (key.kind, key.key or None)


def _standing(establishment: Establishment, kinds: set[str]) -> _Standing | None:
    rows = list(
        LedgerHouse.objects.standing()
        .filter(pk=establishment.pk)
        .annotate(
            cell=FilteredRelation("cells", condition=Q(cells__kind__in=kinds)),
            **_circumstances(establishment),
        )
        .values_list(
            *("counted_on", "version", "waits", "edition"),
            *("cell__kind", "cell__key", "cell__trainable"),
            *(f"cell__{name}" for name in Figures._fields),
        )
    )
    if not rows:
        return None
    counted_on, version, waits, edition, *_cell = rows[0]
    cells = {
        CellKey(kind, key, trainable): Figures(*figures)
        for kind, key, trainable, *figures in (row[4:] for row in rows)
        if kind is not None
    }
    return _Standing(counted_on, version, bool(waits), edition or 0, cells)


def _steps(establishment: Establishment, day: dt.date, kinds: set[str]) -> Contribution:
    """The steps up to `day`, summed."""
    rows = (
        LedgerStep.objects.filter(
            house=establishment.pk, day__lte=day, kind__in=kinds | {CellKind.BASE.value}
        )
        .order_by()
        .values_list("kind", "department", "role", "family", "trainable")
        .annotate(*(Sum(name) for name in Figures._fields))
    )
    return {
        StepKey(kind, department, role, family, trainable, day): Figures(*figures)
        for kind, department, role, family, trainable, *figures in rows
    }


def _changes(establishment: Establishment) -> QuerySet[LedgerChange]:
    works_here = Appointment.objects.filter(
        establishment=establishment, person_id=OuterRef("person")
    )
    return LedgerChange.objects.filter(
        Q(establishment=establishment.pk) | Q(Exists(works_here), establishment=None)
    ).order_by()


def _waiting(establishment: Establishment, limit: int) -> list[int]:
    return list(_changes(establishment).values_list("person", flat=True).distinct()[:limit])


def _missing(people: list[int], establishment: Establishment, day: dt.date) -> Contribution:
    """What these people's changes add to the establishment by `day`."""
    reference = Reference.of_house(establishment)
    counted = CountedPerson.objects.in_bulk(people)
    total: Contribution = {}
    for person, facts in facts_of(people=people).items():
        row = counted.get(person)
        before = Facts.from_json(row.facts) if row else NO_FACTS
        difference = contribution_changed(
            *(
                contributions(one.only_in(establishment.pk), reference).get(establishment.pk, {})
                for one in (before, facts)
            )
        )
        for key, figures in difference.items():
            if key.day <= day:
                added(total, key._replace(day=day), figures)
    return total
