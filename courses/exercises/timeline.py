"""Timeline: in which order one acts."""

from __future__ import annotations

import random
from collections import Counter
from itertools import combinations
from typing import Any, ClassVar

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from courses.exercises.base import (
    Content,
    Exercise,
    ExerciseInvalid,
    Outcome,
    given_one,
    parts_of,
    share,
)
from lrs.issuing import component
from lrs.xapi import interactions


class MomentBlock(blocks.StructBlock):
    when = blocks.CharBlock(
        label=gettext_lazy("Moment"),
        max_length=60,
        help_text=gettext_lazy("Par exemple : « 3e minute ». Montré après la réponse."),
    )
    action = blocks.CharBlock(label=gettext_lazy("Action"), max_length=200)
    why = blocks.TextBlock(
        label=gettext_lazy("Pourquoi à ce moment"),
        max_length=400,
        rows=2,
        help_text=gettext_lazy("Montré après la réponse."),
    )

    class Meta:
        label_format = "{when} : {action}"


class TimelineBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=gettext_lazy("Titre"), max_length=120)
    instruction = blocks.TextBlock(
        label=gettext_lazy("Consigne"),
        max_length=300,
        rows=2,
        default=gettext_lazy("Remettez ces actions dans l’ordre : donnez à chacune son rang."),
    )
    moments = blocks.ListBlock(
        MomentBlock(),
        label=gettext_lazy("Actions, dans le bon ordre"),
        min_num=3,
        max_num=7,
        help_text=gettext_lazy("De trois à sept ; elles sont mélangées pour l’agent."),
    )

    class Meta:
        icon = "time"
        label = gettext_lazy("Frise à remettre en ordre")
        group = gettext_lazy("Exercices")


class Timeline(Exercise):
    """`response` is the list of uids in the order that was given.

    It is worth the share of pairs of actions that stand in their right order: one action out of
    place costs its pairs alone, the reverse order is worth nothing.
    """

    kind: ClassVar[str] = "timeline"
    interaction_type: ClassVar[str] = "sequencing"

    def frozen(self, value: blocks.StructValue, rng: random.Random) -> Content:
        moments = [
            {"uid": uid, "when": one["when"], "action": one["action"], "why": one["why"]}
            for uid, one in parts_of(value["moments"])
        ]
        return {
            "title": value["title"],
            "instruction": value["instruction"],
            "moments": moments,
            "shuffled": _shuffled([moment["uid"] for moment in moments], rng),
        }

    def asked(self, content: Content, so_far: Any) -> Any:
        by_uid = {moment["uid"]: moment for moment in content["moments"]}
        return {
            "moments": [by_uid[uid] for uid in content["shuffled"]],
            "ranks": [str(rank) for rank in range(1, len(by_uid) + 1)],
        }

    def answered(self, content: Content, given: QueryDict, before: Any) -> Outcome:
        right = [moment["uid"] for moment in content["moments"]]
        ranks = {str(rank) for rank in range(1, len(right) + 1)}
        missing = _("Il reste des actions sans rang.")
        rank_of = {uid: given_one(given, uid, ranks, missing) for uid in right}
        twice = sorted(rank for rank, count in Counter(rank_of.values()).items() if count > 1)
        if twice:
            raise ExerciseInvalid(
                _("Plusieurs actions ont le rang %(rank)s : chacune doit avoir le sien.")
                % {"rank": twice[0]}
            )
        response = sorted(right, key=lambda uid: int(rank_of[uid]))
        return Outcome(response, self.scaled(content, response))

    def scaled(self, content: Content, response: list[str]) -> float:
        pairs = list(combinations([moment["uid"] for moment in content["moments"]], 2))
        in_order = sum(response.index(first) < response.index(then) for first, then in pairs)
        return share(in_order, len(pairs))

    def review(self, content: Content, response: list[str]) -> dict[str, Any]:
        moments = [
            {
                **moment,
                "rank": rank,
                "chosen": response.index(moment["uid"]) + 1,
                "is_correct": response.index(moment["uid"]) + 1 == rank,
            }
            for rank, moment in enumerate(content["moments"], start=1)
        ]
        return {"moments": moments, "in_place": sum(one["is_correct"] for one in moments)}

    def example(self, content: Content) -> list[str]:
        """The last two the wrong way round."""
        uids = [moment["uid"] for moment in content["moments"]]
        return [*uids[:-2], *reversed(uids[-2:])]

    def interaction(self, content: Content) -> dict[str, Any]:
        return {
            "choices": [
                component(moment["uid"], moment["action"]) for moment in content["moments"]
            ],
            "correctResponsesPattern": [
                interactions.items(moment["uid"] for moment in content["moments"])
            ],
        }

    def pattern(self, content: Content, response: list[str]) -> str:
        return interactions.items(response)


def _shuffled(uids: list[str], rng: random.Random) -> list[str]:
    """Another order than the right one, where there is another."""
    order = rng.sample(uids, len(uids))
    return order if order != uids else [*order[1:], *order[:1]]
