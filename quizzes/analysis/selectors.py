"""Reading answers as item analysis does: grouped by the database, in a fixed number of queries."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, FloatField, Max, Q, QuerySet, Sum
from django.db.models.functions import Cast, Least, NullIf

from quizzes.analysis.figures import MIN_SHOWN, Sums, discrimination, facility, median
from quizzes.freezing import question_frozen, wording
from quizzes.kinds import Frozen, Key, kind_of
from quizzes.models import Answer, Attempt, Question, Quiz

LONGEST = 3600
"""A page that stayed open overnight took an hour."""

_OTHERS = NullIf(F("attempt__question_count") - 1, 0)
_REST = (F("attempt__points") - F("scaled")) / Cast(_OTHERS, FloatField())
_HAS_OTHERS = Q(attempt__question_count__gt=1)


@dataclass(frozen=True, slots=True)
class Scope:
    """Which answers are counted: of one quiz or of all, since a day or ever."""

    quiz: Quiz | None = None
    since: dt.datetime | None = None

    def answers(self) -> QuerySet[Answer]:
        found = Answer.objects.filter(attempt__finished_at__isnull=False)
        if self.quiz is not None:
            found = found.filter(attempt__quiz_uid=self.quiz.uid)
        return found.filter(answered_at__gte=self.since) if self.since else found


@dataclass(frozen=True, slots=True)
class Figures:
    """What the answers to a question say of it. None: too few to say.

    `wordings` counts the ways in which it was put: text, answers and what is right.
    """

    answers: int = 0
    facility: float | None = None
    discrimination: float | None = None
    median_seconds: float | None = None
    wordings: int = 0
    wording_newest: str = ""
    answers_newest: int = 0


@dataclass(slots=True)
class _Tally:
    count: int = 0
    scaled: float = 0.0
    pairs: Sums = field(default_factory=Sums)
    seconds: Counter[int] = field(default_factory=Counter)
    wordings: dict[str, tuple[dt.datetime, int]] = field(default_factory=dict)

    def figures(self) -> Figures:
        newest = max(self.wordings, key=lambda name: self.wordings[name][0], default="")
        return Figures(
            answers=self.count,
            facility=facility(self.count, self.scaled),
            discrimination=discrimination(self.pairs),
            median_seconds=median(self.seconds),
            wordings=len(self.wordings),
            wording_newest=newest,
            answers_newest=self.wordings[newest][1] if newest else 0,
        )


def figures_by_question(
    scope: Scope, *, question_uid: uuid.UUID | None = None
) -> dict[uuid.UUID, Figures]:
    """The figures of every question that was answered, in two queries."""
    answers = scope.answers()
    if question_uid is not None:
        answers = answers.filter(question_uid=question_uid)
    tallies: dict[uuid.UUID, _Tally] = {}
    for row in _sums(answers):
        tally = tallies.setdefault(row["question_uid"], _Tally())
        tally.count += row["count"]
        tally.scaled += row["scaled_sum"]
        tally.pairs += Sums(row["n"], *(row[name] or 0.0 for name in ("x", "y", "xx", "yy", "xy")))
        tally.wordings[row["wording"]] = (row["last"], row["count"])
    for uid, seconds, count in _times(answers):
        tallies[uid].seconds[seconds] += count
    return {uid: tally.figures() for uid, tally in tallies.items()}


def _sums(answers: QuerySet[Answer]) -> Any:
    return (
        answers.order_by()
        .values("question_uid", "wording")
        .annotate(
            count=Count("pk"),
            scaled_sum=Sum("scaled"),
            last=Max("answered_at"),
            n=Count("pk", filter=_HAS_OTHERS),
            x=Sum("scaled", filter=_HAS_OTHERS),
            y=Sum(_REST, filter=_HAS_OTHERS),
            xx=Sum(F("scaled") * F("scaled"), filter=_HAS_OTHERS),
            yy=Sum(_REST * _REST, filter=_HAS_OTHERS),
            xy=Sum(F("scaled") * _REST, filter=_HAS_OTHERS),
        )
    )


def _times(answers: QuerySet[Answer]) -> Any:
    return (
        answers.order_by()
        .filter(seconds__isnull=False)
        .annotate(took=Least("seconds", LONGEST))
        .values("question_uid", "took")
        .annotate(count=Count("pk"))
        .values_list("question_uid", "took", "count")
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A question of the bank with its figures."""

    question: Question
    tags: list[str]
    figures: Figures


