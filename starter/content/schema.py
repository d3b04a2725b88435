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
    is_open: bool = True


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


def gestures(first: str, second: str, third: str) -> Block:
    """The three gestures of a module, each a sentence in the first person."""
    return Block("gestures", {"gestures": [first, second, third]})


def case(title: str, source: str) -> Block:
    """What happened, or could have, in a hospital. `source` is HTML."""
    return Block("case", {"title": title, "text": html(source)})


def misconception(belief: str, fact: str) -> Block:
    """A common error and what is true instead."""
    return Block("misconception", {"belief": belief, "fact": fact})


def call_to_action(label: str, address: str) -> Block:
    """A button to a page of the site; `address` is its `page:` address."""
    return Block("call_to_action", {"text": label, "target": address})


# The parts of a mail, by kind: `sender`, `reply_to`, `date`, `subject`, `text`, `link`,
# `attachment`. Of a sender and of a link, `target` is the true address behind what is shown.


def clue(kind: str, text: str, feedback: str, *, target: str = "") -> dict[str, Any]:
    """A part of a mail that should raise suspicion, and why."""
    return _mail_part(kind, text, target, is_suspicious=True, feedback=feedback)


def harmless(kind: str, text: str, feedback: str, *, target: str = "") -> dict[str, Any]:
    """A part that a learner may take for a clue and that is none, and why."""
    return _mail_part(kind, text, target, is_suspicious=False, feedback=feedback)


def plain(text: str, kind: str = "text", *, target: str = "") -> dict[str, Any]:
    """A part that cannot be marked."""
    return _mail_part(kind, text, target, is_suspicious=False, feedback="")


def _mail_part(
    kind: str, text: str, target: str, *, is_suspicious: bool, feedback: str
) -> dict[str, Any]:
    return {
        "kind": kind,
        "text": text,
        "target": target,
        "is_suspicious": is_suspicious,
        "feedback": feedback,
    }


def mail(title: str, instruction: str, *parts: dict[str, Any], conclusion: str) -> Block:
    """A mail in which the learner marks what is suspicious; `conclusion` says what to do with it.

    The parts of the heading come first, in the order of the kinds; then the body as it is read.
    """
    value = {"title": title, "instruction": instruction, "parts": list(parts)}
    return Block("mail", {**value, "conclusion": conclusion})


def way(text: str, consequence: str, leads_to: str) -> dict[str, Any]:
    """A decision that a learner may take, what follows at once, and the key of the next step."""
    return {"text": text, "consequence": consequence, "leads_to": leads_to}


def step(key: str, title: str, text: str, *ways: dict[str, Any]) -> dict[str, Any]:
    """A moment of a scenario with two to four decisions. `key` is its short name."""
    return {"key": key, "title": title, "text": text, "ways": list(ways), "outcome": ""}


def ending(key: str, title: str, text: str, outcome: str) -> dict[str, Any]:
    """An end of a scenario; `outcome` is `good`, `mixed` or `bad`, `text` what it teaches."""
    return {"key": key, "title": title, "text": text, "ways": [], "outcome": outcome}


def scenario(title: str, situation: str, *steps: dict[str, Any]) -> Block:
    """Decisions with consequences; the first step is where it begins, each path ends somewhere."""
    return Block("scenario", {"title": title, "situation": situation, "steps": list(steps)})


def safe(text: str, feedback: str) -> dict[str, Any]:
    return {"text": text, "category": "safe", "feedback": feedback}


def risky(text: str, feedback: str) -> dict[str, Any]:
    return {"text": text, "category": "risky", "feedback": feedback}


def ask_first(text: str, feedback: str) -> dict[str, Any]:
    return {"text": text, "category": "ask", "feedback": feedback}


def sorting(title: str, instruction: str, *items: dict[str, Any]) -> Block:
    """Situations to sort into safe, risky, ask first; four to eight of them."""
    return Block("sorting", {"title": title, "instruction": instruction, "items": list(items)})


def area(
    label: str, feedback: str, *, at: tuple[int, int, int, int], is_right: bool
) -> dict[str, Any]:
    """A part of a picture: `at` is left, top, width and height in percent of it."""
    left, top, width, height = at
    box = {"left": left, "top": top, "width": width, "height": height}
    return {"label": label, **box, "is_right": is_right, "feedback": feedback}


def hotspot(title: str, instruction: str, picture: str, *areas: dict[str, Any]) -> Block:
    """Things to find in a picture of `starter.assets`, which is known by its name."""
    value = {"title": title, "instruction": instruction, "image": f"picture:{picture}"}
    return Block("hotspot", {**value, "areas": list(areas)})


def video(slug: str, *, is_required: bool = False) -> Block:
    """A video of `starter.assets`, known by its slug; `is_required` to be seen or read."""
    return Block("video", {"video": f"video:{slug}", "is_required": is_required})


def moment(when: str, action: str, why: str) -> dict[str, Any]:
    return {"when": when, "action": action, "why": why}


def timeline(title: str, instruction: str, *moments: dict[str, Any]) -> Block:
    """Actions in their right order, which the learner finds again; three to seven of them."""
    return Block("timeline", {"title": title, "instruction": instruction, "moments": list(moments)})


def commitment(title: str, instruction: str, *promises: str) -> Block:
    """What the learner changes from tomorrow, to be picked from three to six promises."""
    value = {"title": title, "instruction": instruction, "promises": list(promises)}
    return Block("commitment", value)


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
