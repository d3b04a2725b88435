"""GET of one statement (Part Three 2.1.3 with an id, and 2.1.4)."""

from __future__ import annotations

import uuid

import pytest

from lrs.models import Statement
from lrs.services import PLATFORM, statements_store
from tests.lrs.api import VERSIONS, Api, error_of
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
