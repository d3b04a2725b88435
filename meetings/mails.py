"""Mails about one's own registration, and what organisers write to those who come.

They carry no attachment, as no mail of ours does: a calendar file is one link away.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy

from meetings.models import Registration
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
    return uuid.uuid5(uuid.NAMESPACE_OID, f"meeting:{registration.email.lower()}")


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
        contact=LocalContact(place=meeting.organiser, email=meeting.contact_email),
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
