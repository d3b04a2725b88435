"""Several writers at once, with overlapping ids (PostgreSQL; SQLite queues its writers)."""

from __future__ import annotations

import hashlib
import random
import threading
import time
import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, connections, transaction

from lrs import selectors
from lrs.models import Statement
from lrs.selectors import consistent_through
from lrs.services import (
    PLATFORM,
    StatementConflict,
    forward_create,
    statements_store,
)
from lrs.xapi.multipart import AttachmentData
from tests.lrs.api import Api
from tests.lrs.factories import ACTIVITY, statement, voiding
from tests.lrs.integrity import Payloads, check_record
from tests.lrs.sending import Sending, Workload

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]

WRITERS = 8
NOWHERE = "http://127.0.0.1:9/"


@pytest.fixture(autouse=True)
def needs_a_shared_database(is_postgresql: bool, registry: None) -> None:
    if not is_postgresql:
        pytest.skip("an SQLite database in memory belongs to one connection")


def in_threads(work: Callable[[int], Any], writers: int = WRITERS) -> list[Any]:
    """What `work` answers in each of several threads that start together."""
    barrier = threading.Barrier(writers)

    def run(index: int) -> Any:
        try:
            barrier.wait()
            return work(index)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(writers) as pool:
        return list(pool.map(run, range(writers)))


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


@pytest.mark.parametrize("writers", [1, 4, 8, 32])
def test_writers_of_everything_at_once_keep_the_record_whole(writers: int) -> None:
    """Batches and singles, references, voidings, attachments, definitions, a destination."""
    forward_create(name="Ailleurs", endpoint=NOWHERE, key="k", secret="s", version="2.0.0")
    made = Workload(writers, [(uuid.UUID(int=n), ACTIVITY) for n in range(1, 4)])

    def post(index: int) -> list[Sending]:
        chance, sent = random.Random(index), list[Sending]()
        for _round in range(max(6, 48 // writers)):
            sending = made.sending(chance)
            received = {one.sha2: one for one in map(attachment_data, sending.files)}
            statements_store(statements=sending.statements, source=PLATFORM, attachments=received)
            sent.append(sending)
        return sent

    sendings = [one for sent in in_threads(post, writers) for one in sent]
    payloads = check_record()
    assert {str(one) for one in payloads} == {one for sent in sendings for one in sent.ids}
    for iri, names in stated_names(payloads).items():
        known = selectors.activity_definition_get(iri)
        assert known is not None
        assert set(known["name"]) == names


def attachment_data(content: bytes) -> AttachmentData:
    return AttachmentData(hashlib.sha256(content).hexdigest(), "text/plain", content)


def stated_names(payloads: Payloads) -> dict[str, set[str]]:
    """The languages in which statements name each activity."""
    names = defaultdict[str, set[str]](set)
    for payload in payloads.values():
        for language in payload["object"].get("definition", {}).get("name", {}):
            names[payload["object"]["id"]].add(language)
    return names


def test_definitions_of_one_activity_by_all_are_merged() -> None:
    """Each states another language; none undoes what another one is just writing."""
    for turn in range(5):
        iri = f"https://example.org/activities/{turn}"

        def post(index: int, iri: str = iri) -> None:
            name = {f"de-{index:04}": "x"}  # a variant of its own
            obj = {"id": iri, "definition": {"name": name}}
            statements_store(statements=[statement(object=obj)], source=PLATFORM)

        in_threads(post)
        known = selectors.activity_definition_get(iri)
        assert known is not None
        assert len(known["name"]) == WRITERS


def paged(api: Api, params: dict[str, Any]) -> tuple[list[str], str]:
    """The ids of all pages, and the bound in the header of the first."""
    response = api.send("get", "statements", {"ascending": "true", "limit": 7, **params})
    through = response["X-Experience-API-Consistent-Through"]
    ids = []
    while True:
        ids += [one["id"] for one in response.json()["statements"]]
        if not (more := response.json()["more"]):
            return ids, through
        response = api.client.get(more, headers=api.headers)


def test_readers_who_follow_consistent_through_miss_nothing() -> None:
    """One takes the bound of an answer as its next `since`; one asks for spans up to the bound.

    The latter sees each statement exactly once, though writers commit in any order.
    """
    apis, done = [Api(), Api()], threading.Event()
    left = threading.Semaphore(0)

    def write(index: int) -> None:
        chance = random.Random(index)
        try:
            for _round in range(12):
                with transaction.atomic():
                    statements_store(statements=[statement(), statement()], source=PLATFORM)
                    time.sleep(chance.choice((0, 0.002, 0.03)))
        finally:
            left.release()

    def follow(api: Api) -> list[str]:
        seen, since, is_last = list[str](), "2020-01-01T00:00:00Z", False
        while not is_last:
            is_last = done.is_set()
            ids, since = paged(api, {"since": since})
            seen += ids
        return seen

    def follow_spans(api: Api) -> list[str]:
        seen, since, is_last = list[str](), "2020-01-01T00:00:00Z", False
        while not is_last:
            is_last = done.is_set()
            until = api.send("get", "about")["X-Experience-API-Consistent-Through"]
            seen += paged(api, {"since": since, "until": until})[0]
            since = until
        return seen

    def work(index: int) -> list[str]:
        if index < 2:
            return (follow, follow_spans)[index](apis[index])
        if index < WRITERS - 1:
            write(index)
        else:
            for _writer in range(WRITERS - 3):
                left.acquire()
            done.set()
        return []

    following, spans, *_rest = in_threads(work)
    stored = {str(one) for one in Statement.objects.values_list("statement_id", flat=True)}
    assert len(stored) == (WRITERS - 3) * 24
    assert set(following) == stored
    assert Counter(spans) == Counter(stored)


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
