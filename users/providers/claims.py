"""What a provider says of somebody, brought into one shape. Plain functions of the claims.

Pro Santé Connect (as its public integrations read it): `SubjectNameID` is the national identifier
with the kind in front («8» before an RPPS), `otherIds` names it again, and
`SubjectRefPro.exercices[].activities[]` are the places, each perhaps with a FINESS number of the
site and of the legal entity. Any of it may be missing or empty.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from typing import Any

from users.providers.models import ProviderKind

Claims = Mapping[str, Any]
STRONG_ACR = "eidas1"
"""The level that Pro Santé Connect is asked for."""

_FINESS = re.compile(r"[0-9][0-9AB][0-9]{7}")


@dataclasses.dataclass(frozen=True, slots=True)
class Identity:
    """All that is kept of the claims, beside the account; the rest is forgotten."""

    email: str = ""
    is_email_verified: bool = False
    first_name: str = ""
    last_name: str = ""
    national_id: str = ""
    """With its prefix; empty unless the provider is the national one."""
    finess: tuple[str, ...] = ()
    scope: tuple[str, ...] = ()
    """FINESS numbers of the establishments that the provider answers for: within them, and only
    there, it is believed about the two numbers below and about places."""
    local_number: str = ""
    """A national number, as a hospital's directory has it."""
    hr_number: str = ""
    professions: tuple[str, ...] = ()
    acr: str = ""
    nonce: str = ""

    def in_scope(self, scope: tuple[str, ...], **numbers: Any) -> Identity:
        return dataclasses.replace(self, scope=scope, **numbers)

    def as_json(self) -> dict[str, Any]:
        return dataclasses.asdict(self)


def identity_from_json(data: Claims) -> Identity:
    """What `Identity.as_json` kept; what is unknown is left out."""
    names = {field.name for field in dataclasses.fields(Identity)}
    known = {name: value for name, value in data.items() if name in names}
    lists = {name: tuple(known.get(name) or ()) for name in ("finess", "professions", "scope")}
    return Identity(**(known | lists))


def identity_of(kind: str, *, userinfo: Claims, id_token: Claims) -> Identity:
    """The identity in a response. A hospital's provider is not believed about national numbers."""
    claims = {**id_token, **userinfo}
    email = _text(claims.get("email")).lower()
    common = Identity(
        email=email,
        is_email_verified=bool(email) and _is_verified(claims),
        first_name=_text(claims.get("given_name"))[:150],
        last_name=_text(claims.get("family_name"))[:150],
        acr=_text(id_token.get("acr")),
        nonce=_text(id_token.get("nonce")),
    )
    return _with_national(common, claims) if kind == ProviderKind.NATIONAL else common


def email_domain(email: str) -> str:
    return email.rpartition("@")[2].strip().lower()


def _is_verified(claims: Claims) -> bool:
    """OpenID Connect Core 5.1 makes `email_verified` a boolean; some send it as text.

    Entra ID says `xms_edov`: the owner of the domain has verified the address.
    """
    return any(
        claims.get(name) is True or str(claims.get(name)).lower() == "true"
        for name in ("email_verified", "xms_edov")
    )


def _with_national(identity: Identity, claims: Claims) -> Identity:
    practices = list(_mappings(_mapping(claims.get("SubjectRefPro")).get("exercices")))
    activities = [one for each in practices for one in _mappings(each.get("activities"))]
    first = practices[0] if practices else {}
    return dataclasses.replace(
        identity,
        national_id=_national_id(claims),
        first_name=identity.first_name or _text(first.get("prenomDexercice"))[:150],
        last_name=identity.last_name or _text(first.get("nomDexercice"))[:150],
        finess=_distinct(number for one in activities for number in _finess(one)),
        professions=_distinct(_text(each.get("codeProfession")) for each in practices),
    )


def _national_id(claims: Claims) -> str:
    for other in _mappings(claims.get("otherIds")):
        if _text(other.get("origine")).upper() == "RPPS" and _text(other.get("identifiant")):
            return _text(other["identifiant"])
    return _text(claims.get("SubjectNameID"))


def _finess(activity: Claims) -> Iterator[str]:
    """The site first, for it is the nearer place."""
    for name in ("numeroFinessSite", "numeroFinessetablissementJuridique"):
        number = _text(activity.get(name)).upper()
        if _FINESS.fullmatch(number):
            yield number


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _mapping(value: Any) -> Claims:
    return value if isinstance(value, Mapping) else {}


def _mappings(value: Any) -> Iterator[Claims]:
    return (
        (one for one in value if isinstance(one, Mapping)) if isinstance(value, list) else iter(())
    )


def _distinct(values: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
