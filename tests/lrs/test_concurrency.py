"""Several writers at once, with overlapping ids (PostgreSQL; SQLite queues its writers)."""

from __future__ import annotations

import random
import threading
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, connections, transaction

from lrs.models import Statement
from lrs.selectors import consistent_through
from lrs.services import PLATFORM, StatementConflict, statements_store
from tests.lrs.factories import statement, voiding

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]

WRITERS = 8


@pytest.fixture(autouse=True)
def needs_a_shared_database(is_postgresql: bool, registry: None) -> None:
    if not is_postgresql:
        pytest.skip("an SQLite database in memory belongs to one connection")


def in_threads(work: Callable[[int], Any]) -> list[Any]:
    """What `work` answers in each of several threads that start together."""
    barrier = threading.Barrier(WRITERS)

    def run(index: int) -> Any:
        try:
            barrier.wait()
            return work(index)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(run, range(WRITERS)))


def test_overlapping_batches_are_stored_once_and_never_deadlock() -> None:
    pool = [statement() for _one in range(120)]

    def post(index: int) -> Counter[uuid.UUID]:
        chance, new = random.Random(index), Counter[uuid.UUID]()
        for _round in range(15):
            batch = chance.sample(pool, 40)
            result = statements_store(statements=batch, source=PLATFORM)
            assert [str(one) for one in result.ids] == [one["id"] for one in batch]
            new.update(item.statement_id for item in result.stored)
        return new

    stored = sum(in_threads(post), Counter[uuid.UUID]())
    assert set(stored.values()) == {1}  # each was new to exactly one writer
    assert set(stored) == set(Statement.objects.values_list("statement_id", flat=True))


def test_one_of_two_contents_under_one_id_wins() -> None:
    shared = str(uuid.uuid4())

    def post(index: int) -> bool:
        try:
            sent = statement(id=shared, result={"response": str(index)})
            statements_store(statements=[statement(), sent], source=PLATFORM)
        except StatementConflict:
            return False
        return True

    assert sum(in_threads(post)) == 1
    assert Statement.objects.count() == 2


def test_voiding_and_its_target_meet_whoever_comes_first() -> None:
    pairs = [(one, voiding(one["id"])) for one in (statement() for _one in range(40))]

    def post(index: int) -> None:
        for pair in pairs:
            statements_store(statements=[pair[index % 2]], source=PLATFORM)

    in_threads(post)
    assert Statement.objects.count() == 80
    assert Statement.objects.filter(is_voided=True).count() == 40


@contextmanager
def open_write() -> Iterator[threading.Event]:
    """A batch that is stored in another session and not committed until the event is set."""
    written, may_end = threading.Event(), threading.Event()

    def write() -> None:
        try:
            with transaction.atomic():
                statements_store(statements=[statement()], source=PLATFORM)
                written.set()
                may_end.wait(10)
        finally:
            connections.close_all()

    thread = threading.Thread(target=write)
    thread.start()
    assert written.wait(10)
    try:
        yield may_end
    finally:
        may_end.set()
        thread.join()


def test_consistent_through_stays_below_a_write_in_flight() -> None:
    with open_write():
        statements_store(statements=[statement()], source=PLATFORM)
        seen = Statement.objects.get()
        through = consistent_through()
        assert through < seen.stored
    in_flight = Statement.objects.exclude(pk=seen.pk).get()
    assert through <= in_flight.stored
    assert consistent_through() > seen.stored
    assert connection.vendor == "postgresql"
