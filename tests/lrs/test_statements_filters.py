"""GET of many statements: filters and parameters (Part Three 2.1.3)."""

from __future__ import annotations

import datetime as dt
import json
import uuid

import pytest
from pytest_django import DjangoAssertNumQueries

from lrs.identifiers import account_agent
from lrs.models import Statement
from lrs.xapi import timestamps
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


def test_nothing_is_an_empty_list(api: Api) -> None:
    assert api.get().json() == {"statements": [], "more": ""}


def test_newest_first_unless_ascending(api: Api) -> None:
    sent = [statement() for _one in range(3)]
    for one in sent:
        api.post(one)
    ids = [one["id"] for one in sent]
    assert api.ids() == ids[::-1]
    assert api.ids(ascending="true") == ids
    assert api.ids(ascending="false", limit="2") == ids[:0:-1]


def test_filters(api: Api) -> None:
    agent, registration = account_agent("b"), str(uuid.uuid4())
    by_agent = statement(actor={**agent, "name": "B"})
    about_agent = statement(object=agent)
    by_verb = statement(verb={"id": verbs.FAILED})
    by_activity = statement(object={"id": "http://example.org/x"})
    by_registration = statement(context={"registration": registration})
    api.post([by_agent, about_agent, by_verb, by_activity, by_registration])
    assert set(api.ids(agent=json.dumps(agent))) == {by_agent["id"], about_agent["id"]}
    assert api.ids(verb=verbs.FAILED) == [by_verb["id"]]
    assert api.ids(activity="http://example.org/x") == [by_activity["id"]]
    assert api.ids(registration=registration.upper()) == [by_registration["id"]]
    assert api.ids(registration=registration, verb=verbs.FAILED) == []


def test_since_is_exclusive_and_until_inclusive(api: Api) -> None:
    for _one in range(3):
        api.post(statement())
    stored = [
        timestamps.format_utc(moment)
        for moment in Statement.objects.order_by("pk").values_list("stored", flat=True)
    ]
    assert len(api.ids(since=stored[0])) == 2
    assert len(api.ids(until=stored[0])) == 1
    assert len(api.ids(since=stored[0], until=stored[1])) == 1


@pytest.mark.parametrize(
    "params",
    [
        {"unknown": "1"},
        {"Verb": "http://example.org/v"},
        {"verb": "completed"},
        {"activity": "x"},
        {"agent": "x"},
        {"agent": "{}"},
        {"agent": '{"objectType":"Group","member":[]}'},
        {"agent": '{"mbox":"a@example.org"}'},
        {"registration": "x"},
        {"since": "yesterday"},
        {"until": "2020-01-01"},
        {"limit": "-1"},
        {"limit": "1.5"},
        {"limit": "٣"},
        {"ascending": "True"},
        {"ascending": "1"},
        {"related_agents": "yes"},
        {"format": "short"},
        {"attachments": "1"},
        {"statementId": "x"},
        {"voidedStatementId": ""},
    ],
)
def test_bad_parameters_are_refused(api: Api, params: dict[str, str]) -> None:
    response = api.get(**params)
    assert error_of(response, 400)["problems"]


def test_repeated_parameter_is_refused(api: Api) -> None:
    assert api.follow(f"{URL}?limit=1&limit=2").status_code == 400


