"""Storing statements by their one way in."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import uuid
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from lrs import projectors
from lrs.identifiers import account_agent
from lrs.models import Statement
from lrs.selectors import activity_definition_get, statements_for_projection
from lrs.services import (
    PLATFORM,
    StatementConflict,
    StatementsInvalid,
    VoidingForbidden,
    definitions,
    projections_rebuild,
    statements_store,
)
from lrs.services.forwarding import outbox
from lrs.xapi.jsontext import loads
from lrs.xapi.validation import validate_statement
from lrs.xapi.vocabulary import verbs
from tests.lrs.conftest import Ledger
from tests.lrs.factories import ACTIVITY, TIMESTAMP, outside, statement, voiding
from tests.lrs.xapi import strategies

pytestmark = pytest.mark.django_db


def stored_payload(statement_id: str | uuid.UUID) -> dict[str, Any]:
    payload: dict[str, Any] = json.loads(Statement.objects.get(statement_id=statement_id).payload)
    return payload


def test_new_statement_is_stored_with_what_the_store_adds() -> None:
    before = timezone.now()
    sent = statement()
    result = statements_store(statements=[sent], source=PLATFORM)
    row = Statement.objects.get()
    payload = json.loads(row.payload)
    assert result.ids == [uuid.UUID(sent["id"])]
    assert before <= row.stored <= timezone.now()
    assert payload["authority"] == account_agent("platform")
    assert payload["version"] == "2.0.0"
    assert payload["timestamp"] == TIMESTAMP
    assert {key: payload[key] for key in sent} == sent
    assert validate_statement(payload) == []
    assert row.is_trusted


def test_projector_hears_what_was_stored(ledger: Ledger) -> None:
    sent = statement(context={"registration": str(uuid.UUID(int=7))})
    (item,) = statements_store(statements=[sent], source=PLATFORM).stored
    assert ledger.batches == [[sent["id"]]]
    assert (item.account_name, item.activity_id) == (str(uuid.UUID(int=1)), ACTIVITY)
    assert (item.registration, item.is_trusted) == (uuid.UUID(int=7), True)
    assert item.timestamp == dt.datetime(2026, 3, 1, 8, tzinfo=dt.UTC)
    assert item.sequence == Statement.objects.get().pk
    assert next(statements_for_projection(verbs=[verbs.COMPLETED])) == [item]


def test_actor_of_another_home_page_has_no_account_name_here() -> None:
    actor = {"account": {"homePage": "https://elsewhere.example", "name": str(uuid.UUID(int=1))}}
    (item,) = statements_store(statements=[statement(actor=actor)], source=PLATFORM).stored
    assert item.account_name is None


def test_outside_statement_gets_id_and_time_from_the_store() -> None:
    source = outside()
    result = statements_store(
        statements=[statement(id=None, timestamp=None)], source=source, version="1.0.3"
    )
    payload = stored_payload(result.ids[0])
    assert payload["timestamp"] == payload["stored"]
    assert payload["version"] == "1.0.0"
    assert payload["authority"] == source.authority


@pytest.mark.parametrize("key", ["id", "timestamp"])
def test_platform_brings_id_and_time(key: str) -> None:
    with pytest.raises(StatementsInvalid, match=key):
        statements_store(statements=[statement(**{key: None})], source=PLATFORM)


def test_sent_authority_stored_and_version_do_not_matter() -> None:
    sent = statement(
        authority={"mbox": "mailto:boss@example.org"},
        stored="2001-01-01T00:00:00Z",
        version="1.0.0",
    )
    source = outside()
    statements_store(statements=[sent], source=source)
    payload = stored_payload(sent["id"])
    assert payload["authority"] == source.authority
    assert not payload["stored"].startswith("2001")
    assert payload["version"] == "1.0.0"


def test_untrusted_source_never_completes(ledger: Ledger) -> None:
    statements_store(statements=[statement()], source=outside())
    assert ledger.batches
    assert ledger.first == {}
    statements_store(statements=[statement()], source=outside(is_trusted=True))
    assert len(ledger.first) == 1


def test_repeated_statement_is_a_no_op(ledger: Ledger) -> None:
    sent = statement()
    statements_store(statements=[sent], source=PLATFORM)
    again = statements_store(
        statements=[sent, {**sent, "verb": {"id": verbs.COMPLETED}}], source=PLATFORM
    )
    assert again.ids == [uuid.UUID(sent["id"])] * 2
    assert again.stored == []
    assert Statement.objects.count() == 1
    assert len(ledger.batches) == 1


def test_other_content_under_the_same_id_is_a_conflict() -> None:
    sent = statement()
    statements_store(statements=[sent], source=PLATFORM)
    other = statement(id=sent["id"], actor=account_agent("x"))
    with pytest.raises(StatementConflict):
        statements_store(statements=[statement(), other], source=PLATFORM)
    assert Statement.objects.count() == 1


def test_conflict_inside_a_batch_stores_nothing() -> None:
    sent = statement()
    with pytest.raises(StatementConflict):
        statements_store(statements=[sent, {**sent, "result": {"success": True}}], source=PLATFORM)
    assert not Statement.objects.exists()


def test_retry_without_timestamp_is_a_no_op() -> None:
    source, sent = outside(), statement(timestamp=None)
    statements_store(statements=[sent], source=source)
    assert statements_store(statements=[sent], source=source).stored == []


def test_one_bad_statement_stores_none_and_says_which() -> None:
    bad = statement(verb={"id": "completed"})
    with pytest.raises(StatementsInvalid) as caught:
        statements_store(statements=[statement(), bad], source=PLATFORM)
    assert [problem.path for problem in caught.value.problems] == ["$[1].verb.id"]
    assert not Statement.objects.exists()


def test_failing_projector_takes_the_statements_with_it(ledger: Ledger) -> None:
    def fail(_statements: Any) -> None:
        raise RuntimeError("no")

    projectors.projector_register(
        verbs=frozenset({verbs.COMPLETED}), projector=fail, clear=lambda: None
    )
    with pytest.raises(RuntimeError), transaction.atomic():
        statements_store(statements=[statement()], source=PLATFORM)
    assert not Statement.objects.exists()


def test_arguments_are_left_alone() -> None:
    sent = statement(context={"contextActivities": {"parent": {"id": ACTIVITY}}})
    copy = json.loads(json.dumps(sent))
    statements_store(statements=[sent], source=PLATFORM)
    assert sent == copy
    assert stored_payload(sent["id"])["context"]["contextActivities"]["parent"] == [
        {"id": ACTIVITY}
    ]


def test_timestamps_are_answered_in_utc() -> None:
    sent = statement(timestamp="2026-03-01T10:00:00.1234567+02:00")
    statements_store(statements=[sent], source=PLATFORM)
    assert stored_payload(sent["id"])["timestamp"] == "2026-03-01T08:00:00.123456Z"


def test_stored_and_sequence_grow_together() -> None:
    for _batch in range(3):
        statements_store(statements=[statement(), statement()], source=PLATFORM)
    places = list(Statement.objects.order_by("pk").values_list("stored", flat=True))
    assert places == sorted(places)
    assert len(set(places)) == 6


def test_stored_grows_although_the_clock_was_set_back(monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL's own clock is taken")
    statements_store(statements=[statement()], source=PLATFORM)
    past = timezone.now() - dt.timedelta(days=1)
    monkeypatch.setattr("lrs.services.insertion.timezone.now", lambda: past)
    statements_store(statements=[statement()], source=PLATFORM)
    first, second = Statement.objects.order_by("pk").values_list("stored", flat=True)
    assert second > first


def test_long_and_awkward_texts_can_be_looked_up() -> None:
    iri = "http://example.org/" + "é" * 5000
    actor = {"account": {"homePage": "http://example.org", "name": "a\x00b" * 2000}}
    sent = statement(actor=actor, object={"id": iri}, verb={"id": iri})
    (item,) = statements_store(statements=[sent], source=PLATFORM).stored
    assert (item.verb, item.activity_id) == (iri, iri)
    assert [batch[0].verb for batch in statements_for_projection(verbs=[iri])] == [iri]


def test_statements_are_written_once() -> None:
    statements_store(statements=[statement()], source=PLATFORM)
    row = Statement.objects.get()
    with pytest.raises(TypeError):
        row.save()
    with pytest.raises(TypeError):
        row.delete()


def test_queries_do_not_grow_with_the_batch(
    ledger: Ledger,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    outbox.destinations_changed()
    monkeypatch.setattr(outbox, "KNOWN_FOR", 600)  # no destination, and no look for one
    for picture in definitions._PICTURES:
        picture.remembered.clear()  # what an earlier test committed
    statements_store(statements=[statement()], source=PLATFORM)
    # savepoint, position, insert, relations, displays (until this is committed), release;
    # on PostgreSQL position, insert and relations go another way
    queries = 3 if connection.vendor == "postgresql" else 6
    for size in (10, 400):
        with django_assert_num_queries(queries):
            statements_store(statements=[statement() for _one in range(size)], source=PLATFORM)


def test_definition_with_a_character_that_postgresql_has_not_is_stored(registry: None) -> None:
    obj = {"id": "https://example.org/nul", "definition": {"name": {"fr": "a\x00b"}}}
    statements_store(statements=[statement(object=obj)], source=PLATFORM)
    assert loads(Statement.objects.get().payload)["object"] == obj
    assert activity_definition_get("https://example.org/nul") == {"name": {"fr": "ab"}}


class TestVoiding:
    def test_voided_statement_is_marked_and_forgotten(self, ledger: Ledger) -> None:
        first, second = statement(), statement()
        statements_store(statements=[first, second], source=PLATFORM)
        assert list(ledger.first.values()) == [first["id"]]
        statements_store(statements=[voiding(first["id"])], source=PLATFORM)
        assert Statement.objects.get(statement_id=first["id"]).is_voided
        assert list(ledger.first.values()) == [second["id"]]

    def test_retract_spares_the_rebuild(self, registry: None) -> None:
        taken: list[str] = []
        projectors.projector_register(
            verbs=frozenset({verbs.COMPLETED}),
            projector=lambda items: None,
            clear=lambda: pytest.fail("must not be cleared"),
            retract=lambda items: taken.extend(str(item.statement_id) for item in items),
        )
        sent = statement()
        statements_store(statements=[sent], source=PLATFORM)
        statements_store(statements=[voiding(sent["id"])], source=PLATFORM)
        assert taken == [sent["id"]]

    @pytest.mark.parametrize("at_once", [True, False])
    def test_voiding_may_come_first(self, ledger: Ledger, at_once: bool) -> None:
        sent = statement()
        both = [voiding(sent["id"]), sent]
        for batch in [both] if at_once else [[both[0]], [both[1]]]:
            statements_store(statements=batch, source=PLATFORM)
        assert Statement.objects.get(statement_id=sent["id"]).is_voided
        assert ledger.first == {}

    def test_what_voids_cannot_be_voided(self) -> None:
        sent = statement()
        void = voiding(sent["id"])
        statements_store(statements=[sent, void, voiding(void["id"])], source=PLATFORM)
        assert not Statement.objects.get(statement_id=void["id"]).is_voided
        assert Statement.objects.get(statement_id=sent["id"]).is_voided

    @pytest.mark.parametrize("is_trusted", [True, False])
    def test_outsiders_void_nothing_of_the_platform(self, ledger: Ledger, is_trusted: bool) -> None:
        sent = statement()
        statements_store(statements=[sent], source=PLATFORM)
        with pytest.raises(VoidingForbidden):
            statements_store(
                statements=[voiding(sent["id"])], source=outside(is_trusted=is_trusted)
            )
        assert not Statement.objects.get(statement_id=sent["id"]).is_voided
        assert ledger.first

    def test_outsiders_void_nothing_of_the_platform_beforehand(self, ledger: Ledger) -> None:
        sent = statement()
        statements_store(statements=[voiding(sent["id"])], source=outside())
        statements_store(statements=[sent], source=PLATFORM)
        assert not Statement.objects.get(statement_id=sent["id"]).is_voided
        assert ledger.first

    def test_source_voids_its_own(self) -> None:
        sent, source = statement(), outside()
        statements_store(statements=[sent], source=source)
        statements_store(statements=[voiding(sent["id"])], source=source)
        assert Statement.objects.get(statement_id=sent["id"]).is_voided


_settings = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@_settings
@given(sent=strategies.statements)
def test_any_valid_statement_is_stored_and_its_repetition_is_none(sent: dict[str, Any]) -> None:
    sent = {**sent, "id": str(uuid.uuid4())}
    source = outside()
    first = statements_store(statements=[sent], source=source)
    assert len(first.stored) == 1
    assert validate_statement(stored_payload(sent["id"])) == []
    assert statements_store(statements=[sent], source=source).stored == []
    assert statements_store(statements=[stored_payload(sent["id"])], source=source).stored == []


@st.composite
def histories(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Completions of a few people and modules, some voided, some sent twice."""
    made = [
        statement(
            id=str(uuid.UUID(int=index + 1)),
            actor=account_agent(draw(st.sampled_from("ab"))),
            object={"id": ACTIVITY + draw(st.sampled_from("xy"))},
        )
        for index in range(draw(st.integers(1, 8)))
    ]
    for index in draw(st.lists(st.integers(0, len(made) - 1), max_size=3, unique=True)):
        made.append(voiding(made[index]["id"], id=str(uuid.UUID(int=100 + index))))
    repeated = draw(st.lists(st.sampled_from(made), max_size=3))
    return [*draw(st.permutations(made)), *repeated]


@_settings
@given(history=histories(), data=st.data())
def test_any_split_into_batches_gives_the_same_rows_and_projections(
    ledger: Ledger, history: list[dict[str, Any]], data: st.DataObject
) -> None:
    cuts = data.draw(st.sets(st.integers(1, max(len(history) - 1, 1))))
    edges = [0, *sorted(cuts), len(history)]
    batches = [history[a:b] for a, b in itertools.pairwise(edges)]
    outcomes = []
    for split in ([history], batches):
        point = transaction.savepoint()
        ledger.clear()
        for batch in split:
            statements_store(statements=batch, source=PLATFORM)
        rows = Statement.objects.order_by("pk").values_list(
            "statement_id", "is_voided", "verb_number"
        )
        live = dict(ledger.first)
        projections_rebuild()
        assert ledger.first == live
        outcomes.append((list(rows), live))
        transaction.savepoint_rollback(point)
    assert outcomes[0] == outcomes[1]
