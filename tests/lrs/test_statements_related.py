"""The filters agent and activity, narrow and broad (Part Three 2.1.3, rows 3, 5, 7 and 8)."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from lrs.identifiers import account_agent
from tests.lrs.api import VERSIONS, Api
from tests.lrs.factories import ACTIVITY, statement

pytestmark = [
    pytest.mark.database,
    pytest.mark.django_db,
    pytest.mark.usefixtures("registry"),
]

WHO: dict[str, Any] = {"mbox": "mailto:who@example.org"}
OTHER: dict[str, Any] = {"mbox": "mailto:other@example.org"}
WHAT = "http://example.org/what"
ANONYMOUS = {"objectType": "Group", "member": [OTHER, WHO]}
IDENTIFIED = {"objectType": "Group", "openid": "http://example.org/g", "member": [WHO]}


def inside(**parts: Any) -> dict[str, Any]:
    """A statement whose object is a sub-statement with these parts."""
    inner = {"actor": OTHER, "verb": {"id": "http://example.org/v"}, "object": {"id": ACTIVITY}}
    return {"object": {"objectType": "SubStatement", **inner, **parts}}


def context_agent(agent: Any) -> dict[str, Any]:
    return {"contextAgents": [{"objectType": "contextAgent", "agent": agent}]}


def context_group(group: Any) -> dict[str, Any]:
    return {"contextGroups": [{"objectType": "contextGroup", "group": group}]}


def activities(kind: str, *, alone: bool = False) -> dict[str, Any]:
    listed: Any = {"id": WHAT} if alone else [{"id": ACTIVITY}, {"id": WHAT}]
    return {"contextActivities": {kind: listed}}


DIRECT_AGENTS: dict[str, Any] = {
    "actor": {"actor": {**WHO, "name": "Another name"}},
    "member of an anonymous actor": {"actor": ANONYMOUS},
    "member of an identified actor": {"actor": IDENTIFIED},
    "object": {"object": {**WHO, "objectType": "Agent"}},
    "member of an object": {"object": ANONYMOUS},
    "member of an identified object": {"object": IDENTIFIED},
}
RELATED_AGENTS: dict[str, Any] = {
    "instructor": {"context": {"instructor": WHO}},
    "member of an instructor": {"context": {"instructor": ANONYMOUS}},
    "team": {"context": {"team": IDENTIFIED}},
    "member of an anonymous team": {"context": {"team": ANONYMOUS}},
    "actor inside": inside(actor=WHO),
    "member of an actor inside": inside(actor=ANONYMOUS),
    "object inside": inside(object={**WHO, "objectType": "Agent"}),
    "group as object inside": inside(object=IDENTIFIED),
    "instructor inside": inside(context={"instructor": WHO}),
    "team inside": inside(context={"team": ANONYMOUS}),
}
RELATED_AGENTS_V2: dict[str, Any] = {
    "context agent": {"context": context_agent(WHO)},
    "context group": {"context": context_group(ANONYMOUS)},
    "member of an identified context group": {"context": context_group(IDENTIFIED)},
    "context agent inside": inside(context=context_agent(WHO)),
    "context group inside": inside(context=context_group(IDENTIFIED)),
}
RELATED_ACTIVITIES: dict[str, Any] = {
    **{kind: {"context": activities(kind)} for kind in ("parent", "grouping", "category", "other")},
    "one alone": {"context": activities("parent", alone=True)},
    "object inside": inside(object={"id": WHAT}),
    "context inside": inside(context=activities("category")),
    "one alone inside": inside(context=activities("other", alone=True)),
}
NOWHERE: dict[str, Any] = {
    "extension": {"result": {"extensions": {WHAT: WHO}}},
    "verb": {"verb": {"id": WHAT}},
    "name": {"actor": {**OTHER, "name": "mailto:who@example.org"}},
    "account of that name": {
        "actor": {"account": {"homePage": WHAT, "name": "mailto:who@example.org"}}
    },
    "case of the local part": {"actor": {"mbox": "mailto:Who@example.org"}},
    "definition": {"object": {"id": ACTIVITY, "definition": {"type": WHAT, "moreInfo": WHAT}}},
    "reference in the context": {
        "context": {"statement": {"objectType": "StatementRef", "id": str(uuid.UUID(int=9))}}
    },
}


@pytest.fixture(params=VERSIONS)
def api(request: pytest.FixtureRequest) -> Api:
    return Api(version=request.param)


def found(api: Api, sent: dict[str, Any], **params: Any) -> tuple[bool, bool]:
    """Whether the statement is found as the filter is, and broadly."""
    broad = {"related_agents": "true"} if "agent" in params else {"related_activities": "true"}
    assert api.post([statement(actor=OTHER), sent]).status_code == 200
    narrow = api.ids(**params)
    assert api.ids(**params, **dict.fromkeys(broad, "false")) == narrow
    wide = api.ids(**params, **broad)
    assert set(narrow) <= set(wide) <= {sent["id"]}
    return sent["id"] in narrow, sent["id"] in wide


@pytest.mark.parametrize("parts", DIRECT_AGENTS.values(), ids=DIRECT_AGENTS)
def test_agent_finds_actor_object_and_their_members(api: Api, parts: dict[str, Any]) -> None:
    assert found(api, statement(**{"actor": OTHER, **parts}), agent=WHO) == (True, True)


@pytest.mark.parametrize("parts", RELATED_AGENTS.values(), ids=RELATED_AGENTS)
def test_related_agents_finds_all_the_others(api: Api, parts: dict[str, Any]) -> None:
    assert found(api, statement(**{"actor": OTHER, **parts}), agent=WHO) == (False, True)


@pytest.mark.parametrize("parts", RELATED_AGENTS_V2.values(), ids=RELATED_AGENTS_V2)
def test_related_agents_finds_those_of_version_2(parts: dict[str, Any]) -> None:
    sent = statement(**{"actor": OTHER, **parts})
    assert found(Api(), sent, agent=WHO) == (False, True)
    assert sent["id"] in Api(version="1.0.3").ids(agent=WHO, related_agents="true")


@pytest.mark.parametrize("group", [IDENTIFIED, {**IDENTIFIED, "member": [OTHER]}])
def test_identified_group_is_found_by_itself(api: Api, group: dict[str, Any]) -> None:
    """With or without the members that it is asked with."""
    sent = statement(actor={**IDENTIFIED, "member": []})
    assert found(api, sent, agent=group) == (True, True)


def test_a_group_does_not_stand_for_its_members(api: Api) -> None:
    assert found(api, statement(actor=WHO), agent=IDENTIFIED) == (False, False)


def test_agent_and_group_of_one_identifier_are_equal(api: Api) -> None:
    """Row 3: the identifier alone counts."""
    agent = {"objectType": "Agent", "openid": "http://example.org/g"}
    assert found(api, statement(actor=IDENTIFIED), agent=agent) == (True, True)


@pytest.mark.parametrize(
    ("stored", "asked"),
    [
        ({"mbox": "mailto:who@Example.ORG"}, WHO),
        ({"mbox_sha1sum": "EBD31E95054C018B10727CCFFD2EF2EC3A016EE9"},) * 2,
        (
            {"mbox_sha1sum": "EBD31E95054C018B10727CCFFD2EF2EC3A016EE9"},
            {"mbox_sha1sum": "ebd31e95054c018b10727ccffd2ef2ec3a016ee9"},
        ),
        ({"openid": "http://example.org/é"},) * 2,
        ({"account": {"homePage": "http://example.org", "name": "é \" ' \\ % _ \n"}},) * 2,
        ({"account": {"homePage": "http://example.org", "name": "x" * 5000}},) * 2,
    ],
)
def test_every_identifier(api: Api, stored: dict[str, Any], asked: dict[str, Any]) -> None:
    assert found(api, statement(actor=stored), agent=asked) == (True, True)


def test_authority_is_related(api: Api) -> None:
    sent = statement()
    api.post(sent)
    authority = account_agent(api.credential.uid)
    assert api.ids(agent=authority) == []
    assert api.ids(agent=authority, related_agents="true") == [sent["id"]]


def test_authority_that_was_sent_counts_for_nothing(api: Api) -> None:
    assert found(api, statement(authority=WHO), agent=WHO) == (False, False)


def test_activity_finds_the_object(api: Api) -> None:
    assert found(api, statement(object={"id": WHAT}), activity=WHAT) == (True, True)


@pytest.mark.parametrize("parts", RELATED_ACTIVITIES.values(), ids=RELATED_ACTIVITIES)
def test_related_activities_finds_all_the_others(api: Api, parts: dict[str, Any]) -> None:
    assert found(api, statement(**parts), activity=WHAT) == (False, True)


@pytest.mark.parametrize("parts", NOWHERE.values(), ids=NOWHERE)
def test_nothing_else_is_found(api: Api, parts: dict[str, Any]) -> None:
    sent = statement(**{"actor": OTHER, **parts})
    assert found(api, sent, agent=WHO) == (False, False)
    assert api.ids(activity=WHAT, related_activities="true") == []


@pytest.mark.parametrize("iri", [WHAT + "/", WHAT.upper(), "http://example.org/wha"])
def test_iris_are_compared_as_texts(api: Api, iri: str) -> None:
    assert found(api, statement(object={"id": iri}), activity=WHAT) == (False, False)
    assert api.ids(activity=iri) != []


@pytest.mark.parametrize("name", ["related_agents", "related_activities"])
def test_broad_without_its_filter_changes_nothing(api: Api, name: str) -> None:
    sent = statement()
    api.post(sent)
    assert api.ids(**{name: "true"}) == [sent["id"]]


def test_statement_that_matches_in_two_places_is_answered_once(api: Api) -> None:
    sent = statement(
        actor=IDENTIFIED,
        context={"instructor": WHO, "team": ANONYMOUS, **activities("parent")},
        object={"id": WHAT},
    )
    api.post(sent)
    params = {"related_agents": "true", "related_activities": "true"}
    assert api.ids(agent=WHO, activity=WHAT, **params) == [sent["id"]]


def test_agent_and_activity_of_the_same_statement(api: Api) -> None:
    """Each narrow or broad, in all combinations."""
    sent = {
        "direct": statement(actor=WHO, object={"id": WHAT}),
        "agent": statement(actor=WHO, context=activities("parent")),
        "activity": statement(object={"id": WHAT}, context={"instructor": WHO}),
        "neither": statement(context={"instructor": WHO, **activities("parent")}),
        "only agent": statement(actor=WHO),
        "only activity": statement(object={"id": WHAT}),
    }
    api.post(list(sent.values()))
    by_id = {one["id"]: name for name, one in sent.items()}

    def names(**params: str) -> set[str]:
        return {by_id[one] for one in api.ids(agent=WHO, activity=WHAT, **params)}

    assert names() == {"direct"}
    assert names(related_activities="true") == {"direct", "agent"}
    assert names(related_agents="true") == {"direct", "activity"}
    assert names(related_agents="true", related_activities="true") == {
        "direct",
        "agent",
        "activity",
        "neither",
    }
