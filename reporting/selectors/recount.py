"""Counting people in the database, a whole nation as well as a ward.

Almost everybody works in one place and role, and those are counted where they stand, kind of
appointment by kind; the few with several appointments in a place are gathered by
`counting.Tally`. What a rule says of a day comes down to two days that the database can compare:
completions count from one of them on, and who began by the other one is late.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple, TypeAlias

from django.db import connection, transaction
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

EVERYTHING = 2**62
"""A limit that limits nothing, but makes PostgreSQL join the tables beneath it before others."""

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

    Five queries, six on PostgreSQL, and three more where somebody has several appointments,
    whatever the number of people.
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

    @cache
    def rows_of(department: int, role: int) -> list[RowKey]:
        one = AppointmentRow(0, role, family_of[role], 0, None, department or None, day)
        return list(_row_keys(one))

    for house, department, role, trainable, *counts in _singles(
        scope, day, _rules(requirements, rulebook, family_of, day)
    ):
        one, figures = Figures._make(counts), found[house]
        for row in rows_of(department, role):
            key = row, trainable
            figures[key] = figures[key].plus(one) if key in figures else one
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
    """A requirement and a role, as SQL sees it at a day; `place` is that of its scope, 0 for the
    nation."""

    trainable: int
    role: int
    place: int
    counts_from: dt.date
    late_by: dt.date


_Rules: TypeAlias = Mapping[ScopeKind, list[_Rule]]


def _rules(
    requirements: Iterable[RequirementRow],
    rulebook: Rulebook,
    roles: Collection[int],
    day: dt.date,
) -> _Rules:
    found: dict[ScopeKind, list[_Rule]] = {scope: [] for scope in ScopeKind}
    for one in requirements:
        counts_from = rulebook.counts_from(one.trainable, one.validity_months, day)
        found[ScopeKind(one.scope)] += [
            _Rule(
                one.trainable, role, one.place or 0, max(counts_from, EARLIEST), _late_by(one, day)
            )
            for role in (roles if one.roles is None else one.roles)
        ]
    return found


def _late_by(one: RequirementRow, day: dt.date) -> dt.date:
    """Whose appointment began by then has run out of time at `day`: see `validity.due_day`."""
    latest = day - dt.timedelta(days=one.due_days)
    is_early = one.starts_on > latest or (one.due_on is not None and one.due_on > day)
    return EARLIEST if is_early else latest


# Of those with a single appointment in the place. What is asked depends on the **kind** of an
# appointment (establishment, department, role; numbered, for planners guess joins over one column
# better than over three), so rules are joined to kinds and not to people; the only table of people
# by trainings is that of the completions that count. Who is late with what follows from when she
# began: people are held against the few days that the rules of a kind know. A department of 0 is
# none. The columns of figures are those of `Figures`.
_SINGLES = """
WITH {rules},
holding AS (
    SELECT a.person_id, a.establishment_id, COALESCE(a.department_id, 0) AS department_id,
           a.role_id, a.starts_on, e.region_id,
           COUNT(*) OVER (PARTITION BY a.establishment_id, a.person_id) AS appointments
    FROM {appointment} a JOIN {establishment} e ON e.id = a.establishment_id
    WHERE {scope} AND a.starts_on <= {day} AND (a.ends_on IS NULL OR a.ends_on > {day})
      AND (e.closed_on IS NULL OR e.closed_on > {day})
), single AS (
    SELECT person_id, starts_on, establishment_id, department_id, role_id, region_id,
           DENSE_RANK() OVER (ORDER BY establishment_id, department_id, role_id) AS kind
    FROM holding WHERE appointments = 1
), kinds AS (
    SELECT kind, MIN(establishment_id) AS establishment_id, MIN(department_id) AS department_id,
           MIN(role_id) AS role_id, MIN(region_id) AS region_id, COUNT(*) AS people
    FROM single GROUP BY kind
), reached AS (
    {reached}
), asked AS (
    SELECT kind, trainable_id, MAX(counts_from) AS counts_from, MAX(late_by) AS late_by
    FROM reached GROUP BY kind, trainable_id
), covered AS (
    SELECT c.kind, c.person_id, c.trainable_id,
           MAX(CASE WHEN c.provenance = '{observed}' THEN 1 ELSE 0 END) AS observed,
           MAX(CASE WHEN c.starts_on <= asked.late_by THEN 1 ELSE 0 END) AS late
    FROM (
        SELECT s.kind, s.person_id, s.starts_on, c.trainable_id, c.completed_at, c.provenance
        FROM {completion} c JOIN single s ON s.person_id = c.person_id
        WHERE c.completed_at < {midnight}
        LIMIT {everything}
    ) c JOIN asked ON asked.kind = c.kind AND asked.trainable_id = c.trainable_id
    WHERE c.completed_at >= asked.counts_from
    GROUP BY c.kind, c.person_id, c.trainable_id
), due AS (
    SELECT kind, late_by, COUNT(*) AS trainables FROM asked GROUP BY kind, late_by
), late AS (
    SELECT s.kind, s.person_id, due.late_by, due.trainables
    FROM single s JOIN due ON due.kind = s.kind WHERE s.starts_on <= due.late_by
), covered_of_kind AS (
    SELECT kind, trainable_id, COUNT(*) AS people, SUM(late) AS late, SUM(1 - observed) AS declared
    FROM covered GROUP BY kind, trainable_id
), late_of_kind AS (
    SELECT kind, late_by, COUNT(*) AS people FROM late GROUP BY kind, late_by
), asked_of_kind AS (
    SELECT kind, SUM(trainables) AS trainables FROM due GROUP BY kind
), covered_of_person AS (
    SELECT kind, person_id, COUNT(*) AS trainables, SUM(late) AS late, MAX(observed) AS observed
    FROM covered GROUP BY kind, person_id
), late_of_person AS (
    SELECT kind, person_id, SUM(trainables) AS trainables FROM late GROUP BY kind, person_id
), over_all AS (
    SELECT s.kind, CASE WHEN c.trainables = a.trainables THEN 1 ELSE 0 END AS covered,
           CASE WHEN l.trainables > COALESCE(c.late, 0) THEN 1 ELSE 0 END AS overdue,
           COALESCE(c.observed, 0) AS observed
    FROM single s JOIN asked_of_kind a ON a.kind = s.kind
      LEFT JOIN covered_of_person c ON c.person_id = s.person_id AND c.kind = s.kind
      LEFT JOIN late_of_person l ON l.person_id = s.person_id AND l.kind = s.kind
), counted AS (
    SELECT asked.kind, asked.trainable_id, k.people, COALESCE(c.people, 0) AS covered,
           COALESCE(l.people, 0) - COALESCE(c.late, 0) AS overdue,
           COALESCE(c.declared, 0) AS declared
    FROM asked JOIN kinds k ON k.kind = asked.kind
      LEFT JOIN covered_of_kind c ON c.kind = asked.kind AND c.trainable_id = asked.trainable_id
      LEFT JOIN late_of_kind l ON l.kind = asked.kind AND l.late_by = asked.late_by
    UNION ALL
    SELECT kind, {all}, COUNT(*), SUM(covered), SUM(overdue), SUM(covered * (1 - observed))
    FROM over_all GROUP BY kind
    UNION ALL
    SELECT kind, {present}, people, 0, 0, 0 FROM kinds
)
SELECT k.establishment_id, k.department_id, k.role_id, trainable_id, counted.people, covered,
       overdue, declared
