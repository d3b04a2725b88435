"""The mail to whoever stands at the door without being signed in."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.attendance.links import door_link
from meetings.enums import RegistrationState
from meetings.mails import mail_made, mails_queue
from meetings.models import Meeting

AGAIN_AFTER = 120
"""Seconds within which whoever asks twice gets one mail."""


@transaction.atomic
def door_mail_send(*, meeting: Meeting, email: str, now: dt.datetime) -> None:
    """Send a signed link, if this address is registered; nobody is told whether it is."""
    rows = meeting.registrations.exclude(state=RegistrationState.CANCELLED)
    found = rows.select_related("person").filter(email__iexact=email).first()
    if found is None:
        return
    found.meeting = meeting
    turn = int(now.timestamp()) // AGAIN_AFTER
    mail = mail_made(
        found,
        template="door",
        words={},
        subject=_("dites que vous êtes là"),
        key=f"meeting-door:{found.uid}:{turn}",
        path=door_link(found),
    )
    mails_queue([mail])
