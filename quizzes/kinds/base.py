"""What a type of question is.

A kind works on frozen questions (`quizzes.freezing`) and on responses: lists that JSON can keep, of
uids, of pairs of uids, or of uids in an order. It knows neither rows nor requests, so that what was
asked years ago is graded, shown and told by the same functions as today's.
"""

from __future__ import annotations

import random
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from quizzes.enums import Scoring

Frozen: TypeAlias = dict[str, Any]
Response: TypeAlias = list[Any]
Posted: TypeAlias = MultiValueDict[str, str]
Key: TypeAlias = tuple[str, ...]


class AnswerInvalid(Exception):
    """The answer does not fit its question; the message is for the learner, in French.

    `fields` names the controls it is about, if not all.
    """

    def __init__(self, message: str, fields: frozenset[str] = frozenset()) -> None:
        super().__init__(message)
        self.fields = fields


@dataclass(frozen=True, slots=True)
class Option:
    """What may be chosen; nothing in it tells whether it is right."""

    value: str
    text: str
    is_selected: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A part of the question with a list of options of its own."""

    name: str
    label: str
    options: list[Option]
    has_error: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """How a question is put: options in one list, or rows with options each."""

    hint: str
    takes_many: bool = False
    options: list[Option] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A part of an answered question. `mark` is right, wrong, missed or empty; `state` says it in
    words, and `detail` what goes with `text`."""

    text: str
    mark: str
    state: str
    feedback: str = ""
    detail: str = ""


RIGHT, WRONG, MISSED, PLAIN = "right", "wrong", "missed", ""


class Kind(ABC):
    """One type of question. Stateless: a single instance serves all."""

    @abstractmethod
    def problem(self, choices: Sequence[Mapping[str, Any]]) -> str:
        """What keeps editors from saving these choices, in French; empty if nothing does."""

    @abstractmethod
    def asked(self, question: Frozen, posted: Posted, wrong: frozenset[str]) -> Asked:
        """How to put the question, with what was `posted` before kept in place; `wrong` names the
        controls that an error is about."""

    @abstractmethod
    def read(self, question: Frozen, posted: Posted) -> Response:
        """The response in a posted form. Raises AnswerInvalid if it is not complete."""

    @abstractmethod
    def checked(self, question: Frozen, response: Sequence[Any]) -> Response:
        """The response in its one normal form. Raises AnswerInvalid if it is none to `question`."""

    @abstractmethod
    def scaled(self, question: Frozen, response: Response) -> float:
        """The part of a checked response that is right, from 0 to 1."""

    @abstractmethod
    def right(self, question: Frozen) -> Response:
        """The right response."""

    @abstractmethod
    def drawn_wrong(self, question: Frozen, rng: random.Random) -> Response:
        """Some response that is not right, for invented data."""

    @abstractmethod
    def review(self, question: Frozen, response: Response) -> list[ReviewLine]:
        """The answered question, part by part: what was right, and what was answered."""

    @abstractmethod
    def definition(self, question: Frozen) -> dict[str, Any]:
        """`interactionType` and its component lists (Part Two 2.4.4.1)."""

    @abstractmethod
    def written(self, question: Frozen, response: Response) -> str:
        """The response as the standard writes it, for `response` and `correctResponsesPattern`."""

    @abstractmethod
    def picks(self, response: Response) -> list[Key]:
        """What was taken, one key for each part that can be counted."""

    @abstractmethod
    def pick_label(self, question: Frozen, key: Key) -> str:
        """What a key stands for, empty if the question no longer has it."""

    def pick_is_right(self, question: Frozen, key: Key) -> bool:
        return key in self.picks(self.right(question))


def texts_problem(texts: Sequence[str]) -> str:
    """Two that read alike cannot be told apart."""
    if not all(texts):
        return _("Écrivez le texte de chaque réponse.")
    if len(set(texts)) < len(texts):
        return _("Deux réponses ont le même texte.")
    return ""


def rows_asked(
    question: Frozen, offered: Sequence[tuple[str, str]], posted: Posted, wrong: frozenset[str]
) -> list[Row]:
    """A row for each choice, with the values and texts `offered` in all of them."""
    rows = []
    for choice in question["choices"]:
        name = row_name(choice["uid"])
        given = posted.get(name)
        options = [Option(value, text, value == given) for value, text in offered]
        rows.append(Row(name, choice["text"], options, name in wrong))
    return rows


def share_in_place(question: Frozen, response: Response, right: Response) -> float:
    """The share of the parts that are right where they stand, if there are points for a part."""
    hits = sum(given == wanted for given, wanted in zip(response, right, strict=True))
    return hits / len(right) if gives_partial(question) else float(hits == len(right))


def gives_partial(question: Frozen) -> bool:
    # Questions that were frozen before there were partial points have no scoring.
    return question.get("scoring", Scoring.ALL) == Scoring.PARTIAL


def choices_by_uid(question: Frozen) -> dict[str, dict[str, Any]]:
    return {choice["uid"]: choice for choice in question["choices"]}


def row_name(uid: str) -> str:
    """The name of the control of a row in a form."""
    return f"item-{uid}"


def posted_rows(question: Frozen, posted: Posted, message: str) -> dict[str, str]:
    """What was posted for each row, by uid. Raises AnswerInvalid with `message` if any is empty."""
    found = {uid: posted.get(row_name(uid), "") or "" for uid in choices_by_uid(question)}
    empty = frozenset(row_name(uid) for uid, value in found.items() if not value)
    if empty:
        raise AnswerInvalid(message, empty)
    return found
