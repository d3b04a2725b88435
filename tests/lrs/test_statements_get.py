"""GET of one statement (Part Three 2.1.3 with an id, and 2.1.4)."""

from __future__ import annotations

import uuid
from email.utils import parsedate_to_datetime
from typing import Any

import pytest

from lrs.models import Statement
from lrs.services import PLATFORM, statements_store
from tests.lrs.api import VERSIONS, Api, check_head, error_of
from tests.lrs.factories import statement, voiding

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("registry")]


@pytest.fixture(params=VERSIONS)
def api(request: pytest.FixtureRequest) -> Api:
    return Api(version=request.param)


def test_statement_as_it_was_stored(api: Api) -> None:
    sent = statement(result={"score": {"scaled": 0.1, "raw": 1.0}})
    api.post(sent)
    response = api.get(statementId=sent["id"])
    assert response.content.decode() == Statement.objects.get().payload
    assert response["Content-Type"] == "application/json"
    assert response["Last-Modified"].endswith("GMT")


def test_unknown_is_404(api: Api) -> None:
    response = api.get(statementId=str(uuid.uuid4()))
    error_of(response, 404)


def test_voided_statement_is_found_as_such_only(api: Api) -> None:
    sent = statement()
    void = voiding(sent["id"])
    api.post([sent, void])
    assert api.get(statementId=sent["id"]).status_code == 404
    assert api.get(voidedStatementId=sent["id"]).json()["id"] == sent["id"]
    assert api.get(voidedStatementId=void["id"]).status_code == 404
    assert api.ids() == [void["id"]]


def test_voiding_the_platforms_own_is_forbidden(api: Api) -> None:
    sent = statement()
    statements_store(statements=[sent], source=PLATFORM)
    response = api.post(voiding(sent["id"]))
    error_of(response, 403)


@pytest.mark.parametrize("name", ["agent", "verb", "since", "limit", "ascending"])
def test_filters_beside_an_id_are_refused(api: Api, name: str) -> None:
    assert api.get(statementId=str(uuid.uuid4()), **{name: "1"}).status_code == 400


def test_both_ids_are_refused(api: Api) -> None:
    one = str(uuid.uuid4())
    assert api.get(statementId=one, voidedStatementId=one).status_code == 400


def test_format_and_attachments_may_stand_beside_an_id(api: Api) -> None:
    sent = statement()
    api.post(sent)
    response = api.get(statementId=sent["id"], format="exact", attachments="false")
    assert response.status_code == 200


def test_last_modified_is_when_it_was_stored(api: Api) -> None:
    """2.1.3.s2.b8."""
    sent = statement()
    api.post(sent)
    stored = Statement.objects.get().stored.replace(microsecond=0)
    response = api.get(statementId=sent["id"])
    assert parsedate_to_datetime(response["Last-Modified"]) == stored


def test_head_of_one(api: Api) -> None:
    sent = statement()
    api.post(sent)
    check_head(api, "statements", {"statementId": sent["id"]})
    check_head(api, "statements", {"statementId": str(uuid.uuid4())})
    check_head(api, "statements", {"statementId": "x"})


@pytest.mark.parametrize("name", ["statementId", "voidedStatementId"])
@pytest.mark.parametrize(
    "other",
    [
        {"agent": {"mbox": "mailto:a@example.org"}},
        {"verb": "http://example.org/v"},
        {"activity": "http://example.org/a"},
        {"registration": str(uuid.UUID(int=1))},
        {"related_activities": "true"},
        {"related_agents": "false"},
        {"since": "2020-01-01T00:00:00Z"},
        {"until": "2020-01-01T00:00:00Z"},
        {"limit": "1"},
        {"ascending": "true"},
    ],
    ids=lambda other: next(iter(other)),
)
def test_good_filters_beside_an_id_are_refused(api: Api, name: str, other: Any) -> None:
    """2.1.3.s2.b2."""
    sent = statement()
    api.post(sent)
    error_of(api.get(**{name: sent["id"]}, **other), 400)


@pytest.mark.parametrize("case", ["upper", "lower"])
def test_ids_have_no_case(api: Api, case: str) -> None:
    """Part Two 4.4: a UUID is a number, however it is written."""
    sent = statement(id=str(uuid.uuid4()).upper())
    api.post(sent)
    assert api.get(statementId=getattr(sent["id"], case)()).status_code == 200
