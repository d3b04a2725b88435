"""The agents resource (Part Three 2.4): the Person object."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from lrs.services import PLATFORM, statements_store
from tests.lrs.api import AGENT, OTHER_AGENT, VERSIONS, Api, check_head, error_of, sha1
from tests.lrs.factories import statement

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("registry")]


@pytest.fixture(params=VERSIONS)
def api(request: pytest.FixtureRequest) -> Api:
    return Api(version=request.param)


def store(**changes: Any) -> None:
    statements_store(statements=[statement(**changes)], source=PLATFORM)


def person(api: Api, agent: Any) -> dict[str, Any]:
    response = api.send("get", "agents", {"agent": agent})
    assert response.status_code == 200, response.content
    body: dict[str, Any] = response.json()
    return body


@pytest.mark.parametrize(
    "identifier",
    [
        AGENT,
        OTHER_AGENT,
        {"mbox_sha1sum": "0" * 40},
        {"openid": "https://ann.example.org/"},
    ],
)
def test_unknown_agent_is_what_was_asked(api: Api, identifier: dict[str, Any]) -> None:
    """Part Three 2.4.s3.b3."""
    ((name, value),) = identifier.items()
    assert person(api, identifier) == {"objectType": "Person", name: [value]}
    named = {"objectType": "Agent", "name": "Ann", **identifier}
    assert person(api, named) == {"objectType": "Person", "name": ["Ann"], name: [value]}


def test_names_come_from_statements_newest_first(api: Api) -> None:
    for name in ("Ann", "Ann A.", "Ann"):
        store(actor={**AGENT, "name": name})
    store(actor=OTHER_AGENT, object={"objectType": "Agent", **AGENT, "name": "Madam"})
    store(actor={**AGENT})
    store(actor={**OTHER_AGENT, "name": "Ben"})
    assert person(api, AGENT)["name"] == ["Madam", "Ann", "Ann A."]
    assert person(api, {**AGENT, "name": "Ann A."})["name"] == ["Ann A.", "Madam", "Ann"]


def test_a_group_is_nobody(api: Api) -> None:
    group = {"objectType": "Group", **AGENT, "name": "The team"}
    store(actor=group)
    assert "name" not in person(api, AGENT)
    error_of(api.send("get", "agents", {"agent": group}), 400)


def test_person_has_an_entity_tag(api: Api) -> None:
    response = api.send("get", "agents", {"agent": AGENT})
    assert response["ETag"] == f'"{sha1(response.content)}"'
    check_head(api, "agents", {"agent": AGENT})


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"agent": ""},
        {"agent": "x"},
        {"agent": "{}"},
        {"agent": {"name": "Ann"}},
        {"agent": {**AGENT, **OTHER_AGENT}},
        {"agent": {"objectType": "Group", "member": [AGENT]}},
        {"agent": {"objectType": "Person", "mbox": ["mailto:ann@example.org"]}},
        {"Agent": AGENT},
        {"agent": AGENT, "activityId": "https://example.org/a"},
    ],
)
def test_parameter_is_required_and_alone(api: Api, params: dict[str, Any]) -> None:
    error_of(api.send("get", "agents", params), 400)


@pytest.mark.parametrize(
    ("scope", "status"),
    [
        ("statements/write", 403),
        ("statements/read/mine", 200),
        ("statements/read", 200),
        ("state", 403),
        ("profile", 403),
        ("define", 403),
        ("all/read", 200),
        ("all", 200),
    ],
)
def test_scopes(scope: str, status: int) -> None:
    assert Api(scope).send("get", "agents", {"agent": AGENT}).status_code == status


def test_mine_knows_names_of_mine_only() -> None:
    store(actor={**AGENT, "name": "Ann"})
    assert "name" not in person(Api("statements/read/mine"), AGENT)


def test_queries_do_not_grow(
    api: Api, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    person(api, AGENT)  # the first use of a credential is noted
    for count in (5, 10):
        for index in range(count):
            store(actor={**AGENT, "name": f"Ann {count} {index}"})
        # The credential, the statements in two steps, perhaps consistent-through.
        with django_assert_max_num_queries(4):
            assert len(person(api, AGENT)["name"]) >= count
