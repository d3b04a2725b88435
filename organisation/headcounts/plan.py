"""What a file of headcounts would change.

It follows from the lines, the words and what is declared already, so it is worked out for the
preview and again when it is confirmed.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisation.models import Establishment, Headcount, Site, StaffRole
from organisation.sheets.roles import role_names, role_words_of

from .reading import CountLine

Cell = tuple[int, int, dt.date]


class CountKind(models.TextChoices):
    """What becomes of what is declared for a role at a day."""

    NEW = "new", gettext_lazy("Nouveaux")
    CHANGED = "changed", gettext_lazy("Modifiés")
    CONFIRMED = "confirmed", gettext_lazy("Confirmés à une autre date")
    SAME = "same", gettext_lazy("Déjà enregistrés")


@dataclasses.dataclass(frozen=True, slots=True)
class Count:
    """What the file says of a role in an establishment at a day. `before` is what was declared then
    or last before, none if nothing was; `stored` what is declared for exactly that day."""

    kind: CountKind
    place: Establishment
    role: StaffRole
    as_of: dt.date
    people: int
    before: int | None
    stored: int | None
    lines: tuple[int, ...]

    @property
    def cell(self) -> Cell:
        return self.place.pk, self.role.pk, self.as_of


@dataclasses.dataclass(frozen=True, slots=True)
class UnknownWord:
    """A word for a role that establishments of the file use and nobody has explained."""

    source: str
    label: str
    lines: int
    places: tuple[int, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class CountsPlan:
    """All of it, in the order of the file; `left_out` are lines whose word means no role."""

    counts: list[Count]
    refused: list[CountLine]
    unknown: list[UnknownWord]
    left_out: int

    @property
    def writes(self) -> list[Count]:
        return [one for one in self.counts if one.kind != CountKind.SAME]

    @property
    def has_fte(self) -> bool:
        """Some lines have decimals, so the others may be full-time equivalents too."""
        return any(line.is_fte for line in self.refused)

    def digest(self) -> str:
        said = [
            [*map(str, one.cell), one.people, one.stored, one.before, one.kind.value]
            for one in self.counts
        ]
        return hashlib.sha256(json.dumps(sorted(said, key=str)).encode()).hexdigest()


@dataclasses.dataclass(frozen=True, slots=True)
class _Placed:
    line: CountLine
    place: Establishment
    is_whole: bool
    """Named by its own number, and not by that of one of its sites."""


def counts_plan(
    *,
    lines: Sequence[CountLine],
    establishment: Establishment | None,
    allowed: Collection[int] | None,
) -> CountsPlan:
    """The plan; of a file for several establishments, only those `allowed` are written to (None:
    any). Six queries, whatever the file."""
    good = [line for line in lines if not line.problem]
    refused = [line for line in lines if line.problem]
    placed, lost = _placed(good, establishment, allowed)
    refused += lost
    words = role_words_of({one.place.pk for one in placed})
    names = role_names()
    roles = StaffRole.objects.in_bulk()
    by_cell: dict[Cell, list[_Placed]] = defaultdict(list)
    unknown: dict[str, list[_Placed]] = defaultdict(list)
    left_out = 0
    for one in placed:
        own = words.get(one.place.pk, {})
        known = own if one.line.source in own else names
        if one.line.source not in known:
            unknown[one.line.source].append(one)
        elif (role := known[one.line.source]) is None:
            left_out += 1
        else:
            by_cell[one.place.pk, role, one.line.as_of].append(one)
    cells, contradicting = _without_contradictions(by_cell)
    return CountsPlan(
        counts=list(_counts(cells, roles)),
        refused=sorted([*refused, *contradicting], key=lambda line: line.number),
        unknown=[_unknown(source, found) for source, found in unknown.items()],
        left_out=left_out,
    )


def _unknown(source: str, found: Sequence[_Placed]) -> UnknownWord:
    places = tuple(sorted({one.place.pk for one in found}))
    return UnknownWord(source, min(one.line.label for one in found), len(found), places)


def _placed(
    lines: Sequence[CountLine], establishment: Establishment | None, allowed: Collection[int] | None
) -> tuple[list[_Placed], list[CountLine]]:
    """Each line's establishment, and the lines that are refused for theirs."""
    if establishment is not None:
        by_number = {"": (establishment, True)}
    else:
        by_number = _by_finess({line.finess for line in lines})
    placed, refused = [], []
    for line in lines:
        place, is_whole = by_number.get(line.finess, (None, False))
        if place is None or (allowed is not None and place.pk not in allowed):
            told = _("aucun établissement dont vous répondez n’a le numéro FINESS %(number)s")
            refused.append(dataclasses.replace(line, problem=told % {"number": line.finess or "—"}))
        elif place.closed_on is not None and place.closed_on <= line.as_of:
            told = _("l’établissement est fermé depuis le %(day)s")
            refused.append(
                dataclasses.replace(line, problem=told % {"day": f"{place.closed_on:%d/%m/%Y}"})
            )
        else:
            placed.append(_Placed(line, place, is_whole))
    return placed, refused


def _by_finess(numbers: Collection[str]) -> dict[str, tuple[Establishment, bool]]:
    """Establishments by their own number or by that of a site of theirs."""
    sites = Site.objects.filter(finess_et__in=numbers).select_related("establishment")
    found = {site.finess_et: (site.establishment, False) for site in sites}
    for place in Establishment.objects.filter(finess_ej__in=numbers):
        found[place.finess_ej or ""] = (place, True)
    return found


def _without_contradictions(
    by_cell: dict[Cell, list[_Placed]],
) -> tuple[dict[Cell, list[_Placed]], list[CountLine]]:
    """Several words of a hospital may mean one role, and several sites make one establishment:
    their people are added up. The same word twice, or a whole with its parts, is refused."""
    cells, refused = {}, []
    for cell, found in by_cell.items():
        said = [(one.line.finess, one.line.source) for one in found]
        reason = ""
        if len(set(said)) < len(said):
            reason = _("ce métier a plusieurs lignes à la même date : gardez-en une seule")
        elif len({one.is_whole for one in found}) > 1:
            reason = _("l’établissement et l’un de ses sites sont comptés tous les deux")
        if reason:
            refused += [dataclasses.replace(one.line, problem=reason) for one in found]
        else:
            cells[cell] = found
    return cells, refused


def _counts(cells: dict[Cell, list[_Placed]], roles: dict[int, StaffRole]) -> Iterable[Count]:
    declared: dict[tuple[int, int], list[tuple[dt.date, int]]] = defaultdict(list)
    if cells:
        places = {place for place, _role, _day in cells}
        rows = Headcount.objects.filter(Q(establishment__in=places)).order_by("as_of")
        for place, role, day, people in rows.values_list(
            "establishment", "role", "as_of", "people"
        ):
            declared[place, role].append((day, people))
    for (place, role, as_of), found in cells.items():
        people = sum(one.line.people for one in found)
        earlier = [(day, count) for day, count in declared[place, role] if day <= as_of]
        last_day, before = earlier[-1] if earlier else (None, None)
        stored = before if last_day == as_of else None
        yield Count(
            kind=_kind(people, before, stored),
            place=found[0].place,
            role=roles[role],
            as_of=as_of,
            people=people,
            before=before,
            stored=stored,
            lines=tuple(one.line.number for one in found),
        )


def _kind(people: int, before: int | None, stored: int | None) -> CountKind:
    if stored == people:
        return CountKind.SAME
    if before is None:
        return CountKind.NEW
    return CountKind.CONFIRMED if before == people else CountKind.CHANGED
