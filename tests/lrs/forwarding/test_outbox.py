"""What gets into the outbox: in one transaction, through the filters, from the first moment."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from lrs.errors import StatementConflict
from lrs.models import Forward, OutboxRow, Statement
from lrs.services import (
    PLATFORM,
    forward_close,
    forward_create,
    forward_resume,
    forward_run,
    forward_update,
    replay_request,
    statements_store,
)
from lrs.services.forwarding import outbox
from lrs.xapi.vocabulary import verbs
from tests.lrs.factories import ACTIVITY, statement
from users.models import AuditEntry
from users.sealing import SealBroken, unseal

from .stores import ToldStore

pytestmark = pytest.mark.django_db

OTHER = "https://example.org/activities/module/2"
DATABASE_TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def store_some(*statements: dict[str, Any]) -> None:
    statements_store(statements=statements, source=PLATFORM)


def waiting(forward: Forward) -> list[str]:
    rows = forward.outbox.filter(state="waiting").select_related("statement")
    return [str(row.statement.statement_id) for row in rows]


class TestWriting:
    def test_a_refused_batch_leaves_nothing(self, forward: Forward) -> None:
        known = statement()
        store_some(known)
        conflict = {**known, "verb": {"id": verbs.PASSED}}
        with pytest.raises(StatementConflict):
            store_some(statement(), conflict)
        assert waiting(forward) == [known["id"]]

    def test_a_statement_that_is_there_already_is_not_written_again(self, forward: Forward) -> None:
        known = statement()
        store_some(known)
        store_some(known, statement())
        assert len(waiting(forward)) == 2

    @pytest.mark.parametrize(
        ("filters", "expected"),
        [
            ({}, [0, 1, 2, 3]),
            ({"verbs": [verbs.PASSED]}, [1, 3]),
            ({"activities": [OTHER]}, [2, 3]),
            ({"verbs": [verbs.PASSED], "activities": [OTHER]}, [3]),
            ({"verbs": [verbs.PASSED, verbs.COMPLETED], "activities": [ACTIVITY]}, [0, 1]),
        ],
    )
    def test_both_filters_must_let_it_through(
        self, make_forward: Any, filters: dict[str, Any], expected: list[int]
    ) -> None:
        forward = make_forward("https://lrs.example/xapi/", **filters)
        made = [
            statement(verb={"id": verb}, object={"id": activity})
            for activity in (ACTIVITY, OTHER)
            for verb in (verbs.COMPLETED, verbs.PASSED)
        ]
        store_some(*made)
        assert waiting(forward) == [made[index]["id"] for index in expected]

    def test_it_costs_nothing_without_and_two_queries_with_destinations(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(outbox, "KNOWN_FOR", 60.0)

        def queries(count: int) -> int:
            with CaptureQueriesContext(
                connection,
            ) as captured:
                store_some(*(statement() for _one in range(count)))
            return len(captured)

        store_some(statement())
        without = queries(20)
        for name in ("Un", "Deux"):
            make(name)
        assert queries(20) == without + 2
        assert queries(40) == without + 2

    def test_a_closed_destination_gets_nothing(self, forward: Forward) -> None:
        forward_close(forward=forward)
        store_some(statement())
        assert waiting(forward) == []


def make(name: str = "Entrepôt", **fields: Any) -> Forward:
    values = {"endpoint": "https://lrs.example/xapi/", "key": "k", "secret": "s", **fields}
    return forward_create(name=name, version="2.0.0", **values)


class TestDestinations:
    def test_the_secret_is_sealed_and_not_in_the_log(self) -> None:
        forward = make(secret="a very secret word")
        assert "secret word" not in forward.sealed_secret
        assert unseal(forward.sealed_secret) == "a very secret word"
        forward_update(forward=forward, name="Autre", secret="another")
        assert unseal(forward.sealed_secret) == "another"
        entries = AuditEntry.objects.filter(action__startswith="lrs.forward.")
        assert [entry.action for entry in entries.order_by("pk")] == [
            "lrs.forward.create",
            "lrs.forward.update",
        ]
        assert not any("secret word" in str(entry.details) for entry in entries)

    def test_a_new_secret_key_is_noticed(self, settings: Any) -> None:
        forward = make()
        store_some(statement())
        forward.replays.update(finished_at=timezone.now())
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new", [settings.SECRET_KEY]
        assert unseal(forward.sealed_secret) == "s"
        settings.SECRET_KEY_FALLBACKS = []
        with pytest.raises(SealBroken):
            unseal(forward.sealed_secret)
        forward_run(forward_id=forward.pk)
        forward.refresh_from_db()
        assert forward.state == "halted"
        assert "SECRET_KEY" in forward.last_error

    @pytest.mark.parametrize(
        "endpoint",
        [
            "http://lrs.example/xapi/",
            "ftp://lrs.example/",
            "file:///etc/passwd",
            "https://u:p@lrs.example/",
            "https://lrs.example/?a=b",
            "https://[lrs",
            "lrs.example",
        ],
    )
    def test_an_address_that_would_leak_the_key_is_refused(self, endpoint: str) -> None:
        with pytest.raises(ValidationError):
            make(endpoint=endpoint)

    def test_on_this_machine_http_will_do(self) -> None:
        make("a", endpoint="http://127.0.0.1:8100/xAPI/")
        make("b", endpoint="http://localhost/xapi")

    def test_filters_are_iris(self) -> None:
        with pytest.raises(ValidationError):
            make(verbs=["passed"])


class TestReplay:
    def test_a_span_is_sent_again_in_order(self, store: ToldStore, forward: Forward) -> None:
        made = [statement() for _one in range(6)]
        for one in made:
            store_some(one)
        forward_run(forward_id=forward.pk)
        assert len(store.kept) == 6
        times = list(Statement.objects.order_by("stored").values_list("stored", flat=True))
        replay = replay_request(forward=forward, since=times[1], until=times[4])
        assert replay.total == 3
        forward_run(forward_id=forward.pk)
        assert store.kept_ids[6:] == [one["id"] for one in made[2:5]]
        replay.refresh_from_db()
        assert (replay.read, replay.queued) == (3, 3)
        assert replay.finished_at is not None

    def test_what_was_stored_before_the_destination_can_be_sent(
        self, store: ToldStore, make_forward: Any
    ) -> None:
        old = [statement(), statement(verb={"id": verbs.PASSED})]
        store_some(*old)
        forward = make_forward(store.endpoint, verbs=[verbs.PASSED])
        forward_run(forward_id=forward.pk)
        assert store.kept == []
        since = timezone.now() - dt.timedelta(hours=1)
        replay_request(forward=forward, since=since, until=timezone.now())
        forward_run(forward_id=forward.pk)
        assert store.kept_ids == [old[1]["id"]]

    def test_it_goes_on_where_it_was_interrupted(
        self, store: ToldStore, forward: Forward, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from lrs.services.forwarding import filling

        monkeypatch.setattr(filling, "PAGE", 2)
        made = [statement() for _one in range(5)]
        store_some(*made)
        OutboxRow.objects.all().delete()
        since = timezone.now() - dt.timedelta(hours=1)
        replay = replay_request(forward=forward, since=since, until=timezone.now())
        answers = iter([True, False])
        done = filling.replays_fill(forward, may_go_on=lambda: next(answers))
        replay.refresh_from_db()
        assert (done, replay.read, replay.finished_at) == (False, 2, None)
        forward_run(forward_id=forward.pk)
        assert store.kept_ids == [one["id"] for one in made]

    def test_the_span_must_be_over(self, forward: Forward) -> None:
        now = timezone.now()
        hour = dt.timedelta(hours=1)
        for since, until in ((now, now - hour), (now - hour, now + hour)):
            with pytest.raises(ValidationError):
                replay_request(forward=forward, since=since, until=until)

    def test_a_destination_that_is_opened_again_begins_anew(
        self, store: ToldStore, forward: Forward
    ) -> None:
        forward_close(forward=forward)
        store_some(statement())
        forward_resume(forward=forward)
        fresh = statement()
        store_some(fresh)
        forward_run(forward_id=forward.pk)
        assert store.kept_ids == [fresh["id"]]


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
class TestSeveralWriters:
    @pytest.fixture(autouse=True)
    def _tasks(self, settings: Any) -> None:
        settings.TASKS = DATABASE_TASKS

    def test_what_was_being_stored_when_the_destination_came_is_not_lost(
        self, store: ToldStore, is_postgresql: bool
    ) -> None:
        """A writer that believes that there is no destination commits after it was made."""
        blind, told, made = statement(), threading.Event(), threading.Event()

        def write() -> None:
            try:
                with transaction.atomic():
                    store_some(blind)
                    OutboxRow.objects.all().delete()  # as if it had not known
                    told.set()
                    made.wait(5 if is_postgresql else 0.2)
            finally:
                connections.close_all()

        if not is_postgresql:  # one writer at a time: the destination can only come first
            forward = make(endpoint=store.endpoint)
        thread = threading.Thread(target=write)
        if is_postgresql:
            with transaction.atomic():
                forward = make(endpoint=store.endpoint)
                thread.start()
                assert told.wait(5)
        else:
            thread.start()
            assert told.wait(5)
        if is_postgresql:
            assert forward_run(forward_id=forward.pk) is not None
            assert store.kept == []
        made.set()
        thread.join()
        later = statement()
        store_some(later)
        forward_run(forward_id=forward.pk)
        assert store.kept_ids == [blind["id"], later["id"]]

    def test_nothing_is_sent_while_an_earlier_statement_may_still_come(
        self, store: ToldStore, make_forward: Any, is_postgresql: bool
    ) -> None:
        if not is_postgresql:
            pytest.skip("SQLite has one writer at a time")
        forward = make_forward(store.endpoint)
        first, second = statement(), statement()
        written, may_end = threading.Event(), threading.Event()

        def write() -> None:
            try:
                with transaction.atomic():
                    store_some(first)
                    written.set()
                    may_end.wait(5)
            finally:
                connections.close_all()

        thread = threading.Thread(target=write)
        thread.start()
        assert written.wait(5)
        store_some(second)
        assert forward_run(forward_id=forward.pk) is not None
        assert store.kept == []
        may_end.set()
        thread.join()
        forward_run(forward_id=forward.pk)
        assert store.kept_ids == [first["id"], second["id"]]


@pytest.mark.django_db(transaction=True)
class TestTasks:
    @pytest.fixture(autouse=True)
    def _tasks(self, settings: Any) -> None:
        settings.TASKS = DATABASE_TASKS

    @staticmethod
    def queued() -> list[DBTaskResult]:
        return list(DBTaskResult.objects.filter(status="READY").order_by("enqueued_at"))

    def test_many_statements_queue_one_task(self, forward: Forward) -> None:
        DBTaskResult.objects.all().delete()
        Forward.objects.update(wake_at=None)
        for _one in range(5):
            store_some(statement())
        assert len(self.queued()) == 1

    def test_the_worker_sends_and_queues_the_retry(
        self, store: ToldStore, forward: Forward
    ) -> None:
        store.rule = lambda batch: (503, "", {"Retry-After": "60"})
        DBTaskResult.objects.all().delete()
        store_some(statement())
        DBTaskResult.objects.update(run_after=timezone.now())
        Forward.objects.update(wake_at=timezone.now())
        call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
        assert len(store.requests) == 1
        forward.refresh_from_db()
        assert forward.next_attempt_at is not None
        assert forward.wake_at == forward.next_attempt_at
        assert any(task.run_after == forward.next_attempt_at for task in self.queued())

    def test_an_idle_destination_queues_nothing(self, store: ToldStore, forward: Forward) -> None:
        DBTaskResult.objects.all().delete()
        assert forward_run(forward_id=forward.pk) is None
        assert self.queued() == []

    def test_the_command_sends_too(self, store: ToldStore, forward: Forward) -> None:
        store_some(statement())
        call_command("forward_statements")
        assert len(store.kept) == 1
