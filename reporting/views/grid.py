"""Region and nation: the frozen monthly grid, never a name."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from organisation.enums import EstablishmentFamily
from organisation.models import Establishment, Region
from reporting import figures
from reporting.enums import SizeClass
from reporting.grid_tables import (
    Columns,
    NamedRow,
    establishment_grid_rows,
    four_figures,
    grid_export,
    grid_table,
    hidden_words,
)
from reporting.models import CoverageMonth, RollEntry
from reporting.permissions import (
    can_read_establishment,
    can_read_grid_of_establishment,
    can_read_nation,
    can_read_region,
    require,
)
from reporting.places import board_address
from reporting.selectors import grid

from .choices import Choice, choice_of, chosen_context, month_of_file
from .common import coverage_view, file_response, filename, query, trail
from .trend_context import trend_context

PER_PAGE = 20


@coverage_view
def region(request: HttpRequest, code: str) -> HttpResponseBase:
    """Establishments of a region by modules or role families."""
    place, choice = region_for_reader(request, code), choice_of(request)
    here = reverse("reporting:region", args=[code])
    context = {
        "place": place,
        "choice": choice,
        "form": choice.form,
        "breadcrumb": region_trail(request, place, choice),
        "silent_url": reverse("reporting:region_silent", args=[code]) + choice.query,
        "attendance_url": reverse("reporting:region_attendance", args=[code]),
        "observatory_url": reverse("reporting:observatory") + choice.query,
        "board_url": board_address(place),
        "file_url": reverse("reporting:region_file", args=[code, "xlsx"]) + choice.query,
        "csv_url": reverse("reporting:region_file", args=[code, "csv"]) + choice.query,
        "revision_url": reverse("reporting:region_revision", args=[code]) + choice.month_query,
        "is_list": True,
        **chosen_context(choice, here, [*choice.cell_words, *choice.row_words], place),
    }
    if choice.month is None:
        return render(request, "reporting/grid.html", context)
    known = _known(choice, choice.month, place)
    page = Paginator(known, PER_PAGE).get_page(request.GET.get("page"))
    total = _region_total(choice, choice.month, place)
    rows = _establishment_rows(choice, choice.month, page.object_list)
    columns = _columns(choice, choice.month)
    table = grid_table(
        caption=_("Couverture des établissements"),
        corner=_("Établissement"),
        columns=columns,
        groups=[[total], rows],
    )
    trend = grid.trend_of_region(region=place, focus=choice.focus)
    context |= {
        **_month_context(choice, choice.month, total, trend, columns),
        "table": table.html(),
        "page_obj": page,
        "nothing_listed": not page.paginator.count,
        "reach": grid.reach(month=choice.month, region=place, family=choice.family),
        "selection_words": _total_words(choice, _("toute la région")),
    }
    return render(request, "reporting/grid.html", context)


@coverage_view
def nation(request: HttpRequest) -> HttpResponseBase:
    """Regions, then families and sizes of establishments, by modules or role families."""
    require(can_read_nation(request.user))
    choice = choice_of(request)
    here = reverse("reporting:nation")
    context: dict[str, Any] = {
        "choice": choice,
        "form": choice.form,
        "breadcrumb": trail((_("France entière"), "")),
        "silent_url": reverse("reporting:nation_silent") + choice.query,
        "attendance_url": reverse("reporting:nation_attendance"),
        "observatory_url": reverse("reporting:observatory") + choice.query,
        "board_url": board_address(None),
        "file_url": reverse("reporting:nation_file", args=["xlsx"]) + choice.query,
        "csv_url": reverse("reporting:nation_file", args=["csv"]) + choice.query,
        "revision_url": reverse("reporting:nation_revision") + choice.month_query,
        "is_list": True,
        **chosen_context(choice, here, [*choice.cell_words, *choice.row_words]),
    }
    if choice.month is None:
        return render(request, "reporting/grid.html", context)
    groups, columns = _nation_groups(choice, choice.month), _columns(choice, choice.month)
    table = grid_table(
        caption=_("Couverture des régions, des familles et des tailles d’établissements"),
        corner=_("Région, famille ou taille"),
        columns=columns,
        groups=groups,
    )
    # On top stands the family or the size that is chosen; of both together there is no cell.
    top = groups[1][0] if bool(choice.family) != bool(choice.size) else groups[0][0]
    alone = {} if choice.family and choice.size else {"family": choice.family, "size": choice.size}
    trend = grid.trend_of_nation(focus=choice.focus, **alone)
    context |= {
        **_month_context(choice, choice.month, top, trend, columns),
        "table": table.html(),
        "reach": grid.reach(month=choice.month, family=choice.family),
        "selection_words": _regions_words(choice),
    }
    return render(request, "reporting/grid.html", context)


@coverage_view
def region_file(request: HttpRequest, code: str, kind: str) -> HttpResponseBase:
    place, choice = region_for_reader(request, code), choice_of(request)
    month = month_of_file(choice)
    total = _region_total(choice, month, place)
    rows = [total, *_establishment_rows(choice, month, _known(choice, month, place))]
    return _file(request, kind, choice, place.name, rows)


@coverage_view
def nation_file(request: HttpRequest, kind: str) -> HttpResponseBase:
    require(can_read_nation(request.user))
    choice = choice_of(request)
    groups = _nation_groups(choice, month_of_file(choice))
    return _file(request, kind, choice, _("France entière"), [row for g in groups for row in g])


@coverage_view
def establishment(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    """One establishment's part of the grid: role families by modules."""
    place = house_for_reader(request, uid)
    choice = choice_of(request, keep=("famille", "taille", "vue"))
    here = reverse("reporting:establishment_grid", args=[uid])
    is_near = can_read_establishment(request.user, place)
    asked = query(
        filiere=choice.role_family.code if choice.role_family else None,
        module=choice.module.uid if choice.module else None,
    )
    live = reverse("reporting:establishment", args=[uid]) + asked
    revision = reverse("reporting:establishment_revision", args=[uid]) + choice.month_query
    context: dict[str, Any] = {
        "place": place,
        "choice": choice,
        "form": choice.form,
        "breadcrumb": house_trail(request, place, choice),
        "live_url": live if is_near else "",
        "revision_url": revision if is_near else "",
        "observatory_url": reverse("reporting:establishment_observatory", args=[uid])
        + choice.query,
        **chosen_context(choice, here, choice.cell_words, place.region),
    }
    if choice.month is not None:
        found = grid.establishment_rows(month=choice.month, establishments=[place.pk], details=True)
        row = found.get(place.pk, grid.GridRow())
        trend_url = reverse("reporting:establishment_trend", args=[uid])
        modules = grid.trainables_of_month(month=choice.month)
        columns = Columns.of_modules(modules, grid.Focus(None, choice.module))
        table = grid_table(
            caption=_("Couverture par filière et par module"),
            corner=_("Filière"),
            columns=columns,
            groups=establishment_grid_rows(
                row=row,
                families=grid.role_families_of_month(month=choice.month),
                focus=choice.focus,
                trend=trend_url + _on(choice),
            ),
        )
        trend = grid.trend_of_establishment(
            establishment=place, unmasked=is_near, focus=choice.focus
        )
        top = NamedRow(place.name, row, trend=trend_url)
        context |= {
            # Rows are role families; above them stand the figures of the one that is chosen.
            **_month_context(
                choice, choice.month, top, trend, Columns.of_modules(modules, choice.focus)
            ),
            "table": table.html(),
        }
    return render(request, "reporting/grid.html", context)


