"""Completions come from trusted statements and from nothing else."""

import datetime as dt
import uuid
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lrs.identifiers import account_agent, activity_iri
from lrs.services import PLATFORM, credential_create, projections_rebuild, statements_store
from lrs.sources import source_of
from lrs.xapi.vocabulary import verbs
from tests.organisation.factories import PersonFactory
from training.models import Completion, Trainable

pytestmark = pytest.mark.django_db


def completed(person_uid: Any, trainable_uid: Any, **over: Any) -> dict[str, Any]:
    return {
        "id": str(uuid.uuid4()),
        "actor": account_agent(person_uid),
        "verb": verbs.verb(verbs.COMPLETED),
        "object": {"id": activity_iri("module", trainable_uid)},
        "result": {"completion": True, "success": True, "score": {"scaled": 0.9}},
        "timestamp": "2026-03-01T10:00:00Z",
        **over,
    }


def test_a_trusted_statement_makes_one_completion() -> None:
    person, trainable = PersonFactory(), Trainable.objects.create(title="Hameçonnage")
    statement = completed(person.uid, trainable.uid)
    for _ in range(2):  # a retry is harmless
        statements_store(statements=[statement], source=PLATFORM)
    completion = Completion.objects.get()
    assert (completion.person, completion.trainable) == (person, trainable)
    assert completion.completed_at == dt.datetime(2026, 3, 1, 10, tzinfo=dt.UTC)
    assert completion.score_scaled == 0.9
    assert str(completion.statement_id) == statement["id"]


@pytest.mark.parametrize(
    "fault",
    [
        {"result": {"completion": False}},
        {"result": {"success": False}},
        {"actor": {"objectType": "Agent", "mbox": "mailto:agent@example.org"}},
        {"actor": account_agent(uuid.uuid4())},
        {"actor": account_agent("anonymous")},
        {"object": {"id": activity_iri("lesson", uuid.uuid4())}},
        {"object": {"id": activity_iri("module", uuid.uuid4())}},
        {"object": {"id": "https://elsewhere.example/module"}},
        {"verb": verbs.verb(verbs.PASSED)},
    ],
)
def test_what_does_not_say_so_completes_nothing(fault: dict[str, Any]) -> None:
    person, trainable = PersonFactory(), Trainable.objects.create(title="Hameçonnage")
    statement = completed(person.uid, trainable.uid, **fault)
    statements_store(statements=[statement], source=PLATFORM)
    assert not Completion.objects.exists()


@pytest.mark.parametrize("is_trusted", [True, False])
def test_only_a_trusted_credential_completes(is_trusted: bool) -> None:
    person, trainable = PersonFactory(), Trainable.objects.create(title="Hameçonnage")
    credential, _secret = credential_create(name="Outil", scope="all", is_trusted=is_trusted)
    statements_store(
        statements=[completed(person.uid, trainable.uid)], source=source_of(credential)
    )
    assert Completion.objects.exists() is is_trusted


def test_voiding_the_evidence_takes_the_completion_back() -> None:
    person, trainable = PersonFactory(), Trainable.objects.create(title="Hameçonnage")
    statement = completed(person.uid, trainable.uid)
    statements_store(statements=[statement], source=PLATFORM)
    voiding = {
        "id": str(uuid.uuid4()),
        "actor": account_agent("anonymous"),
        "verb": verbs.verb(verbs.VOIDED),
        "object": {"objectType": "StatementRef", "id": statement["id"]},
        "timestamp": "2026-03-02T10:00:00Z",
    }
    statements_store(statements=[voiding], source=PLATFORM)
    assert not Completion.objects.exists()
    projections_rebuild()
    assert not Completion.objects.exists()


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.integers(0, 2),  # person
            st.integers(0, 2),  # training
            st.sampled_from([verbs.COMPLETED, verbs.PASSED, verbs.FAILED, verbs.PROGRESSED]),
            st.one_of(st.none(), st.booleans()),  # success
            st.integers(0, 900),  # days
        ),
        max_size=12,
    ),
    st.integers(1, 5),
)
def test_a_rebuild_gives_the_same_completions(
    history: list[tuple[int, int, str, bool | None, int]], batch: int
) -> None:
    people = [PersonFactory() for _ in range(3)]
    trainables = [Trainable.objects.create(title=f"Formation {n}") for n in range(3)]
    said = [
        completed(
            people[person].uid,
            trainables[trainable].uid,
            verb=verbs.verb(verb),
            result={} if success is None else {"success": success},
            timestamp=(dt.datetime(2024, 1, 1, tzinfo=dt.UTC) + dt.timedelta(day)).isoformat(),
        )
        for person, trainable, verb, success, day in history
    ]
    for start in range(0, len(said), batch):
        statements_store(statements=said[start : start + batch], source=PLATFORM)
    before = _completions()
    projections_rebuild()
    assert _completions() == before
    Completion.objects.all().delete()
    projections_rebuild()
    assert _completions() == before


def _completions() -> set[tuple[Any, ...]]:
    fields = ("person", "trainable", "completed_at", "score_scaled", "statement_id")
    return set(Completion.objects.values_list(*fields))