FROM counted JOIN kinds k ON k.kind = counted.kind
"""

_REACHED = """
    SELECT k.kind, r.trainable_id, r.counts_from, r.late_by
    FROM kinds k JOIN rule_{scope} r ON r.role_id = k.role_id{place}
"""

# The column of a kind that holds a requirement's place
_PLACE = {
    ScopeKind.REGION: "region_id",
    ScopeKind.ESTABLISHMENT: "establishment_id",
    ScopeKind.DEPARTMENT: "department_id",
}


# establishment, department, role, trainable, figures
_Counted: TypeAlias = tuple[int, int, int, int, int, int, int, int]


def _singles(scope: _Scope, day: dt.date, rules: _Rules) -> list[_Counted]:
    """(establishment, department or 0, role, trainable, *figures). One query, and on PostgreSQL one
    before it.

    Only numbers and days of our own go into the text; a nation's rules are more than parameters.
    """
    known = {kind: found for kind, found in rules.items() if found} or {ScopeKind.NATION: [_NONE]}
    sql = _SINGLES.format(
        rules=", ".join(_rules_sql(kind, found) for kind, found in known.items()),
        reached=" UNION ALL ".join(map(_reached_sql, known)),
        appointment=Appointment._meta.db_table,
        establishment=Establishment._meta.db_table,
        completion=Completion._meta.db_table,
        scope=scope.sql,
        day=_day(day),
        midnight=_midnight(day + dt.timedelta(days=1)),
        everything=EVERYTHING,
        observed=Provenance.OBSERVED.value,
        all=ALL,
        present=PRESENT,
    )
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_FOR_ONE_LARGE_QUERY)
        cursor.execute(sql)
        found: list[_Counted] = cursor.fetchall()
        return found


# Until the end of the transaction: room for sets of hundreds of thousands.
_FOR_ONE_LARGE_QUERY = """
SELECT set_config(
    'work_mem', greatest(pg_size_bytes(current_setting('work_mem')) / 1024, 65536) || 'kB', true)
"""


_NONE = _Rule(0, 0, 0, EARLIEST, EARLIEST)


def _rules_sql(kind: ScopeKind, rules: Iterable[_Rule]) -> str:
    """The rules of a scope, a table of their own: what only some of them ask for would hide from
    the planner how many kinds the others reach."""
    columns = "trainable_id, role_id, place_id, counts_from, late_by"
    return f"rule_{kind.value} ({columns}) AS (VALUES {', '.join(map(_rule_sql, rules))})"


def _rule_sql(rule: _Rule) -> str:
    numbers = f"{rule.trainable:d}, {rule.role:d}, {rule.place:d}"
    return f"({numbers}, {_midnight(rule.counts_from)}, {_day(rule.late_by)})"


def _reached_sql(kind: ScopeKind) -> str:
    place = f" AND r.place_id = k.{_PLACE[kind]}" if kind in _PLACE else ""
    return _REACHED.format(scope=kind.value, place=place)


def _day(day: dt.date) -> str:
    return f"DATE '{day}'" if connection.vendor == "postgresql" else f"'{day}'"


def _midnight(day: dt.date) -> str:
    """The beginning of a day in Paris, as the database keeps moments."""
    at = rows.midnight(day).astimezone(dt.UTC)
    if connection.vendor == "postgresql":
        return f"TIMESTAMPTZ '{at.isoformat()}'"
    return f"'{connection.ops.adapt_datetimefield_value(at)}'"
