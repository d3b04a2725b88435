"""Statements that refer to others, and voiding (Part Three 2.1.3.s3 and 2.1.4, Part Two 2.3.2)."""

from __future__ import annotations

import itertools
import uuid
from typing import Any

import pytest

from lrs.services import PLATFORM, statements_store
from lrs.xapi.vocabulary import verbs
from tests.lrs.api import Api, error_of
from tests.lrs.factories import statement, voiding

pytestmark = [
    pytest.mark.database,
    pytest.mark.django_db,
    pytest.mark.usefixtures("registry"),
]

WHO = {"mbox": "mailto:who@example.org"}
WHAT = "http://example.org/what"
CONFIRMED = "http://example.org/confirmed"
REGISTRATION = str(uuid.UUID(int=7))
ORDERS = list(itertools.permutations(range(3)))


@pytest.fixture
def api() -> Api:
    return Api()


def referring(target: str, **changes: Any) -> dict[str, Any]:
    return statement(
        **{
            "verb": {"id": CONFIRMED},
            "object": {"objectType": "StatementRef", "id": target},
            **changes,
        }
    )


def chain(length: int = 3) -> list[dict[str, Any]]:
    """A match, what refers to it, what refers to that, and so on."""
    context = {"registration": REGISTRATION, "instructor": WHO}
    made = [statement(actor=WHO, object={"id": WHAT}, context=context)]
    for _one in range(length - 1):
        made.append(referring(made[-1]["id"]))
    return made


def ids_of(sent: list[dict[str, Any]]) -> set[str]:
    return {one["id"] for one in sent}


FILTERS: list[dict[str, Any]] = [
    {"agent": WHO},
    {"activity": WHAT},
    {"verb": verbs.COMPLETED},
    {"registration": REGISTRATION},
    {"agent": WHO, "related_agents": "true"},
    {"activity": WHAT, "related_activities": "true"},
    {"agent": WHO, "activity": WHAT, "verb": verbs.COMPLETED, "registration": REGISTRATION},
]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("is_batch", [True, False])
def test_chain_is_found_whichever_came_first(api: Api, order: Any, is_batch: bool) -> None:
    sent = chain()
    arranged = [sent[index] for index in order]
    for batch in [arranged] if is_batch else [[one] for one in arranged]:
        assert api.post(batch).status_code == 200
    for params in FILTERS:
        assert set(api.ids(**params)) == ids_of(sent)


def test_chain_closed_by_a_late_link(api: Api) -> None:
    sent = chain(6)
    for index in (5, 0, 4, 1, 2, 3):
        api.post(sent[index])
    assert set(api.ids(agent=WHO, activity=WHAT)) == ids_of(sent)


def test_only_what_refers_is_found_not_what_is_referred_to(api: Api) -> None:
    """The condition goes from the target to the statement that targets, never back."""
    sent = chain()
    sent[1]["actor"] = {"mbox": "mailto:middle@example.org"}
    api.post(sent)
    assert set(api.ids(agent=sent[1]["actor"])) == ids_of(sent[1:])
    assert set(api.ids(verb=CONFIRMED)) == ids_of(sent[1:])


def test_reference_in_a_context_or_inside_is_none(api: Api) -> None:
    """The note in s3, and «as the Object of the Statement»."""
    (target,) = chain(1)
    reference = {"objectType": "StatementRef", "id": target["id"]}
    inner = {
        "objectType": "SubStatement",
        "actor": {"mbox": "mailto:x@example.org"},
        "verb": {"id": CONFIRMED},
        "object": reference,
    }
    api.post([target, statement(context={"statement": reference}), statement(object=inner)])
    assert api.ids(agent=WHO) == [target["id"]]
    assert api.ids(activity=WHAT) == [target["id"]]


def test_pair_must_be_met_by_the_same_target(api: Api) -> None:
    one = statement(actor=WHO, object={"id": "http://example.org/else"})
    two = referring(one["id"], verb={"id": CONFIRMED})
    three = referring(two["id"], verb={"id": "http://example.org/third"})
    api.post([one, two, three])
    assert set(api.ids(agent=WHO)) == ids_of([one, two, three])
    assert set(api.ids(verb=CONFIRMED)) == ids_of([two, three])
    assert api.ids(agent=WHO, verb=CONFIRMED) == []
    assert set(api.ids(agent=WHO, verb=verbs.COMPLETED)) == ids_of([one, two, three])


def test_circle(api: Api) -> None:
    one, other = str(uuid.uuid4()), str(uuid.uuid4())
    itself = referring(str(uuid.UUID(int=3)), id=str(uuid.UUID(int=3)))
    sent = [referring(other, id=one, actor=WHO), referring(one, id=other), itself]
    for each in sent:
        assert api.post(each).status_code == 200
    assert set(api.ids(agent=WHO)) == {one, other}
    assert set(api.ids(verb=CONFIRMED)) == ids_of(sent)


