"""Reading what an identity provider publishes about itself, at an address that somebody typed."""

from __future__ import annotations

from urllib.parse import urlsplit

import httpx
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

TIMEOUT = 10.0
"""Seconds."""


def plain_refuse(address: str, message: str) -> None:
    """Refuse an address without TLS where production demands it."""
    if settings.IDENTITY_PROVIDERS_HTTPS_ONLY and urlsplit(address).scheme != "https":
        raise ValidationError(message)


def document_fetch(address: str, *, most: int) -> bytes:
    """At most `most` bytes at `address`; redirections are not followed. Raises ValidationError, in
    the words of who configures."""
    try:
        with httpx.stream("GET", address, timeout=TIMEOUT) as response:
            response.raise_for_status()
            content = bytearray()
            for part in response.iter_bytes():
                content += part
                if len(content) > most:
                    raise ValidationError(_("Ce que donne cette adresse est trop volumineux."))
            return bytes(content)
    except (httpx.HTTPError, httpx.InvalidURL):
        raise ValidationError(
            _("Le fournisseur ne répond pas à %(address)s."), params={"address": address}
        ) from None


def origin_of(address: str) -> str:
    """Scheme and host, as a content security policy names them."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
