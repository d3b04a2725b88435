"""From counts to what the page and the files show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from campaign_assets.models import AssetPage, ShortLink
from campaign_assets.reach.selectors import ReachFilter
from documents.exports import ExportTable, Value
from organisation.models import Establishment, Region
from reporting import figures
from reporting.reach.counting import NOTHING, Reach, reach_by, total, weeks_of

MOST_ROWS = 100
WIDTH, HEIGHT, GAP = 240, 56, 2


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: what it is of, its figures, and where it leads."""

    title: str
    reach: Reach
    note: str = ""
    url: str = ""


@dataclass(frozen=True)
class ReachPage:
    """All that a page shows, of one filter."""

    weeks: Sequence[tuple[dt.datetime, Reach]]
    assets: Sequence[Line]
    places: Sequence[Line]
    walls: Sequence[Line]

    @property
    def total(self) -> Reach:
        return total(reach for _week, reach in self.weeks)

    @property
    def week_lines(self) -> list[Line]:
        """The last one first."""
        return [
            Line(date_format(timezone.localdate(week), "j F Y"), reach)
            for week, reach in reversed(self.weeks)
        ]

    @property
    def walls_shown(self) -> Sequence[Line]:
        return self.walls[:MOST_ROWS]

    @property
    def walls_more(self) -> int:
        return len(self.walls) - len(self.walls_shown)

    @property
    def tiles(self) -> list[dict[str, Any]]:
        """The three kinds of events, each with its weeks."""
        names = (
            ("downloads", _("Fichiers téléchargés")),
            ("plays", _("Vidéos lancées")),
            ("scans", _("Codes QR suivis")),
        )
        return [
            {
                "name": name,
                "count": figures.number(getattr(self.total, field)),
                "bars": bars_svg([getattr(reach, field) for _week, reach in self.weeks], name),
            }
            for field, name in names
        ]

    @property
    def steps(self) -> list[dict[str, Any]]:
        """From a code on a wall to a finished module, with shares of the codes followed."""
        counted = self.total
        steps = (
            (_("Codes suivis"), counted.scans),
            (_("Modules commencés"), counted.begun),
            (_("Modules terminés"), counted.finished),
        )
        most = max(1, *(count for _name, count in steps))
        return [
            {
                "name": name,
                "count": figures.number(count),
                "share": share(count, counted.scans) if number else "",
                "tenths": round(10 * count / most),
            }
            for number, (name, count) in enumerate(steps)
        ]


def reach_page(wanted: ReachFilter) -> ReachPage:
    """Everything of a filter, in a fixed number of queries."""
    by_week = reach_by("week", wanted)
    return ReachPage(
        weeks=[(week, by_week.get(week, NOTHING)) for week in weeks_of(wanted)],
        assets=_assets(reach_by("asset", wanted)),
        places=_places(wanted),
        walls=_walls(wanted),
    )


def share(part: int, whole: int) -> str:
    """«42 %» of the whole; nothing where there is no whole."""
    return f"{round(100 * part / whole)}{figures.NBSP}%" if whole else ""


def bars_svg(counts: Sequence[int], name: str) -> SafeString:
    """A bar a week, the last week at the right; the figures are in the table below."""
    most = max(1, *counts)
    step = WIDTH / max(1, len(counts))
    bars = "".join(
        f'<rect x="{index * step:.1f}" y="{HEIGHT - height:.1f}" '
        f'width="{max(1.0, step - GAP):.1f}" height="{height:.1f}"/>'
        for index, count in enumerate(counts)
        for height in [max(2.0, HEIGHT * count / most) if count else 1.0]
    )
    label = _("%(name)s : au plus %(most)s par semaine") % {
        "name": name,
        "most": figures.number(max(counts, default=0)),
    }
    return SafeString(
        f'<svg class="tcv-bars" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'preserveAspectRatio="none" aria-label="{escape(label)}">{bars}</svg>'
    )


def reach_export(
    page: ReachPage, *, filename: str, notes: Sequence[tuple[str, str]]
) -> ExportTable:
    """Weeks, assets, places and walls under each other; the first column says which."""
    groups: list[tuple[str, Sequence[Line]]] = [
        (_("Semaine"), [Line(f"{timezone.localdate(week):%d/%m/%Y}", r) for week, r in page.weeks]),
        (_("Ressource"), page.assets),
        (_("Lieu"), page.places),
        (_("Emplacement"), page.walls),
    ]
    return ExportTable(
        title=_("Portée"),
        filename=filename,
        notes=notes,
        header=[
            _("Par"),
            _("Intitulé"),
            _("Précision"),
            _("Fichiers téléchargés"),
            _("Vidéos lancées"),
            _("Codes QR suivis"),
            _("Modules commencés"),
            _("Modules terminés"),
        ],
        rows=(_export_row(group, line) for group, lines in groups for line in lines),
        widths=(14, 50, 30, 12, 12, 12, 12, 12),
    )


def _export_row(group: str, line: Line) -> Sequence[Value]:
    counted = line.reach
    return (
        group,
        line.title,
        line.note,
        counted.downloads,
        counted.plays,
        counted.scans,
        counted.begun,
        counted.finished,
    )


def _assets(counted: Mapping[Any, Reach]) -> list[Line]:
    """Those that are no longer offered are counted, and lead nowhere."""
    keys = [key for key in counted if key is not None]
    pages = AssetPage.objects.in_bulk(keys)
    offered = set(AssetPage.objects.offered().filter(pk__in=keys).values_list("pk", flat=True))
    lines = [
        Line(
            page.title,
            counted[key],
            page.get_format_display(),
            (page.url or "") if key in offered else "",
        )
        for key, page in pages.items()
    ]
    if None in counted:
        lines.append(Line(_("Ressources supprimées depuis"), counted[None]))
    return _sorted(lines)


def _places(wanted: ReachFilter) -> list[Line]:
    """Of the whole campaign its regions, of a region its hospitals, of a hospital nothing."""
    if wanted.establishment is not None:
        return []
    is_region = wanted.region is not None
    counted = reach_by("establishment" if is_region else "region", wanted)
    model: type[Region] | type[Establishment] = Establishment if is_region else Region
    found = model._default_manager.in_bulk([key for key in counted if key is not None])
    lines = [Line(place.name, counted[key]) for key, place in found.items()]
    if None in counted:
        lines.append(Line(_("Sans établissement connu"), counted[None]))
    return _sorted(lines)


def _walls(wanted: ReachFilter) -> list[Line]:
    """Where the codes of a hospital hang: those that were followed, and those that hang unseen."""
    if wanted.establishment is None:
        return []
    counted = reach_by("short_link", wanted)
    links = ShortLink.objects.filter(establishment=wanted.establishment).select_related("asset")
    if wanted.campaign is not None:
        links = links.filter(asset__campaign=wanted.campaign)
    lines = [
        Line(
            link.placement or _("Emplacement non précisé"),
            counted.get(link.pk, NOTHING),
            link.asset.title if link.asset else _("Ressource supprimée depuis"),
        )
        for link in links
    ]
    return sorted(lines, key=lambda line: (-line.reach.scans, line.title, line.note))


def _sorted(lines: Sequence[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (-line.reach.events, line.title))
