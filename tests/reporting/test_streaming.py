"""Rows that are read while the database makes them."""

from __future__ import annotations

import pytest
from django.db import connection

from organisation.models import Person
from reporting.selectors.streaming import CHUNK, rows_streamed
from tests.organisation.factories import PersonFactory

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def test_rows_are_those_of_the_query_in_its_order() -> None:
    Person.objects.bulk_create(Person(last_name=f"N{number % 7}") for number in range(CHUNK + 3))
    rows = Person.objects.order_by("last_name", "-pk").values_list("uid", "last_name", "erased_at")
    assert list(rows_streamed(rows)) == list(rows)


def test_what_can_hold_nothing_gives_nothing() -> None:
    PersonFactory()
    assert list(rows_streamed(Person.objects.filter(pk__in=[]).values_list("pk"))) == []


def test_reading_may_stop_before_the_end() -> None:
    Person.objects.bulk_create(Person(last_name="N") for _one in range(3 * CHUNK))
    rows = rows_streamed(Person.objects.values_list("pk"))
    next(rows)
    rows.close()  # type: ignore[attr-defined]
    assert Person.objects.count() == 3 * CHUNK


def test_a_query_meanwhile_is_refused_and_does_not_wait_for_ever() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite answers both at once")
    PersonFactory.create_batch(2)
    rows = rows_streamed(Person.objects.values_list("pk"))
    next(rows)
    with pytest.raises(RuntimeError, match="still streaming"):
        Person.objects.count()
    assert len(list(rows)) == 1
    assert Person.objects.count() == 2
