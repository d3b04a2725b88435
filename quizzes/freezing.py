"""Questions as an attempt keeps them, whatever becomes of the bank afterwards.

A frozen question is a dictionary that JSON can hold::

    {"uid", "kind", "text", "explanation", "scoring", "difficulty", "tags": [name],
     "image": {"id", "alt"} or None,
     "choices": [{"uid", "text", "is_correct", "feedback"}]}

Choices and targets stand in the order in which they are asked. The choices of an ordering have a
`rank`; those of a matching have `match` and `match_uid`, and the question `targets`, each ``{"uid",
"text", "feedback"}``: its distractors are targets only. Attempts from before have none of
`scoring`, `difficulty`, `tags` and `image`, and are read all the same.

A picture is kept by id and text alternative: when it has been deleted, its text stands for it.
"""

from __future__ import annotations

import hashlib
import json
import random
from typing import Any

from quizzes.enums import QuestionKind
from quizzes.kinds import Frozen
from quizzes.models import Choice, Question


def question_frozen(question: Question) -> Frozen:
    """The question as it is now; `question_shuffled` gives it an order that tells nothing."""
    choices = list(question.choices.all())
    frozen: Frozen = {
        "uid": str(question.uid),
        "kind": question.kind,
        "text": question.text,
        "explanation": question.explanation,
        "scoring": question.scoring,
        "difficulty": question.difficulty,
        "tags": sorted(item.tag.name for item in question.tagged_items.all()),
        "image": _image_frozen(question),
        "choices": [_choice_frozen(choice) for choice in choices],
    }
    if question.kind == QuestionKind.ORDERING:
        for rank, choice in enumerate(frozen["choices"], start=1):
            choice["rank"] = rank
    if question.kind == QuestionKind.MATCHING:
        _match(frozen, choices)
    return frozen


def _image_frozen(question: Question) -> dict[str, Any] | None:
    if question.image is None:
        return None
    return {"id": question.image_id, "alt": question.image.description}


def _choice_frozen(choice: Choice) -> dict[str, Any]:
    return {
        "uid": str(choice.uid),
        "text": choice.text,
        "is_correct": choice.is_correct,
        "feedback": choice.feedback,
    }


def _match(frozen: Frozen, choices: list[Choice]) -> None:
    """Sources with what they go with, and every target once: equal texts are one target."""
    targets: dict[str, dict[str, str]] = {}
    sources = []
    for choice, source in zip(choices, frozen["choices"], strict=True):
        target = targets.setdefault(
            choice.match, {"uid": str(choice.match_uid), "text": choice.match, "feedback": ""}
        )
        if choice.text:
            sources.append(source | {"match": choice.match, "match_uid": target["uid"]})
        else:
            target["feedback"] = choice.feedback
    frozen["choices"] = sources
    frozen["targets"] = sorted(targets.values(), key=lambda target: target["text"])


def question_shuffled(question: Frozen, rng: random.Random, *, choices: bool) -> Frozen:
    """The question in the order in which it is asked; `choices` says to shuffle those that need
    not be. What the order would give away is always shuffled."""
    kind = question["kind"]
    asked = dict(question)
    if kind == QuestionKind.MATCHING:
        asked["targets"] = _shuffled(question["targets"], rng)
    if kind == QuestionKind.ORDERING or (choices and kind != QuestionKind.TRUE_FALSE):
        asked["choices"] = _shuffled(question["choices"], rng)
    if kind == QuestionKind.ORDERING and asked["choices"] == question["choices"]:
        asked["choices"] = [*asked["choices"][1:], asked["choices"][0]]
    return asked


def _shuffled(items: list[Any], rng: random.Random) -> list[Any]:
    return rng.sample(items, len(items))


def wording(question: Frozen) -> str:
    """A digest of what is asked and what is right, whatever the order it is put in."""
    parts = [question["kind"], question["text"], question.get("scoring", "")]
    choices = sorted(
        [one["uid"], one["text"], one["is_correct"], one.get("match", ""), one.get("rank", 0)]
        for one in question["choices"]
    )
    said = json.dumps([parts, choices, sorted(t["text"] for t in question.get("targets", []))])
    return hashlib.sha256(said.encode()).hexdigest()[:16]