def analysis_lines(scope: Scope) -> list[Line]:
    """The questions of the quiz, or of the bank, in five queries; those answered come first."""
    figures = figures_by_question(scope)
    questions = Question.objects.prefetch_related("tagged_items__tag").order_by("text")
    if scope.quiz is not None:
        in_quiz = Q(pk__in=scope.quiz.items.values("question_id"))
        questions = questions.filter(in_quiz | Q(uid__in=list(figures)))
    lines = [
        Line(
            question=question,
            tags=sorted(item.tag.name for item in question.tagged_items.all()),
            figures=figures.get(question.uid, Figures()),
        )
        for question in questions
    ]
    return sorted(lines, key=lambda line: not line.figures.answers)


@dataclass(frozen=True, slots=True)
class AttemptFigures:
    count: int
    passed: float | None
    mean: float | None


def attempt_figures(scope: Scope) -> AttemptFigures:
    """The finished attempts: how many, the share that passed, the mean score; in one query."""
    attempts = Attempt.objects.filter(finished_at__isnull=False, question_count__gt=0)
    if scope.quiz is not None:
        attempts = attempts.filter(quiz_uid=scope.quiz.uid)
    if scope.since is not None:
        attempts = attempts.filter(finished_at__gte=scope.since)
    share = F("points") / Cast(NullIf(F("question_count"), 0), FloatField())
    sums = attempts.aggregate(
        count=Count("pk"), passed=Count("pk", filter=Q(is_passed=True)), scaled=Sum(share)
    )
    count = sums["count"]
    return AttemptFigures(
        count=count,
        passed=facility(count, sums["passed"]),
        mean=facility(count, sums["scaled"] or 0.0),
    )


@dataclass(frozen=True, slots=True)
class Pick:
    """Something that was chosen: by what share of the answers, and whether it is right."""

    label: str
    is_right: bool
    share: float


def picks_of(question: Question, scope: Scope) -> list[Pick]:
    """What was chosen, the most frequent first; nothing if too few answered.

    One query for the answers. Choices that nobody took are listed too where they can be: they are
    what an editor wants to see. Those that the question no longer has are left out.
    """
    rows = (
        scope.answers()
        .filter(question_uid=question.uid)
        .order_by()
        .values("choices")
        .annotate(count=Count("pk"))
        .values_list("choices", "count")
    )
    frozen = question_frozen(question)
    kind = kind_of(frozen)
    counts: Counter[Key] = Counter()
    total = 0
    for response, count in rows:
        total += count
        for key in kind.picks(response):
            counts[key] += count
    if total < MIN_SHOWN:
        return []
    return _picks(frozen, counts, total)


def _picks(question: Frozen, counts: Counter[Key], total: int) -> list[Pick]:
    kind = kind_of(question)
    known = [*kind.picks(kind.right(question)), *((one["uid"],) for one in question["choices"])]
    keys = {key: 0 for key in known if len(key) == len(known[0])} | counts
    found = [
        Pick(kind.pick_label(question, key), kind.pick_is_right(question, key), count / total)
        for key, count in keys.items()
    ]
    return sorted((one for one in found if one.label), key=lambda one: (-one.share, one.label))


def is_rewritten(question: Question, figures: Figures) -> bool:
    """Whether answers were given to another wording than the one that the bank has now."""
    return figures.wordings > 1 or (
        figures.wordings == 1 and figures.wording_newest != wording(question_frozen(question))
    )
