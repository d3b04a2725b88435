"""From published figures to the rows and the sentences of the observatory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisation.enums import EstablishmentFamily
from organisation.models import Region
from reporting import figures
from reporting.counting import Cell
from reporting.enums import PlaceKind, SizeClass
from reporting.observatory.charts import Box, Land, group_text, share_text
from reporting.observatory.quartiles import MINIMUM, Quartiles, Spread
from reporting.observatory.selectors import House, Houses, Totals
from reporting.reach.counting import NOTHING, Reach
from reporting.selectors.grid import NOT_REQUIRED, GridCell

EMPTY = Spread(0, 0, None)


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A region, a family or a size: its own cell, and the spread of its establishments."""

    title: str
    cell: GridCell
    spread: Spread
    url: str = ""
    known: int = 0
    silent_url: str = ""
    is_own: bool = False

    @property
    def text(self) -> str:
        return group_text(self.cell, self.known)

    @property
    def quartiles(self) -> list[tuple[str, str]]:
        """(column, figure)."""
        found = self.spread.quartiles
        shares = [found.low, found.median, found.high] if found else [None] * 3
        names = (_("Premier quartile"), _("Médiane"), _("Troisième quartile"))
        return [
            (name, share_text(share) if share is not None else "–")
            for name, share in zip(names, shares, strict=True)
        ]

    @property
    def published(self) -> str:
        return published_text(self.spread)

    @property
    def roll(self) -> str:
        """«41 / 52»."""
        return f"{figures.number(self.known)}{figures.NBSP}/{figures.NBSP}" + figures.number(
            self.spread.total
        )

    @property
    def silent(self) -> int:
        return self.spread.total - self.known

    @property
    def box(self) -> Box:
        return Box(self.title, self.spread, self.cell.cell)

    def land(self, code: str) -> Land:
        return Land(code, self.title, self.cell, self.known, self.url)


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A region's coverage beside what else the campaign did there."""

    title: str
    text: str
    reach: Reach
    present: int | None
    is_own: bool = False

    @property
    def cells(self) -> list[tuple[str, str]]:
        """(column, figure), a dash for nothing."""
        return [
            (_("Fichiers emportés"), _count(self.reach.downloads)),
            (_("Codes suivis"), _count(self.reach.scans)),
            (_("Formations commencées par un code"), _count(self.reach.begun)),
            (_("Présences aux rencontres"), _count(self.present)),
        ]


@dataclass(frozen=True, slots=True)
class Standing:
    """An establishment beside one group of which it is a part."""

    title: str
    spread: Spread
    own: Cell | None = None
    gap: str = field(default="–")

    @property
    def quartiles(self) -> list[tuple[str, str]]:
        return ComparedRow(self.title, NOT_REQUIRED, self.spread).quartiles

    @property
    def published(self) -> str:
        return published_text(self.spread)

    @property
    def is_compared(self) -> bool:
        return self.spread.quartiles is not None

    @property
    def box(self) -> Box:
        return Box(self.title, self.spread, self.own)

    @property
    def sentence(self) -> str:
        """«Sa famille : 6 points au-dessus de la médiane, dans le quart le plus avancé, sur 34
        établissements dont le chiffre est publié sur 41.»"""
        quartiles = self.spread.quartiles
        if quartiles is None or self.own is None or self.own.rate is None:
            return ""
        return _(
            "%(group)s : %(gap)s, %(quarter)s, sur %(published)s établissements dont le chiffre "
            "est publié sur %(total)s."
        ) % {
            "group": self.title,
            "gap": _distance(self.own, quartiles),
            "quarter": _quarter(self.own.rate, quartiles),
            "published": figures.number(self.spread.published),
            "total": figures.number(self.spread.total),
        }


def published_text(spread: Spread) -> str:
    """«34 publiés sur 41»."""
    words = ngettext("%(n)s publié sur %(total)s", "%(n)s publiés sur %(total)s", spread.published)
    return words % {
        "n": figures.number(spread.published),
        "total": figures.number(spread.total),
    }


def region_rows(
    *,
    regions: Sequence[Region],
    totals: Totals,
    houses: Houses,
    address: Callable[[Region], str],
    silent: Callable[[Region], str],
) -> list[ComparedRow]:
    spreads, known = houses.spreads(PlaceKind.REGION), houses.known(PlaceKind.REGION)
    return [
        ComparedRow(
            region.name,
            totals.regions.get(region.pk, NOT_REQUIRED),
            spreads.get(region.pk, EMPTY),
            address(region),
            known[region.pk],
            silent(region),
            is_own=bool(address(region)),
        )
        for region in regions
    ]