def test_time_is_that_of_the_referring_statement(api: Api) -> None:
    """«since», «until» and «limit» apply to the statement that refers (s3)."""
    sent = chain()
    stored = []
    for one in sent:
        api.post(one)
        stored.append(api.get(statementId=one["id"]).json()["stored"])
    assert set(api.ids(agent=WHO, since=stored[0])) == ids_of(sent[1:])
    assert set(api.ids(agent=WHO, since=stored[1])) == ids_of(sent[2:])
    assert api.ids(agent=WHO, until=stored[0]) == [sent[0]["id"]]
    assert api.ids(agent=WHO, since=stored[0], until=stored[1]) == [sent[1]["id"]]
    assert api.ids(agent=WHO, limit="1") == [sent[2]["id"]]
    assert api.ids(agent=WHO, limit="1", ascending="true") == [sent[0]["id"]]


@pytest.mark.parametrize("ascending", ["true", "false"])
def test_pages_mix_matches_and_what_refers(api: Api, ascending: str) -> None:
    sent = [*chain(4), *chain(4), statement()]
    for one in sent:
        api.post(one)
    page = api.get(agent=WHO, limit="3", ascending=ascending).json()
    seen = [one["id"] for one in page["statements"]]
    while page["more"]:
        page = api.follow(page["more"]).json()
        seen += [one["id"] for one in page["statements"]]
    expected = [one["id"] for one in sent[:8]]
    assert seen == (expected if ascending == "true" else expected[::-1])


class TestVoiding:
    """Part Two 2.3.2, Part Three 2.1.4."""

    @pytest.mark.parametrize("order", ORDERS)
    @pytest.mark.parametrize("is_batch", [True, False])
    def test_in_every_order(self, api: Api, order: Any, is_batch: bool) -> None:
        (target,) = chain(1)
        void, comment = voiding(target["id"]), referring(target["id"])
        arranged = [(target, void, comment)[index] for index in order]
        for batch in [arranged] if is_batch else [[one] for one in arranged]:
            assert api.post(batch).status_code == 200
        for params in FILTERS:
            assert set(api.ids(**params)) == ids_of([void, comment])  # 2.1.4.s1.b2
        assert set(api.ids()) == ids_of([void, comment])
        error_of(api.get(statementId=target["id"]), 404)
        got = api.get(voidedStatementId=target["id"])
        assert got.json()["id"] == target["id"]
        assert got["Last-Modified"]
        for one in (void, comment):
            assert api.get(statementId=one["id"]).status_code == 200
            error_of(api.get(voidedStatementId=one["id"]), 404)

    def test_what_voids_cannot_be_voided(self, api: Api) -> None:
        """2.3.2.s2.b3; the void of a void has no effect on either."""
        (target,) = chain(1)
        void = voiding(target["id"])
        second = voiding(void["id"])
        for one in (target, void, second):
            assert api.post(one).status_code == 200
        assert set(api.ids()) == ids_of([void, second])
        error_of(api.get(voidedStatementId=void["id"]), 404)
        error_of(api.get(statementId=target["id"]), 404)

    def test_voiding_twice_is_voiding_once(self, api: Api) -> None:
        (target,) = chain(1)
        sent = [voiding(target["id"]), target, voiding(target["id"])]
        for one in sent:
            assert api.post(one).status_code == 200
        assert set(api.ids()) == ids_of([sent[0], sent[2]])

    def test_voided_statement_that_refers(self, api: Api) -> None:
        """What refers to a match through a voided statement is found all the same."""
        sent = chain(3)
        void = voiding(sent[1]["id"])
        api.post([*sent, void])
        assert set(api.ids(agent=WHO)) == ids_of([sent[0], sent[2], void])

    def test_repetition_of_a_voided_statement_revives_nothing(self, api: Api) -> None:
        (target,) = chain(1)
        void = voiding(target["id"])
        api.post([target, void])
        assert api.post(target).json() == [target["id"]]
        assert api.ids() == [void["id"]]

    def test_unknown_target(self, api: Api) -> None:
        """2.3.2.s2.b5 of the receiver: it may come later, or never."""
        void = voiding(str(uuid.uuid4()))
        assert api.post(void).status_code == 200
        assert api.ids() == [void["id"]]

    @pytest.mark.parametrize(
        "obj",
        [{"id": WHAT}, {"objectType": "Agent", **WHO}, {"objectType": "StatementRef", "id": "x"}],
    )
    def test_only_statements_are_voided(self, api: Api, obj: dict[str, Any]) -> None:
        sent = statement(verb={"id": verbs.VOIDED}, object=obj)
        error_of(api.post(sent), 400)

    def test_forbidden_voiding_sinks_the_batch(self, api: Api) -> None:
        foreign = statement()
        statements_store(statements=[foreign], source=PLATFORM)
        error_of(api.post([statement(), voiding(foreign["id"])]), 403)
        assert api.ids() == [foreign["id"]]

    def test_forbidden_voiding_before_its_target_has_no_effect(self, api: Api) -> None:
        foreign = statement()
        void = voiding(foreign["id"])
        api.post(void)
        statements_store(statements=[foreign], source=PLATFORM)
        assert set(api.ids()) == ids_of([foreign, void])
