"""Publishing the attendance of a month, once, when the month is frozen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from meetings.models import Registration
from reporting.attendance import rows
from reporting.attendance.blocks import Member, is_published, published_rows
from reporting.attendance.rows import Presence
from reporting.enums import AttendanceTable
from reporting.models import AttendanceFigure, AttendanceMonth, CoverageMonth

UNKNOWN = "~inconnu"  # no establishment is known
OBSERVED, DECLARED = "observee", "declaree"


def attendance_freeze(*, month: CoverageMonth) -> None:
    """Publish the meetings of `month`, with those of the months before it that were not published
    for want of people. Four queries, and the writing.

    Not for a month that is frozen after a later one: its presences may be in there already.
    """
    if AttendanceMonth.objects.filter(month__ends_on__gt=month.ends_on).exists():
        return
    first = _first_day(month)
    meetings = rows.meetings_between(first, month.ends_on)
    present = rows.presences_of(meetings)
    tables = {table: published_rows(members) for table, members in _members(present) if members}
    tables[AttendanceTable.ABSENT] = published_rows(_absent(rows.absences_of(meetings)))
    total = len(present) if is_published(_by_region(present)) else None
    AttendanceMonth.objects.create(month=month, starts_on=first, present=total)
    AttendanceFigure.objects.bulk_create(
        AttendanceFigure(month=month, table=table, row=row, people=count)
        for table, counts in tables.items()
        for row, count in sorted(counts.items())
    )


def _first_day(month: CoverageMonth) -> dt.date:
    """The first of the month, or the day after the last month that was published."""
    first = month.ends_on.replace(day=1)
    waiting = AttendanceMonth.objects.filter(month__ends_on__lt=first).order_by("-month__ends_on")
    for before in waiting.select_related("month"):
        if before.present is not None:
            break
        first = before.starts_on
    return first


def _members(present: list[Presence]) -> Iterator[tuple[AttendanceTable, list[Member]]]:
    yield AttendanceTable.REGION, _by_region(present)
    yield (
        AttendanceTable.FAMILY,
        [(one.who, _or_unknown(job.establishment.family for job in one.jobs)) for one in present],
    )
    yield (
        AttendanceTable.ROLE_FAMILY,
        [(one.who, _or_unknown(job.role.family.code for job in one.jobs)) for one in present],
    )
    yield (
        AttendanceTable.HOW,
        [(one.who, frozenset({DECLARED if one.is_declared else OBSERVED})) for one in present],
    )


def _by_region(present: Iterable[Presence]) -> list[Member]:
    return [(one.who, frozenset({one.meeting.region.code})) for one in present]


def _absent(registrations: Iterable[Registration]) -> list[Member]:
    return [(rows.who(one), frozenset({one.meeting.region.code})) for one in registrations]


def _or_unknown(keys: Iterable[str]) -> frozenset[str]:
    return frozenset(keys) or frozenset({UNKNOWN})
