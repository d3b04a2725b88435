"""The observatory of the country, and that of one establishment."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from organisation.models import Region
from reporting import figures
from reporting.grid_tables import four_figures, hidden_words
from reporting.models import CoverageMonth
from reporting.observatory import presenters, selectors
from reporting.observatory.charts import boxes_svg, map_svg
from reporting.observatory.files import observatory_export
from reporting.observatory.quartiles import MINIMUM
from reporting.permissions import (
    can_read_establishment,
    can_read_nation,
    can_read_observatory,
    readable_regions,
    require,
)
from reporting.selectors import grid
from reporting.views.choices import Choice, choice_of, chosen_context, month_of_file
from reporting.views.common import coverage_view, file_response, trail
from reporting.views.grid import house_for_reader, house_trail
from reporting.views.trend_context import trend_context

NO_ROWS = {"famille": "", "taille": ""}
KEPT = ("famille", "taille", "vue")


@coverage_view
def observatory(request: HttpRequest) -> HttpResponseBase:
    """Regions, families and sizes beside each other, with what else the campaign did."""
    require(can_read_observatory(request.user))
    choice = choice_of(request, keep=KEPT)
    is_national = can_read_nation(request.user)
    context: dict[str, Any] = {
        "choice": choice,
        "form": choice.form,
        "is_national": is_national,
        "breadcrumb": _trail(request, choice, is_national=is_national),
        **chosen_context(choice, request.path, choice.cell_words),
    }
    if choice.month is not None:
        context |= _compared_context(request, choice, choice.month)
    return render(request, "reporting/observatory.html", context)


@coverage_view
def establishment(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    """An establishment beside its family, its region and its size."""
    place = house_for_reader(request, uid)
    choice = choice_of(request, keep=KEPT)
    is_near = can_read_establishment(request.user, place)
    context: dict[str, Any] = {
        "place": place,
        "choice": choice,
        "form": choice.form,
        "breadcrumb": house_trail(request, place, choice, (_("Observatoire"), "")),
        "back_url": reverse("reporting:establishment_grid", args=[uid]) + choice.query,
        **chosen_context(choice, request.path, choice.cell_words, place.region),
    }
    if choice.month is None:
        return render(request, "reporting/observatory_place.html", context)
    houses = selectors.houses_of_month(month=choice.month, focus=choice.focus)
    own = selectors.own_cell(
        month=choice.month, establishment=place, focus=choice.focus, unmasked=is_near
    )
    house = houses.of(place)
    points = grid.trend_of_establishment(establishment=place, unmasked=is_near, focus=choice.focus)
    context |= {
        **_month_context(choice.month, own),
        **trend_context(points, choice.focus),
        "house": house,
    }
    if house is not None:
        rows = presenters.standings(house=house, region=place.region, houses=houses, own=own.cell)
        context |= {
            "standings": rows,
            "not_compared": presenters.not_compared(rows),
            "boxes": boxes_svg(
                boxes=[row.box for row in rows if row.is_compared],
                title=_("L’établissement et les quartiles de ses groupes"),
                mark=_("ici"),
            ),
            "has_boxes": any(row.is_compared for row in rows),
        }
    return render(request, "reporting/observatory_place.html", context)


@coverage_view
def observatory_file(request: HttpRequest, kind: str) -> HttpResponseBase:
    require(can_read_observatory(request.user))
    choice = choice_of(request, keep=KEPT)
    month = month_of_file(choice)
    compared = _compared(request, choice, month)
    table = observatory_export(
        month=month,
        groups=[
            (_("Région"), compared.regions),
            (_("Famille"), compared.families),
            (_("Taille"), compared.sizes),
        ],
        filters=" ; ".join(choice.cell_words),
    )
    return file_response(request, kind, table)


@dataclass(frozen=True)
class Compared:
    """What the page and the file show of a month."""

    totals: selectors.Totals
    houses: selectors.Houses
    places: list[Region]
    regions: list[presenters.ComparedRow]
    families: list[presenters.ComparedRow]
    sizes: list[presenters.ComparedRow]


def _compared(request: HttpRequest, choice: Choice, month: CoverageMonth) -> Compared:
    """Four queries, and the reader's rights."""
    totals = selectors.totals_of_month(month=month, focus=choice.focus)
    houses = selectors.houses_of_month(month=month, focus=choice.focus)
    places = list(Region.objects.order_by("name"))
    mine = readable_regions(request.user)

    def address(name: str, region: Region) -> str:
        if mine is not None and region.pk not in mine:
            return ""
        return reverse(f"reporting:{name}", args=[region.code]) + choice.query

    def nationwide(name: str, code: str) -> str:
        if mine is not None:
            return ""
        return reverse("reporting:nation") + choice.query_with(**(NO_ROWS | {name: code}))

    return Compared(
        totals,
        houses,
        places,
        presenters.region_rows(
            regions=places,
            totals=totals,
            houses=houses,
            address=partial(address, "region"),
            silent=partial(address, "region_silent"),
        ),
        presenters.family_rows(
            totals=totals, houses=houses, address=partial(nationwide, "famille")
        ),
        presenters.size_rows(totals=totals, houses=houses, address=partial(nationwide, "taille")),
    )


def _compared_context(request: HttpRequest, choice: Choice, month: CoverageMonth) -> dict[str, Any]:
    shown = _compared(request, choice, month)
    rows = shown.regions
    here = choice.query
    return {
        **_month_context(month, shown.totals.nation),
        "map": map_svg(
            lands=[row.land(place.code) for row, place in zip(rows, shown.places, strict=True)],
            title=_("Couverture des régions"),
        ),
        "regions": rows,
        "comparisons": [
            _comparison("familles", _("Familles d’établissements"), _("Famille"), shown.families),
            _comparison("tailles", _("Tailles d’établissements"), _("Taille"), shown.sizes),
        ],
        "field": presenters.field_rows(
            rows=rows,
            regions=shown.places,
            reach=selectors.reach_of_year(month=month),
            present=selectors.attendance_of_year(month=month),
        ),
        "reach": shown.houses.reach,
        "silent_url": reverse("reporting:nation_silent") + here,
        "file_url": reverse("reporting:observatory_file", args=["xlsx"]) + here,
        "csv_url": reverse("reporting:observatory_file", args=["csv"]) + here,
        "since": figures.month_name(month.ends_on.replace(month=1, day=1)),
        "until": figures.month_name(month.ends_on),
    }


def _comparison(
    key: str, title: str, corner: str, rows: list[presenters.ComparedRow]
) -> dict[str, Any]:
    return {
        "key": key,
        "title": title,
        "corner": corner,
        "rows": rows,
        "boxes": boxes_svg(
            boxes=[row.box for row in rows],
            title=_("%(title)s : médianes, quartiles et taux d’ensemble") % {"title": title},
            mark=_("ensemble"),
        ),
    }


def _month_context(month: CoverageMonth, top: grid.GridCell) -> dict[str, Any]:
    return {
        "figures": four_figures(top),
        "day": month.ends_on,
        "computed_at": figures.moment(month.computed_at),
        "hidden_words": hidden_words(),
        "minimum": MINIMUM,
    }


def _trail(request: HttpRequest, choice: Choice, *, is_national: bool) -> list[dict[str, str]]:
    here = (_("Observatoire"), "")
    if is_national:
        return trail((_("France entière"), reverse("reporting:nation") + choice.query), here)
    return trail(here)
