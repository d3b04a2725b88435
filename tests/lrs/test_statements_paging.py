"""Pages of statements, and the link to more (Part Two 2.5, Part Three 2.1.3)."""

from __future__ import annotations

import itertools
import json
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponse

from lrs.identifiers import account_agent
from lrs.xapi.vocabulary import verbs
from tests.lrs.api import URL, VERSIONS, Api, error_of
from tests.lrs.factories import ACTIVITY, statement

pytestmark = [
    pytest.mark.database,
    pytest.mark.django_db,
    pytest.mark.usefixtures("registry"),
]


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


def pages(api: Api, response: HttpResponse) -> Iterator[dict[str, Any]]:
    """Each page from `response` on."""
    while True:
        assert response.status_code == 200, response.content
        page = response.json()
        yield page
        if not page["more"]:
            return
        response = api.follow(page["more"])


def test_link_is_a_path_without_host(api: Api) -> None:
    """Part Two 2.5.s2: a relative IRL with its full path."""
    api.post([statement(), statement()])
    more = api.get(limit="1").json()["more"]
    assert more.startswith("/xapi/statements/more/")
    assert len(more) < 500


@pytest.mark.parametrize("ascending", ["true", "false"])
def test_every_parameter_is_kept(api: Api, ascending: str) -> None:
    who = {"mbox": "mailto:é+%&@example.org"}
    what, registration = "http://example.org/é?a=b&c=d", str(uuid.uuid4())
    context = {
        "instructor": who,
        "registration": registration,
        "contextActivities": {"parent": [{"id": what}]},
    }
    hits = [statement(context=context) for _one in range(5)]
    near = [
        statement(context={**context, "instructor": {"mbox": "mailto:x@example.org"}}),
        statement(context={**context, "registration": str(uuid.uuid4())}),
        statement(context={**context, "contextActivities": {}}),
        statement(context=context, verb={"id": verbs.FAILED}),
    ]
    early, late = statement(context=context), statement(context=context)
    api.post(early)
    since = api.get(statementId=early["id"]).json()["stored"]
    for hit, other in itertools.zip_longest(hits, near, fillvalue=statement()):
        api.post([hit, other] if hit is not other else hit)
    until = api.get(statementId=hits[-1]["id"]).json()["stored"]
    api.post(late)
    response = api.get(
        agent=who,
        activity=what,
        registration=registration,
        verb=verbs.COMPLETED,
        related_agents="true",
        related_activities="true",
        since=since,
        until=until,
        ascending=ascending,
        limit="2",
        format="ids",
        attachments="false",
    )
    got = [one for page in pages(api, response) for one in page["statements"]]
    expected = [one["id"] for one in hits]
    assert [one["id"] for one in got] == (expected if ascending == "true" else expected[::-1])
    assert all("display" not in one["verb"] for one in got)


def test_pages_are_full_until_the_last(api: Api) -> None:
    api.post([statement() for _one in range(7)])
    sizes = [len(page["statements"]) for page in pages(api, api.get(limit="3"))]
    assert sizes == [3, 3, 1]
    assert [len(page["statements"]) for page in pages(api, api.get(limit="7"))] == [7]


@pytest.mark.parametrize("limit", [None, "0", "00", "500", "501", "2147483648", "9" * 30])
def test_longest_page(api: Api, limit: str | None) -> None:
    """Row 11: 0 is the most that the server allows, and no more than that is answered."""
    api.post([statement() for _one in range(501)])
    params = {} if limit is None else {"limit": limit}
    response = api.get(**params)
    assert [len(page["statements"]) for page in pages(api, response)] == [500, 1]


class TestWhoMayFollow:
    """The link carries no right: who follows it is judged as anybody else (Part Three 4.2)."""

    @pytest.fixture
    def more(self, api: Api) -> str:
        api.post([statement(), statement()])
        return str(api.get(limit="1").json()["more"])

    @pytest.mark.parametrize("version", VERSIONS)
    @pytest.mark.parametrize("scope", ["all", "all/read", "statements/read"])
    def test_others_who_may_read(self, more: str, scope: str, version: str) -> None:
        response = Api(scope, version=version).follow(more)
        assert len(response.json()["statements"]) == 1
        assert response["X-Experience-API-Version"] == version

    @pytest.mark.parametrize("scope", ["statements/write", "state", "profile", "define"])
    def test_others_who_may_not(self, more: str, scope: str) -> None:
        error_of(Api(scope).follow(more), 403)

    def test_own_only(self, more: str) -> None:
        assert Api("statements/read/mine").follow(more).json()["statements"] == []

    def test_nobody(self, api: Api, more: str) -> None:
        for name in list(api.headers):
            stranger = Api()
            del stranger.headers[name]
            error_of(stranger.follow(more), 401 if name == "Authorization" else 400)

    def test_head(self, api: Api, more: str) -> None:
        get, head = api.follow(more), api.follow(more, "head")
        assert (head.status_code, head.content) == (200, b"")
        assert head["Content-Length"] == str(len(get.content))

    @pytest.mark.parametrize("method", ["put", "post", "delete", "patch"])
    def test_reading_only(self, api: Api, more: str, method: str) -> None:
        error_of(api.follow(more, method), 405)

    def test_no_parameters(self, api: Api, more: str) -> None:
        error_of(api.follow(f"{more}?limit=1"), 400)


def test_timestamps_of_version_1_stay_what_they_are(api: Api) -> None:
    """A link that was made under 1.0.3 is understood so, whoever follows it."""
    api.post([statement(), statement()])
    older = Api(version="1.0.3")
    more = older.get(limit="1", since="2020-01-01T00:00").json()["more"]
    assert len(api.follow(more).json()["statements"]) == 1
