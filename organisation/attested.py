"""What identity providers attest of an account: numbers, places, profession.

The national one is believed about national numbers and places everywhere. A hospital's is believed
only in its `scope`: about the numbers of people who work in the establishments it answers for, and
about which of these establishments somebody works in.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from allauth.socialaccount.models import SocialAccount
from django.db.models import Q, QuerySet
from django.utils import timezone

from organisation.enums import IdentifierKind
from organisation.models import Appointment, Establishment, Person, PersonIdentifier
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
    is_national: bool = True


def person_attested(identity: Identity) -> Person | None:
    """The person on the roster whom the identity's numbers name."""
    return person_of_number(identity.national_id) or _person_in_scope(identity)


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
    """The national numbers that identity providers gave for this account. A hospital's word is
    enough for a doubt."""
    numbers = (one.national_id or one.local_number for one in _identities(user))
    return [number for number in numbers if number]


def attested_places(*, user: User, day: dt.date) -> AttestedPlaces:
    """The open establishments of the account's FINESS numbers, of sites or of legal entities."""
    identities = _identities(user)
    national = [one for one in identities if one.national_id]
    numbers = list(dict.fromkeys(number for one in national for number in one.finess))
    places = Q(finess_ej__in=numbers) | Q(sites__finess_et__in=numbers)
    for one in identities:
        places |= Q(pk__in=_establishments(one).values("pk"))
    found = Establishment.objects.open_at(day).filter(places)
    codes = [code for one in identities for code in one.professions if code in ROLE_OF_PROFESSION]
    return AttestedPlaces(
        is_attested=bool(identities),
        establishments=list(found.distinct().order_by("name", "pk")),
        numbers=numbers,
        role_code=ROLE_OF_PROFESSION[codes[0]] if codes else "",
        is_national=bool(national),
    )


def _identities(user: User) -> list[Identity]:
    rows = SocialAccount.objects.filter(user=user).order_by("pk")
    found = (identity_from_json(row) for row in rows.values_list("extra_data", flat=True))
    return [one for one in found if one.national_id or one.scope]


def _establishments(identity: Identity) -> QuerySet[Establishment]:
    """Of the provider's establishments those that it names, or all where it names none."""
    found = Establishment.objects.filter(finess_ej__in=identity.scope)
    if not identity.finess:
        return found
    named = Q(finess_ej__in=identity.finess) | Q(sites__finess_et__in=identity.finess)
    return found.filter(named)


def _person_in_scope(identity: Identity) -> Person | None:
    """Nobody where the two numbers name two people, or somebody who does not work there now."""
    if not identity.scope or not (identity.local_number or identity.hr_number):
        return None
    places = list(_establishments(identity).distinct())
    numbers = Q(kind=IdentifierKind.HR, establishment__in=places, value=identity.hr_number)
    if identity.local_number:
        national = (IdentifierKind.RPPS, IdentifierKind.ADELI)
        numbers |= Q(kind__in=national, value__in=_forms(identity.local_number))
    named = PersonIdentifier.objects.filter(numbers).values("person")
    working = Appointment.objects.at(timezone.localdate()).filter(establishment__in=places)
    found = Person.objects.filter(pk__in=named)[:2]
    if len(found) != 1 or not working.filter(person=found[0]).exists():
        return None
    return found[0]


def _forms(number: str) -> list[str]:
    """With the kind in front («8» before an RPPS, «0» before an ADELI) and without."""
    number = number.replace(" ", "").upper()
    is_prefixed = (len(number), number[:1]) in {(12, "8"), (10, "0")}
    return [number, number[1:]] if is_prefixed else [number]


def _numbers() -> QuerySet[PersonIdentifier]:
    """The rows with national numbers."""
    national = (IdentifierKind.RPPS, IdentifierKind.ADELI)
    return PersonIdentifier.objects.filter(kind__in=national).select_related("person")
