"""The formats ids, exact and canonical (Part Three 2.1.3, parameter «format», and 2.1.3.s4)."""

from __future__ import annotations

from typing import Any

import pytest

from lrs.models import Statement
from tests.lrs.api import VERSIONS, Api
from tests.lrs.factories import statement

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("registry")]

VERB = "http://example.org/verbs/tried"
NAMES = {"fr": "Essai", "en": "Trial", "de-AT": "Versuch"}
DEFINITION = {
    "name": NAMES,
    "description": {"en": "Only English"},
    "type": "http://example.org/types/quiz",
    "interactionType": "choice",
    "choices": [{"id": "a", "description": {"fr": "Un", "en": "One"}}, {"id": "b"}],
    "extensions": {"http://example.org/x": {"fr": "not a language map", "en": "nor here"}},
}


@pytest.fixture(params=VERSIONS)
def api(request: pytest.FixtureRequest) -> Api:
    return Api(version=request.param)


def activity(number: int = 1, **definition: Any) -> dict[str, Any]:
    made: dict[str, Any] = {
        "objectType": "Activity",
        "id": f"http://example.org/activities/{number}",
    }
    return {**made, "definition": definition} if definition else made


def canonical(api: Api, sent: dict[str, Any], languages: str | None = None) -> dict[str, Any]:
    params = {"statementId": sent["id"], "format": "canonical"}
    response = api.send("get", "statements", params, Accept_Language=languages)
    assert response.status_code == 200
    body: dict[str, Any] = response.json()
    return body


@pytest.fixture
def full() -> dict[str, Any]:
    """Names and definitions everywhere, and a sub-statement."""
    named = {"objectType": "Agent", "name": "Ann", "mbox": "mailto:ann@example.org"}
    anonymous = {"objectType": "Group", "name": "G", "member": [named]}
    identified = {**anonymous, "openid": "http://example.org/g"}
    return statement(
        actor=identified,
        verb={"id": VERB, "display": {"en": "tried"}},
        object={
            "objectType": "SubStatement",
            "actor": named,
            "verb": {"id": VERB, "display": {"en": "tried"}},
            "object": activity(1, **DEFINITION),
        },
        context={
            "team": anonymous,
            "instructor": named,
            "contextActivities": {"parent": [activity(2, name=NAMES)]},
            "extensions": {"http://example.org/e": {"name": "kept"}},
        },
        result={"response": "kept"},
    )


class TestExact:
    """As it was received; what the store sets aside (Part Two 2.3.1)."""

    @pytest.mark.parametrize("params", [{}, {"format": "exact"}])
    def test_nothing_is_changed(
        self, api: Api, full: dict[str, Any], params: dict[str, str]
    ) -> None:
        api.post(full)
        api.post(statement(object=activity(2, name={"en": "Another name"})))
        got = api.get(statementId=full["id"], **params).json()
        assert {name: got[name] for name in full} == full
        assert got.keys() - full.keys() == {"stored", "authority", "version"}

    def test_list_and_single_are_the_same_text(self, api: Api, full: dict[str, Any]) -> None:
        api.post(full)
        single = api.get(statementId=full["id"]).content
        assert single.decode() == Statement.objects.get().payload
        assert api.get().content == b'{"statements":[' + single + b'],"more":""}'


class TestIds:
    """The minimum that identifies; anonymous groups by their members."""

    def test_least_that_identifies(self, api: Api, full: dict[str, Any]) -> None:
        api.post(full)
        (got,) = api.get(format="ids").json()["statements"]
        ann = {"mbox": "mailto:ann@example.org"}
        assert got["actor"] == {"objectType": "Group", "openid": "http://example.org/g"}
        assert got["verb"] == {"id": VERB}
        assert got["object"]["actor"] == ann
        assert got["object"]["verb"] == {"id": VERB}
        assert got["object"]["object"].items() <= activity(1).items()
        assert got["context"]["team"] == {"objectType": "Group", "member": [ann]}
        assert got["context"]["instructor"] == ann
        (parent,) = got["context"]["contextActivities"]["parent"]
        assert parent.items() <= activity(2).items()
        assert got["context"]["extensions"] == full["context"]["extensions"]
        assert (got["id"], got["result"]) == (full["id"], full["result"])

    def test_answer_may_be_sent_again(self, api: Api, full: dict[str, Any]) -> None:
        """Still a valid statement, and by its id the same one only if nothing else was lost."""
        sent = statement(object=activity(1, **DEFINITION))
        api.post(sent)
        got = api.get(format="ids", statementId=sent["id"]).json()
        assert api.post({**got, "id": full["id"]}).status_code == 200


