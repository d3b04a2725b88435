"""The shapes of the starter texts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

# Codes of `content.Audience`: everybody who works in a hospital.
STAFF = ("direction", "numerique", "soignants", "support")

_AROUND_BLOCKS = re.compile(r" *(</?(?:h3|li|ol|p|ul)>) *")

SINGLE, MULTIPLE, TRUE_FALSE = "single", "multiple", "true_false"
MATCHING, ORDERING = "matching", "ordering"

EASY, MEDIUM, HARD = 1, 2, 3


@dataclass(frozen=True)
class Block:
    """A block of a page body: its type in `content.blocks` and its value."""

    kind: str
    value: Any


@dataclass(frozen=True)
class ChoiceText:
    """One answer. In a matching, `match` is what `text` goes with; without `text` it goes with
    nothing, and only distracts. In an ordering the order of the choices is the right one."""

    text: str
    feedback: str = ""
    is_correct: bool = False
    match: str = ""


@dataclass(frozen=True)
class QuestionText:
    kind: str
    text: str
    explanation: str
    choices: tuple[ChoiceText, ...]
    tags: tuple[str, ...] = ()
    difficulty: int = MEDIUM


@dataclass(frozen=True)
class QuizText:
    """A quiz asks `draw` of its questions, all if None; with `per_tag`, that many of each tag
    first."""

    title: str
    questions: tuple[QuestionText, ...]
    draw: int | None = None
    per_tag: int | None = None


@dataclass(frozen=True)
class LessonText:
    slug: str
    title: str
    summary: str
    body: tuple[Block, ...]


@dataclass(frozen=True)
class ModuleText:
    """A module; its quiz closes the last lesson. `objectives` is HTML, a list."""

    slug: str
    title: str
    summary: str
    objectives: str
    duration_minutes: int
    pass_mark: int
    audiences: tuple[str, ...]
    lessons: tuple[LessonText, ...]
    quiz: QuizText


@dataclass(frozen=True)
class PageText:
    """A standard page."""

    slug: str
    title: str
    summary: str
    body: tuple[Block, ...]
    show_in_menus: bool = False


@dataclass(frozen=True)
class AimText:
    title: str
    text: str
    pictogram: str


@dataclass(frozen=True)
class HomeText:
    """The home page. `actions` are the label and `page:` address of two buttons."""

    title: str
    summary: str
    message: str
    lead: str
    actions: tuple[tuple[str, str], ...]
    aims: tuple[AimText, ...]
    figures: tuple[Block, ...]


@dataclass(frozen=True)
class IncidentText:
    """The incident page: steps in order, then gestures, then who reports to the nation."""

    slug: str
    title: str
    summary: str
    at_once: tuple[str, ...]
    to_say: tuple[str, ...]
    gestures: Block
    national: str


def html(source: str) -> str:
    """`source` without the line breaks that make it readable here."""
    return _AROUND_BLOCKS.sub(r"\1", " ".join(source.split()))


def text(source: str) -> Block:
    return Block("rich_text", html(source))


def key_message(title: str, html: str = "") -> Block:
    return Block("key_message", {"title": title, "text": html})


def do_dont(do: list[str], dont: list[str]) -> Block:
    return Block("do_dont", {"do": do, "dont": dont})


def figure(*, value: str, label: str, publisher: str, published_on: str, url: str = "") -> Block:
    return Block(
        "figure",
        {
            "value": value,
            "label": label,
            "publisher": publisher,
            "published_on": published_on,
            "url": url,
        },
    )


def call_to_action(label: str, address: str) -> Block:
    """A button to a page of the site; `address` is its `page:` address."""
    return Block("call_to_action", {"text": label, "target": address})


def right(text: str, feedback: str = "") -> ChoiceText:
    return ChoiceText(text, feedback, is_correct=True)


def wrong(text: str, feedback: str) -> ChoiceText:
    """A wrong choice always says why: the learner who took it had a reason."""
    return ChoiceText(text, feedback)


def single(
    text: str,
    explanation: str,
    *choices: ChoiceText,
    tags: tuple[str, ...] = (),
    difficulty: int = MEDIUM,
) -> QuestionText:
    return QuestionText(SINGLE, text, explanation, choices, tags, difficulty)


def multiple(
    text: str,
    explanation: str,
    *choices: ChoiceText,
    tags: tuple[str, ...] = (),
    difficulty: int = MEDIUM,
) -> QuestionText:
    return QuestionText(MULTIPLE, text, explanation, choices, tags, difficulty)


def true_false(
    text: str,
    explanation: str,
    *,
    is_true: bool,
    tags: tuple[str, ...] = (),
    difficulty: int = MEDIUM,
) -> QuestionText:
    choices = (ChoiceText("Vrai", is_correct=is_true), ChoiceText("Faux", is_correct=not is_true))
    return QuestionText(TRUE_FALSE, text, explanation, choices, tags, difficulty)


def matching(
    text: str,
    explanation: str,
    *pairs: tuple[str, str],
    distractors: tuple[str, ...] = (),
    tags: tuple[str, ...] = (),
    difficulty: int = MEDIUM,
) -> QuestionText:
    """Each pair is a left and the right that goes with it; a distractor is a right without left."""
    choices = (
        *(ChoiceText(left, is_correct=True, match=right) for left, right in pairs),
        *(ChoiceText("", match=right) for right in distractors),
    )
    return QuestionText(MATCHING, text, explanation, choices, tags, difficulty)


def ordering(
    text: str,
    explanation: str,
    *steps: str,
    tags: tuple[str, ...] = (),
    difficulty: int = MEDIUM,
) -> QuestionText:
    """The steps are given in their right order."""
    choices = tuple(ChoiceText(step, is_correct=True) for step in steps)
    return QuestionText(ORDERING, text, explanation, choices, tags, difficulty)
