"""GET of many statements: filters and parameters (Part Three 2.1.3)."""

from __future__ import annotations

import json
import uuid

import pytest
from pytest_django import DjangoAssertNumQueries

from lrs.identifiers import account_agent
from lrs.models import Statement
from lrs.xapi import timestamps
from lrs.xapi.vocabulary import verbs
from tests.lrs.api import URL, Api, error_of
from tests.lrs.factories import statement

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("registry")]


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


def test_queries_do_not_grow(api: Api, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    api.post([statement() for _one in range(5)])
    api.get()
    for _round in range(2):
        with django_assert_num_queries(3):  # credential, page, consistent-through
            api.get()
        api.post([statement() for _one in range(10)])
