"""Addresses in mails: the site's own, and the signed one to unsubscribe.

The address names one person and one category, and is signed, so that nobody can unsubscribe
somebody else; it needs no sign-in, for that would keep people from using it (RFC 8058 3).
"""

from __future__ import annotations

import uuid
from typing import NamedTuple

from django.conf import settings
from django.core import signing
from django.urls import reverse

_SALT = "notifications.subscription"


class Subscription(NamedTuple):
    """What an address is about."""

    recipient: uuid.UUID
    category: str


def site_url(path: str = "/") -> str:
    """A path of the site with its host in front, as it stands in mails."""
    base: str = settings.WAGTAILADMIN_BASE_URL
    return base.rstrip("/") + path


def subscription_url(subscription: Subscription) -> str:
    return site_url(reverse("notifications:subscription", args=[token_of(subscription)]))


def token_of(subscription: Subscription) -> str:
    """`category.recipient.signature`, in characters that need no escaping."""
    value = f"{subscription.category}.{subscription.recipient.hex}"
    return signing.Signer(salt=_SALT, sep=".").sign(value)


def subscription_read(token: str) -> Subscription | None:
    """What a token says; None if it is not ours."""
    try:
        value = signing.Signer(salt=_SALT, sep=".").unsign(token)
        category, recipient = value.rsplit(".", 1)
        return Subscription(uuid.UUID(hex=recipient), category)
    except (signing.BadSignature, ValueError):
        return None
