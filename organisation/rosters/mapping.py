"""What an establishment's words for roles, departments and sites mean."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from documents.folding import fold
from organisation.enums import ValueKind
from organisation.models import (
    Department,
    Establishment,
    RosterImport,
    RosterMapping,
    Site,
    StaffRole,
)
from organisation.sheets.likeness import best
from organisation.sheets.roles import RoleProposer, role_names

MOST_WORDS = 1_500
"""More words of one kind than any hospital has: the column is another one."""


@dataclasses.dataclass(frozen=True, slots=True)
class Word:
    """A word of the file that is not understood yet; on how many lines, and what is proposed: the
    code of a role, the name of a department (which may be new), the FINESS number of a site."""

    kind: ValueKind
    source: str
    label: str
    lines: int
    proposal: str


@dataclasses.dataclass(slots=True)
class Vocabulary:
    """An establishment's words, folded: as decided, else as they are called here."""

    roles: dict[str, int | None]
    departments: dict[str, int | str | None]
    sites: dict[str, int | None]

    def of(self, kind: ValueKind) -> Mapping[str, int | str | None]:
        words: dict[ValueKind, Mapping[str, int | str | None]] = {
            ValueKind.ROLE: self.roles,
            ValueKind.DEPARTMENT: self.departments,
            ValueKind.SITE: self.sites,
        }
        return words[kind]


def vocabulary_of(*, establishment: Establishment) -> Vocabulary:
    """Primary keys by folded words; None for what is left out, a name for what is to be made.

    Four queries.
    """
    roles = role_names()
    departments: dict[str, int | str | None] = {}
    for pk, name in _departments(establishment):
        departments.setdefault(fold(name), pk)
    sites: dict[str, int | None] = {}
    for pk, finess, name in _sites(establishment):
        sites |= {fold(finess): pk}
        sites.setdefault(fold(name), pk)
    for row in RosterMapping.objects.filter(establishment=establishment):
        if row.kind == ValueKind.ROLE:
            roles[row.source] = row.role_id
        elif row.kind == ValueKind.SITE:
            sites[row.source] = row.site_id
        elif row.new_name:
            departments[row.source] = departments.get(fold(row.new_name), row.new_name)
        else:
            departments[row.source] = row.department_id
    return Vocabulary(roles, departments, sites)


def words_unknown(roster: RosterImport) -> list[Word]:
    """The words that a file has and nobody has explained, the most frequent first of each kind."""
    vocabulary = vocabulary_of(establishment=roster.establishment)
    proposer = _Proposer(roster.establishment)
    found = []
    for kind in ValueKind:
        known = vocabulary.of(kind)
        words = roster.layout.get("words", {}).get(kind.value, {})
        for source, (label, lines) in words.items():
            if source not in known:
                found.append(Word(kind, source, label, lines, proposer.propose(kind, label)))
    order = list(ValueKind)
    return sorted(found, key=lambda word: (order.index(word.kind), -word.lines, word.label))


@transaction.atomic
def words_explain(
    *, establishment: Establishment, words: Sequence[Word], answers: Mapping[str, str]
) -> None:
    """Remember what these words mean, by `key_of` each; «» leaves the word out.

    A role is named by its code, a site by its FINESS number, a department by its name, which is new
    if there is none.
    """
    roles = dict(StaffRole.objects.values_list("code", "pk"))
    departments = {fold(name): pk for pk, name in _departments(establishment)}
    sites = {finess: pk for pk, finess, _name in _sites(establishment)}
    rows = []
    for word in words:
        answer = answers.get(key_of(word), "").strip()
        row = RosterMapping(
            establishment=establishment, kind=word.kind, source=word.source, label=word.label
        )
        if word.kind == ValueKind.ROLE:
            row.role_id = roles.get(answer)
        elif word.kind == ValueKind.SITE:
            row.site_id = sites.get(answer)
        else:
            row.department_id = departments.get(fold(answer))
            row.new_name = "" if row.department_id else answer[:160]
        rows.append(row)
    RosterMapping.objects.bulk_create(
        rows,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["establishment", "kind", "source"],
        update_fields=["label", "role", "department", "site", "new_name"],
    )


def key_of(word: Word) -> str:
    """A name for a word in a form."""
    return f"{word.kind.value}:{word.source}"


def too_many_words(kind: ValueKind) -> str:
    """What is told of a column that holds something else."""
    return _(
        "La colonne « %(column)s » a plus de %(most)d valeurs différentes : ce n’est sans doute "
        "pas la bonne."
    ) % {"column": kind.label, "most": MOST_WORDS}


class _Proposer:
    """Proposes by folded words: what hospitals usually call it, else what looks alike."""

    def __init__(self, establishment: Establishment) -> None:
        self._roles = RoleProposer()
        self._departments = {fold(name): name for _pk, name in _departments(establishment)}
        self._sites = {fold(name): finess for _pk, finess, name in _sites(establishment)}

    def propose(self, kind: ValueKind, label: str) -> str:
        if kind == ValueKind.ROLE:
            return self._roles.propose(label)
        if kind == ValueKind.SITE:
            return best(fold(label), self._sites) or ""
        return best(fold(label), self._departments) or label


def _departments(establishment: Establishment) -> Iterable[tuple[int, str]]:
    rows = Department.objects.filter(establishment=establishment).order_by("pk")
    return rows.values_list("pk", "name")


def _sites(establishment: Establishment) -> Iterable[tuple[int, str, str]]:
    rows = Site.objects.filter(establishment=establishment).order_by("pk")
    return rows.values_list("pk", "finess_et", "name")
