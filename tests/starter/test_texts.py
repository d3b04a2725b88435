"""The starter texts, before anything is loaded: complete, well set, as long as announced."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.enums import Difficulty
from quizzes.forms import choices_problem
from starter.content import pages as starter_pages
from starter.content.modules import MODULES
from starter.content.schema import MULTIPLE, SINGLE, TRUE_FALSE, Block, ModuleText, QuestionText
from starter.loading.links import PAGE_SCHEME
from starter.loading.plans import LISTINGS, page_plans
from starter.typography import NBSP, french

WORDS_A_MINUTE = 200
SECONDS_A_QUESTION = 20
# Examples of passwords, which are no French.
NOT_PROSE = ("Pediatrie2026!", "aZ9!")

PAGES = [getattr(starter_pages, name) for name in starter_pages.__all__]
QUESTIONS = [question for module in MODULES for question in module.quiz.questions]
TITLES = {question.text: question.text[:40] for question in QUESTIONS}


def texts_of(value: object) -> Iterator[str]:
    """Every text in dataclasses, blocks and containers, block types and slugs apart."""
    if isinstance(value, Block):
        yield from texts_of(value.value)
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in {"slug", "kind", "pictogram", "audiences"}:
                yield from texts_of(getattr(value, field.name))
    elif isinstance(value, dict):
        for part in value.values():
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


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.slug)
def test_a_module_has_four_lessons_and_a_quiz_of_eight(module: ModuleText) -> None:
    assert len(module.lessons) == 4
    assert len(module.quiz.questions) == 8
    kinds = Counter(question.kind for question in module.quiz.questions)
    assert kinds[SINGLE] >= 2
    assert kinds[MULTIPLE] >= 2
    assert kinds[TRUE_FALSE] >= 2
    assert module.audiences
    assert module.objectives.count("<li>") == 4


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.slug)
def test_a_module_takes_the_minutes_it_announces(module: ModuleText) -> None:
    reading = words_in(module.lessons) / WORDS_A_MINUTE
    answering = len(module.quiz.questions) * SECONDS_A_QUESTION / 60
    assert 5 <= module.duration_minutes <= 10
    assert module.duration_minutes - 2 <= reading + answering <= module.duration_minutes


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
def test_the_right_choice_has_no_fixed_place(module: ModuleText) -> None:
    places = {
        [choice.is_correct for choice in question.choices].index(True)
        for question in module.quiz.questions
        if question.kind == SINGLE
    }
    assert len(places) > 1


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: TITLES[question.text])
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
