"""The mails of a day: one a person, whatever she is to be reminded of."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass, replace

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notifications.mails import Bodies, bodies_render
from notifications.messages import Message
from notifications.models import Run
from notifications.registry import Category, Kind, Step, category_register, kind_register
from notifications.selectors import said_among
from training.obligations import Obligation, ObligationState, obligations_for_people
from training.reminders import people
from training.reminders.people import Reader
from training.reminders.stages import Reached, Stage, stage_reached
from users.days import long_day

KIND = "reminders"
EARLY, LATE = "training-early", "training-due"
BATCH = 500
"""People looked at in a step."""

_KEY_DATE = "%Y%m%d"


@dataclass(frozen=True, slots=True)
class Line:
    """A training in the mail, with what is to be known of its dates."""

    title: str
    sentence: str


def register() -> None:
    category_register(
        Category(EARLY, gettext_lazy("rappels de formations avant échéance"), is_optional=True)
    )
    category_register(
        Category(LATE, gettext_lazy("rappels de formations arrivées à échéance"), is_optional=False)
    )
    counted = {
        people.EXAMINED: gettext_lazy("agents examinés"),
        people.ENDED: gettext_lazy("sans affectation en cours"),
        people.ADDRESSLESS: gettext_lazy("sans adresse connue"),
        people.SWITCHED_OFF: gettext_lazy("compte désactivé"),
    }
    kind_register(Kind(KIND, gettext_lazy("Rappels de formation"), reminders_compose, counted))


def reminders_compose(run: Run) -> Step:
    """The next step of a run whose period is a day (ISO). Ten queries, whatever the number."""
    day = dt.date.fromisoformat(run.period)
    batch = people.people_after(pk=int(run.cursor or 0), limit=BATCH)
    if not batch:
        return Step([], None)
    readers, counts = people.readers_among(people=batch, day=day)
    obligations = obligations_for_people(people=[one.person.pk for one in readers], day=day)
    drafts = [draft_of(reader, obligations.get(reader.person.pk, []), day) for reader in readers]
    said = said_among(keys=[key for draft in drafts for key in draft.stages])
    fresh = (draft.without(said) for draft in drafts)
    messages = [message_of(draft, day) for draft in fresh if draft.stages]
    cursor = str(batch[-1].pk) if len(batch) == BATCH else None
    return Step(messages, cursor, counts)


@dataclass(frozen=True, slots=True)
class Draft:
    """A reader with what she has to take, and the stages reached, by their keys."""

    reader: Reader
    obligations: list[Obligation]
    stages: dict[str, Reached]

    def without(self, said: Collection[str]) -> Draft:
        fresh = {key: stage for key, stage in self.stages.items() if key not in said}
        return replace(self, stages=fresh)


def draft_of(reader: Reader, obligations: list[Obligation], day: dt.date) -> Draft:
    stages = {
        _key(reader, one.trainable.uid, stage): stage
        for one in obligations
        if (stage := stage_reached(one, day)) is not None
    }
    return Draft(reader, obligations, stages)


def message_of(draft: Draft, day: dt.date, *, category: str = "") -> Message:
    """The mail of the day. It covers the stages reached, and tells all that is open, so that one
    mail is enough. Its category follows from the stages unless it is given."""
    category = category or _category_of(draft)
    bodies = bodies_of(draft, day, category=category, recipient=draft.reader.person.uid)
    envelope = envelope_of(draft, day, category=category, subject=subject_of(day))
    return replace(envelope, text=bodies.text, html=bodies.html)


def envelope_of(draft: Draft, day: dt.date, *, category: str, subject: str) -> Message:
    """The mail without its bodies."""
    reader = draft.reader
    uid = reader.person.uid
    return Message(
        category=category,
        recipient=uid,
        address=reader.address,
        key=f"reminder:{uid.hex}:{day:{_KEY_DATE}}",
        covers=tuple(draft.stages),
        subject=subject,
        text="",
        html="",
        reply_to=reader.contact.email,
    )


def bodies_of(draft: Draft, day: dt.date, *, category: str, recipient: uuid.UUID) -> Bodies:
    """What the mail says. `recipient` stands in the address to unsubscribe."""
    return bodies_render(
        "training/email/reminder",
        _context(draft.reader, draft.obligations, day),
        category=category,
        recipient=recipient,
        contact=draft.reader.contact,
        space_path=settings.LOGIN_REDIRECT_URL,
    )


def _category_of(draft: Draft) -> str:
    return EARLY if all(stage.is_early for stage in draft.stages.values()) else LATE


def _key(reader: Reader, training: uuid.UUID, reached: Reached) -> str:
    since = reached.since.strftime(_KEY_DATE)
    return f"reminder:{reader.person.uid.hex}:{training}:{reached.stage}:{since}"


def subject_of(day: dt.date) -> str:
    """The same for everybody."""
    return _("%(site)s : vos formations au %(day)s") % {
        "site": settings.WAGTAIL_SITE_NAME,
        "day": long_day(day),
    }


def _context(reader: Reader, obligations: list[Obligation], day: dt.date) -> dict[str, object]:
    lines: dict[str, list[Line]] = {"late": [], "due": [], "renewals": []}
    for one in obligations:
        line = Line(one.trainable.title, _sentence(one))
        if one.state == ObligationState.LATE:
            lines["late"].append(line)
        elif one.state == ObligationState.DUE:
            lines["due"].append(line)
        elif (stage := stage_reached(one, day)) is not None and stage.stage == Stage.RENEWAL:
            lines["renewals"].append(line)
    return {"place": reader.place.name, **lines}


def _sentence(obligation: Obligation) -> str:
    if obligation.state == ObligationState.DONE and obligation.valid_until is not None:
        return _("validée, à suivre de nouveau à partir du %s") % long_day(obligation.valid_until)
    if obligation.state == ObligationState.LATE and obligation.retraining_reason:
        words = _("à suivre de nouveau depuis le %(day)s : %(reason)s")
        return words % {"day": long_day(obligation.due_on), "reason": obligation.retraining_reason}
    if obligation.state == ObligationState.LATE:
        return _("attendue depuis le %s") % long_day(obligation.due_on)
    return _("à suivre d’ici le %s") % long_day(obligation.due_on)
