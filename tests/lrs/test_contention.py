"""Requests that lose against others: repeated a few times, then answered with 503."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from django.db import OperationalError, connection, connections, transaction

from lrs import contention
from lrs.contention import has_lost, is_temporary, repeated
from lrs.models import Statement
from lrs.selectors import statements_page
from lrs.services import PLATFORM, atomic_repeated, statements_store
from lrs.xapi import timestamps
from lrs.xapi.vocabulary import verbs
from tests.lrs.api import ACTIVITY, AGENT, Api, error_of
from tests.lrs.factories import statement
from tests.lrs.test_concurrency import in_threads

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _no_projector(registry: None) -> None:
    """What is under test is the store alone."""


@pytest.fixture
def needs_postgresql(is_postgresql: bool) -> None:
    if not is_postgresql:
        pytest.skip("SQLite has one writer at a time")


@pytest.fixture
def needs_sqlite(is_postgresql: bool) -> None:
    if is_postgresql:
        pytest.skip("PostgreSQL has no write lock of the whole database")


@pytest.fixture
def api() -> Api:
    made = Api()
    assert made.send("get", "statements").status_code == 200  # its use is noted
    return made


def post(api: Api, **changes: Any) -> Any:
    return api.send("post", "statements", body=[statement(**changes)])


def opposite_orders(index: int, *, ids: list[str], met: threading.Barrier) -> None:
    """Two transactions that store the same two statements, each the other's second first."""
    verb = {"id": verbs.COMPLETED}  # no display: its row would be a third thing to wait for
    both = [statement(id=one, verb=verb) for one in (ids if index == 0 else ids[::-1])]
    with transaction.atomic():
        statements_store(statements=both[:1], source=PLATFORM)
        with suppress(threading.BrokenBarrierError):  # the other one is done
            met.wait(10)
        statements_store(statements=both[1:], source=PLATFORM)


