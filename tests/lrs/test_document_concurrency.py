"""Several writers of one document at once (PostgreSQL; SQLite queues its writers)."""

from __future__ import annotations

import json
import threading
from typing import Any

import pytest
from django.db import connections, transaction

from lrs.addresses import DocumentAddress, DocumentContext
from lrs.errors import DocumentConflict, PreconditionFailed
from lrs.models import Document, DocumentKind
from lrs.preconditions import Preconditions
from lrs.services import Content, document_delete, document_merge, document_put, documents_delete
from tests.lrs.test_concurrency import WRITERS, in_threads

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]

CONTEXT = DocumentContext(DocumentKind.STATE, activity="https://example.org/a", agent="mbox a@b.c")
ADDRESS = DocumentAddress(CONTEXT, "place")
NEW = Preconditions(if_none_match=frozenset({"*"}))
ANYTHING = Preconditions()


@pytest.fixture(autouse=True)
def needs_a_shared_database(is_postgresql: bool) -> None:
    if not is_postgresql:
        pytest.skip("an SQLite database in memory belongs to one connection")


def json_of(value: Any) -> Content:
    return Content(json.dumps(value).encode(), "application/json")


def put(value: Any, preconditions: Preconditions, *, blindly: bool = False) -> bool:
    try:
        document_put(
            address=ADDRESS,
            content=json_of(value),
            preconditions=preconditions,
            needs_preconditions=not blindly,
        )
    except (PreconditionFailed, DocumentConflict):
        return False
    return True


@pytest.mark.parametrize("preconditions", [NEW, ANYTHING])
def test_one_of_many_makes_a_document(preconditions: Preconditions) -> None:
    for _round in range(5):
        Document.objects.all().delete()
        assert sum(in_threads(lambda index: put(index, preconditions))) == 1
        assert Document.objects.count() == 1


def test_one_of_many_replaces_a_document() -> None:
    put(0, NEW)
    for _round in range(5):
        known = Preconditions(if_match=frozenset({Document.objects.get().etag}))
        before = json.loads(bytes(Document.objects.get().content))
        won = in_threads(lambda index: put(before + index + 1, known))  # noqa: B023
        assert sum(won) == 1
        assert json.loads(bytes(Document.objects.get().content)) == before + won.index(True) + 1


def test_no_merge_is_lost() -> None:
    def merge(index: int) -> None:
        for number in range(10):
            document_merge(
                address=ADDRESS, content=json_of({f"{index} {number}": 1}), preconditions=ANYTHING
            )

    in_threads(merge)
    assert len(json.loads(bytes(Document.objects.get().content))) == 10 * WRITERS


def test_counter_by_if_match_counts_each_time() -> None:
    """What optimistic concurrency is for: read, change, write, and again if it failed."""

    def count(_index: int) -> None:
        done = 0
        while done < 5:
            there = Document.objects.get()
            known = Preconditions(if_match=frozenset({there.etag}))
            done += put(json.loads(bytes(there.content)) + 1, known)

    put(0, NEW)
    in_threads(count)
    assert json.loads(bytes(Document.objects.get().content)) == 5 * WRITERS


def test_making_and_deleting_never_fails() -> None:
    def work(index: int) -> None:
        for number in range(60):
            match (index + number) % 4:
                case 0:
                    document_delete(address=ADDRESS, preconditions=ANYTHING)
                case 1:
                    documents_delete(context=CONTEXT)
                case 2:
                    document_merge(
                        address=DocumentAddress(CONTEXT, str(number)),
                        content=json_of({"a": index}),
                        preconditions=ANYTHING,
                    )
                case _:
                    put({"a": index}, ANYTHING, blindly=True)

    in_threads(work)
    documents_delete(context=CONTEXT)
    assert not Document.objects.exists()


def test_precondition_is_judged_on_what_is_replaced() -> None:
    """A writer that meets a document in change waits, and then sees the changed one."""
    put({"a": 1}, NEW)
    known = Preconditions(if_match=frozenset({Document.objects.get().etag}))
    started, answers = threading.Event(), list[bool]()

    def write() -> None:
        try:
            started.set()
            answers.append(put({"a": 3}, known))
        finally:
            connections.close_all()

    thread = threading.Thread(target=write)
    with transaction.atomic():
        assert put({"a": 2}, known)
        thread.start()
        assert started.wait(10)
        thread.join(0.3)
        assert thread.is_alive()
    thread.join(10)
    assert answers == [False]
    assert json.loads(bytes(Document.objects.get().content)) == {"a": 2}
