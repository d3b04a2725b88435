"""Whatever is stored and asked for, the answer is that of a naive filter (Part Three 2.1.3, 2.1.4).

Random statements with references, groups and contexts, in random batches of two writers; random
filters, pages of random length. `tests.lrs.naive` says what must be found.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from lrs.identifiers import account_agent
from lrs.models import Credential
from tests.lrs.api import Api
from tests.lrs.naive import VOIDED, Json, Record

pytestmark = [
    pytest.mark.database,
    pytest.mark.django_db,
    pytest.mark.usefixtures("registry"),
]

ANN = {"mbox": "mailto:ann@example.org"}
BEN = {"account": {"homePage": "http://example.org", "name": "ben"}}
TEAM = {"objectType": "Group", "openid": "http://example.org/team"}
IDS = [str(uuid.UUID(int=number)) for number in range(1, 7)]
IRIS = ["http://example.org/a", "http://example.org/b"]
VERBS = ["http://example.org/v", "http://example.org/w"]
REGISTRATIONS = [str(uuid.UUID(int=number)) for number in (101, 102)]

agents = st.sampled_from([ANN, BEN])
members = st.lists(agents, max_size=2)
groups = st.builds(lambda team, member: {**team, "member": member}, st.just(TEAM), members)
groups |= st.builds(lambda member: {"objectType": "Group", "member": member}, members)
actors = agents | groups
activities = st.builds(lambda iri: {"id": iri}, st.sampled_from(IRIS))
references = st.builds(lambda one: {"objectType": "StatementRef", "id": one}, st.sampled_from(IDS))
contexts = st.fixed_dictionaries(
    {"registration": st.sampled_from(REGISTRATIONS)},
    optional={
        "instructor": actors,
        "team": groups,
        "statement": references,
        "contextActivities": st.fixed_dictionaries(
            {}, optional={"parent": activities, "other": st.lists(activities, max_size=2)}
        ),
        "contextAgents": st.lists(
            st.builds(lambda one: {"objectType": "contextAgent", "agent": one}, agents), max_size=1
        ),
        "contextGroups": st.lists(
            st.builds(lambda one: {"objectType": "contextGroup", "group": one}, groups), max_size=1
        ),
    },
)
plain = activities | agents.map(lambda one: {**one, "objectType": "Agent"}) | groups


def parts(objects: Any) -> st.SearchStrategy[Json]:
    return st.fixed_dictionaries(
        {
            "actor": actors,
            "verb": st.sampled_from(VERBS).map(lambda iri: {"id": iri}),
            "object": objects,
        },
        optional={"context": contexts},
    )


inner = parts(plain | references).map(lambda made: {**made, "objectType": "SubStatement"})
voidings = st.fixed_dictionaries(
    {"actor": agents, "verb": st.just({"id": VOIDED}), "object": references}
)
statements = st.one_of(parts(plain), parts(inner), parts(references), parts(references), voidings)
stored = st.lists(statements, min_size=3, max_size=len(IDS)).flatmap(
    lambda made: st.permutations(IDS).map(
        lambda ids: [{**one, "id": id_} for one, id_ in zip(made, ids, strict=False)]
    )
)
batches = stored.flatmap(
    lambda made: st.lists(
        st.tuples(st.sampled_from([0, 0, 1]), st.integers(1, 4)),
        min_size=len(made),
        max_size=len(made),
    ).map(lambda cuts: list(_split(made, cuts)))
)


@st.composite
def filters(draw: st.DrawFn, whom: list[Json]) -> Json:
    """Parameters as naive values; since and until are places in the order of storage.

    One or two conditions mostly, for what asks for more finds nothing.
    """
    content = {
        "agent": st.sampled_from(whom),
        "verb": st.sampled_from([*VERBS, VOIDED]),
        "activity": st.sampled_from(IRIS),
        "registration": st.sampled_from(REGISTRATIONS),
    }
    others = {
        "since": st.integers(0, len(IDS)),
        "until": st.integers(0, len(IDS)),
        "ascending": st.booleans(),
        "limit": st.integers(0, 3),
    }
    names = draw(st.lists(st.sampled_from(list(content)), min_size=1, max_size=2))
    names += draw(st.lists(st.sampled_from(list(others)), max_size=2))
    wanted = {name: draw({**content, **others}[name]) for name in names}
    for name in ("related_agents", "related_activities"):
        wanted[name] = draw(st.booleans())
    return wanted


def _split(made: list[Json], cuts: list[tuple[int, int]]) -> Iterator[tuple[int, list[Json]]]:
    at = 0
    for writer, size in cuts:
        if made[at : at + size]:
            yield writer, made[at : at + size]
        at += size


def test_answers_are_those_of_the_naive_filter() -> None:
    writers = [Api(), Api()]
    authorities = [account_agent(api.credential.uid) for api in writers]
    readers = st.sampled_from([(Api("all/read"), None), (writers[0], 0), (writers[1], 1)])
    some_filters = st.lists(filters([ANN, BEN, TEAM, *authorities]), min_size=12, max_size=12)

    @settings(max_examples=60)
    @given(batches, some_filters, readers)
    def check(sent: Any, asked: list[Json], reader: tuple[Api, int | None]) -> None:
        api, limited_to = reader
        with transaction.atomic():
            record = Record()
            for writer, documents in sent:
                _post(writers[writer], writer, documents, record)
            times = _times_of_storage(record, writers[0])
            if limited_to is not None:
                _limit_to_own(api)
            for wanted in asked:
                _check_answer(api, record, times, wanted, limited_to)
            transaction.set_rollback(True)

    check()


def _post(api: Api, writer: int, documents: list[Json], record: Record) -> None:
    is_forbidden = record.voids_of_others(documents, writer)
    response = api.post(documents if len(documents) > 1 else documents[0])
    assert response.status_code == (403 if is_forbidden else 200), response.content
    if not is_forbidden:
        authority = account_agent(api.credential.uid)
        for document in documents:
            record.add({**document, "authority": authority}, writer)


def _limit_to_own(api: Api) -> None:
    Credential.objects.filter(pk=api.credential.pk).update(scopes=["statements/read/mine"])


def _times_of_storage(record: Record, api: Api) -> list[str]:
    """When each statement was stored; checks that who voided what is as it should be."""
    times = []
    for one in record.kept.values():
        is_voided = record.is_voided(one)
        name, other = ("voidedStatementId", "statementId")[:: 1 if is_voided else -1]
        assert api.get(**{other: one.statement_id}).status_code == 404
        times.append(api.get(**{name: one.statement_id}).json()["stored"])
    assert times == sorted(times)
    return times


def _check_answer(
    api: Api, record: Record, times: list[str], wanted: Json, limited_to: int | None
) -> None:
    wanted = dict(wanted)
    for name in ("since", "until"):
        if name in wanted:
            wanted[name] = min(wanted[name], len(times) - 1)
    params = {
        name: times[value] if name in ("since", "until") else _as_parameter(value)
        for name, value in wanted.items()
    }
    expected = record.find(wanted, reader=limited_to)
    assert list(_all_pages(api, params, wanted.get("limit") or len(IDS))) == expected


def _as_parameter(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _all_pages(api: Api, params: dict[str, str], size: int) -> Iterator[str]:
    response = api.get(**params)
    while True:
        assert response.status_code == 200, response.content
        page = response.json()
        yield from [one["id"] for one in page["statements"]]
        if not page["more"]:
            assert len(page["statements"]) <= size
            return
        assert len(page["statements"]) == size
        response = api.follow(page["more"])
