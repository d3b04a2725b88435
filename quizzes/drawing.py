"""Which questions of a quiz are asked, and in what order.

The draw is random, and what was drawn is what the attempt keeps. A pool that cannot be filled asks
fewer questions rather than none; editors are told when they save the quiz.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.freezing import question_frozen, question_shuffled
from quizzes.kinds import Frozen
from quizzes.models import Quiz


@dataclass(frozen=True, slots=True)
class Pool:
    """The questions of a quiz and how to draw from them."""

    questions: list[Frozen]
    draw_count: int | None = None
    per_tag: int | None = None
    shuffle_questions: bool = False
    shuffle_choices: bool = False

    def drawn(self, rng: random.Random) -> list[Frozen]:
        """The questions of one attempt, as they are asked."""
        tags = [question["tags"] for question in self.questions]
        chosen = sorted(positions_drawn(tags, self.draw_count, self.per_tag, rng))
        if self.shuffle_questions:
            rng.shuffle(chosen)
        return [
            question_shuffled(self.questions[at], rng, choices=self.shuffle_choices)
            for at in chosen
        ]


def pool_of(quiz: Quiz) -> Pool:
    """The quiz's questions in order, frozen; a fixed number of queries."""
    items = quiz.items.select_related("question__image").prefetch_related(
        "question__choices", "question__tagged_items__tag"
    )
    return Pool(
        questions=[question_frozen(item.question) for item in items.order_by("sort_order")],
        draw_count=quiz.draw_count,
        per_tag=quiz.per_tag,
        shuffle_questions=quiz.shuffle_questions,
        shuffle_choices=quiz.shuffle_choices,
    )


def positions_drawn(
    tags: Sequence[Sequence[str]],
    draw_count: int | None,
    per_tag: int | None,
    rng: random.Random,
) -> set[int]:
    """Which of the questions with these tags are asked: `draw_count` of them, all if None.

    First `per_tag` of each tag, as far as the pool and the count go, in an order of tags that is
    drawn too; a question with two tags counts for both. Then any others up to the count.
    """
    count = len(tags) if draw_count is None else min(draw_count, len(tags))
    order = rng.sample(range(len(tags)), len(tags))
    drawn: list[int] = []
    for tag in _tags_drawn(tags, rng) if per_tag else []:
        have = sum(tag in tags[at] for at in drawn)
        more = [at for at in order if tag in tags[at] and at not in drawn]
        drawn += more[: max(0, min((per_tag or 0) - have, count - len(drawn)))]
    drawn += [at for at in order if at not in drawn][: count - len(drawn)]
    return set(drawn)


def _tags_drawn(tags: Sequence[Sequence[str]], rng: random.Random) -> list[str]:
    every = sorted({tag for one in tags for tag in one})
    return rng.sample(every, len(every))


def count_asked(question_count: int, draw_count: int | None) -> int:
    """How many questions an attempt has."""
    return question_count if draw_count is None else min(question_count, draw_count)


def pool_problems(
    tags: Sequence[Sequence[str]], draw_count: int | None, per_tag: int | None
) -> list[str]:
    """Why the draw cannot be made as asked, in French; empty if it can."""
    if draw_count is None:
        return [_("Dites aussi combien de questions sont tirées.")] if per_tag else []
    problems = []
    if draw_count > len(tags):
        problems.append(
            ngettext(
                "Le quiz n’a que %(count)d question : on ne peut pas en tirer %(draw)d.",
                "Le quiz n’a que %(count)d questions : on ne peut pas en tirer %(draw)d.",
                len(tags),
            )
            % {"count": len(tags), "draw": draw_count}
        )
    if per_tag:
        problems += _tag_problems(Counter(t for one in tags for t in set(one)), draw_count, per_tag)
    return problems


def _tag_problems(counts: Counter[str], draw_count: int, per_tag: int) -> list[str]:
    if not counts:
        return [_("Aucune question du quiz n’a de thème : donnez-en, ou videz ce champ.")]
    problems = [
        ngettext(
            "Le thème « %(tag)s » n’a que %(count)d question : il en faut %(needed)d.",
            "Le thème « %(tag)s » n’a que %(count)d questions : il en faut %(needed)d.",
            count,
        )
        % {"tag": tag, "count": count, "needed": per_tag}
        for tag, count in sorted(counts.items())
        if count < per_tag
    ]
    if len(counts) * per_tag > draw_count:
        problems.append(
            _("%(tags)d thèmes à %(each)d questions font plus que les %(draw)d questions tirées.")
            % {"tags": len(counts), "each": per_tag, "draw": draw_count}
        )
    return problems
