"""What exercises have in common in which one marks some parts of a whole and leaves the others."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, ClassVar

from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.exercises.base import (
    Content,
    Exercise,
    Outcome,
    given_some,
    share,
)
from lrs.issuing import component
from lrs.xapi import interactions


class Verdict(models.TextChoices):
    """How a part was treated."""

    FOUND = "found", gettext_lazy("Bien vu")
    MISSED = "missed", gettext_lazy("Passé inaperçu")
    FALSE_ALARM = "false-alarm", gettext_lazy("Fausse alerte")
    HARMLESS = "harmless", gettext_lazy("Rien à signaler")


class Marking(Exercise):
    """`response` is the list of the marked uids, in the order of the parts.

    It is worth the share of what was to be marked less the share of what was not, never below 0:
    marking everything is worth as little as marking nothing.
    """

    interaction_type: ClassVar[str] = "choice"
    field: ClassVar[str] = "marked"

    @abstractmethod
    def options(self, content: Content) -> list[dict[str, Any]]:
        """The parts that can be marked: each with `uid`, `text`, `is_right` and `feedback`."""

    def answered(self, content: Content, given: QueryDict, before: Any) -> Outcome:
        uids = [option["uid"] for option in self.options(content)]
        missing = _("Rien n’est encore marqué : il y a au moins un élément à trouver.")
        response = given_some(given, self.field, uids, missing)
        return Outcome(response, self.scaled(content, response))

    def scaled(self, content: Content, response: list[str]) -> float:
        right, wrong = (
            [
                option["uid"] in response
                for option in self.options(content)
                if option["is_right"] is sort
            ]
            for sort in (True, False)
        )
        false_alarms = share(sum(wrong), len(wrong)) if wrong else 0.0
        return round(max(0.0, share(sum(right), len(right)) - false_alarms), 4)

    def verdicts(self, content: Content, response: list[str]) -> dict[str, Verdict]:
        """How each part was treated, by uid."""
        of = {
            (True, True): Verdict.FOUND,
            (True, False): Verdict.MISSED,
            (False, True): Verdict.FALSE_ALARM,
            (False, False): Verdict.HARMLESS,
        }
        return {
            option["uid"]: of[option["is_right"], option["uid"] in response]
            for option in self.options(content)
        }

    def counts(self, content: Content, response: list[str]) -> dict[str, int]:
        """How many were found, of how many, and how many were marked wrongly."""
        verdicts = list(self.verdicts(content, response).values())
        found = verdicts.count(Verdict.FOUND)
        return {
            "found": found,
            "to_find": found + verdicts.count(Verdict.MISSED),
            "false_alarms": verdicts.count(Verdict.FALSE_ALARM),
        }

    def example(self, content: Content) -> list[str]:
        """One left out of what was to be marked, and one too many."""
        right, wrong = (
            [option["uid"] for option in self.options(content) if option["is_right"] is sort]
            for sort in (True, False)
        )
        return [*right[: max(1, len(right) - 1)], *wrong[:1]]

    def interaction(self, content: Content) -> dict[str, Any]:
        options = self.options(content)
        right = [option["uid"] for option in options if option["is_right"]]
        return {
            "choices": [component(option["uid"], option["text"]) for option in options],
            "correctResponsesPattern": [interactions.items(right)],
        }

    def pattern(self, content: Content, response: list[str]) -> str:
        return interactions.items(response)