class TestCanonical:
    """2.1.3.s4: the store's definitions and displays, one language in each map."""

    @pytest.mark.parametrize(
        ("languages", "name"),
        [
            ("fr", "Essai"),
            ("en;q=0.5, fr;q=0.9", "Essai"),
            ("fr;q=0.1, en", "Trial"),
            ("en-GB", "Trial"),
            ("de", "Versuch"),
            ("de-AT-1996", "Versuch"),
            ("de-AT-1996, fr;q=0.2", "Essai"),
            ("fr;q=0, en", "Trial"),
        ],
    )
    def test_accept_language_chooses(self, api: Api, languages: str, name: str) -> None:
        """b5, for each map by itself: the description knows English alone."""
        sent = statement(object=activity(1, **DEFINITION), verb={"id": VERB, "display": NAMES})
        api.post(sent)
        got = canonical(api, sent, languages)
        definition = got["object"]["definition"]
        assert list(definition["name"].values()) == [name]
        assert list(got["verb"]["display"].values()) == [name]
        assert definition["description"] == {"en": "Only English"}
        assert [len(one.get("description", "x")) for one in definition["choices"]] == [1, 1]
        assert definition["extensions"] == DEFINITION["extensions"]

    @pytest.mark.parametrize("languages", [None, "", "*", "xx", ";;,q=;=", "é" * 9, "fr;q=x"])
    def test_one_language_always(self, api: Api, languages: str | None) -> None:
        """b1, whatever the header says."""
        sent = statement(object=activity(1, **DEFINITION))
        api.post(sent)
        header = languages.encode().decode("latin-1") if languages else languages
        (name,) = canonical(api, sent, header)["object"]["definition"]["name"].items()
        assert name in NAMES.items()

    def test_actors_stay(self, api: Api, full: dict[str, Any]) -> None:
        api.post(full)
        got = canonical(api, full)
        assert got["actor"] == full["actor"]
        assert got["context"]["team"] == full["context"]["team"]
        assert got["object"]["actor"] == full["object"]["actor"]

    def test_substatement_and_context(self, api: Api, full: dict[str, Any]) -> None:
        api.post(full)
        got = canonical(api, full, "de-AT")
        assert got["object"]["object"]["definition"]["name"] == {"de-AT": "Versuch"}
        (parent,) = got["context"]["contextActivities"]["parent"]
        assert parent["definition"]["name"] == {"de-AT": "Versuch"}
        assert got["object"]["verb"]["display"] == {"en": "tried"}

    def test_what_statements_taught(self, api: Api) -> None:
        """A bare activity is answered with what another statement said of it (Part Three 2.5)."""
        bare = statement(object=activity(1), verb={"id": VERB})
        api.post(bare)
        assert "definition" not in canonical(api, bare)["object"]
        api.post(statement(object=activity(1, **DEFINITION), verb={"id": VERB, "display": NAMES}))
        got = canonical(api, bare, "fr")
        assert got["object"]["definition"]["name"] == {"fr": "Essai"}
        assert got["verb"]["display"] == {"fr": "Essai"}
        exact = api.get(statementId=bare["id"]).json()
        assert exact["object"] == bare["object"]

    def test_definition_in_a_context_teaches(self, api: Api) -> None:
        bare = statement(object=activity(2))
        context = {"contextActivities": {"other": [activity(2, name=NAMES)]}}
        api.post([bare, statement(context=context)])
        assert canonical(api, bare, "en")["object"]["definition"]["name"] == {"en": "Trial"}

    def test_only_those_who_may_define_teach(self, api: Api) -> None:
        """Part Three 4.2, scope «define»; the statement keeps what it came with."""
        api.post(statement(object=activity(1, name={"en": "Known"})))
        sent = statement(object=activity(1, name={"en": "Invented"}), verb={"id": VERB})
        writer = Api("statements/write", version=api.headers["X-Experience-API-Version"])
        assert writer.post(sent).status_code == 200
        writer.post(statement(verb={"id": VERB, "display": {"en": "invented"}}))
        got = canonical(api, sent)
        assert got["object"]["definition"]["name"] == {"en": "Known"}
        assert "display" not in got["verb"]
        exact = api.get(statementId=sent["id"]).json()
        assert exact["object"]["definition"]["name"] == {"en": "Invented"}

    def test_write_with_define_teaches(self, api: Api) -> None:
        both = Api("statements/write", scopes=["define"])
        sent = statement(object=activity(3, name={"en": "Defined"}))
        assert both.post(sent).status_code == 200
        params = {"activityId": sent["object"]["id"]}
        got = api.send("get", "activities", params).json()
        assert got["definition"] == {"name": {"en": "Defined"}}

    def test_refused_batch_teaches_nothing(self, api: Api) -> None:
        taught = statement(object=activity(4, name={"en": "X"}))
        api.post([taught, statement(verb={})])
        got = api.send("get", "activities", {"activityId": taught["object"]["id"]}).json()
        assert "definition" not in got

    def test_pages_keep_the_format(self, api: Api) -> None:
        api.post([statement(object=activity(1, **DEFINITION)) for _one in range(2)])
        page = api.get(format="canonical", limit="1").json()
        (got,) = api.follow(page["more"]).json()["statements"]
        assert len(got["object"]["definition"]["name"]) == 1
