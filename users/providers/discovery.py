"""A provider's discovery document (OpenID Connect Discovery 1.0, section 4)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from users.providers.fetching import document_fetch, origin_of, plain_refuse

WELL_KNOWN = "/.well-known/openid-configuration"
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")
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
    plain_refuse(address, _("L’adresse de découverte doit commencer par https://."))
    document = _fetched(document_address(address))
    missing = [name for name in ("issuer", *ENDPOINTS) if not isinstance(document.get(name), str)]
    if missing:
        raise ValidationError(
            _("Le document de découverte ne dit pas : %(names)s."),
            params={"names": ", ".join(missing)},
        )
    for name in ENDPOINTS:
        plain_refuse(document[name], _("Le fournisseur annonce une adresse sans https."))
    return Discovery(document["issuer"], origin_of(document["authorization_endpoint"]))


def _fetched(address: str) -> dict[str, Any]:
    try:
        document = json.loads(document_fetch(address, most=_MOST))
    except ValueError:
        document = None
    if not isinstance(document, dict):
        raise ValidationError(_("Cette adresse ne donne pas de document de découverte."))
    return document
