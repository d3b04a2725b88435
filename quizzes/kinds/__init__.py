"""The types of question, one file a family. A new one is a `Kind`, and a line in `KINDS`."""

from __future__ import annotations

from quizzes.enums import QuestionKind
from quizzes.kinds.base import (
    AnswerInvalid,
    Asked,
    Frozen,
    Key,
    Kind,
    Option,
    Posted,
    Response,
    ReviewLine,
    Row,
)
from quizzes.kinds.choices import FALSE, TRUE, Multiple, Single, TrueFalse
from quizzes.kinds.matching import Matching
from quizzes.kinds.ordering import Ordering

KINDS: dict[str, Kind] = {
    QuestionKind.SINGLE: Single(),
    QuestionKind.MULTIPLE: Multiple(),
    QuestionKind.TRUE_FALSE: TrueFalse(),
    QuestionKind.MATCHING: Matching(),
    QuestionKind.ORDERING: Ordering(),
}


def kind_of(question: Frozen) -> Kind:
    """The kind of a frozen question."""
    return KINDS[question["kind"]]


__all__ = [
    "FALSE",
    "KINDS",
    "TRUE",
    "AnswerInvalid",
    "Asked",
    "Frozen",
    "Key",
    "Kind",
    "Option",
    "Posted",
    "Response",
    "ReviewLine",
    "Row",
    "kind_of",
]
