"""Whom the people of an establishment can ask, as mails to them say it."""

from __future__ import annotations

from notifications.mails import LocalContact
from organisation.models import Establishment


def local_contact(establishment: Establishment) -> LocalContact:
    return LocalContact(
        place=establishment.name,
        name=establishment.security_contact_name,
        phone=establishment.hotline,
        email=establishment.security_contact_email,
    )
