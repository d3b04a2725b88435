"""What the national identity provider attests of an account: national number, places, profession.

No provider of a hospital is believed about these (`users.providers.claims`).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from allauth.socialaccount.models import SocialAccount
from django.db.models import Q, QuerySet

from organisation.enums import IdentifierKind
from organisation.models import Establishment, Person, PersonIdentifier
from users.models import User
from users.providers.claims import Identity, identity_from_json

ROLE_OF_PROFESSION = {
    "10": "medecin",
    "21": "pharmacien",
    "50": "sage-femme",
    "60": "infirmier",
    "70": "kinesitherapeute",
    "94": "ergotherapeute",
    "95": "dieteticien",
    "98": "manipulateur-radio",
}
"""Codes of professions in the national directory to our roles; they only choose one beforehand."""


@dataclass(frozen=True, slots=True)
class AttestedPlaces:
    is_attested: bool
    establishments: list[Establishment]
    numbers: list[str]
    role_code: str


def person_of_number(number: str) -> Person | None:
    """The person on the roster with this national number, as Pro Santé Connect writes it."""
    found = _numbers().filter(value__in=_forms(number)).first() if number else None
    return found.person if found is not None else None


def contradicts(*, person: Person, user: User) -> bool:
    """Whether the roster gives a person other national numbers than the account's attested one."""
    numbers = attested_numbers(user)
    known = set(_numbers().filter(person=person).values_list("value", flat=True)) if numbers else ()
    return bool(known) and not any(set(_forms(number)) & set(known) for number in numbers)


def attested_numbers(user: User) -> list[str]:
    """The national numbers that identity providers gave for this account."""
    return [one.national_id for one in _identities(user)]


def attested_places(*, user: User, day: dt.date) -> AttestedPlaces:
    """The open establishments of the account's FINESS numbers, of sites or of legal entities."""
    identities = _identities(user)
    numbers = list(dict.fromkeys(number for one in identities for number in one.finess))
    found = Establishment.objects.open_at(day).filter(
        Q(finess_ej__in=numbers) | Q(sites__finess_et__in=numbers)
    )
    codes = [code for one in identities for code in one.professions if code in ROLE_OF_PROFESSION]
    return AttestedPlaces(
        is_attested=bool(identities),
        establishments=list(found.distinct().order_by("name", "pk")),
        numbers=numbers,
        role_code=ROLE_OF_PROFESSION[codes[0]] if codes else "",
    )


def _identities(user: User) -> list[Identity]:
    rows = SocialAccount.objects.filter(user=user).order_by("pk")
    found = (identity_from_json(row) for row in rows.values_list("extra_data", flat=True))
    return [one for one in found if one.national_id]


def _forms(number: str) -> list[str]:
    """With the kind in front («8» before an RPPS, «0» before an ADELI) and without."""
    number = number.replace(" ", "").upper()
    is_prefixed = (len(number), number[:1]) in {(12, "8"), (10, "0")}
    return [number, number[1:]] if is_prefixed else [number]


def _numbers() -> QuerySet[PersonIdentifier]:
    """The rows with national numbers."""
    national = (IdentifierKind.RPPS, IdentifierKind.ADELI)
    return PersonIdentifier.objects.filter(kind__in=national).select_related("person")
