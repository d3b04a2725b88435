"""The learner's own space: what she has to take, has begun and has done, from all sources.

What is done is read from completions, so that a module taken around one screen, imported or taken
in another system shows like one taken here, and one whose page is gone stays.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Container
from dataclasses import dataclass
from operator import itemgetter

from django.db.models import Exists, OuterRef

from courses.models import OPEN, LearningSession, LessonProgress, ModulePage
from courses.outline import module_outline
from organisation.models import Person
from training.enums import Provenance, TrainableKind
from training.models import Completion
from training.selectors import Obligation, ObligationState, obligations_for_person
from training.validity import completed_on

RENEWABLE_FOR = dt.timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Card:
    """One training in the learner's space. `page` is None when no live page teaches it now.

    `completed_at` and `provenance` are those of the latest completion, wherever it came from.
    `is_ending` says that it counts for a few weeks only.
    """

    title: str
    page: ModulePage | None
    obligation: Obligation | None
    begun_percent: int | None
    resume_number: int | None
    completed_at: dt.datetime | None
    provenance: Provenance
    is_ending: bool
    evidence_id: uuid.UUID | None
    """The statement that an attestation can be made of."""
    is_meeting: bool
    """It is done by being there, so no page teaches it."""

    @property
    def is_declared(self) -> bool:
        return self.provenance.is_declared

    @property
    def is_new(self) -> bool:
        """Neither asked, nor begun, nor done."""
        return (self.obligation, self.begun_percent, self.completed_at) == (None, None, None)

    @property
    def counts_until(self) -> dt.date | None:
        """The last day on which the completion counts, if it ever ends."""
        end = self.obligation.valid_until if self.obligation else None
        return end - dt.timedelta(days=1) if end else None


@dataclass(frozen=True, slots=True)
class LearnerSpace:
    """What `/mon-espace/` shows, in the order in which it matters. Of `done` those that end soon
    come first."""

    late: list[Card]
    due: list[Card]
    begun: list[Card]
    done: list[Card]
    others: list[Card]


def learner_space(*, person: Person, day: dt.date) -> LearnerSpace:
    """Late, due, begun, done, and what else there is. Eight queries, whatever the catalogue and the
    history."""
    completions = _latest_completions(person, day)
    obligations = obligations_for_person(
        person=person,
        day=day,
        completed={pk: completed_on(one.completed_at) for pk, one in completions.items()},
    )
    asked = {one.trainable.pk: one for one in obligations}
    pages = _pages(person)
    done = _lessons_done(person)
    cards = {
        trainable_id: _card(
            page=pages.get(trainable_id),
            obligation=asked.get(trainable_id),
            completion=completions.get(trainable_id),
            done=done,
            day=day,
        )
        for trainable_id in {**asked, **completions, **pages}
    }
    return LearnerSpace(
        late=_required(cards, ObligationState.LATE),
        due=_required(cards, ObligationState.DUE),
        begun=[
            card
            for card in cards.values()
            if card.begun_percent is not None and not _is_pressing(card)
        ],
        done=_done(cards),
        others=[card for card in cards.values() if card.is_new],
    )


def _done(cards: dict[int, Card]) -> list[Card]:
    found = [
        (card.completed_at, card)
        for card in cards.values()
        if card.completed_at and not _is_pressing(card)
    ]
    latest_first = [card for _at, card in sorted(found, key=itemgetter(0), reverse=True)]
    return sorted(latest_first, key=lambda card: not card.is_ending)


def _latest_completions(person: Person, day: dt.date) -> dict[int, Completion]:
    """The latest at or before `day`, by training."""
    rows = Completion.objects.filter(person=person).select_related("trainable")
    return {
        row.trainable_id: row
        for row in rows.order_by("completed_at", "pk")
        if completed_on(row.completed_at) <= day
    }


def _pages(person: Person) -> dict[int, ModulePage]:
    """The live modules by training, in the editors' order; `is_begun` if she is in the middle."""
    begun = LearningSession.objects.filter(person=person, trainable=OuterRef("trainable"), **OPEN)
    pages = ModulePage.objects.live().select_related("trainable").annotate(is_begun=Exists(begun))
    return {page.trainable_id: page for page in pages.order_by("path")}


def _lessons_done(person: Person) -> set[uuid.UUID]:
    """The lessons that she has done in what she has begun and not finished."""
    return set(
        LessonProgress.objects.filter(
            session__in=LearningSession.objects.filter(person=person, **OPEN),
            completed_at__isnull=False,
        ).values_list("lesson_uid", flat=True)
    )


def _is_pressing(card: Card) -> bool:
    return card.obligation is not None and card.obligation.state != ObligationState.DONE


def _required(cards: dict[int, Card], state: ObligationState) -> list[Card]:
    found = [
        (card.obligation.due_on, card)
        for card in cards.values()
        if card.obligation and card.obligation.state == state
    ]
    return [card for _due_on, card in sorted(found, key=itemgetter(0))]


def _card(
    *,
    page: ModulePage | None,
    obligation: Obligation | None,
    completion: Completion | None,
    done: Container[uuid.UUID],
    day: dt.date,
) -> Card:
    lessons = [lesson.uid in done for lesson in module_outline(page)] if page else []
    is_begun = page is not None and page.is_begun and bool(lessons)
    teaching = obligation or completion or page
    assert teaching is not None, "a card is of one of them"
    end = obligation.valid_until if obligation else None
    return Card(
        title=page.title if page else teaching.trainable.title,
        page=page,
        obligation=obligation,
        begun_percent=100 * sum(lessons) // len(lessons) if is_begun else None,
        resume_number=lessons.index(False) + 1 if is_begun and False in lessons else None,
        completed_at=completion.completed_at if completion else None,
        provenance=Provenance(completion.provenance) if completion else Provenance.OBSERVED,
        is_ending=end is not None and end <= day + RENEWABLE_FOR,
        evidence_id=completion.statement_id if completion else None,
        is_meeting=teaching.trainable.kind == TrainableKind.MEETING,
    )
