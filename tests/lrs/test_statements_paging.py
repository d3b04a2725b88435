"""Pages of statements, and the link to more (Part Two 2.5, Part Three 2.1.3)."""

from __future__ import annotations

import json
import uuid

import pytest

from lrs.identifiers import account_agent
from lrs.xapi.vocabulary import verbs
from tests.lrs.api import URL, Api
from tests.lrs.factories import ACTIVITY, statement

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("registry")]


@pytest.fixture
def api() -> Api:
    return Api()


@pytest.mark.parametrize("ascending", ["true", "false"])
def test_pages_stay_where_they_are_while_others_write(api: Api, ascending: str) -> None:
    sent = [statement() for _one in range(7)]
    api.post(sent[:4])
    api.post(sent[4:])
    known = {one["id"] for one in sent}
    page = api.get(limit="2", ascending=ascending, verb=verbs.COMPLETED).json()
    seen = [one["id"] for one in page["statements"]]
    while page["more"]:
        assert page["more"].startswith("/xapi/statements/more/")
        api.post(statement())
        api.post(statement(verb={"id": verbs.FAILED}))
        page = api.follow(page["more"]).json()
        seen += [one["id"] for one in page["statements"]]
        if len(seen) > 20:
            break
    assert [one for one in seen if one in known] == (
        [one["id"] for one in sent] if ascending == "true" else [o["id"] for o in sent[::-1]]
    )
    assert len(set(seen)) == len(seen)


def test_more_keeps_every_filter(api: Api) -> None:
    registration = str(uuid.uuid4())
    hit = {"context": {"registration": registration}}
    api.post([statement(**hit), statement(), statement(**hit), statement()])
    agent = json.dumps(account_agent(uuid.UUID(int=1)))
    page = api.get(
        limit="1",
        agent=agent,
        verb=verbs.COMPLETED,
        activity=ACTIVITY,
        registration=registration,
        since="2020-01-01T00:00:00Z",
        until="2120-01-01T00:00:00Z",
    ).json()
    rest = api.follow(page["more"]).json()
    assert len(rest["statements"]) == 1
    assert rest["more"] == ""


def test_forged_cursor_is_404(api: Api) -> None:
    assert api.follow(f"{URL}/more/abc").status_code == 404
    api.post([statement(), statement()])
    more = api.get(limit="1").json()["more"]
    assert api.follow(more[:-2] + "xx").status_code == 404
