"""Reminders that somebody in charge asks for: the same mail as the daily one.

It tells all that is open, and it counts as what the daily run would have said: nobody gets both.
Who was reminded in the last days, by whichever of them, is left in peace; so is whoever reached
the limit of mails, or unsubscribed from those that come before anything is late.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from django.db.models import QuerySet
from django.utils import timezone

from notifications.enums import SkipReason
from notifications.mails import Bodies
from notifications.messages import Message
from notifications.selectors import said_among, told_since
from notifications.services import deliveries_foresee
from organisation.models import Establishment, Person
from training.obligations import ObligationState, obligations_for_people
from training.reminders import people as addressees
from training.reminders.composing import (
    EARLY,
    LATE,
    Draft,
    bodies_of,
    draft_of,
    envelope_of,
    message_of,
    subject_of,
)
from training.reminders.people import Addressee, Reader

LATELY = dt.timedelta(days=3)
"""Who was reminded within this time is not reminded again."""

REMINDED, NOTHING_OPEN = "reminded", "nothing_open"
Completed: TypeAlias = Mapping[int, Mapping[int, dt.date]]
"""person -> trainable -> the day of the latest completion."""

NOBODY = uuid.UUID(int=0)
"""Stands for the recipient where a mail is only shown: its address to unsubscribe is nobody's."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What asking now would do. `skipped` counts people by reason; `sample` is the mail as one of
    those who would get it reads it, None if nobody would."""

    sent: int
    skipped: dict[str, int]
    sample: Sample | None


@dataclass(frozen=True, slots=True)
class Sample:
    subject: str
    reply_to: str
    bodies: Bodies


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Drafts of those whom nothing keeps from being written to, and how many not, by reason."""

    drafts: list[Draft]
    skipped: Counter[str]


def reminders_foreseen(
    *,
    people: Sequence[Addressee],
    house: Establishment,
    day: dt.date,
    completed: Completed | None = None,
    among: QuerySet[Person] | None = None,
) -> Foreseen:
    """What reminding these people on `day`, today, would do. A fixed number of queries. `among` is
    a query in whose answer they all are, and `completed` what they completed, if that is known."""
    wanted = _wanted(people, house, day, completed, among=among, with_stages=False)
    subject = subject_of(day)
    by_key = {
        message.key: (draft, message)
        for draft in wanted.drafts
        for message in [envelope_of(draft, day, category=_category(draft), subject=subject)]
    }
    foreseen = deliveries_foresee(
        messages=[message for _draft, message in by_key.values()],
        among=None if among is None else _uids(among),
    )
    sent = [by_key[key] for key, reason in foreseen.items() if reason is None]
    skipped = wanted.skipped + Counter(str(reason) for reason in foreseen.values() if reason)
    # One mail a person and day: its key was queued today, and the mail then given up or failed.
    skipped[REMINDED] += len(by_key) - len(foreseen)
    return Foreseen(len(sent), _merged(skipped), _sample(*sent[0], day) if sent else None)


def reminders_compose_asked(
    *,
    people: Sequence[Addressee],
    house: Establishment,
    day: dt.date,
    completed: Completed | None = None,
) -> tuple[list[Message], dict[str, int]]:
    """(mails to queue, how many people get none, by reason). A fixed number of queries."""
    wanted = _wanted(people, house, day, completed, with_stages=True)
    messages = [message_of(draft, day, category=_category(draft)) for draft in wanted.drafts]
    return messages, _merged(wanted.skipped)


def reminded_since(
    *, people: Sequence[uuid.UUID] | QuerySet[Person, uuid.UUID], since: dt.datetime
) -> dict[uuid.UUID, dt.date]:
    """The day on which each of these was last reminded after `since`. One query."""
    told = told_since(recipients=people, categories=(EARLY, LATE), since=since)
    return {uid: timezone.localdate(at) for uid, at in told.items()}


def _wanted(
    people: Sequence[Addressee],
    house: Establishment,
    day: dt.date,
    completed: Completed | None,
    *,
    among: QuerySet[Person] | None = None,
    with_stages: bool,
) -> _Wanted:
    """`with_stages`: what the daily run would say is looked up, to be covered by these mails."""
    readers, counts = addressees.readers_among(people=people, day=day, among=among)
    skipped = Counter(counts)
    del skipped[addressees.EXAMINED]
    uids = [one.person.uid for one in readers] if among is None else _uids(among)
    told = reminded_since(people=uids, since=timezone.now() - LATELY)
    # Whoever asks is of this house, so that is whom one asks in doubt.
    rested = [
        Reader(one.person, one.address, house) for one in readers if one.person.uid not in told
    ]
    skipped[REMINDED] += len(readers) - len(rested)
    whose = [one.person.pk for one in rested] if among is None else among
    obligations = obligations_for_people(people=whose, day=day, completed=completed)
    drafts = []
    for reader in rested:
        own = obligations.get(reader.person.pk, [])
        if any(one.state != ObligationState.DONE for one in own):
            drafts.append(draft_of(reader, own, day) if with_stages else Draft(reader, own, {}))
    skipped[NOTHING_OPEN] += len(rested) - len(drafts)
    if with_stages:
        said = said_among(keys=[key for draft in drafts for key in draft.stages])
        drafts = [draft.without(said) for draft in drafts]
    return _Wanted(drafts, skipped)


def _uids(people: QuerySet[Person]) -> QuerySet[Person, uuid.UUID]:
    return people.order_by().values_list("uid", flat=True)


def _category(draft: Draft) -> str:
    """Once something is late, the employer may remind whoever unsubscribed from courtesies."""
    is_late = any(one.state == ObligationState.LATE for one in draft.obligations)
    return LATE if is_late else EARLY


def _sample(draft: Draft, message: Message, day: dt.date) -> Sample:
    bodies = bodies_of(draft, day, category=message.category, recipient=NOBODY)
    return Sample(message.subject, message.reply_to, bodies)


def _merged(skipped: Counter[str]) -> dict[str, int]:
    """An address that is none, and one that cannot be written to, are the same to who asks."""
    skipped[addressees.ADDRESSLESS] += skipped.pop(SkipReason.NO_ADDRESS.value, 0)
    return {reason: number for reason, number in skipped.items() if number}
