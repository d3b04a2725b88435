"""Being at a meeting completes what the meeting counts for."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.utils import timezone

from lrs.identifiers import account_agent, activity_iri
from lrs.projectors import projectors_describe
from lrs.services import (
    PLATFORM,
    credential_create,
    projections_rebuild,
    source_of,
    statements_store,
)
from lrs.xapi.vocabulary import verbs
from organisation.models import Person
from tests.lrs.factories import voiding
from tests.organisation.factories import PersonFactory
from training.attestations.issuing import attestation_issue
from training.enums import Provenance, TrainableKind
from training.models import Completion, Trainable
from training.provenance import provenance_iri

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    return PersonFactory()


@pytest.fixture
def participation() -> Trainable:
    return Trainable.objects.create(title="Participer", kind=TrainableKind.MEETING)


def attended(person: Person, trainable: Trainable | None, **context: Any) -> dict[str, Any]:
    if trainable is not None:
        name = {"fr": "Participer à une rencontre régionale"}
        parent = {"id": activity_iri("module", trainable.uid), "definition": {"name": name}}
        context["contextActivities"] = {"parent": [parent]}
    return {
        "id": str(uuid.uuid4()),
        "actor": account_agent(person.uid),
        "verb": verbs.verb(verbs.ATTENDED),
        "object": {
            "id": activity_iri("meeting", uuid.uuid4()),
            "definition": {"name": {"fr": "Rencontre de Rennes"}},
        },
        "context": context,
        "timestamp": "2026-03-01T10:00:00Z",
    }


def store(*statements: dict[str, Any]) -> None:
    statements_store(statements=list(statements), source=PLATFORM)


def rows() -> list[tuple[Any, ...]]:
    return list(
        Completion.objects.order_by("statement_id").values_list(
            "person", "trainable", "completed_at", "provenance", "statement_id"
        )
    )


def test_it_completes_once_and_a_rebuild_gives_the_same(
    person: Person, participation: Trainable
) -> None:
    statement = attended(person, participation)
    for _ in range(2):
        store(statement)
    found = rows()
    assert [row[:4] for row in found] == [
        (
            person.pk,
            participation.pk,
            dt.datetime(2026, 3, 1, 10, tzinfo=dt.UTC),
            Provenance.OBSERVED,
        )
    ]
    projections_rebuild()
    assert rows() == found


def test_a_paper_sheet_counts_and_is_told_apart(person: Person, participation: Trainable) -> None:
    statement = attended(person, participation, extensions={provenance_iri(): "paper"})
    stored = statements_store(statements=[statement], source=PLATFORM).stored
    assert Completion.objects.get().provenance == Provenance.PAPER
    told = projectors_describe(stored)
    assert "feuille signée" in told[uuid.UUID(statement["id"])][0].label


def test_taken_back_it_counts_no_longer(person: Person, participation: Trainable) -> None:
    statement = attended(person, participation)
    store(statement)
    store(voiding(statement["id"]))
    assert not Completion.objects.exists()
    projections_rebuild()
    assert not Completion.objects.exists()


def test_a_meeting_that_counts_for_nothing_completes_nothing(person: Person) -> None:
    store(attended(person, None))
    assert not Completion.objects.exists()


def test_being_registered_is_not_being_there(person: Person, participation: Trainable) -> None:
    store({**attended(person, participation), "verb": verbs.verb(verbs.REGISTERED)})
    assert not Completion.objects.exists()


@pytest.mark.parametrize("is_trusted", [True, False])
def test_only_a_trusted_source_says_so(
    person: Person, participation: Trainable, is_trusted: bool
) -> None:
    credential, _secret = credential_create(name="Outil", scope="all", is_trusted=is_trusted)
    statements_store(statements=[attended(person, participation)], source=source_of(credential))
    assert Completion.objects.exists() is is_trusted


def test_the_attestation_names_the_training_and_not_the_meeting(
    person: Person, participation: Trainable
) -> None:
    store(attended(person, participation))
    issued = attestation_issue(completion=Completion.objects.get(), now=timezone.now())
    assert issued.title == "Participer à une rencontre régionale"
