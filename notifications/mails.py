"""Writing a mail: its two bodies from templates, and the message with its headers."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import formataddr, parseaddr
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from notifications.links import Subscription, site_url, subscription_url
from notifications.models import Delivery
from notifications.registry import category_of


@dataclass(frozen=True, slots=True)
class LocalContact:
    """Whom a reader can ask, by a way she knows already, whether a mail is genuine.

    `place` is the hospital where she works; empty where she works for none (an agency, the
    ministry) or where nobody knows.
    """

    place: str = ""
    name: str = ""
    phone: str = ""
    email: str = ""


class Bodies(NamedTuple):
    text: str
    html: str


def bodies_render(
    template: str,
    context: Mapping[str, Any],
    *,
    category: str,
    recipient: uuid.UUID,
    contact: LocalContact,
    space_path: str,
) -> Bodies:
    """The plain and the HTML body of `<template>.txt` and `.html`, from the same context.

    Both extend `notifications/email/base`, which says who to ask in doubt, how to do without the
    links, and how to unsubscribe. `space_path` is the page that the mail leads to.
    """
    is_optional = category_of(category).is_optional
    subscription = Subscription(recipient, category)
    frame = {
        "site_name": settings.WAGTAIL_SITE_NAME,
        "site_url": site_url("/"),
        "space_url": site_url(space_path),
        "doubt": _doubt(contact),
        "category": category_of(category),
        "unsubscribe_url": subscription_url(subscription) if is_optional else "",
    }
    values = {**context, **frame}
    text = render_to_string(f"{template}.txt", values)
    return Bodies(_tidy(text), render_to_string(f"{template}.html", values))


def _doubt(contact: LocalContact) -> str:
    """Whom to ask in doubt, and what no mail of ours ever asks for."""
    if contact.name or contact.phone:
        known = ", ".join(part for part in (contact.name, contact.place, contact.phone) if part)
        asked = _(
            "Ne répondez pas et n’ouvrez aucun lien : demandez d’abord à votre contact local, par "
            "un moyen que vous connaissez déjà (%s)."
        )
        first = asked % known
    elif not contact.place:
        first = _(
            "Ne répondez pas et n’ouvrez aucun lien : demandez d’abord au service informatique de "
            "l’organisme où vous travaillez, par le numéro que vous connaissez déjà."
        )
    else:
        asked = _(
            "Ne répondez pas et n’ouvrez aucun lien : demandez d’abord au service informatique de "
            "votre établissement (%s), par le numéro que vous connaissez déjà."
        )
        first = asked % contact.place
    never = _(
        "Nous ne demandons jamais un mot de passe, ni par courriel ni au téléphone, et ce message "
        "n’a pas de pièce jointe."
    )
    return f"{first} {never}"


def mail_of(delivery: Delivery) -> EmailMultiAlternatives:
    """The message of a delivery: the same each time, its Message-ID too."""
    mail = EmailMultiAlternatives(
        subject=delivery.subject,
        body=delivery.text,
        from_email=sender(),
        to=[delivery.address],
        reply_to=[delivery.reply_to] if delivery.reply_to else None,
        headers=_headers(delivery),
    )
    mail.attach_alternative(delivery.html, "text/html")
    return mail


def sender() -> str:
    """The platform's name and address; a name in the setting is kept."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((name or settings.WAGTAIL_SITE_NAME, address))


def _headers(delivery: Delivery) -> dict[str, str]:
    host = urlsplit(site_url()).hostname or "localhost"
    headers = {
        "Message-ID": f"<{delivery.uid}@{host}>",
        "Auto-Submitted": "auto-generated",  # RFC 3834 5: no automatic answer, please
        "X-Auto-Response-Suppress": "All",  # the same to Exchange
    }
    if category_of(delivery.category).is_optional:
        url = subscription_url(Subscription(delivery.recipient, delivery.category))
        headers["List-Unsubscribe"] = f"<{url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058 3.1
    return headers


def _tidy(text: str) -> str:
    """No blank space at the ends of lines, and never two empty lines together."""
    lines: list[str] = []
    for line in (line.rstrip() for line in text.strip().splitlines()):
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines) + "\n"
