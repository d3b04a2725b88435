"""Merges beside others who write, on real connections.

PostgreSQL only: an SQLite database in memory belongs to one connection.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections

from lrs.services import PLATFORM, statements_store
from organisation.models import Person, PersonAlias
from tests.organisation.factories import AccountFactory, AppointmentFactory, PersonFactory
from tests.training.test_projectors import completed
from training.models import Completion, Trainable

from .making import merged

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def needs_a_shared_database(db: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("an SQLite database in memory belongs to one connection")


def at_once(works: Sequence[Callable[[], object]]) -> list[object]:
    barrier = threading.Barrier(len(works))

    def run(work: Callable[[], object]) -> object:
        try:
            barrier.wait()
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def test_no_statement_is_lost_that_comes_while_its_actor_goes() -> None:
    """Whether it is stored before the merge or after it: it counts for her who stays."""
    kept, gone = PersonFactory.create_batch(2)
    module = Trainable.objects.create(title="Hameçonnage")
    actor = AccountFactory()
    batches = [[completed(gone.uid, module.uid) for _ in range(25)] for _ in range(4)]

    def learns(said: list[dict[str, object]]) -> None:
        for one in said:
            statements_store(statements=[one], source=PLATFORM)

    at_once(
        [
            *(lambda said=said: learns(said) for said in batches),
            lambda: merged(kept, gone, actor=actor),
        ]
    )
    assert not Person.objects.filter(uid=gone.uid).exists()
    found = Completion.objects.filter(person=kept).values_list("statement_id", flat=True)
    assert {str(one) for one in found} == {one["id"] for said in batches for one in said}
    assert Completion.objects.count() == 100


def test_of_two_merges_the_other_way_round_one_is_refused() -> None:
    first, second = (AppointmentFactory().person for _ in range(2))
    actor = AccountFactory()

    def merge(kept: Person, gone: Person) -> bool:
        try:
            merged(kept, gone, actor=actor)
        except ValidationError:
            return False
        return True

    done = at_once([lambda: merge(first, second), lambda: merge(second, first)])
    assert sorted(map(bool, done)) == [False, True]
    left = Person.objects.get(pk__in=[first.pk, second.pk])
    assert left.appointments.count() == 2
    assert PersonAlias.objects.get().person == left