def region_for_reader(request: HttpRequest, code: str) -> Region:
    place = get_object_or_404(Region, code=code)
    require(can_read_region(request.user, place))
    return place


def house_for_reader(request: HttpRequest, uid: uuid.UUID) -> Establishment:
    """For readers of its grid: its managers, its region's and the nation's."""
    place = get_object_or_404(Establishment.objects.select_related("region"), uid=uid)
    require(can_read_grid_of_establishment(request.user, place))
    return place


def region_trail(
    request: HttpRequest, place: Region, choice: Choice, *steps: tuple[str, str]
) -> list[dict[str, str]]:
    """From the nation down, for who reads it; the filters go back up too."""
    own = reverse("reporting:region", args=[place.code]) + choice.query if steps else ""
    below = [(place.name, own), *steps]
    if can_read_nation(request.user):
        below.insert(0, (_("France entière"), reverse("reporting:nation") + choice.query))
    return trail(*below)


def house_trail(
    request: HttpRequest, place: Establishment, choice: Choice, *steps: tuple[str, str]
) -> list[dict[str, str]]:
    """From what its reader may read above it; its own managers come from the live page."""
    own = reverse("reporting:establishment_grid", args=[place.uid]) + choice.query
    if place.region is not None and can_read_region(request.user, place.region):
        return region_trail(
            request, place.region, choice, (place.name, own if steps else ""), *steps
        )
    if can_read_establishment(request.user, place):
        above = reverse("reporting:establishment", args=[place.uid])
        monthly = (_("Mois arrêtés"), own if steps else "")
        return trail((place.name, above), monthly, *steps)
    below = [(place.name, own if steps else ""), *steps]
    if can_read_nation(request.user):  # of a house in no region
        below.insert(0, (_("France entière"), reverse("reporting:nation") + choice.query))
    return trail(*below)


