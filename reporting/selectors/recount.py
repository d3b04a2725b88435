"""Counting people in the database, a whole nation as well as a ward.

Almost everybody works in one place and role, and those are counted where they stand, set by set;
the few with several appointments in a place are gathered by `counting.Tally`. What a rule says of a
day comes down to two days that the database can compare: completions count from one of them on,
and who began by the other one is late.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple, TypeAlias

from django.db import connection
from django.db.models import Count, Q

from organisation.enums import ScopeKind
from organisation.models import Appointment, Establishment, StaffRole
from reporting.counting import ALL, PRESENT, AppointmentRow, Figures, RowKey, Rulebook, Tally
from reporting.counting.matrix import department_rows, role_rows
from reporting.counting.rows import RequirementRow
from reporting.selectors import rows
from training.enums import Provenance
from training.models import Completion

EARLIEST = dt.date(1900, 1, 1)

# (row key, trainable or ALL or PRESENT) -> figures
PlaceFigures: TypeAlias = dict[tuple[RowKey, int], Figures]


class _Scope(NamedTuple):
    """Whose appointments are counted: of these establishments, or of one department."""

    establishments: frozenset[int]
    department: int | None

    @property
    def where(self) -> Q:
        if self.department is not None:
            return Q(department=self.department)
        return Q(establishment__in=self.establishments)

    @property
    def sql(self) -> str:
        if self.department is not None:
            return f"a.department_id = {self.department:d}"
        return f"a.establishment_id IN ({', '.join(f'{pk:d}' for pk in self.establishments)})"


def houses_figures(*, establishments: Collection[int], day: dt.date) -> dict[int, PlaceFigures]:
    """The figures of roles, families, departments and totals of each at `day`, nobody's left out.

    Eight queries, and three more where somebody has several appointments, whatever the number of
    people.
    """
    if not establishments:
        return {}
    return _figures(_Scope(frozenset(establishments), None), day)


def present(figures: PlaceFigures, kind: str) -> dict[Any, int]:
    """The rows of a kind in which somebody works, by their number, with how many; those without a
    department stand under None."""
    return {
        row[1]: one.expected
        for (row, trainable), one in figures.items()
        if trainable == PRESENT and isinstance(row, tuple) and row[0] == kind
    }


def department_figures(*, department: int, establishment: int, day: dt.date) -> PlaceFigures:
    """The same of a department alone."""
    scope = _Scope(frozenset([establishment]), department)
    return _figures(scope, day).get(establishment, {})


def _figures(scope: _Scope, day: dt.date) -> dict[int, PlaceFigures]:
    requirements = rows.requirement_rows(day=day, where=_reaching(scope.establishments))
    rulebook = rows.rulebook_of(requirements)
    family_of = dict(StaffRole.objects.order_by().values_list("pk", "family_id"))
    found: dict[int, PlaceFigures] = defaultdict(dict)
    for house, department, role, trainable, *counts in _singles(
        scope, day, _rules(requirements, rulebook, family_of, day)
    ):
        appointment = AppointmentRow(0, role, family_of[role], house, None, department, day)
        for row in _row_keys(appointment):
            known = found[house].get((row, trainable), Figures())
            found[house][row, trainable] = known.plus(Figures(*counts))
    for house, figures in _several(scope, day, rulebook).items():
        for key, one in figures.items():
            found[house][key] = found[house].get(key, Figures()).plus(one)
    return found


def _reaching(establishments: Collection[int]) -> Q:
    """The requirements that may reach somebody there."""
    return (
        Q(scope__in=[ScopeKind.NATION, ScopeKind.REGION])
        | Q(establishment__in=establishments)
        | Q(department__establishment__in=establishments)
    )


def _row_keys(appointment: AppointmentRow) -> Iterable[RowKey]:
    return dict.fromkeys([*role_rows(appointment), *department_rows(appointment)])


def _several(scope: _Scope, day: dt.date, rulebook: Rulebook) -> dict[int, PlaceFigures]:
    """The figures of those with several appointments in the same establishment."""
    pairs = set(
        rows.appointments_at(day)
        .filter(scope.where)
        .values_list("establishment_id", "person_id")
        .annotate(appointments=Count("pk"))
        .filter(appointments__gt=1)
        .values_list("establishment_id", "person_id")
    )
    if not pairs:
        return {}
    where = scope.where & Q(person__in={person for _house, person in pairs})
    completions = rows.latest_completions(day=day, where=where)
    tallies: dict[int, Tally] = {}
    for one in rows.appointment_rows(day=day, where=where):
        if (one.establishment, one.person) in pairs:
            if one.establishment not in tallies:
                tallies[one.establishment] = Tally(
                    rulebook=rulebook, completions=completions, day=day
                )
            tallies[one.establishment].add(one, _row_keys(one))
    return {house: tally.figures() for house, tally in tallies.items()}


class _Rule(NamedTuple):
    """A requirement and a role, as SQL sees it at a day; a place of None does not matter."""

    trainable: int
    role: int
    region: int | None
    establishment: int | None
    department: int | None
    counts_from: dt.date
    late_by: dt.date


def _rules(
    requirements: Iterable[RequirementRow],
    rulebook: Rulebook,
    roles: Collection[int],
    day: dt.date,
) -> list[_Rule]:
    return [
        _Rule(
            one.trainable,
            role,
            one.place if one.scope == ScopeKind.REGION else None,
            one.place if one.scope == ScopeKind.ESTABLISHMENT else None,
            one.place if one.scope == ScopeKind.DEPARTMENT else None,
            max(rulebook.counts_from(one.trainable, one.validity_months, day), EARLIEST),
            _late_by(one, day),
        )
        for one in requirements
        for role in (roles if one.roles is None else one.roles)
    ]


def _late_by(one: RequirementRow, day: dt.date) -> dt.date:
    """Whose appointment began by then has run out of time at `day`: see `validity.due_day`."""
    latest = day - dt.timedelta(days=one.due_days)
    is_early = one.starts_on > latest or (one.due_on is not None and one.due_on > day)
    return EARLIEST if is_early else latest


# Of each appointment that is the only one of its holder in the place: what is asked of her, where
# she stands, and both added up. The columns of sums are those of `Figures`.
_SINGLES = """
WITH holding AS (
    SELECT a.id, a.person_id, a.establishment_id, a.department_id, a.role_id, a.starts_on,
           e.region_id,
           COUNT(*) OVER (PARTITION BY a.establishment_id, a.person_id) AS appointments
    FROM {appointment} a JOIN {establishment} e ON e.id = a.establishment_id
    WHERE {scope} AND a.starts_on <= {day} AND (a.ends_on IS NULL OR a.ends_on > {day})
      AND (e.closed_on IS NULL OR e.closed_on > {day})
), single AS (
    SELECT * FROM holding WHERE appointments = 1
), rule (trainable_id, role_id, region_id, establishment_id, department_id, counts_from, late_by)
AS (VALUES {rules}),
asked AS (
    SELECT s.id, s.person_id, s.establishment_id, s.department_id, s.role_id, r.trainable_id,
           MAX(r.counts_from) AS counts_from,
           MAX(CASE WHEN s.starts_on <= r.late_by THEN 1 ELSE 0 END) AS late
    FROM single s JOIN rule r ON r.role_id = s.role_id
      AND (r.region_id IS NULL OR r.region_id = s.region_id)
      AND (r.establishment_id IS NULL OR r.establishment_id = s.establishment_id)
      AND (r.department_id IS NULL OR r.department_id = s.department_id)
    GROUP BY s.id, s.person_id, s.establishment_id, s.department_id, s.role_id, r.trainable_id
), latest AS (
    SELECT c.person_id, c.trainable_id, MAX(c.completed_at) AS of_all,
           MAX(CASE WHEN c.provenance = '{observed}' THEN c.completed_at END) AS of_observed
    FROM {completion} c JOIN single s ON s.person_id = c.person_id
    WHERE c.completed_at < {midnight}
    GROUP BY c.person_id, c.trainable_id
), standing AS (
    SELECT asked.id, asked.establishment_id, asked.department_id, asked.role_id,
           asked.trainable_id, asked.late,
           CASE WHEN latest.of_all >= asked.counts_from THEN 1 ELSE 0 END AS covered,
           CASE WHEN latest.of_observed >= asked.counts_from THEN 1 ELSE 0 END AS observed
    FROM asked LEFT JOIN latest
      ON latest.person_id = asked.person_id AND latest.trainable_id = asked.trainable_id
), over_all AS (
    SELECT establishment_id, department_id, role_id, MIN(covered) AS covered,
           MAX(late * (1 - covered)) AS overdue, MAX(observed) AS observed
    FROM standing GROUP BY id, establishment_id, department_id, role_id
)
SELECT establishment_id, department_id, role_id, trainable_id, COUNT(*), SUM(covered),
       SUM(late * (1 - covered)), SUM(covered * (1 - observed))
