"""What every exercise of a lesson does.

An exercise is a block that the learner answers in the lesson itself. Its file holds the block that
editors fill and the `Exercise` that asks, judges and explains it; its template shows both. An
exercise keeps nothing: a response keeps the **content** as it was asked, JSON that `frozen` makes
from the block, so that editing the lesson never changes what somebody answered.
"""

from __future__ import annotations

import random
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.blocks import StructBlockValidationError, StructValue
from wagtail.blocks.list_block import ListValue

from content.models import SiteImage

Content = dict[str, Any]


class ExerciseInvalid(Exception):
    """The answer does not fit the exercise; the message is for the learner, in French."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer that did not fit: said beside its exercise, with what was entered."""

    block_id: str
    message: str
    given: QueryDict


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an answer comes to.

    `response` is JSON for `Exercise.review`; `scaled` from 0 to 1, None where nothing is right or
    wrong; an exercise of several steps is finished with the last.
    """

    response: Any
    scaled: float | None
    is_finished: bool = True


class Exercise(ABC):
    """One kind of exercise; it has no state of its own."""

    kind: ClassVar[str]
    """The type of its block in a lesson's body."""
    interaction_type: ClassVar[str]
    """How xAPI calls it (1.0.3 Part Two 4.1 «Interaction Activities»)."""
    is_required: ClassVar[bool] = True
    """Whether the lesson is complete only once it was answered, rightly or not."""

    submit_label: ClassVar[str | Promise] = gettext_lazy("Valider")
    again_label: ClassVar[str | Promise] = gettext_lazy("Refaire l’exercice")

    @abstractmethod
    def frozen(self, value: StructValue, rng: random.Random) -> Content:
        """The exercise as it is asked: JSON with a title, and uids for what can be answered."""

    def asked(self, content: Content, so_far: Any) -> Any:
        """What the template asks, after the response so far of an exercise of several steps."""
        return content

    def picture(self, value: StructValue) -> SiteImage | None:
        """The picture that its block has, where one is shown."""
        return None

    def picture_id(self, content: Content) -> int | None:
        """The picture that was asked about."""
        return None

    @abstractmethod
    def answered(self, content: Content, given: QueryDict, before: Any) -> Outcome:
        """Judge what was posted; `before` is the response so far, where there are several steps.

        Raises ExerciseInvalid. Whatever else a browser posts is not looked at.
        """

    @abstractmethod
    def review(self, content: Content, response: Any) -> Any:
        """What the template shows of a response: each part with its feedback, missed ones too."""

    @abstractmethod
    def example(self, content: Content) -> Any:
        """A response that somebody could give, partly right, for editors to see its review."""

    @abstractmethod
    def interaction(self, content: Content) -> dict[str, Any]:
        """Components and `correctResponsesPattern` of the activity's definition."""

    @abstractmethod
    def pattern(self, content: Content, response: Any) -> str:
        """The `response` of the statement, as the standard writes it."""


def parts_of(values: ListValue) -> list[tuple[str, Any]]:
    """The entries of a list block with their lasting ids, in order."""
    return [(str(child.id), child.value) for child in values.bound_blocks]


def share(right: int, total: int) -> float:
    return round(right / total, 4) if total else 1.0


def given_one(given: QueryDict, name: str, known: set[str], missing: str) -> str:
    """The posted value of `name`, which has to be one of `known`.

    Raises ExerciseInvalid with `missing` where there is none.
    """
    value = given.get(name, "")
    if not value:
        raise ExerciseInvalid(missing)
    if value not in known:
        raise ExerciseInvalid(changed())
    return value


def given_some(given: QueryDict, name: str, known: list[str], missing: str) -> list[str]:
    """The posted values of `name`, each once and in the order of `known`.

    Raises ExerciseInvalid, with `missing` where there is none.
    """
    values = set(given.getlist(name))
    if not values:
        raise ExerciseInvalid(missing)
    if not values.issubset(known):
        raise ExerciseInvalid(changed())
    return [value for value in known if value in values]


def changed() -> str:
    return _("Cet exercice a changé entre-temps : le voici à jour. Répondez à nouveau.")


def refused(message: str) -> StructBlockValidationError:
    """What is wrong with the whole of a block, for its editor."""
    return StructBlockValidationError(non_block_errors=[message])
