"""Which lines of a file are about the same person.

Lines belong together by national identifier or HR number; by e-mail address only where no more than
one person of the file has it. Whatever the order of the lines, the groups are the same.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from documents.folding import fold
from organisation.enums import IdentifierKind

from .values import Values

STRONG = {
    "rpps": IdentifierKind.RPPS,
    "adeli": IdentifierKind.ADELI,
    "hr_number": IdentifierKind.HR,
}


class Line(NamedTuple):
    number: int
    values: Values


class Refused(NamedTuple):
    """A line that cannot be taken because of another one."""

    number: int
    reason: str


@dataclasses.dataclass(slots=True)
class Someone:
    """What a file says of one person. `identifiers` are (kind, number); `email` is empty if it has
    none of her own; `key` is her first identifier, and stays the same from file to file."""

    lines: list[Line]
    identifiers: frozenset[tuple[IdentifierKind, str]]
    emails: frozenset[str]

    @property
    def key(self) -> str:
        if self.identifiers:
            order = list(IdentifierKind)
            kind, value = min(self.identifiers, key=lambda one: (order.index(one[0]), one[1]))
            return f"{kind.value}:{value}"
        return f"email:{min(self.emails)}"

    @property
    def numbers(self) -> list[int]:
        return sorted(line.number for line in self.lines)

    def names(self) -> set[tuple[str, str]]:
        return {(line.values["last_name"], line.values["first_name"]) for line in self.lines}

    def has_two_national_numbers(self) -> bool:
        """Of one kind, which one person never has."""
        kinds = [kind for kind, _value in self.identifiers if kind != IdentifierKind.HR]
        return len(set(kinds)) < len(kinds)

    def joined(self, other: Someone) -> Someone:
        return Someone(
            self.lines + other.lines,
            self.identifiers | other.identifiers,
            self.emails | other.emails,
        )


def people_of_lines(lines: Iterable[Line]) -> tuple[list[Someone], list[Refused]]:
    """The people of a file, by key, and the lines that contradict each other."""
    groups = _grouped(lines)
    people, refused = [], []
    for group in groups:
        reason = _contradiction(group)
        if reason:
            numbers = group.numbers
            refused += [Refused(n, reason % {"lines": _others(numbers, n)}) for n in numbers]
        else:
            people.append(group)
    shared, weak = _shared_addresses(people)
    refused += weak
    kept = []
    for group in people:
        group.emails -= shared
        if group.identifiers or group.emails:
            kept.append(group)
    return sorted(kept, key=lambda one: one.key), sorted(refused)


def names_disagree(one: Iterable[tuple[str, str]], other: Iterable[tuple[str, str]]) -> bool:
    """Whether both last and first names differ: one alone changes, by marriage or by a nickname."""
    folded = {(fold(last), fold(first)) for last, first in one}
    return all(
        last != fold(other_last) and first != fold(other_first)
        for last, first in folded
        for other_last, other_first in other
    )


def _grouped(lines: Iterable[Line]) -> list[Someone]:
    """Lines by what identifies them for certain; those with an address only, by that."""
    parents: dict[object, object] = {}

    def root(token: object) -> object:
        parents.setdefault(token, token)
        while parents[token] != token:
            parents[token] = parents[parents[token]]
            token = parents[token]
        return token

    kept: list[tuple[Line, object]] = []
    for line in lines:
        tokens: list[object] = list(_tokens(line.values)) or [line.values["email"]]
        for token in tokens[1:]:
            parents[root(token)] = root(tokens[0])
        root(tokens[0])
        kept.append((line, tokens[0]))
    by_root: dict[object, list[Line]] = defaultdict(list)
    for line, token in kept:
        by_root[root(token)].append(line)
    return _with_weak([_someone(group) for group in by_root.values()])


def _with_weak(groups: Sequence[Someone]) -> list[Someone]:
    """Whoever has an address only is the one who has it with an identifier, if that is one."""
    owners: dict[str, list[Someone]] = defaultdict(list)
    for group in groups:
        if group.identifiers:
            for email in group.emails:
                owners[email].append(group)
    weak = [group for group in groups if not group.identifiers]
    alone = []
    for group in weak:
        found = owners.get(min(group.emails), [])
        if len(found) == 1:
            found[0].lines += group.lines
        else:
            alone.append(group)
    return [group for group in groups if group.identifiers] + alone


def _someone(lines: list[Line]) -> Someone:
    return Someone(
        lines=lines,
        identifiers=frozenset(token for line in lines for token in _tokens(line.values)),
        emails=frozenset(email for line in lines if (email := line.values.get("email"))),
    )


def _tokens(values: Values) -> Iterator[tuple[IdentifierKind, str]]:
    for name, kind in STRONG.items():
        if values.get(name):
            yield kind, values[name]


def _contradiction(group: Someone) -> str:
    if len(group.lines) < 2:
        return ""
    if group.has_two_national_numbers():
        return _("un même agent a deux numéros nationaux : voir %(lines)s")
    names = sorted(group.names())
    if any(names_disagree([one], [other]) for one in names for other in names):
        return _("le même identifiant est donné à un autre agent : voir %(lines)s")
    return ""


def _others(numbers: Sequence[int], own: int) -> str:
    others = [str(number) for number in numbers if number != own]
    shown = ", ".join(others[:3]) + (" …" if len(others) > 3 else "")
    return (_("la ligne %(n)s") if len(others) == 1 else _("les lignes %(n)s")) % {"n": shown}


def _shared_addresses(people: Sequence[Someone]) -> tuple[frozenset[str], list[Refused]]:
    """Addresses of several people, such as a ward's: they identify nobody."""
    holders: dict[str, list[Someone]] = defaultdict(list)
    for group in people:
        for email in group.emails:
            holders[email].append(group)
    shared = frozenset(email for email, groups in holders.items() if len(groups) > 1)
    reason = _("l’adresse est celle de plusieurs agents : indiquez un matricule ou un RPPS")
    refused = [
        Refused(line.number, reason)
        for group in people
        if not group.identifiers and group.emails <= shared
        for line in group.lines
    ]
    return shared, refused
