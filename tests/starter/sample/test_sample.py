"""The sample data: the same every time, complete, and never in production."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from lrs.services import projections_rebuild
from meetings.models import MeetingPage, Registration
from organisation.enums import ScopeKind
from organisation.models import Appointment, Establishment, Headcount, Person
from reporting.attendance.named import attendance_of_place
from reporting.models import AttendanceFigure, CoverageMonth, Objective
from reporting.selectors.coverage import coverage_of_establishment
from starter.sample import accounts
from starter.sample.people import SamplePlace, people_drawn, place_departments
from starter.sample.places import CHU_RENNES, HOSPITALS
from starter.sample.services import month_ends, sample_data_load
from tests.organisation.factories import SiteFactory
from training.models import Completion
from users.models import User

TODAY = dt.date(2026, 11, 20)


@pytest.mark.django_db
def test_the_same_day_draws_the_same_people() -> None:
    hospital = next(one for one in HOSPITALS if one.people < 100)
    site = SiteFactory()
    departments = place_departments(site.establishment, hospital)
    place = SamplePlace(hospital, site.establishment, [site], departments)
    random.seed(7)
    first = people_drawn(place, TODAY)
    random.seed(8)
    second = people_drawn(place, TODAY)
    assert [(one.draft, one.posts) for one in first] == [(one.draft, one.posts) for one in second]
    assert len({one.draft.uid for one in first}) == hospital.people


def test_fourteen_month_ends_before_this_month() -> None:
    ends = month_ends(TODAY)
    assert (len(ends), ends[0], ends[-1]) == (14, dt.date(2025, 9, 30), dt.date(2026, 10, 31))
    assert all((day + dt.timedelta(1)).day == 1 for day in ends)


@pytest.mark.django_db
def test_never_in_production(settings: Any) -> None:
    settings.SAMPLE_DATA_ALLOWED = False
    with pytest.raises(ImproperlyConfigured):
        sample_data_load(today=TODAY, progress=print)
    assert not User.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_every_screen_has_something_true_to_show(sample_site: None) -> None:
    assert 1450 <= Person.objects.count() <= 1600
    assert Headcount.objects.exists()
    assert CoverageMonth.objects.count() == 14
    chu = Establishment.objects.get(name=CHU_RENNES)
    assert chu.sites.count() >= 5
    employed = Counter(Appointment.objects.values_list("person", flat=True))
    assert max(employed.values()) == 2
    today = dt.date.today()
    coverage = coverage_of_establishment(establishment=chu, day=today)
    total = coverage.table.total
    assert 0 < total.covered < total.expected
    assert total.unknown > 0
    for account in accounts.ACCOUNTS:
        assert Client().login(email=account.email, password=accounts.PASSWORD), account.email
    assert sample_data_load(today=today, progress=print) is False
    assert MeetingPage.objects.filter(starts_at__year=today.year + 1).count() == 18
    attendance = attendance_of_place(place=chu, since=None)
    assert len(attendance.meetings) == 2
    assert 0 < attendance.total.declared < attendance.total.people
    assert AttendanceFigure.objects.exists()
    assert Registration.objects.in_line().exists()
    objectives = Objective.objects.standing()
    assert objectives.filter(establishment=chu, due_on__gt=today).exists()
    assert objectives.filter(establishment=chu, due_on__lt=today).exists()
    assert objectives.filter(scope=ScopeKind.NATION).exists()

    before = set(Completion.objects.values_list("person", "trainable", "statement_id"))
    projections_rebuild()
    assert set(Completion.objects.values_list("person", "trainable", "statement_id")) == before
    again = coverage_of_establishment(establishment=chu, day=today)
    assert again.table.cells == coverage.table.cells
