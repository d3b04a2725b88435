"""Mails about one's own registration, and what organisers write to those who come.

They carry no attachment, as no mail of ours does: a calendar file is one link away.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.enums import Attends, RegistrationState
from meetings.models import Meeting, Registration
from meetings.registrations.links import calendar_path, registration_path
from meetings.words import moment_words, start_day
from notifications.links import site_url
from notifications.mails import LocalContact, bodies_render
from notifications.messages import Message
from notifications.registry import Category, category_register
from notifications.services import deliveries_queue, deliveries_wake

MEETING = "meeting"
MESSAGE = "meeting_message"
WHY = gettext_lazy("Il concerne une rencontre à laquelle vous avez demandé à participer.")


def register() -> None:
    for name, label in (
        (MEETING, gettext_lazy("inscriptions aux rencontres")),
        (MESSAGE, gettext_lazy("messages des organisateurs de rencontres")),
    ):
        category_register(Category(name, label, is_optional=False, why=WHY, is_limited=False))


def recipient_of(registration: Registration) -> uuid.UUID:
    """Whom its mails go to, opaque: the person, else one of the address."""
    if registration.person is not None:
        return registration.person.uid
    return recipient_of_address(registration.email)


def recipient_of_address(email: str) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_OID, f"meeting:{email.lower()}")


def mail_made(
    registration: Registration,
    *,
    template: str,
    words: Mapping[str, object],
    subject: str,
    key: str,
    path: str,
    category: str = MEETING,
) -> Message:
    """One mail to who registered, from `meetings/email/<template>.txt` and `.html`.

    Their context is `words`, `registration` and `meeting`. `key` names the mail for ever; `path` is
    where it leads.
    """
    meeting = registration.meeting
    recipient = recipient_of(registration)
    bodies = bodies_render(
        f"meetings/email/{template}",
        {**words, "registration": registration, "meeting": meeting},
        category=category,
        recipient=recipient,
        contact=LocalContact(name=meeting.organiser, email=meeting.contact_email),
        space_path=path,
    )
    return Message(
        category=category,
        recipient=recipient,
        address=registration.email,
        key=key,
        covers=(key,),
        subject=f"{settings.WAGTAIL_SITE_NAME}\N{NO-BREAK SPACE}: {subject}",
        text=bodies.text,
        html=bodies.html,
        reply_to=meeting.contact_email,
    )


def mails_queue(messages: Sequence[Message]) -> None:
    """Queue these in the transaction; they leave when it has committed."""
    if messages and deliveries_queue(messages=messages):
        transaction.on_commit(deliveries_wake)


def confirmation_ask(registration: Registration, before: dt.datetime) -> None:
    """The mail that asks to confirm. Nothing that was typed stands in it: anybody may have typed
    this address."""
    words = {"before": moment_words(registration.meeting, before)}
    _tell(
        registration,
        "confirm",
        _("confirmez votre inscription"),
        at=registration.created_at,
        words=words,
    )


def known_tell(registration: Registration, now: dt.datetime) -> None:
    """Somebody registers an address that is registered: only its owner learns that it is."""
    _tell(registration, "known", _("votre inscription existe déjà"), at=now)


def confirmed_tell(registration: Registration) -> None:
    _tell(registration, "confirmed", _("votre inscription est confirmée"))


def waiting_tell(registration: Registration, place: int) -> None:
    _tell(registration, "waiting", _("vous êtes sur la liste d’attente"), words={"place": place})


def moved_up_tell(registrations: Sequence[Registration]) -> None:
    """They waited, and have a seat now. A fixed number of queries, whatever their number."""
    _tell_all(registrations, "moved_up", _("une place s’est libérée pour vous"))


def cancellation_tell(registration: Registration, *, by_organiser: bool) -> None:
    """That it is cancelled, by herself or for her."""
    words = {"by_organiser": by_organiser}
    _tell(registration, "cancelled", _("votre inscription est annulée"), words=words)


def meeting_cancelled_tell(meeting: Meeting, registrations: Sequence[Registration]) -> None:
    subject = _("rencontre annulée, %(day)s") % {"day": start_day(meeting)}
    _tell_all(registrations, "called_off", subject)


def meeting_changed_tell(
    meeting: Meeting, registrations: Sequence[Registration], changed: Collection[str]
) -> None:
    """What is different, and all the facts as they are now. Where only the link changed, those who
    come into the room need not know."""
    said = set(_changes(changed))
    only_link = said == {"link"}
    concerned = [one for one in registrations if not only_link or gets_link(one)]
    if not said:
        return
    words = {name: name in said for name in ("time", "place", "format", "link")}
    words["has_moved"] = "starts_at" in changed and meeting.moved_from is not None
    subject = _("changement pour la rencontre, %(day)s") % {"day": start_day(meeting)}
    _tell_all(concerned, "changed", subject, words=words, turn=str(meeting.sequence))


def reminder_made(registration: Registration) -> Message:
    """Once for each day on which the meeting was to begin."""
    meeting = registration.meeting
    subject = _("rappel, %(day)s") % {"day": start_day(meeting)}
    return _mail(registration, "reminder", subject, words={}, turn=f"{meeting.local_start:%Y%m%d}")


def gets_link(registration: Registration) -> bool:
    """The link to connect is for those who have a place and take part from afar."""
    return (
        registration.state == RegistrationState.CONFIRMED and registration.attends == Attends.REMOTE
    )


_CHANGES = {
    "starts_at": "time",
    "ends_at": "time",
    "place": "place",
    "address": "place",
    "region_id": "place",
    "format": "format",
    "remote_link": "link",
}


def _changes(changed: Collection[str]) -> list[str]:
    return [_CHANGES[name] for name in changed if name in _CHANGES]


def _tell(
    registration: Registration,
    template: str,
    subject: str,
    *,
    words: Mapping[str, object] | None = None,
    at: dt.datetime | None = None,
) -> None:
    """One mail to one; said once, or once for each moment `at`."""
    _tell_all(
        [registration], template, subject, words=words, turn=f"{at:%Y%m%d%H%M%S%f}" if at else ""
    )


def _tell_all(
    registrations: Sequence[Registration],
    template: str,
    subject: str,
    *,
    words: Mapping[str, object] | None = None,
    turn: str = "",
) -> None:
    """Whoever gave no address, because a code let her in, reads it on the platform.

    Those of one meeting to whom the same is said get the same mail, but for the address of their
    page: it is written once, for a meeting may have thousands.
    """
    written: dict[tuple[object, ...], tuple[str, Message]] = {}
    messages = []
    for one in registrations:
        if not one.email:
            continue
        kind = (one.meeting_id, one.state, one.attends, one.account_id is None)
        if kind not in written:
            made = _mail(one, template, subject, words=words or {}, turn=turn)
            written[kind] = (registration_path(one), made)
        messages.append(_addressed(one, *written[kind], key=_key(one, template, turn)))
    mails_queue(messages)


def _addressed(registration: Registration, path: str, made: Message, *, key: str) -> Message:
    """The mail that was written with another's `path`, to her."""
    own_path = registration_path(registration)
    return replace(
        made,
        recipient=recipient_of(registration),
        address=registration.email,
        key=key,
        covers=(key,),
        text=made.text.replace(path, own_path),
        html=made.html.replace(path, own_path),
    )


def _key(registration: Registration, template: str, turn: str) -> str:
    return f"meeting:{template}:{registration.uid.hex}:{turn}".rstrip(":")


def _mail(
    registration: Registration,
    template: str,
    subject: str,
    *,
    words: Mapping[str, object],
    turn: str,
) -> Message:
    own_path = reverse("meetings:my_meetings") if registration.account_id else ""
    frame = {
        "calendar_url": site_url(calendar_path(registration)),
        "gets_link": gets_link(registration),
        "own_url": site_url(own_path) if own_path else "",
        "is_confirmed": registration.state == RegistrationState.CONFIRMED,
    }
    return mail_made(
        registration,
        template=template,
        words={**frame, **words},
        subject=subject,
        key=_key(registration, template, turn),
        path=registration_path(registration),
    )
