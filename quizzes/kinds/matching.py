"""Questions in which each left-hand side goes with a right-hand side."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from lrs.issuing import component
from lrs.xapi import interactions
from quizzes.kinds.base import (
    RIGHT,
    WRONG,
    AnswerInvalid,
    Asked,
    Frozen,
    Key,
    Kind,
    Posted,
    Response,
    ReviewLine,
    choices_by_uid,
    posted_rows,
    rows_asked,
    share_in_place,
    texts_problem,
)


class Matching(Kind):
    """Pairs; the targets may be more than the sources. With partial points, the share of pairs that
    are right: an answer has a target for each source, so a wrong one already costs a right one."""

    def problem(self, choices: Sequence[Mapping[str, Any]]) -> str:
        pairs = [choice for choice in choices if choice.get("text")]
        if not all(choice.get("match") for choice in choices):
            return _("Association : écrivez avec quoi va chaque réponse.")
        if len(pairs) < 2:
            return _("Association : donnez au moins deux paires.")
        rights = {choice["match"] for choice in pairs}
        if len({choice["match"] for choice in choices}) < 2 or len(rights) < 2:
            return _("Association : il faut au moins deux réponses différentes à droite.")
        if any(choice["match"] in rights for choice in choices if not choice.get("text")):
            return _("Association : un intrus ne peut pas aller avec une réponse.")
        return texts_problem([choice["text"] for choice in pairs])

    def asked(self, question: Frozen, posted: Posted, wrong: frozenset[str]) -> Asked:
        targets = [(target["uid"], target["text"]) for target in question["targets"]]
        return Asked(
            hint=_("Choisissez ce qui va avec chaque élément."),
            rows=rows_asked(question, targets, posted, wrong),
        )

    def read(self, question: Frozen, posted: Posted) -> Response:
        message = _("Choisissez une réponse à chaque ligne avant de valider.")
        found = posted_rows(question, posted, message)
        return self.checked(question, [[uid, target] for uid, target in found.items()])

    def checked(self, question: Frozen, response: Sequence[Any]) -> Response:
        """A pair for each source, in the question's order."""
        sources = choices_by_uid(question)
        targets = {target["uid"] for target in question["targets"]}
        given = {pair[0]: pair[1] for pair in response if len(pair) == 2}
        if set(given) - set(sources) or set(given.values()) - targets:
            raise AnswerInvalid(_("Cette réponse ne fait pas partie de la question."))
        if len(given) < len(sources):
            raise AnswerInvalid(_("Choisissez une réponse à chaque ligne avant de valider."))
        return [[uid, given[uid]] for uid in sources]

    def scaled(self, question: Frozen, response: Response) -> float:
        return share_in_place(question, response, self.right(question))

    def right(self, question: Frozen) -> Response:
        return [[choice["uid"], choice["match_uid"]] for choice in question["choices"]]

    def drawn_wrong(self, question: Frozen, rng: random.Random) -> Response:
        """One pair is wrong."""
        response = self.right(question)
        pair = rng.choice(response)
        others = [one["uid"] for one in question["targets"] if one["uid"] != pair[1]]
        pair[1] = rng.choice(others)
        return response

    def review(self, question: Frozen, response: Response) -> list[ReviewLine]:
        given = dict(response)
        return [self._line(question, one, given[one["uid"]]) for one in question["choices"]]

    def _line(self, question: Frozen, choice: dict[str, Any], given: str) -> ReviewLine:
        if given == choice["match_uid"]:
            mark, state, feedback = RIGHT, _("Votre association, et elle est juste"), ""
        else:
            target = _target(question, given)
            mark = WRONG
            state = _("Vous aviez choisi : %(text)s") % {"text": target["text"]}
            feedback = target["feedback"]
        feedback = " ".join(filter(None, [feedback, choice["feedback"]]))
        return ReviewLine(choice["text"], mark, state, feedback, detail=choice["match"])

    def definition(self, question: Frozen) -> dict[str, Any]:
        return {
            "interactionType": "matching",
            "source": [component(choice["uid"], choice["text"]) for choice in question["choices"]],
            "target": [component(target["uid"], target["text"]) for target in question["targets"]],
        }

    def written(self, question: Frozen, response: Response) -> str:
        """Source and target delimited by [.], pairs by [,]."""
        return interactions.pairs(response)

    def picks(self, response: Response) -> list[Key]:
        return [tuple(pair) for pair in response]

    def pick_label(self, question: Frozen, key: Key) -> str:
        source = choices_by_uid(question).get(key[0])
        target = _target(question, key[1])
        return f"{source['text']} → {target['text']}" if source and target["text"] else ""


def _target(question: Frozen, uid: str) -> dict[str, Any]:
    nothing = {"uid": uid, "text": "", "feedback": ""}
    return next((one for one in question["targets"] if one["uid"] == uid), nothing)
