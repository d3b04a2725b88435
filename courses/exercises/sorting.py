"""Sorting: what is safe, what is risky, where one asks first."""

from __future__ import annotations

import random
from typing import Any, ClassVar

from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from courses.exercises.base import (
    Content,
    Exercise,
    Outcome,
    given_one,
    parts_of,
    share,
)
from lrs.issuing import component
from lrs.xapi import interactions


class Category(models.TextChoices):
    SAFE = "safe", gettext_lazy("Sans risque")
    RISKY = "risky", gettext_lazy("Risqué")
    ASK = "ask", gettext_lazy("Je demande d’abord")


class SortingItemBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=gettext_lazy("Situation"), max_length=200)
    category = blocks.ChoiceBlock(label=gettext_lazy("Réponse juste"), choices=Category.choices)
    feedback = blocks.CharBlock(
        label=gettext_lazy("Pourquoi"),
        max_length=300,
        help_text=gettext_lazy("Montré après la réponse, juste ou non."),
    )


class SortingBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=gettext_lazy("Titre"), max_length=120)
    instruction = blocks.CharBlock(
        label=gettext_lazy("Consigne"),
        max_length=300,
        default=gettext_lazy("Pour chaque situation, choisissez ce qui convient."),
    )
    items = blocks.ListBlock(
        SortingItemBlock(),
        label=gettext_lazy("Situations"),
        min_num=2,
        max_num=10,
        help_text=gettext_lazy("De quatre à huit, de catégories différentes."),
    )

    class Meta:
        icon = "list-ul"
        label = gettext_lazy("Tri : sans risque, risqué, à demander")
        group = gettext_lazy("Exercices")


class Sorting(Exercise):
    """`response` is ``{item uid: category}``."""

    kind: ClassVar[str] = "sorting"
    interaction_type: ClassVar[str] = "matching"

    def frozen(self, value: blocks.StructValue, rng: random.Random) -> Content:
        return {
            "title": value["title"],
            "instruction": value["instruction"],
            "items": [
                {
                    "uid": uid,
                    "text": item["text"],
                    "category": item["category"],
                    "feedback": item["feedback"],
                }
                for uid, item in parts_of(value["items"])
            ],
        }

    def answered(self, content: Content, given: QueryDict, before: Any) -> Outcome:
        missing = _("Il reste des situations sans réponse.")
        known = set(Category.values)
        response = {
            item["uid"]: given_one(given, item["uid"], known, missing) for item in content["items"]
        }
        right = sum(response[item["uid"]] == item["category"] for item in content["items"])
        return Outcome(response, share(right, len(response)))

    def review(self, content: Content, response: dict[str, str]) -> list[dict[str, Any]]:
        return [
            {
                **item,
                "chosen": Category(response[item["uid"]]).label,
                "right": Category(item["category"]).label,
                "is_correct": response[item["uid"]] == item["category"],
            }
            for item in content["items"]
        ]

    def example(self, content: Content) -> dict[str, str]:
        """Everything right but the last."""
        response = {item["uid"]: item["category"] for item in content["items"]}
        for item in content["items"][-1:]:
            response[item["uid"]] = next(one for one in Category.values if one != item["category"])
        return response

    def interaction(self, content: Content) -> dict[str, Any]:
        right = {item["uid"]: item["category"] for item in content["items"]}
        return {
            "source": [component(item["uid"], item["text"]) for item in content["items"]],
            "target": [component(value, str(label)) for value, label in Category.choices],
            "correctResponsesPattern": [self.pattern(content, right)],
        }

    def pattern(self, content: Content, response: dict[str, str]) -> str:
        return interactions.pairs((item["uid"], response[item["uid"]]) for item in content["items"])

    def choices(self) -> list[tuple[str, str]]:
        return [(value, str(label)) for value, label in Category.choices]
