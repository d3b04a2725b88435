"""What a frozen month publishes of its meetings, counted by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meetings.enums import How
from organisation.models import Person
from reporting.attendance.freezing import attendance_freeze
from reporting.attendance.published import Published, published
from reporting.models import AttendanceFigure, AttendanceMonth, CoverageMonth
from reporting.services import snapshots_freeze
from tests.organisation.factories import AppointmentFactory, EstablishmentFactory

from .world import JUNE, attend, make_meeting, register, workers

pytestmark = pytest.mark.django_db
MAY, JULY = dt.date(2026, 5, 31), dt.date(2026, 7, 31)


def freeze(day: dt.date = JUNE) -> CoverageMonth:
    return snapshots_freeze(month_end=day)


def rows(shown: Published, table: str) -> dict[str, tuple[int | None, int | None]]:
    (found,) = [one for one in shown.tables if one.table == table]
    return {row.title: (row.month, row.year) for row in found.rows}


def read(month: CoverageMonth) -> Published:
    shown = published(month=month)
    assert shown is not None
    return shown


def all_attend(meeting: Any, people: list[Person], how: str = How.LISTED) -> None:
    for person in people:
        attend(meeting, person, how)


def test_figures_of_a_month_by_hand() -> None:
    rennes, rouen = make_meeting("53"), make_meeting("28")
    nurses = workers(9, family="chu")
    clerks = workers(6, family="ch", role_family="administrative")
    all_attend(rennes, nurses)  # 9 observed
    all_attend(rouen, clerks, How.PAPER)  # 6 declared
    all_attend(rouen, nurses[:5])  # 5 of the nurses came there too
    for number in range(6):  # by address alone
        attend(rennes, email=f"{number}@ville.test")
    for _number in range(7):
        register(rouen)
    shown = read(freeze())
    assert shown.total == 26
    assert rows(shown, "region") == {
        "Bretagne": (15, 15),
        "Normandie": (11, 11),
        "Total": (26, 26),
    }
    assert rows(shown, "family") == {
        "CHU et CHR": (14, 14),
        "Centre hospitalier": (6, 6),
        "Sans établissement connu": (6, 6),
        "Total": (26, 26),
    }
    by_role = rows(shown, "role_family")
    assert sorted(month or 0 for month, _year in by_role.values()) == [6, 6, 14, 26]
    assert rows(shown, "how") == {
        "Pointée ou scannée": (20, 20),
        "Déclarée": (6, 6),
        "Total": (26, 26),
    }
    by_region = {row.title: row.absent for row in shown.tables[0].rows}
    assert by_region == {"Bretagne": None, "Normandie": 7, "Total": 7}


def test_small_rows_are_not_told_apart_in_any_table() -> None:
    rennes, rouen, lille = make_meeting("53"), make_meeting("28"), make_meeting("32")
    all_attend(rennes, workers(12, family="chu"))
    all_attend(rouen, workers(3, family="ehpad", role_family="technique"))
    all_attend(lille, workers(6, family="ch", role_family="administrative"))
    for meeting in (rennes, rouen):
        for _number in range(3):
            register(meeting)
    shown = read(freeze())
    assert rows(shown, "region") == {
        "Bretagne": (12, 12),
        "Autres, sans détail": (9, 9),
        "Total": (21, 21),
    }
    assert rows(shown, "family") == {
        "CHU et CHR": (12, 12),
        "Autres, sans détail": (9, 9),
        "Total": (21, 21),
    }
    # Six did not come, three in each region: only that they are six is told.
    absent = {row.title: row.absent for row in shown.tables[0].rows}
    assert absent == {"Bretagne": None, "Autres, sans détail": 6, "Total": 6}
    assert AttendanceFigure.objects.filter(people__lt=5).count() == 0


def test_a_month_of_four_is_counted_with_the_next_one() -> None:
    people = workers(8)
    all_attend(make_meeting(day=dt.date(2026, 5, 12)), people[:4])
    all_attend(make_meeting(), people[4:])
    may = read(freeze(MAY))
    assert (may.total, may.year_total) == (None, 0)
    assert not AttendanceFigure.objects.exists()
    june = read(freeze())
    assert (june.total, june.year_total) == (8, 8)
    assert june.month.starts_on == dt.date(2026, 5, 1)
    july = read(freeze(JULY))
    assert (july.total, july.year_total) == (0, 8)
    assert july.month.starts_on == dt.date(2026, 7, 1)


def test_the_year_is_the_sum_of_its_months_and_begins_in_january() -> None:
    people = workers(6)
    for day in (dt.date(2025, 12, 9), dt.date(2026, 1, 13), dt.date(2026, 2, 10)):
        all_attend(make_meeting(day=day), people)
    freeze(dt.date(2025, 12, 31))
    freeze(dt.date(2026, 1, 31))
    shown = read(freeze(dt.date(2026, 2, 28)))
    assert (shown.total, shown.year_total) == (6, 12)
    assert rows(shown, "region")["Bretagne"] == (6, 12)


def test_a_frozen_month_does_not_change() -> None:
    meeting = make_meeting()
    people = workers(7)
    all_attend(meeting, people[:6])
    month = freeze()
    attend(meeting, people[6])  # a sheet that came late
    assert read(freeze()).total == 6
    assert read(freeze(JULY)).total == 0
    attend_one = month.attendance_figures.get(table="region")
    assert attend_one.people == 6


def test_what_was_taken_back_or_called_off_does_not_count() -> None:
    meeting, cancelled = make_meeting(), make_meeting()
    people = workers(7)
    all_attend(meeting, people)
    all_attend(cancelled, workers(5))
    cancelled.cancelled_at, cancelled.cancel_reason = timezone.now(), "Neige"
    cancelled.save()
    last = meeting.registrations.last().attendance.get()
    last.withdrawn_at = timezone.now()
    last.save()
    assert read(freeze()).total == 6


def test_the_month_and_the_job_are_those_of_the_day_at_the_place() -> None:
    """On 30 June at 21 h in Fort-de-France it is July in Paris."""
    late = make_meeting("02", day=JUNE, hour=21)
    house = EstablishmentFactory(family="clcc")
    people = workers(5, family="chu")
    for person in people:
        person.appointments.update(ends_on=dt.date(2026, 7, 1))
        AppointmentFactory(person=person, establishment=house, starts_on=dt.date(2026, 7, 1))
    all_attend(late, people)
    shown = read(freeze())
    assert rows(shown, "family")["CHU et CHR"] == (5, 5)


def test_somebody_with_two_jobs_counts_in_both_rows_and_once_in_the_total() -> None:
    meeting = make_meeting()
    both = workers(5, family="chu")
    for person in both:
        AppointmentFactory(person=person, establishment=EstablishmentFactory(family="ch"))
    all_attend(meeting, [*both, *workers(6, family="ch")])
    shown = read(freeze())
    assert rows(shown, "family") == {
        "CHU et CHR": (5, 5),
        "Centre hospitalier": (11, 11),
        "Total": (11, 11),
    }


def test_a_house_closed_by_then_is_no_known_establishment() -> None:
    people = workers(5, establishment=EstablishmentFactory(closed_on=dt.date(2026, 6, 1)))
    all_attend(make_meeting(), people)
    assert rows(read(freeze()), "family")["Sans établissement connu"] == (5, 5)


def test_without_a_list_of_who_came_nobody_was_absent() -> None:
    meeting = make_meeting()
    for _number in range(9):
        register(meeting)
    freeze()
    assert not AttendanceFigure.objects.exists()


def test_a_month_frozen_after_a_later_one_publishes_nothing() -> None:
    all_attend(make_meeting(day=dt.date(2026, 5, 12)), workers(6))
    freeze()
    may = freeze(MAY)
    assert published(month=may) is None
    assert AttendanceMonth.objects.count() == 1


def test_more_people_ask_no_more_queries() -> None:
    counts = []
    for number, day in enumerate((MAY, JUNE)):
        meeting = make_meeting(day=day.replace(day=12))
        all_attend(meeting, workers(6 + 6 * number))
        month = CoverageMonth.objects.create(ends_on=day, computed_at=timezone.now())
        with CaptureQueriesContext(connection) as asked:
            attendance_freeze(month=month)
        counts.append(len(asked))
    assert counts[0] == counts[1]