def _columns(choice: Choice, month: CoverageMonth) -> Columns:
    if choice.by_role_family:
        return Columns.of_families(grid.role_families_of_month(month=month), choice.focus)
    return Columns.of_modules(grid.trainables_of_month(month=month), choice.focus)


def _known(choice: Choice, month: CoverageMonth, place: Region) -> Any:
    return grid.known_establishments(
        month=month, region=place, family=choice.family, size=choice.size
    )


def _region_total(choice: Choice, month: CoverageMonth, place: Region) -> NamedRow:
    row = grid.region_row(month=month, region=place, focus=choice.focus)
    title = _("Total de la région")
    if choice.row_words:
        title = _("Total de la région, tous établissements")
    trend = reverse("reporting:region_trend", args=[place.code]) + _on(choice)
    return NamedRow(title, row, css="total", trend=trend)


def _on(choice: Choice) -> str:
    """What a cell's trend keeps of the address; the cell itself is named by its own column."""
    return choice.query_with(filiere="", module="")


def _establishment_rows(
    choice: Choice, month: CoverageMonth, entries: Iterable[RollEntry]
) -> list[NamedRow]:
    entries = list(entries)
    rows = grid.establishment_rows(
        month=month,
        establishments=[entry.establishment_id for entry in entries],
        focus=choice.focus,
    )
    asked, on = choice.query, _on(choice)
    return [
        NamedRow(
            entry.establishment.name,
            rows.get(entry.establishment_id, grid.GridRow()),
            reverse("reporting:establishment_grid", args=[entry.establishment.uid]) + asked,
            trend=reverse("reporting:establishment_trend", args=[entry.establishment.uid]) + on,
        )
        for entry in entries
    ]


def _nation_groups(choice: Choice, month: CoverageMonth) -> list[list[NamedRow]]:
    """The nation, the family and the size that are chosen; regions; and, unless one is chosen,
    families and sizes."""
    total = NamedRow(
        _("France entière"),
        grid.nation_row(month=month, focus=choice.focus),
        css="total",
        trend=reverse("reporting:nation_trend") + choice.query_with(**OF_ALL),
    )
    families, sizes = _family_rows(choice, month), _size_rows(choice, month)
    chosen = [*(families if choice.family else []), *(sizes if choice.size else [])]
    others = [[] if choice.family else families, [] if choice.size else sizes]
    return [group for group in ([total], chosen, _region_rows(choice, month), *others) if group]


OF_ALL = {"filiere": "", "module": "", "famille": "", "taille": ""}


