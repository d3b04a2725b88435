"""A provider's own description (SAML 2.0 Metadata, section 2.4): hostile until it is read.

Document types and entities are refused by python3-saml's parser; what is kept of the document is
four values, each checked here.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from lxml import etree
from onelogin.saml2.idp_metadata_parser import OneLogin_Saml2_IdPMetadataParser as Parser
from onelogin.saml2.xml_utils import OneLogin_Saml2_XML as Xml

from users.providers.fetching import document_fetch, origin_of, plain_refuse

MOST = 500_000
"""Bytes: a provider's description has some ten thousand, a federation's many millions."""
_CERTIFICATES = 8
_SHORTEST_KEY = 2048  # bits
_LONGEST_ENTITY_ID = 500


@dataclass(frozen=True, slots=True)
class Metadata:
    entity_id: str
    sso_url: str
    """Where a browser is sent, by the binding HTTP-Redirect."""
    certificates: tuple[str, ...]
    """Of the keys it signs with, base64 without armour. Several while it changes them."""

    @property
    def form_origin(self) -> str:
        return origin_of(self.sso_url)


def metadata_fetch(address: str) -> Metadata:
    """Fetch and check the description. Raises ValidationError, in the words of who configures."""
    plain_refuse(address, _("L’adresse des métadonnées doit commencer par https://."))
    return metadata_read(document_fetch(address, most=MOST))


def metadata_read(document: bytes) -> Metadata:
    """The same of a file. Raises ValidationError."""
    root = _parsed(document)
    found = Parser.parse(root).get("idp", {})
    sso_url = found.get("singleSignOnService", {}).get("url") or ""
    if not sso_url:
        raise ValidationError(_("Le fournisseur n’offre pas la liaison HTTP-Redirect."))
    if urlsplit(sso_url).scheme not in ("http", "https") or not urlsplit(sso_url).netloc:
        raise ValidationError(_("L’adresse de connexion du fournisseur n’est pas lisible."))
    plain_refuse(sso_url, _("Le fournisseur annonce une adresse sans https."))
    several = found.get("x509certMulti", {}).get("signing", [])
    certificates = several or [found["x509cert"]] if several or "x509cert" in found else []
    return Metadata(found["entityId"], sso_url, _checked(certificates))


def certificate_ends(certificate: str) -> dt.datetime:
    """The end of validity that a certificate of `Metadata` names."""
    return _certificate(certificate).not_valid_after_utc


def _parsed(document: bytes) -> etree._Element:
    if len(document) > MOST:
        raise ValidationError(_("Ces métadonnées sont trop volumineuses pour un seul fournisseur."))
    try:
        root = Xml.to_etree(document)
    except (etree.LxmlError, ValueError):
        raise ValidationError(
            _("Ces métadonnées ne sont pas un document XML lisible, sans DTD ni entités.")
        ) from None
    providers = Xml.query(root, "//md:EntityDescriptor[md:IDPSSODescriptor]")
    if len(providers) != 1:
        raise ValidationError(
            _("Les métadonnées doivent décrire un fournisseur SAML 2.0, et un seul.")
        )
    if not 0 < len(providers[0].get("entityID", "")) <= _LONGEST_ENTITY_ID:
        raise ValidationError(_("Les métadonnées ne donnent pas d’« entityID » utilisable."))
    wish = Xml.query(providers[0], "./md:IDPSSODescriptor/@WantAuthnRequestsSigned")
    if wish and wish[0] in ("true", "1"):
        raise ValidationError(
            _(
                "Ce fournisseur veut des demandes signées, ce que ce site ne fait pas : "
                "faites retirer « WantAuthnRequestsSigned » chez lui."
            )
        )
    # The parser takes the first description in the document, which may be of another kind.
    return providers[0]


def _checked(certificates: Iterable[str]) -> tuple[str, ...]:
    distinct = tuple(dict.fromkeys("".join(one.split()) for one in certificates))
    if not 0 < len(distinct) <= _CERTIFICATES:
        raise ValidationError(_("Les métadonnées ne donnent pas de certificat de signature."))
    for one in distinct:
        try:
            key = _certificate(one).public_key()
        except (ValueError, binascii.Error):
            raise ValidationError(_("Un certificat des métadonnées n’est pas lisible.")) from None
        if isinstance(key, rsa.RSAPublicKey) and key.key_size < _SHORTEST_KEY:
            raise ValidationError(
                _("Une clé du fournisseur est trop courte : 2 048 bits au moins.")
            )
    return distinct


def _certificate(text: str) -> x509.Certificate:
    return x509.load_der_x509_certificate(base64.b64decode(text, validate=True))
