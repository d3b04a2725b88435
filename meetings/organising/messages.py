"""What an organiser writes to those who registered: plain text, a few times a day."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from lrs.services import atomic_repeated
from meetings.enums import Audience
from meetings.mails import MESSAGE, mail_made, mails_queue
from meetings.models import Meeting, OrganiserMessage, Registration
from meetings.organising.selectors import recipients_of
from meetings.registrations.links import registration_path
from meetings.services.acts import meeting_act_record
from notifications.messages import Message
from users.models import User

A_DAY = 5
"""Messages about one meeting, so that nobody's mistake fills anybody's mailbox."""


class TooManyMessages(Exception):
    """There were enough for today. Nothing was sent."""


class NobodyToTell(Exception):
    """Nobody in the audience has an address. Nothing was sent."""


def messages_left(*, meeting: Meeting, now: dt.datetime) -> int:
    """How many more may be sent today."""
    local = timezone.localtime(now)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return max(0, A_DAY - meeting.messages.filter(sent_at__gte=midnight).count())


def reachable(registrations: list[Registration]) -> list[Registration]:
    return [one for one in registrations if one.email]


@atomic_repeated
def message_send(
    *,
    meeting: Meeting,
    audience: Audience,
    subject: str,
    text: str,
    actor: User,
    now: dt.datetime,
) -> OrganiserMessage:
    """Keep the message and queue one mail to each of its audience who has an address.

    :raises TooManyMessages: there were enough for today.
    :raises NobodyToTell: nobody would get it.
    """
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    if not messages_left(meeting=meeting, now=now):
        raise TooManyMessages
    told = reachable(recipients_of(meeting=meeting, audience=audience))
    if not told:
        raise NobodyToTell
    message = OrganiserMessage.objects.create(
        meeting=meeting,
        audience=audience,
        subject=" ".join(subject.split()),
        text=text.strip(),
        sent_by=actor,
        sent_at=now,
        recipients=len(told),
    )
    mails_queue([message_mail(message, one) for one in told])
    meeting_act_record(
        meeting=meeting,
        actor=actor,
        action="meeting.message",
        message=str(message.uid),
        audience=audience.value,
        recipients=len(told),
    )
    return message


def message_mail(message: OrganiserMessage, registration: Registration) -> Message:
    """The mail to one of them. What looks like a link in the text stays text."""
    return mail_made(
        registration,
        template="message",
        words={"message": message},
        subject=_("%(subject)s (%(meeting)s)")
        % {"subject": message.subject, "meeting": registration.meeting.title[:60]},
        key=f"meeting-message:{message.uid}:{registration.uid}",
        path=registration_path(registration),
        category=MESSAGE,
    )