def family_rows(
    *, totals: Totals, houses: Houses, address: Callable[[str], str]
) -> list[ComparedRow]:
    kind = PlaceKind.FAMILY
    return _coded_rows(EstablishmentFamily.choices, totals.families, houses, kind, address)


def size_rows(
    *, totals: Totals, houses: Houses, address: Callable[[str], str]
) -> list[ComparedRow]:
    """Without those whose size is not known: nothing is known of them at all."""
    choices = [choice for choice in SizeClass.choices if choice[0] != SizeClass.UNKNOWN]
    return _coded_rows(choices, totals.sizes, houses, PlaceKind.SIZE, address)


def _coded_rows(
    choices: Iterable[tuple[str, object]],
    cells: dict[str, GridCell],
    houses: Houses,
    kind: PlaceKind,
    address: Callable[[str], str],
) -> list[ComparedRow]:
    spreads, known = houses.spreads(kind), houses.known(kind)
    return [
        ComparedRow(
            str(label),
            cells.get(code, NOT_REQUIRED),
            spreads[code],
            address(code),
            known=known[code],
        )
        for code, label in choices
        if code in spreads
    ]


def not_compared(rows: Sequence[Standing]) -> str:
    """Why some of the comparisons are not shown."""
    titles = [row.title for row in rows if not row.is_compared]
    if not titles:
        return ""
    return _(
        "Pas de comparaison ici : moins de %(minimum)s établissements ont un chiffre publié "
        "(%(groups)s)."
    ) % {"minimum": MINIMUM, "groups": " ; ".join(titles)}


def field_rows(
    *,
    rows: Sequence[ComparedRow],
    regions: Sequence[Region],
    reach: dict[int, Reach],
    present: dict[str, int],
) -> list[FieldRow]:
    return [
        FieldRow(
            row.title,
            row.text,
            reach.get(region.pk, NOTHING),
            present.get(region.code),
            row.is_own,
        )
        for row, region in zip(rows, regions, strict=True)
        if row.known or reach.get(region.pk) or present.get(region.code)
    ]


def standings(
    *, house: House, region: Region | None, houses: Houses, own: Cell | None
) -> list[Standing]:
    """The establishment beside its family, its region, its size and the nation."""
    groups: list[tuple[PlaceKind, str]] = [
        (
            PlaceKind.FAMILY,
            _("Sa famille, « %(name)s »") % {"name": EstablishmentFamily(house.family).label},
        )
    ]
    if region is not None:
        groups.append((PlaceKind.REGION, _("Sa région, « %(name)s »") % {"name": region.name}))
    if house.size != SizeClass.UNKNOWN:
        groups.append(
            (PlaceKind.SIZE, _("Sa taille, « %(name)s »") % {"name": SizeClass(house.size).label})
        )
    groups.append((PlaceKind.NATION, _("France entière")))
    key = {
        PlaceKind.FAMILY: house.family,
        PlaceKind.REGION: house.region,
        PlaceKind.SIZE: house.size,
        PlaceKind.NATION: None,
    }
    return [
        _standing(title, houses.spreads(kind).get(key[kind], EMPTY), own) for kind, title in groups
    ]


def _standing(title: str, spread: Spread, own: Cell | None) -> Standing:
    if spread.quartiles is None or own is None or own.percent is None:
        return Standing(title, spread, own)
    median = int(100 * spread.quartiles.median + 0.5)
    return Standing(title, spread, own, figures.points_text(median, own.percent))


def _distance(own: Cell, quartiles: Quartiles) -> str:
    assert own.percent is not None
    gap = own.percent - int(100 * quartiles.median + 0.5)
    if not gap:
        return _("à la médiane")
    points = ngettext("%(n)s point", "%(n)s points", abs(gap)) % {"n": abs(gap)}
    if gap > 0:
        return _("%(points)s au-dessus de la médiane") % {"points": points}
    return _("%(points)s au-dessous de la médiane") % {"points": points}


def _quarter(rate: float, quartiles: Quartiles) -> str:
    if rate > quartiles.high:
        return _("dans le quart le plus avancé")
    if rate < quartiles.low:
        return _("dans le quart le moins avancé")
    return _("dans la moitié du milieu")


def _count(count: int | None) -> str:
    return figures.number(count) if count else "–"