@pytest.mark.usefixtures("needs_postgresql")
class TestDeadlock:
    """Two calls of `statements_store` in one transaction can deadlock; one call cannot."""

    IDS = [str(uuid.UUID(int=n)) for n in (1, 2)]

    def test_loser_is_rolled_back_whole(self) -> None:
        met = threading.Barrier(2)

        def work(index: int) -> OperationalError | None:
            try:
                opposite_orders(index, ids=self.IDS, met=met)
            except OperationalError as error:
                return error
            return None

        (error,) = [one for one in in_threads(work, 2) if one is not None]
        assert has_lost(error)
        assert is_temporary(error)
        assert Statement.objects.count() == 2

    def test_loser_succeeds_when_it_is_repeated(self) -> None:
        met = threading.Barrier(2)
        attempts: list[int] = []

        def work(index: int) -> None:
            @atomic_repeated
            def once() -> None:
                attempts.append(index)
                if len(attempts) > 2:
                    met.abort()
                opposite_orders(index, ids=self.IDS, met=met)

            once()

        in_threads(work, 2)
        assert len(attempts) == 3
        assert Statement.objects.count() == 2

    def test_request_that_is_the_victim_is_repeated(
        self, api: Api, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The other writer has the second statement, and wants the first when it is stored."""
        monkeypatch.setattr(contention, "_PAUSE", 0.2)
        first, second = (statement(id=one) for one in self.IDS)
        may_go_on = threading.Event()

        def other() -> None:
            try:
                with transaction.atomic():
                    with connection.cursor() as cursor:
                        cursor.execute("SET LOCAL deadlock_timeout = '30s'")  # never the victim
                    statements_store(statements=[second], source=PLATFORM)
                    may_go_on.set()
                    time.sleep(0.3)
                    statements_store(statements=[first], source=PLATFORM)
            finally:
                connections.close_all()

        thread = threading.Thread(target=other)
        thread.start()
        assert may_go_on.wait(10)
        response = api.send("post", "statements", body=[first, second])
        thread.join(30)
        # The other's are the platform's, of another authority, which comparison ignores.
        assert response.status_code == 200
        assert Statement.objects.count() == 2

    def test_lock_that_is_never_given_is_503(self, api: Api) -> None:
        """What one writer holds too long for another's patience."""
        held, may_end = threading.Event(), threading.Event()
        shared = statement()

        def hold() -> None:
            try:
                with transaction.atomic():
                    statements_store(statements=[shared], source=PLATFORM)
                    held.set()
                    may_end.wait(20)
            finally:
                connections.close_all()

        thread = threading.Thread(target=hold)
        thread.start()
        assert held.wait(10)
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '50ms'")
        try:
            response = api.send("post", "statements", body=[statement(), shared])
        finally:
            may_end.set()
            thread.join()
        check_busy(response)
        assert Statement.objects.count() == 1

    def test_lost_connection_is_503(self, api: Api) -> None:
        """Without a repetition, for nobody knows how far the request came."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            (pid,) = cursor.fetchone()

        def end(_index: int) -> None:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(%s)", [pid])

        in_threads(end, 1)
        check_busy(post(api))
        connection.close()
        assert post(api).status_code == 200


def check_busy(response: Any) -> None:
    assert "again" in error_of(response, 503)["message"]
    assert int(response["Retry-After"]) > 0


@contextmanager
def write_lock() -> Iterator[threading.Event]:
    """SQLite's write lock in another connection, until the event is set."""
    held, may_end = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with transaction.atomic():  # BEGIN IMMEDIATE
                held.set()
                may_end.wait(20)
        finally:
            connections.close_all()

    thread = threading.Thread(target=hold)
    thread.start()
    assert held.wait(10)
    try:
        yield may_end
    finally:
        may_end.set()
        thread.join()


@contextmanager
def busy_timeout(milliseconds: int) -> Iterator[None]:
    with connection.cursor() as cursor:
        (before,) = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {milliseconds}")
    assert before == 20_000  # as in production
    yield
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {before}")


@pytest.mark.usefixtures("needs_sqlite")
class TestWriteLock:
    def test_write_waits_for_the_lock(self, api: Api) -> None:
        with write_lock() as may_end:
            threading.Timer(0.4, may_end.set).start()
            assert post(api).status_code == 200
        assert Statement.objects.count() == 1

    def test_write_is_repeated_when_the_wait_was_in_vain(
        self, api: Api, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(contention, "_PAUSE", 0.4)
        with busy_timeout(50), write_lock() as may_end:
            threading.Timer(0.3, may_end.set).start()
            assert post(api).status_code == 200
        assert Statement.objects.count() == 1

    @pytest.mark.parametrize("resource", ["statements", "activities/state"])
    def test_lock_that_is_never_given_is_503(self, api: Api, resource: str) -> None:
        params = {"stateId": "a", "activityId": ACTIVITY, "agent": AGENT}
        with busy_timeout(20), write_lock():
            if resource == "statements":
                check_busy(post(api))
            else:
                check_busy(api.send("put", resource, params, body={"a": 1}, If_None_Match="*"))
        assert not Statement.objects.exists()
        assert post(api).status_code == 200

    def test_first_use_of_a_credential_is_503_too(self) -> None:
        """Its note is a write of its own, before the statement's transaction."""
        api = Api()
        with busy_timeout(20), write_lock():
            check_busy(post(api))

    def test_reading_waits_for_nobody(self, api: Api) -> None:
        with busy_timeout(20), write_lock():
            assert api.send("get", "statements").status_code == 200


def test_other_failures_of_the_database_are_500(api: Api, caplog: pytest.LogCaptureFixture) -> None:
    """A table that is not there will not be there in two seconds."""
    api.client.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE lrs_relation RENAME TO lrs_elsewhere")
    try:
        response = post(api)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE lrs_elsewhere RENAME TO lrs_relation")
    error_of(response, 500)
    assert "An xAPI request failed" in caplog.text
    assert not Statement.objects.exists()


def test_nothing_is_repeated_inside_a_transaction() -> None:
    attempts = []

    def work() -> None:
        attempts.append(1)
        raise OperationalError from _Lost()

    with pytest.raises(OperationalError), transaction.atomic():
        repeated(work)
    assert len(attempts) == 1


def test_repetitions_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contention, "_PAUSE", 0.0)
    attempts = []

    def work() -> None:
        attempts.append(1)
        raise OperationalError from _Lost()

    with pytest.raises(OperationalError):
        repeated(work)
    assert len(attempts) == contention.ATTEMPTS
    attempts.clear()
    monkeypatch.setattr(contention, "PATIENCE", -1.0)
    with pytest.raises(OperationalError):
        repeated(work)
    assert len(attempts) == 1


class _Lost(Exception):
    sqlstate = "40P01"


def test_what_is_stored_while_a_page_is_read_is_beyond_its_bound(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or who takes the bound as its next `since` would never see it."""

    def read_then_store(**options: Any) -> Any:
        page = statements_page(**options)
        statements_store(statements=[statement()], source=PLATFORM)
        return page

    statements_store(statements=[statement()], source=PLATFORM)
    monkeypatch.setattr("lrs.views.statements.statements_page", read_then_store)
    response = api.send("get", "statements")
    assert len(response.json()["statements"]) == 1
    through = timestamps.parse(response["X-Experience-API-Consistent-Through"])
    assert through < Statement.objects.order_by("-id")[0].stored
