"""The signed address of one's registration, as it stands in mails.

Whoever has it may read, change and cancel this one registration without signing in: a registration
made by e-mail has no account, and somebody who cannot come shall need one click to say so.
"""

from __future__ import annotations

import uuid

from django.core import signing
from django.urls import reverse

from meetings.models import Registration

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


def calendar_path(registration: Registration) -> str:
    """Her own file for calendars: it has the connection link where she may have it."""
    return reverse("meetings:registration_ics", args=[token_of(registration)])


def _signer() -> signing.Signer:
    return signing.Signer(salt=_SALT, sep=".")
