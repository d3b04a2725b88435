"""Whom a file means: by national identifier, then HR number, then e-mail address; never by name.

A name finds nobody, but it can raise a doubt. What is doubtful waits for somebody to decide.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from organisation.enums import IdentifierKind

from .directory import Directory
from .identity import Someone, names_disagree

NEW, ASIDE = "new", "aside"
"""Decisions: it is somebody new, leave it out; else it is the primary key of the person."""


@dataclasses.dataclass(frozen=True, slots=True)
class Match:
    """`person` is a primary key, or None for somebody new. With a `doubt`, and no decision yet,
    nothing is done; `candidates` are those whom it could be."""

    someone: Someone
    person: int | None
    doubt: str = ""
    candidates: tuple[int, ...] = ()


def people_match(
    *, people: Sequence[Someone], directory: Directory, decisions: Mapping[str, str]
) -> list[Match]:
    """Each person of a file with the one known, in the order of their keys."""
    matches = [_decided(_match(one, directory), decisions) for one in people]
    by_person: dict[int, list[Match]] = defaultdict(list)
    rest = []
    for match in matches:
        if match.person is not None and not match.doubt:
            by_person[match.person].append(match)
        else:
            rest.append(match)
    for person, same in by_person.items():
        rest += _one_each(person, same, decisions)
    return sorted(rest, key=lambda match: match.someone.key)


def _one_each(person: int, same: list[Match], decisions: Mapping[str, str]) -> list[Match]:
    """Two people of the file who are one here: as decided for both, else a doubt about each."""
    if len(same) == 1:
        return same
    joined = same[0].someone
    for match in same[1:]:
        joined = joined.joined(match.someone)
    is_decided = all(match.someone.key in decisions for match in same)
    if is_decided and not joined.has_two_national_numbers():
        return [Match(joined, person)]
    doubt = _("Deux agents du fichier correspondent au même agent connu.")
    return [Match(match.someone, None, doubt, (person,)) for match in same]


def _decided(match: Match, decisions: Mapping[str, str]) -> Match:
    decision = decisions.get(match.someone.key, "")
    if match.doubt and decision == NEW:
        return Match(match.someone, None)
    if match.doubt and decision in map(str, match.candidates):
        return Match(match.someone, int(decision))
    return match


def _match(someone: Someone, directory: Directory) -> Match:
    national = _holders(someone, directory, IdentifierKind.RPPS, IdentifierKind.ADELI)
    by_hr = _holders(someone, directory, IdentifierKind.HR)
    by_email = {pk for email in someone.emails for pk in directory.by_email.get(email, ())}
    candidates = national or by_hr or by_email
    if not candidates:
        return Match(someone, None)
    everyone = tuple(sorted(national | by_hr | by_email))
    person = min(candidates)
    doubt = _doubt(someone, directory, person, (national, by_hr, by_email))
    return Match(someone, None if doubt else person, doubt, everyone if doubt else ())


def _doubt(
    someone: Someone, directory: Directory, person: int, found: tuple[set[int], set[int], set[int]]
) -> str:
    national, by_hr, by_email = found
    if len(national | by_hr) > 1 or (by_email and person not in by_email):
        return _("Les identifiants désignent des agents différents.")
    if not (national or by_hr) and len(by_email) > 1:
        return _("Plusieurs agents connus ont cette adresse.")
    if _national_differs(someone, directory, person):
        return _("L’agent connu a un autre numéro national.")
    if not national and not by_hr and _hr_differs(someone, directory, person):
        return _("L’agent qui a cette adresse a un autre matricule ici.")
    known = directory.people[person]
    told = [(known.last_name, known.first_name)] if known.last_name or known.first_name else []
    if not national and told and names_disagree(someone.names(), told):
        return _("L’agent connu a un autre nom et un autre prénom.")
    return ""


def _holders(someone: Someone, directory: Directory, *kinds: IdentifierKind) -> set[int]:
    return {
        known.person
        for kind, value in someone.identifiers
        if kind in kinds and (known := directory.by_number.get((kind.value, value)))
    }


def _national_differs(someone: Someone, directory: Directory, person: int) -> bool:
    known = {one.kind: one.value for one in directory.numbers_of.get(person, ())}
    return any(
        kind != IdentifierKind.HR and known.get(kind.value, value) != value
        for kind, value in someone.identifiers
    )


def _hr_differs(someone: Someone, directory: Directory, person: int) -> bool:
    """Whether she has HR numbers here, and the file gives others only."""
    hr = IdentifierKind.HR
    said = {value for kind, value in someone.identifiers if kind == hr}
    known = {one.value for one in directory.numbers_of.get(person, ()) if one.kind == hr.value}
    return bool(said and known and not said & known)
