"""Statements in French, whatever they hold."""

from __future__ import annotations

import json
import uuid
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrs.admin.pretty import MAX_LENGTH, pretty
from lrs.admin.sentences import NAME_LENGTH, UNSEEN, sentence_of
from lrs.admin.wording import NOUNS, VERBS, joined, verb_choices
from lrs.identifiers import account_agent
from lrs.xapi.vocabulary import activity_types, cmi5, verbs, video
from tests.lrs.factories import statement
from tests.lrs.xapi.strategies import statements

UID = "1a2b3c4d-0000-4000-8000-000000000000"
NBSP = "\u00a0"


def activity(kind: str | None = None, **definition: Any) -> dict[str, Any]:
    if kind:
        definition["type"] = kind
    return {"id": "https://lms.test/a/1", "definition": definition}


def sentence(names: dict[str, str] | None = None, **parts: Any) -> str:
    """A sentence with plain spaces; the actor is an agent unless `parts` say otherwise."""
    verb = parts.pop("verb", verbs.PASSED)
    parts.setdefault("actor", account_agent(UID))
    parts.setdefault("object", activity(name={"fr": "Mots de passe"}))
    verb = verb if isinstance(verb, dict) else {"id": verb}
    return sentence_of(statement(verb=verb, **parts), names=names).replace(NBSP, " ")


def test_the_whole_sentence() -> None:
    result = {"score": {"scaled": 0.864}, "success": True, "completion": True}
    obj = activity(activity_types.MODULE, name={"en": "Passwords", "fr": "Mots de passe"})
    assert sentence(object=obj, result=result) == (
        "L’agent 1a2b3c4d a réussi le module « Mots de passe » avec 86,4 %"
    )


@pytest.mark.parametrize(
    ("actor", "text"),
    [
        (account_agent(UID), "L’agent 1a2b3c4d a"),
        (account_agent("anonymous"), "Une personne anonyme a"),
        (
            {"account": {"homePage": "https://lms.test/x", "name": "zoe"}},
            "Le compte zoe (lms.test)",
        ),
        ({"mbox": "mailto:zoe@chu.test", "name": "Le ministre"}, "L’adresse zoe@chu.test a"),
        ({"openid": "https://zoe.test/"}, "L’identité https://zoe.test/ a"),
        ({"mbox_sha1sum": "ebd31e95054c018b10727ccffd2ef2ec3a016ee9"}, "cachée (ebd31e95…) a"),
        ({"objectType": "Group", "member": [account_agent(UID)] * 3}, "Un groupe de 3 a"),
        ({"objectType": "Group", "mbox": "mailto:equipe@chu.test"}, "Un groupe a"),
    ],
)
def test_actors_are_told_by_what_identifies_them(actor: dict[str, Any], text: str) -> None:
    assert text in sentence(actor=actor)


def test_names_may_be_given_for_accounts_of_the_platform() -> None:
    assert sentence({UID: "le CHU de Rennes"}).startswith("Le CHU de Rennes a réussi")
    stranger = {"account": {"homePage": "https://lms.test", "name": UID}}
    assert "Rennes" not in sentence({UID: "le CHU de Rennes"}, actor=stranger)


@pytest.mark.parametrize(
    ("verb", "kind", "text"),
    [
        (verbs.FAILED, activity_types.MODULE, "a échoué au module « Mots de passe »"),
        (verbs.ANSWERED, activity_types.INTERACTION, "a répondu à la question « Mots"),
        (verbs.FAILED, activity_types.ASSESSMENT, "a échoué à l’évaluation « Mots"),
        (verbs.TERMINATED, activity_types.COURSE, "a fini sa session du cours « Mots"),
        (verbs.PROGRESSED, activity_types.LESSON, "a progressé dans la leçon « Mots"),
        (verbs.FAILED, None, "a échoué à « Mots de passe »"),
        (video.PLAYED, video.ACTIVITY_TYPE, "a lu la vidéo « Mots"),
        ("https://verbs.test/x", None, "https://verbs.test/x : « Mots"),
    ],
)
def test_verbs_lead_to_their_object(verb: str, kind: str | None, text: str) -> None:
    assert text in sentence(verb=verb, object=activity(kind, name={"fr": "Mots de passe"}))


def test_an_unknown_verb_is_told_by_its_display() -> None:
    verb = {"id": "https://verbs.test/x", "display": {"en": "juggled", "fr-FR": "a jonglé"}}
    assert "a jonglé : « Mots" in sentence(verb=verb)


@pytest.mark.parametrize(
    ("definition", "name"),
    [
        ({"name": {"en": "Passwords", "fr-CA": "Mots"}}, "Mots"),
        ({"name": {"de": "Kennwörter"}}, "Kennwörter"),
        ({"description": {"fr": "Un bon mot de passe ?"}}, "Un bon mot de passe ?"),
        ({"name": {}}, "https://lms.test/a/1"),
        ({}, "https://lms.test/a/1"),
    ],
)
def test_an_activity_is_called_by_the_best_name_it_has(
    definition: dict[str, Any], name: str
) -> None:
    assert f"« {name} »" in sentence(object=activity(**definition))


