"""What is known of a hospital from its sites: name, family, sector, region, open or closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from documents.folding import fold
from organisation.models import Establishment, Region, Site
from organisation.reference import REGION_OF_DEPARTMENT
from organisation.services.establishments import placing_announce, placing_of

from .categories import family_of, family_rank
from .naming import establishment_name, is_secondary

BATCH = 500
_FIELDS = ("name", "folded_name", "register_name", "family", "sector", "region", "closed_on")


def establishments_refresh(establishments: Collection[int], *, on: dt.date) -> None:
    """Work these establishments out from their sites again; `on` closes one that has none left.

    Sends `establishments_changed` for those that are of another family or region, closed or open
    again."""
    regions = dict(Region.objects.values_list("code", "pk"))
    sites_of = _sites_by_establishment(establishments)
    rows = []
    moved = []
    for batch in _batches(sorted(establishments)):
        for establishment in Establishment.objects.filter(pk__in=batch):
            placed = placing_of(establishment)
            before = [getattr(establishment, _column(field)) for field in _FIELDS]
            _work_out(establishment, sites_of.get(establishment.pk, ()), regions, on)
            if before != [getattr(establishment, _column(field)) for field in _FIELDS]:
                rows.append(establishment)
            if placed != placing_of(establishment):
                moved.append(establishment.pk)
    _upsert(rows)
    placing_announce(moved)


def _work_out(
    establishment: Establishment, sites: Sequence[Site], regions: dict[str, int], on: dt.date
) -> None:
    if not sites:
        establishment.closed_on = establishment.closed_on or on
        return
    alive = [site for site in sites if site.closed_on is None]
    ordered = sorted(alive or sites, key=_precedence)
    main = ordered[0]
    establishment.family = family_of(main.category_code)
    establishment.sector = next((site.sector for site in ordered if site.sector), "")
    establishment.region_id = regions.get(REGION_OF_DEPARTMENT.get(main.department_code, ""))
    closings = [site.closed_on for site in sites if site.closed_on is not None]
    establishment.closed_on = None if alive else max(closings)
    peers = [s.name for s in ordered if family_of(s.category_code) == establishment.family]
    primary = [name for name in peers if not is_secondary(name)]
    _name(establishment, establishment_name(primary or peers))


def _name(establishment: Establishment, name: str) -> None:
    """A name that differs from the one the register gave last was set by hand, and stays."""
    if establishment.name == establishment.register_name:
        establishment.name = name
        establishment.folded_name = fold(name)
    establishment.register_name = name


def _precedence(site: Site) -> tuple[int, bool, str]:
    """The main site sorts first."""
    return family_rank(family_of(site.category_code)), is_secondary(site.name), site.finess_et


def _sites_by_establishment(establishments: Collection[int]) -> dict[int, list[Site]]:
    sites_of: dict[int, list[Site]] = {}
    for batch in _batches(sorted(establishments)):
        for site in Site.objects.filter(establishment__in=batch):
            sites_of.setdefault(site.establishment_id, []).append(site)
    return sites_of


def _column(field: str) -> str:
    return "region_id" if field == "region" else field


def _upsert(establishments: Sequence[Establishment]) -> None:
    rows = [
        Establishment(
            uid=e.uid, **{_column(field): getattr(e, _column(field)) for field in _FIELDS}
        )
        for e in establishments
    ]
    Establishment.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["uid"],
        update_fields=_FIELDS,
    )


def _batches(items: Sequence[int]) -> list[Sequence[int]]:
    return [items[start : start + BATCH] for start in range(0, len(items), BATCH)]