def _region_rows(choice: Choice, month: CoverageMonth) -> list[NamedRow]:
    regions = grid.region_rows(month=month, focus=choice.focus)
    asked, on = choice.query, _on(choice)
    listed = [
        NamedRow(
            place.name,
            regions[place.pk],
            reverse("reporting:region", args=[place.code]) + asked,
            trend=reverse("reporting:region_trend", args=[place.code]) + on,
        )
        for place in Region.objects.order_by("name")
        if place.pk in regions
    ]
    if None in regions:
        listed.append(NamedRow(_("Hors région"), regions[None]))
    return listed


def _family_rows(choice: Choice, month: CoverageMonth) -> list[NamedRow]:
    rows = grid.family_rows(month=month, focus=choice.focus)
    return [
        _comparable(choice, _("Famille : %(name)s") % {"name": label}, rows[code], famille=code)
        for code, label in EstablishmentFamily.choices
        if code == choice.family or (code in rows and not choice.family)
    ]


def _size_rows(choice: Choice, month: CoverageMonth) -> list[NamedRow]:
    rows = grid.size_rows(month=month, focus=choice.focus)
    return [
        _comparable(choice, _("Taille : %(name)s") % {"name": label}, rows[code], taille=code)
        for code, label in SizeClass.choices
        if code == choice.size or (code in rows and not choice.size)
    ]


def _comparable(choice: Choice, title: str, row: grid.GridRow, **own: str) -> NamedRow:
    """A family or a size: leads to the nation filtered by it."""
    return NamedRow(
        title,
        row,
        reverse("reporting:nation") + choice.query_with(**own),
        trend=reverse("reporting:nation_trend") + choice.query_with(**(OF_ALL | own)),
    )


def _month_context(
    choice: Choice,
    month: CoverageMonth,
    top: NamedRow,
    trend: list[grid.TrendPoint],
    columns: Columns,
) -> dict[str, Any]:
    """`top` is the row whose figures stand above the table; what it shows by column stands there
    where its total is hidden."""
    four = four_figures(top.row.cell(*choice.focus.column))
    return {
        "figures": four,
        "figures_instead": [] if four else columns.shown(top.row),
        "figures_of": top.title if choice.cell_words or choice.row_words else "",
        "day": month.ends_on,
        "computed_at": figures.moment(month.computed_at),
        "hidden_words": hidden_words(),
        **trend_context(trend, choice.focus),
    }


def _total_words(choice: Choice, whole: str) -> str:
    """Why no total of the listed establishments is shown."""
    if not choice.row_words:
        return ""
    return _(
        "Les lignes sont celles de ces établissements ; le total et les chiffres du haut restent "
        "ceux de %(whole)s. La grille des mois arrêtés n’a pas de total pour cette sélection : "
        "en faire un ici permettrait de retrouver, par soustraction, des groupes masqués."
    ) % {"whole": whole}


def _regions_words(choice: Choice) -> str:
    """Why the regions are shown whole."""
    if not choice.row_words:
        return ""
    words = _(
        "Les régions restent comptées avec tous leurs établissements : la grille des mois arrêtés "
        "n’a pas de case « région et famille » ni « région et taille », et n’en crée aucune. "
        "Ouvrez une région pour lire les établissements choisis, un par un."
    )
    if choice.family and choice.size:
        words += " " + _(
            "Il n’y a pas non plus de case pour cette famille et cette taille ensemble : "
            "les chiffres du haut sont ceux de la France entière."
        )
    return words


def _file(
    request: HttpRequest, kind: str, choice: Choice, place: str, rows: list[NamedRow]
) -> HttpResponseBase:
    assert choice.month is not None
    table = grid_export(
        title=_("Couverture mensuelle"),
        filename=filename("couverture-mensuelle", place),
        place=place,
        month=choice.month,
        columns=_columns(choice, choice.month),
        rows=rows,
        filters=" ; ".join([*choice.cell_words, *choice.row_words]),
    )
    return file_response(request, kind, table)