@pytest.mark.parametrize(
    ("verb", "result", "end"),
    [
        (verbs.PASSED, {"score": {"scaled": 1}}, "» avec 100 %"),
        (verbs.PASSED, {"score": {"raw": 12, "max": 15}}, "» avec 12 sur 15"),
        (verbs.PASSED, {"score": {"raw": 12.5}}, "» avec un score de 12,5"),
        (verbs.PASSED, {"score": {"raw": 1e300}}, "» avec un score de 1e+300"),
        (verbs.PASSED, {"score": {"raw": 10**400}}, "0…"),
        (verbs.PASSED, {"score": {"scaled": -0.5}}, "» avec -50 %"),
        (verbs.PROGRESSED, {"extensions": {cmi5.RESULT_PROGRESS: 10**400}}, "»"),
        (verbs.PROGRESSED, {"extensions": {cmi5.RESULT_PROGRESS: 40}}, "» jusqu’à 40 %"),
        (verbs.PROGRESSED, {"extensions": {cmi5.RESULT_PROGRESS: "<b>"}}, "»"),
        (video.PAUSED, {"extensions": {video.RESULT_PROGRESS: 0.5}}, "» jusqu’à 50 %"),
        (verbs.ANSWERED, {"success": True}, "» (bonne réponse)"),
        (verbs.ANSWERED, {"success": False}, "» (mauvaise réponse)"),
        (verbs.COMPLETED, {"success": False}, "» (sans réussite)"),
        (verbs.FAILED, {"success": False}, "»"),
    ],
)
def test_results(verb: str, result: dict[str, Any], end: str) -> None:
    assert sentence(verb=verb, result=result).endswith(end)


def test_other_objects() -> None:
    reference = {"objectType": "StatementRef", "id": UID}
    assert sentence(verb=verbs.VOIDED, object=reference).endswith("a annulé la trace 1a2b3c4d")
    agent = {"objectType": "Agent", **account_agent("anonymous")}
    assert sentence(verb=verbs.INTERACTED, object=agent).endswith("avec une personne anonyme")
    inner = {
        "objectType": "SubStatement",
        "actor": {"objectType": "Group", "member": [account_agent(UID)] * 2},
        "verb": {"id": verbs.ATTENDED},
        "object": activity(activity_types.MEETING, name={"fr": "Rencontre"}),
    }
    assert "« Un groupe de 2 a participé à la rencontre « Rencontre » »" in sentence(object=inner)


@pytest.mark.parametrize("vocabulary", [verbs, cmi5, video])
def test_every_verb_has_french(vocabulary: ModuleType) -> None:
    named = {
        value
        for name, value in vars(vocabulary).items()
        if name.isupper() and isinstance(value, str) and "/verbs/" in value and name != "_ADL"
    }
    assert named
    assert named <= set(VERBS)
    assert named <= {iri for iri, _label in verb_choices()}


def test_every_kind_of_activity_has_french() -> None:
    kinds = {
        value
        for name, value in vars(activity_types).items()
        if name.isupper() and isinstance(value, str) and not name.startswith("_")
    }
    assert kinds <= set(NOUNS)


def test_articles_contract() -> None:
    assert joined("à", "le", "cours") == "au cours"
    assert joined("de", "l’", "objectif") == "de l’objectif"
    assert joined("", "", "x") == "x"


def test_names_cannot_turn_a_line_around_nor_fill_a_page() -> None:
    name = "\u202eassap ed stoM\x00\n\u200b" + "x" * 10_000
    text = sentence(object=activity(name={"fr": name}))
    assert not UNSEEN.search(text)
    assert len(text) < NAME_LENGTH + 100
    assert "« … »" in sentence(object=activity(name={"fr": "\u200b"}))


@given(statements)
def test_every_valid_statement_has_a_sentence(document: dict[str, Any]) -> None:
    text = sentence_of(document)
    assert text
    assert not UNSEEN.search(text)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(JSON)
def test_pretty_json_is_the_same_json(value: Any) -> None:
    text, is_cut = pretty(json.dumps(value, ensure_ascii=False))
    assert not is_cut
    assert json.loads(text) == value


def test_pretty_json_keeps_every_token() -> None:
    text, _is_cut = pretty('{"a":1.0,"b":[1e2,[],{}],"c":{"d":"{,:\\""}}')
    assert text.splitlines() == [
        "{",
        '  "a": 1.0,',
        '  "b": [',
        "    1e2,",
        "    [],",
        "    {}",
        "  ],",
        '  "c": {',
        '    "d": "{,:\\""',
        "  }",
        "}",
    ]


def test_pretty_json_shows_what_hides() -> None:
    assert pretty('"a\u202eb"')[0] == '"a\\u202eb"'


def test_a_huge_statement_is_cut() -> None:
    text, is_cut = pretty(json.dumps({"a": "x" * (2 * MAX_LENGTH)}))
    assert is_cut
    assert len(text) <= MAX_LENGTH + 10


def test_uids_are_shortened_for_people_only() -> None:
    assert str(uuid.UUID(UID)) not in sentence()
