"""PUT statements (Part Three 2.1.1)."""

from __future__ import annotations

import uuid

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
