"""Questions that are answered by choosing: one, several, true or false."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from lrs.issuing import component
from lrs.xapi import interactions
from quizzes.kinds.base import (
    MISSED,
    PLAIN,
    RIGHT,
    WRONG,
    AnswerInvalid,
    Asked,
    Frozen,
    Key,
    Kind,
    Option,
    Posted,
    Response,
    ReviewLine,
    choices_by_uid,
    gives_partial,
    texts_problem,
)

TRUE, FALSE = "Vrai", "Faux"
FIELD = "choice"


class Single(Kind):
    """One right choice."""

    takes_many = False

    def problem(self, choices: Sequence[Mapping[str, Any]]) -> str:
        return texts_problem([choice.get("text", "") for choice in choices]) or self._right_problem(
            sum(bool(choice.get("is_correct")) for choice in choices)
        )

    def _right_problem(self, right: int) -> str:
        return "" if right == 1 else _("Cochez une bonne réponse, et une seule.")

    def asked(self, question: Frozen, posted: Posted, wrong: frozenset[str]) -> Asked:
        chosen = posted.getlist(FIELD)
        return Asked(
            hint=self._hint(),
            takes_many=self.takes_many,
            options=[
                Option(choice["uid"], choice["text"], choice["uid"] in chosen)
                for choice in question["choices"]
            ],
        )

    def _hint(self) -> str:
        return _("Une seule réponse.")

    def read(self, question: Frozen, posted: Posted) -> Response:
        return self.checked(question, posted.getlist(FIELD))

    def checked(self, question: Frozen, response: Sequence[Any]) -> Response:
        """The chosen uids in the question's order."""
        known = choices_by_uid(question)
        if not response:
            raise AnswerInvalid(_("Choisissez une réponse avant de valider."))
        if any(uid not in known for uid in response):
            raise AnswerInvalid(_("Cette réponse ne fait pas partie de la question."))
        chosen = [uid for uid in known if uid in response]
        if len(chosen) > 1 and not self.takes_many:
            raise AnswerInvalid(_("Une seule réponse est possible à cette question."))
        return chosen

    def scaled(self, question: Frozen, response: Response) -> float:
        return float(set(response) == set(self.right(question)))

    def right(self, question: Frozen) -> Response:
        return [choice["uid"] for choice in question["choices"] if choice["is_correct"]]

    def drawn_wrong(self, question: Frozen, rng: random.Random) -> Response:
        right = self.right(question)
        wrong = [uid for uid in choices_by_uid(question) if uid not in right]
        return [rng.choice(wrong)] if wrong else right[:1]

    def review(self, question: Frozen, response: Response) -> list[ReviewLine]:
        return [self._line(choice, choice["uid"] in response) for choice in question["choices"]]

    def _line(self, choice: dict[str, Any], is_chosen: bool) -> ReviewLine:
        mark, state = _mark(choice["is_correct"], is_chosen)
        feedback = choice["feedback"] if mark else ""
        return ReviewLine(text=choice["text"], mark=mark, state=state, feedback=feedback)

    def definition(self, question: Frozen) -> dict[str, Any]:
        return {
            "interactionType": "choice",
            "choices": [component(choice["uid"], choice["text"]) for choice in question["choices"]],
        }

    def written(self, question: Frozen, response: Response) -> str:
        """Item ids delimited by [,]; a lone one without."""
        return interactions.items(response)

    def picks(self, response: Response) -> list[Key]:
        return [(uid,) for uid in response]

    def pick_label(self, question: Frozen, key: Key) -> str:
        choice = choices_by_uid(question).get(key[0])
        return choice["text"] if choice else ""


def _mark(is_correct: bool, is_chosen: bool) -> tuple[str, str]:
    if is_chosen and is_correct:
        return RIGHT, _("Votre réponse, et elle est juste")
    if is_chosen:
        return WRONG, _("Votre réponse, et elle est fausse")
    if is_correct:
        return MISSED, _("La bonne réponse, que vous n’aviez pas choisie")
    return PLAIN, ""


class Multiple(Single):
    """Several right choices. With partial points, (right − wrong) ÷ all right, never below zero."""

    takes_many = True

    def _right_problem(self, right: int) -> str:
        return "" if right >= 2 else _("Plusieurs bonnes réponses : cochez-en au moins deux.")

    def _hint(self) -> str:
        return _("Plusieurs réponses sont possibles.")

    def scaled(self, question: Frozen, response: Response) -> float:
        if not gives_partial(question):
            return super().scaled(question, response)
        right = set(self.right(question))
        hits = len(right & set(response))
        return max(0.0, (2 * hits - len(response)) / len(right))


class TrueFalse(Single):
    """«Vrai» first, «Faux» second, never shuffled."""

    def problem(self, choices: Sequence[Mapping[str, Any]]) -> str:
        if [choice.get("text") for choice in choices] != [TRUE, FALSE]:
            return _("Vrai ou faux : donnez deux réponses, « Vrai » puis « Faux ».")
        return super().problem(choices)

    def definition(self, question: Frozen) -> dict[str, Any]:
        return {"interactionType": "true-false"}

    def written(self, question: Frozen, response: Response) -> str:
        return "true" if response == [question["choices"][0]["uid"]] else "false"
