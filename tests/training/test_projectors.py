"""Completions come from trusted statements and from nothing else."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lrs.identifiers import account_agent, activity_iri
from lrs.models import Credential
from lrs.projectors import projectors_describe
from lrs.services import (
    PLATFORM,
    StatementSource,
    VoidingForbidden,
    credential_create,
    projections_rebuild,
    source_of,
    statements_store,
)
from lrs.xapi.vocabulary import verbs
from organisation.models import Person
from tests.lrs.factories import voiding
from tests.organisation.factories import PersonFactory
from training.enums import Provenance
from training.models import Completion, Trainable
from training.provenance import provenance_iri
from training.signals import completions_changed

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


PLATFORM_AUTHORITY = account_agent("platform")


class TestWithoutTrust:
    """A credential without the mark makes no completion and undoes none, whatever it sends."""

    @pytest.fixture
    def person(self) -> Person:
        return PersonFactory()

    @pytest.fixture
    def trainable(self) -> Trainable:
        return Trainable.objects.create(title="Hameçonnage")

    @pytest.fixture
    def outside(self) -> StatementSource:
        scopes = ["statements/write", "define", "state", "profile", "all"]
        return source_of(credential_create(name="Outil", scopes=scopes)[0])

    @pytest.mark.parametrize(
        "forged",
        [
            {},
            {"authority": PLATFORM_AUTHORITY},
            {"authority": {"objectType": "Agent", **PLATFORM_AUTHORITY}},
            {"stored": "2020-01-01T00:00:00Z"},
            {"timestamp": "2020-01-01T00:00:00Z"},
            {"version": "1.0.0"},
            {"authority": PLATFORM_AUTHORITY, "stored": "2020-01-01T00:00:00Z"},
            {"context": {"instructor": PLATFORM_AUTHORITY, "platform": "tous-cyber-vigilant"}},
            {"context": {"extensions": {"https://x.test/is_trusted": True}}},
            {"result": {"completion": True, "extensions": {"https://x.test/trusted": True}}},
        ],
    )
    def test_forged_properties_do_not_help(
        self,
        person: Person,
        trainable: Trainable,
        outside: StatementSource,
        forged: dict[str, Any],
    ) -> None:
        sent = completed(person.uid, trainable.uid, **forged)
        [stored] = statements_store(statements=[sent], source=outside).stored
        assert not stored.is_trusted
        assert stored.payload["authority"] == outside.authority
        assert not Completion.objects.exists()
        projections_rebuild()
        assert not Completion.objects.exists()

    def test_the_account_of_another_home_page_is_nobody_here(
        self, person: Person, trainable: Trainable
    ) -> None:
        """Not even from a trusted source: the uid counts under our own homePage alone."""
        trusted = source_of(credential_create(name="LMS", scope="all", is_trusted=True)[0])
        home_page = account_agent(person.uid)["account"]["homePage"]
        for other in (f"{home_page}/", "https://elsewhere.example", home_page.upper()):
            account = {"homePage": other, "name": str(person.uid)}
            sent = completed(person.uid, trainable.uid, actor={"account": account})
            statements_store(statements=[sent], source=trusted)
        assert not Completion.objects.exists()

    def test_a_group_completes_for_nobody(self, person: Person, trainable: Trainable) -> None:
        members = [account_agent(person.uid)]
        for group in ({"member": members}, {**account_agent("equipe"), "member": members}):
            actor = {**group, "objectType": "Group"}
            sent = completed(person.uid, trainable.uid, actor=actor)
            statements_store(statements=[sent], source=PLATFORM)
        assert not Completion.objects.exists()

    @pytest.mark.parametrize("source", ["outside", "platform"])
    def test_a_sub_statement_completes_nothing(
        self, person: Person, trainable: Trainable, outside: StatementSource, source: str
    ) -> None:
        """What is only planned or told of has not happened (Part Two 2.4.4.3)."""
        inner = completed(person.uid, trainable.uid, objectType="SubStatement")
        for name in ("id", "authority", "stored", "version"):
            inner.pop(name, None)
        sent = completed(person.uid, trainable.uid, object=inner)
        by = outside if source == "outside" else PLATFORM
        statements_store(statements=[sent], source=by)
        assert not Completion.objects.exists()

    def test_a_reference_to_evidence_completes_nothing(
        self, person: Person, trainable: Trainable, outside: StatementSource
    ) -> None:
        evidence = completed(person.uid, trainable.uid)
        statements_store(statements=[evidence], source=PLATFORM)
        other = PersonFactory()
        reference = {"objectType": "StatementRef", "id": evidence["id"]}
        for sent in (
            completed(other.uid, trainable.uid, object=reference),
            completed(other.uid, trainable.uid, context={"statement": reference}),
        ):
            statements_store(statements=[sent], source=outside)
        assert Completion.objects.get().person == person

    def test_it_does_not_void_the_evidence(
        self, person: Person, trainable: Trainable, outside: StatementSource
    ) -> None:
        evidence = completed(person.uid, trainable.uid)
        statements_store(statements=[evidence], source=PLATFORM)
        with pytest.raises(VoidingForbidden):
            statements_store(statements=[voiding(evidence["id"])], source=outside)
        projections_rebuild()
        assert Completion.objects.exists()

    def test_a_voiding_sent_before_the_evidence_does_not_stop_it(
        self, person: Person, trainable: Trainable, outside: StatementSource
    ) -> None:
        evidence = completed(person.uid, trainable.uid)
        statements_store(statements=[voiding(evidence["id"])], source=outside)
        statements_store(statements=[evidence], source=PLATFORM)
        assert Completion.objects.exists()
        projections_rebuild()
        assert Completion.objects.exists()

    def test_it_cannot_take_the_id_of_evidence(
        self, person: Person, trainable: Trainable, outside: StatementSource
    ) -> None:
        """The same statement from two sources is one statement, of the source that came first."""
        sent = completed(person.uid, trainable.uid)
        statements_store(statements=[sent], source=outside)
        statements_store(statements=[sent], source=PLATFORM)
        assert not Completion.objects.exists()

    def test_a_batch_is_no_better_than_its_statements(
        self, person: Person, trainable: Trainable, outside: StatementSource
    ) -> None:
        sent = [completed(person.uid, trainable.uid) for _ in range(3)]
        sent.append(completed(person.uid, trainable.uid, authority=PLATFORM_AUTHORITY))
        statements_store(statements=sent, source=outside)
        assert not Completion.objects.exists()

    def test_the_mark_given_later_does_not_reach_back(
        self, person: Person, trainable: Trainable, outside: StatementSource
    ) -> None:
        statements_store(statements=[completed(person.uid, trainable.uid)], source=outside)
        Credential.objects.update(is_trusted=True)
        projections_rebuild()
        assert not Completion.objects.exists()


def test_an_operator_is_told_what_became_of_a_statement() -> None:
    person, trainable = PersonFactory(), Trainable.objects.create(title="Hameçonnage")
    evidence = [completed(person.uid, trainable.uid) for _ in range(2)]
    nothing = completed(uuid.uuid4(), trainable.uid)
    stored = statements_store(statements=[*evidence, nothing], source=PLATFORM).stored
    with CaptureQueriesContext(connection) as queries:
        told = projectors_describe(stored)
    assert len(queries) == 1
    assert {str(one) for one in told} == {one["id"] for one in evidence}
    label = told[uuid.UUID(evidence[0]["id"])][0].label
    assert label == "Formation validée : « Hameçonnage », le 1 mars 2026"
    assert str(person) not in label


def said_as(code: Any) -> dict[str, Any]:
    return {"context": {"extensions": {provenance_iri(): code}}}


@pytest.mark.parametrize("provenance", Provenance)
def test_a_statement_says_whether_it_was_declared(provenance: Provenance) -> None:
    person, trainable = PersonFactory(), Trainable.objects.create(title="Hameçonnage")
    sent = completed(person.uid, trainable.uid, **said_as(provenance.value))
    stored = statements_store(statements=[sent], source=PLATFORM).stored
    assert Completion.objects.get().provenance == provenance
    label = projectors_describe(stored)[uuid.UUID(sent["id"])][0].label
    assert (str(provenance.label) in label) is provenance.is_declared


@pytest.mark.parametrize("code", ["", "other", None, 1, True, ["team"], {"team": "team"}])
def test_what_it_does_not_say_in_our_words_was_observed_by_its_source(code: Any) -> None:
    person, trainable = PersonFactory(), Trainable.objects.create(title="Hameçonnage")
    sent = completed(person.uid, trainable.uid, **said_as(code))
    statements_store(statements=[sent], source=PLATFORM)
    assert Completion.objects.get().provenance == Provenance.OBSERVED


def test_a_rebuild_tells_also_of_those_whose_completion_does_not_come_back() -> None:
    trainable = Trainable.objects.create(title="Hameçonnage")
    keeps, loses = PersonFactory.create_batch(2)
    statements_store(statements=[completed(keeps.uid, trainable.uid)], source=PLATFORM)
    Completion.objects.create(  # of a statement that is not there
        person=loses,
        trainable=trainable,
        completed_at=dt.datetime(2026, 3, 1, tzinfo=dt.UTC),
        statement_id=uuid.uuid4(),
    )
    heard: set[tuple[int, int]] = set()

    def hear(person_ids: set[int], trainable_ids: set[int], **kwargs: Any) -> None:
        heard.update((person, training) for person in person_ids for training in trainable_ids)

    completions_changed.connect(hear)
    projections_rebuild()
    completions_changed.disconnect(hear)
    assert heard == {(keeps.pk, trainable.pk), (loses.pk, trainable.pk)}
    assert Completion.objects.get().person == keeps


def test_voiding_the_evidence_takes_the_completion_back() -> None:
    person, trainable = PersonFactory(), Trainable.objects.create(title="Hameçonnage")
    statement = completed(person.uid, trainable.uid)
    statements_store(statements=[statement], source=PLATFORM)
    statements_store(statements=[voiding(statement["id"])], source=PLATFORM)
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
            st.sampled_from(Provenance),
        ),
        max_size=12,
    ),
    st.integers(1, 5),
)
def test_a_rebuild_gives_the_same_completions(
    history: list[tuple[int, int, str, bool | None, int, Provenance]], batch: int
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
            **said_as(provenance.value),
        )
        for person, trainable, verb, success, day, provenance in history
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
    fields = ("person", "trainable", "completed_at", "score_scaled", "provenance", "statement_id")
    return set(Completion.objects.values_list(*fields))
