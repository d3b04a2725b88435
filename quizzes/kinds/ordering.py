"""Questions that ask for the right order."""

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
    row_name,
    rows_asked,
    share_in_place,
    texts_problem,
)


class Ordering(Kind):
    """Steps with a rank each, from 1. With partial points, the share of steps at their place."""

    def problem(self, choices: Sequence[Mapping[str, Any]]) -> str:
        if len(choices) < 3:
            return _("Mise en ordre : donnez au moins trois étapes, dans le bon ordre.")
        return texts_problem([choice.get("text", "") for choice in choices])

    def asked(self, question: Frozen, posted: Posted, wrong: frozenset[str]) -> Asked:
        ranks = [(str(rank), str(rank)) for rank in range(1, len(question["choices"]) + 1)]
        return Asked(
            hint=_("Donnez à chaque étape son rang : 1 pour la première."),
            rows=rows_asked(question, ranks, posted, wrong),
        )

    def read(self, question: Frozen, posted: Posted) -> Response:
        found = posted_rows(question, posted, _("Donnez un rang à chaque étape avant de valider."))
        ranks = [str(rank) for rank in range(1, len(found) + 1)]
        if any(rank not in ranks for rank in found.values()):
            raise AnswerInvalid(_("Ce rang ne fait pas partie de la question."))
        twice = [uid for uid, rank in found.items() if list(found.values()).count(rank) > 1]
        if twice:
            message = _("Deux étapes ont le même rang. Donnez à chacune le sien, de 1 à %(last)s.")
            names = frozenset(map(row_name, twice))
            raise AnswerInvalid(message % {"last": len(found)}, names)
        return self.checked(question, sorted(found, key=lambda uid: int(found[uid])))

    def checked(self, question: Frozen, response: Sequence[Any]) -> Response:
        """Every uid once, in the order that was given."""
        if sorted(map(str, response)) != sorted(choices_by_uid(question)):
            raise AnswerInvalid(_("Cette réponse ne fait pas partie de la question."))
        return list(response)

    def scaled(self, question: Frozen, response: Response) -> float:
        return share_in_place(question, response, self.right(question))

    def right(self, question: Frozen) -> Response:
        ordered = sorted(question["choices"], key=lambda choice: choice["rank"])
        return [choice["uid"] for choice in ordered]

    def drawn_wrong(self, question: Frozen, rng: random.Random) -> Response:
        """Two neighbours have changed places."""
        response = self.right(question)
        at = rng.randrange(len(response) - 1)
        response[at], response[at + 1] = response[at + 1], response[at]
        return response

    def review(self, question: Frozen, response: Response) -> list[ReviewLine]:
        known = choices_by_uid(question)
        lines = []
        for rank, uid in enumerate(self.right(question), start=1):
            given = response.index(uid) + 1
            mark, state = RIGHT, _("Vous l’aviez mise à cette place")
            if given != rank:
                mark, state = WRONG, _("Vous l’aviez mise au rang %(rank)s") % {"rank": given}
            text, feedback = known[uid]["text"], known[uid]["feedback"]
            lines.append(ReviewLine(f"{rank}. {text}", mark, state, feedback))
        return lines

    def definition(self, question: Frozen) -> dict[str, Any]:
        return {
            "interactionType": "sequencing",
            "choices": [component(choice["uid"], choice["text"]) for choice in question["choices"]],
        }

    def written(self, question: Frozen, response: Response) -> str:
        """An ordered list of item ids delimited by [,]."""
        return interactions.items(response)

    def picks(self, response: Response) -> list[Key]:
        return [(uid, str(rank)) for rank, uid in enumerate(response, start=1)]

    def pick_label(self, question: Frozen, key: Key) -> str:
        choice = choices_by_uid(question).get(key[0])
        return f"{choice['text']} → {key[1]}" if choice else ""
