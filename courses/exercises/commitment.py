"""Commitment: what I change from tomorrow on."""

from __future__ import annotations

import random
from typing import Any, ClassVar

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from courses.exercises.base import (
    Content,
    Exercise,
    ExerciseInvalid,
    Outcome,
    given_some,
    parts_of,
)
from lrs.issuing import component
from lrs.xapi import interactions

MOST = 3


class CommitmentBlock(blocks.StructBlock):
    title = blocks.CharBlock(
        label=gettext_lazy("Titre"),
        max_length=120,
        default=gettext_lazy("Ce que je change dès demain"),
    )
    instruction = blocks.TextBlock(
        label=gettext_lazy("Consigne"),
        max_length=300,
        rows=2,
        default=gettext_lazy("Choisissez une à trois promesses que vous tiendrez."),
    )
    promises = blocks.ListBlock(
        blocks.CharBlock(max_length=200),
        label=gettext_lazy("Promesses"),
        min_num=3,
        max_num=6,
        help_text=gettext_lazy(
            "De trois à six, à la première personne : « Je verrouille mon poste en partant. » "
            "Aucune n’est meilleure qu’une autre, et la leçon se termine aussi sans choisir."
        ),
    )

    class Meta:
        icon = "pick"
        label = gettext_lazy("Engagement")
        group = gettext_lazy("Exercices")


class Commitment(Exercise):
    """`response` is the list of the uids of the promises. Nothing is right or wrong."""

    kind: ClassVar[str] = "commitment"
    submit_label: ClassVar[str | Promise] = gettext_lazy("Je m’y engage")
    again_label: ClassVar[str | Promise] = gettext_lazy("Choisir autrement")
    interaction_type: ClassVar[str] = "choice"
    is_required: ClassVar[bool] = False

    def frozen(self, value: blocks.StructValue, rng: random.Random) -> Content:
        return {
            "title": value["title"],
            "instruction": value["instruction"],
            "promises": [{"uid": uid, "text": text} for uid, text in parts_of(value["promises"])],
        }

    def answered(self, content: Content, given: QueryDict, before: Any) -> Outcome:
        uids = [promise["uid"] for promise in content["promises"]]
        response = given_some(given, "promise", uids, _("Choisissez au moins une promesse."))
        if len(response) > MOST:
            raise ExerciseInvalid(
                _("Trois promesses au plus : gardez celles que vous tiendrez vraiment.")
            )
        return Outcome(response, None)

    def review(self, content: Content, response: list[str]) -> list[str]:
        """The promises themselves."""
        return [promise["text"] for promise in content["promises"] if promise["uid"] in response]

    def example(self, content: Content) -> list[str]:
        return [promise["uid"] for promise in content["promises"][:2]]

    def interaction(self, content: Content) -> dict[str, Any]:
        """No `correctResponsesPattern`: there is none."""
        return {
            "choices": [
                component(promise["uid"], promise["text"]) for promise in content["promises"]
            ]
        }

    def pattern(self, content: Content, response: list[str]) -> str:
        return interactions.items(response)
