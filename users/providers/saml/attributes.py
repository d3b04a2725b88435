"""What an assertion says of somebody, brought into the shape that all providers share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from users.providers.claims import Identity

Attributes = Mapping[str, Sequence[Any]]
"""The values of each attribute, by its name."""

_CLAIMS = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims"
_ENTRA = "http://schemas.microsoft.com/identity/claims"

DEFAULTS: dict[str, tuple[str, ...]] = {
    "uid": (
        "urn:oasis:names:tc:SAML:attribute:subject-id",
        "urn:oasis:names:tc:SAML:attribute:pairwise-id",
        "urn:oid:1.3.6.1.4.1.5923.1.1.1.13",  # eduPersonUniqueId
        f"{_ENTRA}/objectidentifier",
    ),
    "email": ("urn:oid:0.9.2342.19200300.100.1.3", f"{_CLAIMS}/emailaddress", "mail", "email"),
    "first_name": ("urn:oid:2.5.4.42", f"{_CLAIMS}/givenname", "givenName"),
    "last_name": ("urn:oid:2.5.4.4", f"{_CLAIMS}/surname", "sn"),
    "national_id": ("rpps", "RPPS", "adeli", "ADELI"),
    "finess": ("finess", "FINESS"),
    "hr_number": (
        "urn:oid:2.16.840.1.113730.3.1.3",  # employeeNumber
        "employeeNumber",
        "employeeid",
        "matricule",
    ),
}
"""Ours to theirs: the names that directories use, the first that is there."""

_PASSING = (
    "urn:oasis:names:tc:SAML:2.0:nameid-format:transient",
    "urn:oasis:names:tc:SAML:2.0:nameid-format:entity",
)
"""Forms of NameID that name nobody for long."""
_FINESS = re.compile(r"[0-9][0-9AB][0-9]{7}")
_NUMBER = 40  # characters


def identity_of_attributes(settings: Mapping[str, Any], attributes: Attributes) -> Identity:
    """The identity in a signed assertion.

    The signature proves that the provider says it. Whether the provider may be believed about an
    address is the operator's word, the domains; about numbers, the establishments it answers for.
    """
    value = _reader(settings, attributes)
    email = value("email").lower()
    scope = tuple(settings["establishments"])
    common = Identity(
        email=email,
        is_email_verified=bool(email),
        first_name=value("first_name")[:150],
        last_name=value("last_name")[:150],
    )
    if not scope:
        return common
    names = _names(settings, "finess")
    words = (word for text in _texts(attributes, names) for word in re.split(r"[\s,;|]+", text))
    numbers = tuple(word.upper() for word in words if _FINESS.fullmatch(word.upper()))
    return common.in_scope(
        scope,
        finess=tuple(dict.fromkeys(numbers)),
        local_number=value("national_id")[:_NUMBER],
        hr_number=value("hr_number")[:_NUMBER],
    )


def uid_of(
    settings: Mapping[str, Any],
    attributes: Attributes,
    *,
    name_id: str | None,
    name_id_format: str | None,
) -> str:
    """What names somebody at her provider for good; empty if nothing does."""
    found = _reader(settings, attributes)("uid")
    if found or name_id_format in _PASSING:
        return found
    return (name_id or "").strip()


def _reader(settings: Mapping[str, Any], attributes: Attributes) -> Any:
    def value(field: str) -> str:
        return next(_texts(attributes, _names(settings, field)), "")

    return value


def _names(settings: Mapping[str, Any], field: str) -> Sequence[str]:
    """The one that was configured, or the usual ones."""
    own = settings["attributes"].get(field)
    return (own,) if own else DEFAULTS[field]


def _texts(attributes: Attributes, names: Sequence[str]) -> Iterator[str]:
    for name in names:
        for value in attributes.get(name, ()):
            if isinstance(value, str) and value.strip():
                yield value.strip()