FROM standing GROUP BY establishment_id, department_id, role_id, trainable_id
UNION ALL
SELECT establishment_id, department_id, role_id, {all}, COUNT(*), SUM(covered), SUM(overdue),
       SUM(covered * (1 - observed))
FROM over_all GROUP BY establishment_id, department_id, role_id
UNION ALL
SELECT establishment_id, department_id, role_id, {present}, COUNT(*), 0, 0, 0
FROM single GROUP BY establishment_id, department_id, role_id
"""


# establishment, department, role, trainable, figures
_Counted: TypeAlias = tuple[int, int | None, int, int, int, int, int, int]


def _singles(scope: _Scope, day: dt.date, rules: list[_Rule]) -> list[_Counted]:
    """(establishment, department, role, trainable, *figures). One query.

    Only numbers and days of our own go into the text; a nation's rules are more than parameters.
    """
    sql = _SINGLES.format(
        appointment=Appointment._meta.db_table,
        establishment=Establishment._meta.db_table,
        completion=Completion._meta.db_table,
        scope=scope.sql,
        day=_day(day),
        midnight=_midnight(day + dt.timedelta(days=1)),
        rules=", ".join(map(_rule_sql, rules or [_NO_RULE])),
        observed=Provenance.OBSERVED.value,
        all=ALL,
        present=PRESENT,
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        found: list[_Counted] = cursor.fetchall()
        return found


_NO_RULE = _Rule(0, 0, None, None, None, EARLIEST, EARLIEST)


def _rule_sql(rule: _Rule) -> str:
    numbers = (
        "CAST(NULL AS bigint)" if number is None else f"{number:d}"
        for number in (
            *(rule.trainable, rule.role, rule.region),
            *(rule.establishment, rule.department),
        )
    )
    return f"({', '.join(numbers)}, {_midnight(rule.counts_from)}, {_day(rule.late_by)})"


def _day(day: dt.date) -> str:
    return f"DATE '{day}'" if connection.vendor == "postgresql" else f"'{day}'"


def _midnight(day: dt.date) -> str:
    """The beginning of a day in Paris, as the database keeps moments."""
    at = rows.midnight(day).astimezone(dt.UTC)
    if connection.vendor == "postgresql":
        return f"TIMESTAMPTZ '{at.isoformat()}'"
    return f"'{connection.ops.adapt_datetimefield_value(at)}'"
