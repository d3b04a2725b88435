"""A provider's discovery document (OpenID Connect Discovery 1.0, section 4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

WELL_KNOWN = "/.well-known/openid-configuration"
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")
TIMEOUT = 10.0
"""Seconds."""
_MOST = 200_000  # bytes


@dataclass(frozen=True, slots=True)
class Discovery:
    issuer: str
    form_origin: str
    """Scheme and host of the page to which a browser is sent."""


def document_address(address: str) -> str:
    """The document of an issuer, or the document itself."""
    address = address.strip().rstrip("/")
    return address if "/.well-known/" in address else address + WELL_KNOWN


def discovery_read(address: str) -> Discovery:
    """Fetch and check the document. Raises ValidationError, in the words of who configures."""
    _refuse_plain(address, _("L’adresse de découverte doit commencer par https://."))
    document = _fetched(document_address(address))
    missing = [name for name in ("issuer", *ENDPOINTS) if not isinstance(document.get(name), str)]
    if missing:
        raise ValidationError(
            _("Le document de découverte ne dit pas : %(names)s."),
            params={"names": ", ".join(missing)},
        )
    for name in ENDPOINTS:
        _refuse_plain(document[name], _("Le fournisseur annonce une adresse sans https."))
    parts = urlsplit(document["authorization_endpoint"])
    return Discovery(document["issuer"], f"{parts.scheme}://{parts.netloc}")


def _refuse_plain(address: str, message: str) -> None:
    if settings.IDENTITY_PROVIDERS_HTTPS_ONLY and urlsplit(address).scheme != "https":
        raise ValidationError(message)


def _fetched(address: str) -> dict[str, Any]:
    try:
        response = httpx.get(address, timeout=TIMEOUT)
        response.raise_for_status()
        document = response.json() if len(response.content) <= _MOST else None
    except (httpx.HTTPError, httpx.InvalidURL):
        raise ValidationError(
            _("Le fournisseur ne répond pas à %(address)s."), params={"address": address}
        ) from None
    except ValueError:
        document = None
    if not isinstance(document, dict):
        raise ValidationError(_("Cette adresse ne donne pas de document de découverte."))
    return document
