"""What a register file changes, worked out in memory before anything is written.

The size of a plan is that of the hospitals of the country, whatever the size of the file.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from organisation.models import Establishment, Site

from .categories import family_rank
from .records import SiteRecord


@dataclasses.dataclass(slots=True)
class Known:
    """What the database has: sites by FINESS, establishments by primary key and by legal entity."""

    sites: dict[str, Site]
    establishments: dict[int, Establishment]

    def by_legal_entity(self) -> dict[str, Establishment]:
        return {e.finess_ej: e for e in self.establishments.values() if e.finess_ej}

    def sites_by_establishment(self) -> dict[int, list[Site]]:
        grouped: dict[int, list[Site]] = {}
        for site in self.sites.values():
            grouped.setdefault(site.establishment_id, []).append(site)
        return grouped


@dataclasses.dataclass(slots=True)
class Moves:
    """Sites that change hands: whole establishments by legal entity, and single sites."""

    whole: dict[int, str] = dataclasses.field(default_factory=dict)
    single: list[tuple[Site, str]] = dataclasses.field(default_factory=list)


def moves_of(known: Known, records: dict[str, SiteRecord], gone: frozenset[str]) -> Moves:
    """Which sites the file gives to another legal entity.

    An establishment goes as a whole when all its sites that stay open go to the same one and the
    file no longer names it; otherwise its sites go one by one. `gone` are sites about to close.
    """
    named = {record.finess_ej for record in records.values() if record.finess_ej}
    moves = Moves()
    for pk, sites in known.sites_by_establishment().items():
        own = known.establishments[pk].finess_ej
        leaving = [
            (site, ej)
            for site in sites
            if (ej := _legal_entity(records.get(site.finess_et))) and ej != own
        ]
        if not leaving:
            continue
        left_behind = [
            site
            for site in sites
            if site.closed_on is None and site.finess_et not in gone and not _in(site, leaving)
        ]
        targets = {ej for _site, ej in leaving}
        if len(targets) == 1 and not left_behind and own not in named:
            moves.whole[pk] = targets.pop()
        else:
            moves.single += leaving
    return moves


def promoted(known: Known, moves: Moves) -> dict[str, Establishment]:
    """Which establishment of one site becomes the hospital, for legal entities not known yet.

    The one of the highest family, then the oldest: so its identifier, which statements and
    addresses carry, stays that of the hospital.
    """
    existing = known.by_legal_entity()
    candidates: dict[str, list[Establishment]] = {}
    for pk, ej in moves.whole.items():
        establishment = known.establishments[pk]
        if ej not in existing and establishment.finess_ej is None:
            candidates.setdefault(ej, []).append(establishment)
    return {ej: min(group, key=_precedence) for ej, group in candidates.items()}


def legal_entities(records: Iterable[SiteRecord]) -> set[str]:
    return {record.finess_ej for record in records if record.finess_ej}


def _precedence(establishment: Establishment) -> tuple[int, int]:
    return family_rank(establishment.family), establishment.pk


def _legal_entity(record: SiteRecord | None) -> str | None:
    return record.finess_ej if record else None


def _in(site: Site, leaving: list[tuple[Site, str]]) -> bool:
    return any(other is site for other, _ej in leaving)
