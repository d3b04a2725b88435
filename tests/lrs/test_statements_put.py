"""PUT statements (Part Three 2.1.1)."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from tests.lrs.api import VERSIONS, Api, error_of
from tests.lrs.factories import statement

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("registry")]


@pytest.fixture(params=VERSIONS)
def api(request: pytest.FixtureRequest) -> Api:
    return Api(version=request.param)


def test_statement_is_stored(api: Api) -> None:
    sent = statement(id=None)
    statement_id = str(uuid.uuid4())
    response = api.put(sent, statement_id)
    assert (response.status_code, response.content) == (204, b"")
    assert api.get(statementId=statement_id).json()["id"] == statement_id


def test_repetition_is_fine_and_other_content_a_conflict(api: Api) -> None:
    sent = statement()
    assert api.put(sent, sent["id"]).status_code == 204
    assert api.put(sent, sent["id"].upper()).status_code == 204
    response = api.put({**sent, "result": {"success": True}}, sent["id"])
    assert sent["id"] in error_of(response, 409)["message"]
    assert "result" not in api.get(statementId=sent["id"]).json()


def test_id_must_match(api: Api) -> None:
    response = api.put(statement(), str(uuid.uuid4()))
    assert error_of(response, 400)["problems"][0]["path"] == "$.id"


@pytest.mark.parametrize(
    "params",
    [{}, {"statementId": "x"}, {"statementId": ""}, {"statementid": "x"}, {"other": "1"}],
)
def test_parameter_is_required_and_alone(api: Api, params: dict[str, str]) -> None:
    response = api.send("put", "statements", params, statement())
    error_of(response, 400)


def test_batch_is_refused(api: Api) -> None:
    assert api.put([statement()], str(uuid.uuid4())).status_code == 400


FULL = statement(
    actor={"mbox": "mailto:Ann@Example.org", "name": "Ann"},
    verb={"id": "http://example.org/v", "display": {"en": "tried"}},
    object={"id": "http://example.org/a", "definition": {"name": {"en": "A"}}},
    context={
        "registration": "ec531277-b57b-4c15-8d91-d292c5b2b8f7",
        "language": "en-US",
        "team": {"objectType": "Group", "member": [{"openid": "http://a"}, {"openid": "http://b"}]},
        "contextActivities": {"parent": [{"id": "http://example.org/p"}]},
    },
    result={"duration": "PT1.23S", "score": {"raw": 1}},
    timestamp="2026-03-01T08:00:00.123Z",
)
SAME: dict[str, dict[str, Any]] = {
    "itself": {},
    "id": {"id": FULL["id"].upper()},
    "domain of a mailbox": {"actor": {"mbox": "mailto:Ann@example.ORG", "name": "Ann"}},
    "display": {"verb": {"id": "http://example.org/v", "display": {"fr": "x"}}},
    "no display": {"verb": {"id": "http://example.org/v"}},
    "definition": {"object": {"id": "http://example.org/a"}},
    "registration": {
        "context": {**FULL["context"], "registration": FULL["context"]["registration"].upper()}
    },
    "language": {"context": {**FULL["context"], "language": "EN-us"}},
    "order of members": {
        "context": {
            **FULL["context"],
            "team": {"objectType": "Group", "member": FULL["context"]["team"]["member"][::-1]},
        }
    },
    "one activity alone": {
        "context": {
            **FULL["context"],
            "contextActivities": {"parent": {"id": "http://example.org/p"}},
        }
    },
    "precision of a duration": {"result": {"duration": "PT1.2399S", "score": {"raw": 1}}},
    "kind of number": {"result": {"duration": "PT1.23S", "score": {"raw": 1.0}}},
    "offset": {"timestamp": "2026-03-01T09:00:00.123+01:00"},
    "no timestamp": {"timestamp": None},
    "authority": {"authority": {"mbox": "mailto:x@example.org"}},
    "stored": {"stored": "2020-01-01T00:00:00Z"},
}
OTHER: dict[str, dict[str, Any]] = {
    "actor": {"actor": {"mbox": "mailto:ann@example.org", "name": "Ann"}},
    "name": {"actor": {"mbox": "mailto:Ann@Example.org"}},
    "verb": {"verb": {"id": "http://example.org/w"}},
    "object": {"object": {"id": "http://example.org/b"}},
    "type written out": {"object": {"id": "http://example.org/a", "objectType": "Activity"}},
    "result": {"result": None},
    "true is not one": {"result": {"duration": "PT1.23S", "score": {"raw": 1}, "success": True}},
    "duration": {"result": {"duration": "PT1.24S", "score": {"raw": 1}}},
    "context": {"context": None},
    "timestamp": {"timestamp": "2026-03-01T08:00:00.124Z"},
    "members": {
        "context": {
            **FULL["context"],
            "team": {"objectType": "Group", "member": FULL["context"]["team"]["member"][:1]},
        }
    },
}


def changed(changes: dict[str, Any]) -> dict[str, Any]:
    return {name: one for name, one in {**FULL, **changes}.items() if one is not None}


@pytest.mark.parametrize("changes", SAME.values(), ids=SAME)
def test_equivalent_content_changes_nothing(api: Api, changes: dict[str, Any]) -> None:
    """2.1.1.s2.b2 and 2.1.2.s2.b4; what is equivalent, Part Two 2.3.1 says."""
    assert api.put(FULL, FULL["id"]).status_code == 204
    before = api.get(statementId=FULL["id"]).content
    sent = changed(changes)
    assert api.put(sent, FULL["id"]).status_code == 204
    assert api.post(sent).json() == [FULL["id"]]
    assert api.post([statement(), sent]).json()[1] == FULL["id"]
    assert api.get(statementId=FULL["id"]).content == before


@pytest.mark.parametrize("changes", OTHER.values(), ids=OTHER)
def test_other_content_is_a_conflict(api: Api, changes: dict[str, Any]) -> None:
    """2.1.1.s2.b3 and 2.1.2.s2.b5; a batch with it stores none."""
    api.put(FULL, FULL["id"])
    before = api.get(statementId=FULL["id"]).content
    sent = changed(changes)
    for response in (api.put(sent, FULL["id"]), api.post(sent), api.post([statement(), sent])):
        assert FULL["id"] in error_of(response, 409)["message"]
    assert api.get(statementId=FULL["id"]).content == before
    assert api.ids() == [FULL["id"]]


def test_id_of_another_credential_is_taken(api: Api) -> None:
    api.put(FULL, FULL["id"])
    other = Api()
    assert other.put(FULL, FULL["id"]).status_code == 204
    error_of(other.put({**FULL, "result": {}}, FULL["id"]), 409)


@pytest.mark.parametrize(
    "sent_id", ["x", "", 1, None, [], "{ec531277-b57b-4c15-8d91-d292c5b2b8f7}"]
)
def test_id_that_is_none(api: Api, sent_id: Any) -> None:
    response = api.put({**FULL, "id": sent_id}, FULL["id"])
    assert error_of(response, 400)["problems"][0]["path"].endswith(".id")


@pytest.mark.parametrize(
    "statement_id",
    [
        "ec531277b57b4c158d91d292c5b2b8f7",
        "{ec531277-b57b-4c15-8d91-d292c5b2b8f7}",
        "urn:uuid:ec531277-b57b-4c15-8d91-d292c5b2b8f7",
        " ec531277-b57b-4c15-8d91-d292c5b2b8f7",
        "ec531277-b57b-4c15-8d91-d292c5b2b8f",
        "ec531277-b57b-4c15-8d91-d292c5b2b8f7\x00",
    ],
)
def test_parameter_is_a_uuid_in_standard_form(api: Api, statement_id: str) -> None:
    """Part Two 4.4."""
    error_of(api.put(statement(id=None), statement_id), 400)
    error_of(api.get(statementId=statement_id), 400)
    error_of(api.get(voidedStatementId=statement_id), 400)


def test_problems_of_one_statement_name_its_path(api: Api) -> None:
    response = api.put(statement(id=None, verb={"id": 1}, extra=1), str(uuid.uuid4()))
    paths = {one["path"] for one in error_of(response, 400)["problems"]}
    assert paths == {"$.verb.id", "$.extra"}
