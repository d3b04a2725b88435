"""The starter texts, before anything is loaded: complete, well set, as long as announced."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from importlib import import_module
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.enums import Difficulty
from quizzes.forms import choices_problem
from starter.content import pages as starter_pages
from starter.content.modules import MODULES
from starter.content.schema import (
    MATCHING,
    MULTIPLE,
    ORDERING,
    SINGLE,
    TRUE_FALSE,
    Block,
    ModuleText,
    QuestionText,
)
from starter.loading.links import PAGE_SCHEME
from starter.loading.plans import LISTINGS, page_plans
from starter.typography import NBSP, french

WORDS_ALOUD = 150  # a minute
SECONDS_A_QUESTION = 20
# Examples of passwords, which are no French.
NOT_PROSE = ("Pediatrie2026!", "aZ9!")

INTERACTIVE = {"mail", "scenario", "sorting", "hotspot", "timeline", "commitment"}
# Names that are no text: never shown, never typeset.
NOT_SHOWN = {"key", "leads_to", "outcome", "category", "kind", "target", "image"}

AUDIENCES = [code for code, *_ in import_module("content.migrations.0002_audiences").AUDIENCES]
PAGES = [getattr(starter_pages, name) for name in starter_pages.__all__]
QUESTIONS = [question for module in MODULES for question in module.quiz.questions]
ARRANGED = [question for question in QUESTIONS if question.kind in (MATCHING, ORDERING)]
CHOSEN = [question for question in QUESTIONS if question.kind not in (MATCHING, ORDERING)]
TITLES = {question.text: question.text[:40] for question in QUESTIONS}


def texts_of(value: object) -> Iterator[str]:
    """Every text in dataclasses, blocks and containers, block types and slugs apart."""
    if isinstance(value, Block):
        yield from texts_of(value.value)
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in {"slug", "kind", "pictogram", "audiences", "tags"}:
                yield from texts_of(getattr(value, field.name))
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in NOT_SHOWN:
                yield from texts_of(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from texts_of(part)
    elif isinstance(value, str) and value:
        yield value


def words_in(value: object) -> int:
    return sum(len(re.sub(r"<[^>]+>", " ", text).split()) for text in texts_of(value))


ALL_TEXTS = sorted({*texts_of(MODULES), *texts_of(PAGES), *texts_of(LISTINGS)})
PROSE = [text for text in ALL_TEXTS if not text.startswith((PAGE_SCHEME, "/", *NOT_PROSE))]


def blocks_of(module: ModuleText) -> list[Block]:
    return [block for lesson in module.lessons for block in lesson.body]


def drawn(module: ModuleText) -> int:
    return module.quiz.draw or len(module.quiz.questions)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.slug)
def test_a_module_has_lessons_and_a_quiz_drawn_from_twelve(module: ModuleText) -> None:
    assert 3 <= len(module.lessons) <= 5
    assert len(module.quiz.questions) >= 12
    assert 5 <= drawn(module) < len(module.quiz.questions)
    kinds = Counter(question.kind for question in module.quiz.questions)
    assert kinds[SINGLE] >= 2
    assert kinds[MULTIPLE] >= 2
    assert kinds[TRUE_FALSE] >= 2
    assert module.audiences
    assert 3 <= module.objectives.count("<li>") <= 4


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.slug)
def test_a_module_has_gestures_a_case_a_corrected_error_and_something_to_do(
    module: ModuleText,
) -> None:
    kinds = Counter(block.kind for block in blocks_of(module))
    assert kinds["gestures"] == 1
    assert kinds["case"] >= 1
    assert kinds["misconception"] >= 1
    assert len(INTERACTIVE & kinds.keys()) >= 2


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.slug)
def test_a_module_takes_the_minutes_it_announces(module: ModuleText) -> None:
    """Read aloud, with the time to answer what is drawn for the quiz."""
    minutes = words_in(module.lessons) / WORDS_ALOUD + drawn(module) * SECONDS_A_QUESTION / 60
    assert 5 <= minutes <= 10
    assert abs(module.duration_minutes - minutes) <= 1


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.slug)
def test_every_way_of_a_scenario_leads_to_an_end(module: ModuleText) -> None:
    for block in blocks_of(module):
        if block.kind == "scenario":
            steps = {step["key"]: step for step in block.value["steps"]}
            assert len(steps) == len(block.value["steps"])
            outcomes = {step["outcome"] for step in steps.values()} - {""}
            assert "good" in outcomes
            assert len(outcomes) >= 2
            reached = _reached(steps, block.value["steps"][0]["key"])
            assert reached == set(steps), "no step stands apart, no way leads nowhere"


def _reached(steps: dict[str, Any], start: str) -> set[str]:
    """The keys that can be reached; a way back to an earlier step would be a loop."""
    found: set[str] = set()

    def visit(key: str, path: tuple[str, ...]) -> None:
        assert key not in path, "a scenario goes forward"
        found.add(key)
        ways = steps[key]["ways"]
        assert bool(ways) != bool(steps[key]["outcome"])
        for way in ways:
            visit(way["leads_to"], (*path, key))

    visit(start, ())
    return found


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.slug)
def test_a_mail_has_clues_and_parts_that_are_none(module: ModuleText) -> None:
    for block in blocks_of(module):
        if block.kind == "mail":
            parts = block.value["parts"]
            assert sum(part["is_suspicious"] for part in parts) >= 3
            assert any(part["feedback"] and not part["is_suspicious"] for part in parts)
            assert all(part["feedback"] for part in parts if part["is_suspicious"])
            assert {"sender", "subject"} <= {part["kind"] for part in parts}
            assert all(part["target"] for part in parts if part["kind"] == "link")


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.slug)
def test_addresses_in_examples_can_never_be_real(module: ModuleText) -> None:
    """RFC 2606 keeps `.example` free."""
    for text in texts_of((module.lessons, module.quiz)):
        for host in re.findall(r"(?:https?://|@)([\w.-]+)", re.sub(r"</?b>", "", text)):
            assert host.strip(".").endswith((".example", ".gouv.fr")), host


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.slug)
def test_true_and_false_are_both_right_once(module: ModuleText) -> None:
    """Or the learner who always says «Faux» would pass."""
    right = {
        choice.text
        for question in module.quiz.questions
        if question.kind == TRUE_FALSE
        for choice in question.choices
        if choice.is_correct
    }
    assert right == {"Vrai", "Faux"}


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.slug)
def test_the_draw_asks_about_every_subject(module: ModuleText) -> None:
    """Whatever is drawn, no lesson is left out."""
    tagged = Counter(tag for question in module.quiz.questions for tag in question.tags)
    per_tag = module.quiz.per_tag or 0
    assert all(len(question.tags) == 1 for question in module.quiz.questions)
    assert 1 <= per_tag < min(tagged.values())
    assert per_tag * len(tagged) <= drawn(module)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_audience_has_a_module_written_for_it(audience: str) -> None:
    """Its tile must not lead to what was written for everybody."""
    assert [
        module for module in MODULES if audience in module.audiences and len(module.audiences) <= 2
    ]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.slug)
def test_the_right_choice_has_no_fixed_place(module: ModuleText) -> None:
    places = {
        [choice.is_correct for choice in question.choices].index(True)
        for question in module.quiz.questions
        if question.kind == SINGLE
    }
    assert len(places) > 1


@pytest.mark.parametrize("question", CHOSEN, ids=lambda question: TITLES[question.text])
def test_a_question_can_be_answered_and_teaches(question: QuestionText) -> None:
    choices = [
        {"text": one.text, "is_correct": one.is_correct, "match": one.match}
        for one in question.choices
    ]
    assert question.explanation
    assert choices_problem(question.kind, choices) == ""
    assert question.difficulty in Difficulty.values
    if question.kind == MULTIPLE:
        assert not all(choice.is_correct for choice in question.choices)
    if question.kind in (SINGLE, MULTIPLE):
        assert all(choice.feedback for choice in question.choices if not choice.is_correct)


@pytest.mark.parametrize("question", ARRANGED, ids=lambda question: TITLES[question.text])
def test_what_is_arranged_can_be_told_apart(question: QuestionText) -> None:
    placed = [choice.text for choice in question.choices if choice.is_correct]
    targets = [choice.match for choice in question.choices if choice.match]
    assert question.explanation
    assert len(set(placed)) == len(placed) >= 3
    assert len(set(targets)) == len(targets)
    assert len(targets) == (len(question.choices) if question.kind == MATCHING else 0)


@pytest.mark.parametrize("text", PROSE, ids=lambda text: text[:40])
def test_french_typography(text: str) -> None:
    typeset = re.sub(r"<[^>]+>", "", french(text)).replace("https://", "")
    for example in NOT_PROSE:
        typeset = typeset.replace(example, "")
    assert "'" not in typeset
    assert '"' not in typeset
    assert "..." not in typeset
    assert not re.search(rf"[^{NBSP}][:;?!»]", typeset)
    assert not re.search(rf"«[^{NBSP}]", typeset)
    assert not re.search(r"[ ]{2}|\n|^\s|\s$", typeset)
    assert typeset.count("«") == typeset.count("»")


def test_rich_text_uses_only_what_editors_may() -> None:
    tags = {tag for text in ALL_TEXTS for tag in re.findall(r"<(\w+)", text)}
    assert tags <= {"p", "h3", "ul", "ol", "li", "b", "a"}


def test_links_name_pages_that_exist() -> None:
    paths = {plan.path for plan in page_plans()}
    named = {path for text in ALL_TEXTS for path in re.findall(rf"{PAGE_SCHEME}([^\"]+)", text)}
    assert named
    assert named <= paths


def test_the_site_map_names_every_page_but_parts_and_itself() -> None:
    named = set(re.findall(rf"{PAGE_SCHEME}([^\"]+)", "".join(texts_of(starter_pages.SITE_MAP))))
    top = {plan.path for plan in page_plans() if plan.path.count("/") <= 2}
    assert named == top - {"/plan-du-site/"}


@pytest.mark.parametrize(
    ("typed", "typeset"),
    [
        ("l'eau : oui ?", f"l’eau{NBSP}: oui{NBSP}?"),
        ("« 3 036 » à 3 h 40...", f"«{NBSP}3{NBSP}036{NBSP}» à 3{NBSP}h{NBSP}40…"),
        ("<a href='page:/x/'>l'un</a> !", f"<a href='page:/x/'>l’un</a>{NBSP}!"),
        ("https://hopital.example/", "https://hopital.example/"),
        ("79 %, le 28 novembre 2019", f"79{NBSP}%, le 28 novembre 2019"),
    ],
)
def test_french_sets_what_is_typed(typed: str, typeset: str) -> None:
    assert french(typed) == typeset


@given(st.text(alphabet="ab '«»:;?!.…0123 %<>/", max_size=40))
def test_setting_twice_changes_nothing_more(text: str) -> None:
    once = french(text)
    assert french(once) == once
