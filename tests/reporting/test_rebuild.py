"""Coverage is computed from statements and the roster, so a rebuild gives the same figures."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lrs.services import PLATFORM, projections_rebuild, statements_store
from reporting.selectors.coverage import coverage_of_establishment
from tests.organisation.factories import AppointmentFactory, EstablishmentFactory
from tests.training.test_projectors import completed
from training.models import Completion, Trainable
from training.services import requirement_create

SINCE = dt.date(2024, 1, 1)


@pytest.mark.django_db
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 1), st.integers(0, 700)), max_size=10),
    st.integers(0, 800),
)
def test_a_rebuild_gives_the_same_coverage(
    history: list[tuple[int, int, int]], day_number: int
) -> None:
    hospital = EstablishmentFactory()
    people = [AppointmentFactory(establishment=hospital, starts_on=SINCE).person for _ in range(4)]
    trainables = [Trainable.objects.create(title=f"Formation {uuid.uuid4()}") for _ in range(2)]
    for months, trainable in zip((12, None), trainables, strict=True):
        requirement_create(
            trainable=trainable, starts_on=SINCE, place=hospital, validity_months=months
        )
    start = dt.datetime(2024, 1, 1, 12, tzinfo=dt.UTC)
    said = [
        completed(
            people[person].uid,
            trainables[trainable].uid,
            timestamp=(start + dt.timedelta(days)).isoformat(),
        )
        for person, trainable, days in history
    ]
    for statement in said:
        statements_store(statements=[statement], source=PLATFORM)
    day = SINCE + dt.timedelta(day_number)
    before = coverage_of_establishment(establishment=hospital, day=day).table.cells
    Completion.objects.all().delete()
    projections_rebuild()
    assert coverage_of_establishment(establishment=hospital, day=day).table.cells == before
