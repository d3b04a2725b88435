"""The signed address of one's registration, as it stands in mails.

Whoever has it may read, change and cancel this one registration without signing in: a registration
made by e-mail has no account, and somebody who cannot come shall need one click to say so.
"""

from __future__ import annotations

import uuid

from django.core import signing
from django.urls import NoReverseMatch, reverse

from meetings.models import Meeting, Registration

_SALT = "meetings.registration"


def token_of(registration: Registration) -> str:
    """`uid.signature`, in characters that need no escaping."""
    return _signer().sign(registration.uid.hex)


def registration_read(token: str) -> uuid.UUID | None:
    """The uid that a token of ours names; None for any other text."""
    try:
        return uuid.UUID(hex=_signer().unsign(token))
    except (signing.BadSignature, ValueError):
        return None


def registration_path(registration: Registration) -> str:
    return reverse("meetings:registration", args=[token_of(registration)])


def calendar_path(meeting: Meeting) -> str:
    """Where the file for calendars is."""
    try:
        return reverse("meetings:meeting_ics", args=[meeting.uid])
    except NoReverseMatch:  # a branch may not have the calendars yet
        return f"/agenda/rencontre/{meeting.uid}.ics"


def _signer() -> signing.Signer:
    return signing.Signer(salt=_SALT, sep=".")
