"""What becomes of batches: refused, too large, not now, not at all."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.utils import timezone

from lrs.enums import ForwardState
from lrs.models import Forward, OutboxRow
from lrs.services import (
    PLATFORM,
    forward_pause,
    forward_resume,
    forward_run,
    outbox_retry,
    statements_store,
)
from lrs.services.forwarding import delivery
from lrs.services.forwarding.delivery import wait_seconds
from lrs.services.forwarding.lease import lease_take
from tests.lrs.factories import outside, statement, voiding

from .stores import Reply, Statement, ToldStore

pytestmark = pytest.mark.django_db


def store_some(count: int, **changes: Any) -> list[str]:
    made = [statement(**changes) for _one in range(count)]
    statements_store(statements=made, source=PLATFORM)
    return [one["id"] for one in made]


def run(forward: Forward) -> Forward:
    """One pass, as if every wait were over."""
    Forward.objects.filter(pk=forward.pk).update(next_attempt_at=None)
    OutboxRow.objects.update(next_attempt_at=None)
    forward_run(forward_id=forward.pk)
    forward.refresh_from_db()
    return forward


def states(forward: Forward) -> dict[str, int]:
    found: dict[str, int] = {}
    for state in forward.outbox.values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    return found


def refuse(*bad: str, status: int = 400, text: str = "bad") -> Any:
    def rule(batch: list[Statement]) -> Reply | None:
        return (status, text, {}) if any(one["id"] in bad for one in batch) else None

    return rule


def test_statements_arrive_in_order_and_in_batches(
    store: ToldStore, forward: Forward, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "MAX_BATCH", 4)
    ids = store_some(10)
    assert run(forward).last_success_at is not None
    assert [len(batch) for batch in store.requests] == [4, 4, 2]
    assert store.kept_ids == ids
    assert states(forward) == {"sent": 10}
    assert forward_run(forward_id=forward.pk) is None
    assert len(store.requests) == 3


def test_what_the_receiver_sets_is_not_sent(store: ToldStore, forward: Forward) -> None:
    sent = statement(result={"score": {"scaled": 0.86}}, context={"platform": "Été"})
    statements_store(statements=[sent], source=PLATFORM)
    run(forward)
    assert store.kept == [{**sent, "version": "2.0.0"}]
    assert store.versions == ["2.0.0"]


@pytest.mark.parametrize("status", [400, 409, 422])
@pytest.mark.parametrize("place", [0, 3, 10])
def test_the_bad_one_of_a_batch_is_set_aside_with_its_answer(
    store: ToldStore, forward: Forward, status: int, place: int
) -> None:
    ids = store_some(11)
    store.rule = refuse(ids[place], status=status, text="no such verb")
    run(forward)
    assert store.kept_ids == [one for one in ids if one != ids[place]]
    row = forward.outbox.get(state="set_aside")
    assert str(row.statement.statement_id) == ids[place]
    assert (row.answer_status, row.answer_text, row.attempts) == (status, "no such verb", 1)
    assert states(forward) == {"sent": 10, "set_aside": 1}
    assert forward.state == ForwardState.ACTIVE

    store.rule = lambda batch: None
    assert outbox_retry(forward=forward, rows=[row.pk]) == 1
    run(forward)
    assert states(forward) == {"sent": 11}


def test_a_batch_that_is_too_large_goes_in_parts(store: ToldStore, forward: Forward) -> None:
    ids = store_some(20)
    store.rule = lambda batch: (413, "", {}) if len(batch) > 3 else None
    run(forward)
    assert store.kept_ids == ids
    assert sum(len(batch) > 3 for batch in store.requests) <= 7


@pytest.mark.parametrize("status", [301, 401, 403, 404])
def test_what_only_an_operator_can_mend_stops_the_destination(
    store: ToldStore, forward: Forward, status: int
) -> None:
    ids = store_some(3)
    store.rule = lambda batch: (status, "no", {"Location": "http://127.0.0.1:1/"})
    run(forward)
    assert forward.state == ForwardState.HALTED
    assert forward.last_error.startswith(str(status))
    assert states(forward) == {"waiting": 3}
    assert len(store.requests) == 1

    store.rule = lambda batch: None
    assert forward_run(forward_id=forward.pk) is None
    forward_resume(forward=forward)
    run(forward)
    assert store.kept_ids == ids


@pytest.mark.parametrize(("asked", "least"), [("120", 119), (None, 0)])
@pytest.mark.parametrize("status", [429, 500, 503])
def test_an_overload_makes_it_wait(
    store: ToldStore, forward: Forward, status: int, asked: str | None, least: int
) -> None:
    ids = store_some(3)
    store.rule = lambda batch: (status, "later", {"Retry-After": asked} if asked else {})
    before = timezone.now()
    run(forward)
    assert len(store.requests) == 1
    assert states(forward) == {"waiting": 3}
    assert forward.failures == 1
    assert forward.next_attempt_at is not None
    assert forward.next_attempt_at >= before + dt.timedelta(seconds=least)

    store.rule = lambda batch: None
    run(forward)
    assert store.kept_ids == ids
    assert forward.failures == 0


def test_before_the_wait_is_over_nothing_is_sent(store: ToldStore, forward: Forward) -> None:
    store_some(1)
    later = timezone.now() + dt.timedelta(minutes=5)
    Forward.objects.update(next_attempt_at=later)
    assert forward_run(forward_id=forward.pk) == later
    assert store.requests == []


def test_waits_double_with_jitter_up_to_a_limit() -> None:
    for failures, whole in ((1, 1), (2, 2), (5, 16), (40, 900)):
        waits = {wait_seconds(failures) for _one in range(50)}
        assert whole / 2 <= min(waits) < max(waits) <= whole
    assert wait_seconds(1, asked=77) == 77


@pytest.mark.parametrize("text", ["<html>welcome</html>", "[]", '["x"]', '{"a": 1}'])
def test_an_answer_without_ids_is_no_receipt(store: ToldStore, forward: Forward, text: str) -> None:
    store_some(2)
    store.rule = lambda batch: (200, text, {})
    run(forward)
    assert states(forward) == {"waiting": 2}
    assert text in forward.last_error


def test_a_store_that_had_them_all_may_answer_204(store: ToldStore, forward: Forward) -> None:
    store_some(2)
    store.rule = lambda batch: (204, "", {})
    run(forward)
    assert states(forward) == {"sent": 2}


def test_one_statement_that_breaks_the_store_does_not_block_the_others(
    store: ToldStore, forward: Forward
) -> None:
    ids = store_some(12)
    store.rule = refuse(ids[4], status=500, text="oops")
    for _pass in range(14):
        run(forward)
        store_some(1)
    assert ids[4] not in store.kept_ids
    assert set(ids) - {ids[4]} <= set(store.kept_ids)
    row = forward.outbox.get(state="set_aside")
    assert (str(row.statement.statement_id), row.answer_status) == (ids[4], 500)
    assert len(store.kept_ids) == len(set(store.kept_ids))


def test_a_store_that_is_broken_loses_nothing(store: ToldStore, forward: Forward) -> None:
    ids = store_some(12)
    store.rule = lambda batch: (500, "oops", {})
    for _pass in range(10):
        run(forward)
    assert states(forward) == {"waiting": 12}
    store.rule = lambda batch: None
    for _pass in range(2):
        run(forward)
    assert sorted(store.kept_ids) == sorted(ids)


def test_a_destination_that_refuses_everything_is_stopped(
    store: ToldStore, forward: Forward
) -> None:
    store_some(60)
    store.rule = lambda batch: (400, "version 2.0 is unknown here", {})
    run(forward)
    assert forward.state == ForwardState.HALTED
    assert "version 2.0 is unknown here" in forward.last_error
    assert states(forward) == {"set_aside": 20, "waiting": 40}


def test_a_voiding_that_is_forbidden_is_set_aside_alone(store: ToldStore, forward: Forward) -> None:
    first, last = store_some(1)[0], statement()
    void = voiding(first)
    statements_store(statements=[void, last], source=PLATFORM)
    store.rule = refuse(void["id"], status=403, text="not yours")
    run(forward)
    assert store.kept_ids == [first, last["id"]]
    assert forward.outbox.get(state="set_aside").answer_text == "not yours"


def test_voided_statements_are_sent_before_what_voids_them(
    store: ToldStore, forward: Forward
) -> None:
    first = store_some(1)[0]
    void = voiding(first)
    statements_store(statements=[void], source=PLATFORM)
    run(forward)
    assert store.kept_ids == [first, void["id"]]


class TestOrder:
    """Of one registration, nothing is sent before an earlier statement that still waits."""

    def test_one_that_waits_by_itself_holds_its_registration_back(
        self, store: ToldStore, forward: Forward
    ) -> None:
        registrations = [str(uuid.uuid4()), str(uuid.uuid4())]
        made = [statement(context={"registration": registrations[n % 2]}) for n in range(6)]
        statements_store(statements=[*made, statement()], source=PLATFORM)
        soon = timezone.now() + dt.timedelta(minutes=1)
        held = forward.outbox.order_by("statement_id").first()
        OutboxRow.objects.filter(pk=held.pk).update(next_attempt_at=soon, attempts=1)
        assert forward_run(forward_id=forward.pk) == soon
        names = [{one["id"]: n for n, one in enumerate(made)}.get(i) for i in store.kept_ids]
        assert names == [1, 3, 5, None]
        run(forward)
        kept = [one["id"] for one in made]
        assert store.kept_ids[4:] == [kept[0], kept[2], kept[4]]

    def test_after_one_was_set_aside_the_later_ones_go(
        self, store: ToldStore, forward: Forward
    ) -> None:
        ids = store_some(8, context={"registration": str(uuid.uuid4())})
        store.rule = refuse(ids[2], ids[3])
        run(forward)
        assert store.kept_ids == ids[:2] + ids[4:]


class TestVersions:
    def test_a_store_of_1_0_3_gets_what_1_0_3_can_say(
        self, store: ToldStore, make_forward: Any
    ) -> None:
        forward = make_forward(store.endpoint, version="1.0.3")
        plain = statement()
        agents = [{"objectType": "contextAgent", "agent": {"mbox": "mailto:a@example.org"}}]
        new = statement(context={"contextAgents": agents})
        old = statement(version="1.0.2")
        statements_store(statements=[plain, new], source=PLATFORM)
        statements_store(statements=[old], source=outside(), version="1.0.3")
        run(forward)
        assert store.kept == [plain, old]
        assert set(store.versions) == {"1.0.3"}
        row = forward.outbox.get(state="set_aside")
        assert row.answer_status is None
        assert "contextAgents" in row.answer_text


class TestLease:
    def test_only_one_worker_sends(self, store: ToldStore, forward: Forward) -> None:
        store_some(1)
        other = lease_take(forward.pk)
        assert other is not None
        assert forward_run(forward_id=forward.pk) is None
        assert store.requests == []
        other.release()
        run(forward)
        assert len(store.kept) == 1

    def test_a_killed_worker_blocks_only_for_a_while(
        self, store: ToldStore, forward: Forward
    ) -> None:
        store_some(1)
        assert lease_take(forward.pk)
        Forward.objects.update(lease_until=timezone.now() - dt.timedelta(seconds=1))
        run(forward)
        assert len(store.kept) == 1

    def test_a_pause_in_the_middle_ends_the_pass(
        self, store: ToldStore, forward: Forward, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(delivery, "MAX_BATCH", 2)
        lease = lease_take(forward.pk)
        assert lease is not None
        forward_pause(forward=forward)
        assert not lease.extend()