def test_queries_do_not_grow(
    api: Api, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    api.post([statement() for _one in range(5)])
    api.get()
    for _round in range(2):
        with django_assert_max_num_queries(3):  # credential, page, consistent-through
            api.get()
        api.post([statement() for _one in range(10)])


class TestTime:
    """Rows 9 and 10: since is exclusive, until inclusive, to the microsecond."""

    def test_borders(self, api: Api) -> None:
        sent = statement()
        api.post(sent)
        stored = Statement.objects.get().stored
        step = dt.timedelta(microseconds=1)
        for moment, is_after in ((stored - step, True), (stored, False), (stored + step, False)):
            text = timestamps.format_utc(moment)
            assert bool(api.ids(since=text)) is is_after
            assert bool(api.ids(until=text)) is not (is_after)

    def test_batch_is_told_apart(self, api: Api) -> None:
        api.post([statement() for _one in range(3)])
        middle = Statement.objects.order_by("pk")[1]
        text = timestamps.format_utc(middle.stored)
        assert api.ids(since=text, until=text) == []
        before = timestamps.format_utc(middle.stored - dt.timedelta(microseconds=1))
        assert api.ids(since=before, until=text) == [str(middle.statement_id)]

    def test_any_offset_and_any_precision(self, api: Api) -> None:
        api.post(statement())
        stored = Statement.objects.get().stored
        for zone in (dt.timezone(dt.timedelta(hours=5, minutes=45)), dt.timezone.min):
            assert api.ids(until=stored.astimezone(zone).isoformat(timespec="microseconds"))
            assert not api.ids(since=stored.astimezone(zone).isoformat(timespec="microseconds"))
        text = timestamps.format_utc(stored)[:-1]
        assert api.ids(until=f"{text}000Z")
        assert not api.ids(since=f"{text}999Z")

    @pytest.mark.parametrize("moment", ["0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z"])
    def test_long_ago(self, api: Api, moment: str) -> None:
        api.post(statement())
        assert len(api.ids(since=moment)) == 1
        assert api.ids(until=moment) == []

    @pytest.mark.parametrize("moment", ["2091-12-31T00:00:00Z", "9999-12-31T23:59:59.999999Z"])
    def test_far_away(self, api: Api, moment: str) -> None:
        api.post(statement())
        assert len(api.ids(until=moment)) == 1
        assert api.ids(since=moment) == []
        assert len(api.ids(since="0001-01-01T00:00:00Z", until=moment)) == 1

    @pytest.mark.parametrize(
        "moment",
        [
            "0000-01-01T00:00:00Z",
            "0001-01-01T00:00:00+23:59",
            "9999-12-31T23:59:59-23:59",
            "10000-01-01T00:00:00Z",
            "-2026-01-01T00:00:00Z",
            "2026-02-30T00:00:00Z",
            "2026-01-01T24:00:01Z",
            "2026-01-01T00:00:00-00:00",
            "2026-01-01 00:00:00Z",
            "٢٠٢٦-01-01T00:00:00Z",
            "",
        ],
    )
    @pytest.mark.parametrize("version", VERSIONS)
    @pytest.mark.parametrize("name", ["since", "until"])
    def test_no_time_at_all(self, name: str, version: str, moment: str) -> None:
        error_of(Api(version=version).get(**{name: moment}), 400)

    @pytest.mark.parametrize("moment", ["2020-01-01T00:00", "20200101T000000Z"])
    def test_iso_8601_is_for_version_1(self, api: Api, moment: str) -> None:
        assert Api(version="1.0.3").get(since=moment).status_code == 200
        error_of(api.get(since=moment), 400)

    def test_until_before_since(self, api: Api) -> None:
        api.post(statement())
        assert api.ids(since="2030-01-01T00:00:00Z", until="2020-01-01T00:00:00Z") == []


@pytest.mark.parametrize("method", ["get", "head"])
def test_head_answers_as_get(api: Api, method: str) -> None:
    api.post(statement())
    params = {"verb": verbs.COMPLETED, "limit": "1", "format": "canonical"}
    response = api.send(method, "statements", params)
    assert response.status_code == 200
    assert bool(response.content) is (method == "get")


def test_registration_is_that_of_the_statement_alone(api: Api) -> None:
    """Row 6; a sub-statement's own is none of the statement."""
    registration = str(uuid.uuid4())
    inner = {
        "objectType": "SubStatement",
        "actor": account_agent("b"),
        "verb": {"id": verbs.FAILED},
        "object": {"id": ACTIVITY},
        "context": {"registration": registration},
    }
    hit = statement(context={"registration": registration.upper()})
    api.post([hit, statement(object=inner)])
    assert api.ids(registration=registration) == [hit["id"]]
    assert len(api.ids(verb=verbs.COMPLETED)) == 2
    assert api.ids(verb=verbs.FAILED) == []  # the verb of the statement alone, too
