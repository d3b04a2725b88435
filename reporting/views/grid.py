"""Region and nation: the frozen monthly grid, never a name."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.enums import EstablishmentFamily
from organisation.models import Establishment, Region
from reporting import figures
from reporting.charts import Point
from reporting.forms import GridForm, SilentForm
from reporting.grid_tables import (
    Columns,
    NamedRow,
    establishment_grid_table,
    four_figures,
    grid_export,
    grid_table,
    hidden_words,
)
from reporting.models import CoverageMonth
from reporting.permissions import (
    can_read_establishment,
    can_read_grid_of_establishment,
    can_read_nation,
    can_read_region,
    require,
)
from reporting.places import board_address
from reporting.selectors import grid
from reporting.silence import silent_export

from .common import coverage_view, file_response, filename, query, trail
from .establishment import trend_context

PER_PAGE = 50


@dataclass(frozen=True)
class Choice:
    """What a grid page is asked for."""

    form: GridForm
    month: CoverageMonth | None
    family: str
    by_role_family: bool

    @property
    def query(self) -> str:
        return query(
            mois=self.month.ends_on if self.month else None,
            famille=self.family,
            vue=GridForm.BY_FAMILY if self.by_role_family else None,
        )


@coverage_view
def region(request: HttpRequest, code: str) -> HttpResponseBase:
    """Establishments of a region by modules or role families."""
    place, choice = _region(request, code), _choice(request)
    context = {
        "place": place,
        "choice": choice,
        "form": choice.form,
        "breadcrumb": trail((place.name, "")),
        "silent_url": reverse("reporting:region_silent", args=[code]) + choice.query,
        "attendance_url": reverse("reporting:region_attendance", args=[code]),
        "board_url": board_address(place),
        "file_url": reverse("reporting:region_file", args=[code, "xlsx"]) + choice.query,
        "csv_url": reverse("reporting:region_file", args=[code, "csv"]) + choice.query,
    }
    if choice.month is None:
        return render(request, "reporting/grid.html", context)
    known = grid.known_establishments(month=choice.month, region=place, family=choice.family)
    page = Paginator(known, PER_PAGE).get_page(request.GET.get("page"))
    total = grid.region_row(month=choice.month, region=place)
    rows = _establishment_rows(choice, page.object_list)
    table = grid_table(
        caption=_("Couverture des établissements"),
        corner=_("Établissement"),
        columns=_columns(choice),
        groups=[[NamedRow(_("Total de la région"), total, css="total")], rows],
    )
    trend = grid.trend_of_region(region=place)
    context |= {
        **_month_context(choice.month, total, trend),
        "table": table.html(),
        "page_obj": page,
        "reach": grid.reach(month=choice.month, region=place),
    }
    return render(request, "reporting/grid.html", context)


@coverage_view
def nation(request: HttpRequest) -> HttpResponseBase:
    """Regions, then families of establishments, by modules or role families."""
    require(can_read_nation(request.user))
    choice = _choice(request, with_family=False)
    context: dict[str, Any] = {
        "choice": choice,
        "form": choice.form,
        "breadcrumb": trail((_("France entière"), "")),
        "silent_url": reverse("reporting:nation_silent") + choice.query,
        "attendance_url": reverse("reporting:nation_attendance"),
        "board_url": board_address(None),
        "file_url": reverse("reporting:nation_file", args=["xlsx"]) + choice.query,
        "csv_url": reverse("reporting:nation_file", args=["csv"]) + choice.query,
    }
    if choice.month is None:
        return render(request, "reporting/grid.html", context)
    groups = _nation_groups(choice)
    table = grid_table(
        caption=_("Couverture des régions et des familles d’établissements"),
        corner=_("Région ou famille"),
        columns=_columns(choice),
        groups=groups,
    )
    context |= {
        **_month_context(choice.month, groups[0][0].row, grid.trend_of_nation()),
        "table": table.html(),
        "reach": grid.reach(month=choice.month),
    }
    return render(request, "reporting/grid.html", context)


@coverage_view
def region_file(request: HttpRequest, code: str, kind: str) -> HttpResponseBase:
    place, choice = _region(request, code), _choice(request)
    month = _month_of_file(choice)
    known = grid.known_establishments(month=month, region=place, family=choice.family)
    total = grid.region_row(month=month, region=place)
    rows = [NamedRow(_("Total de la région"), total), *_establishment_rows(choice, known)]
    return _file(request, kind, choice, place.name, rows)


@coverage_view
def nation_file(request: HttpRequest, kind: str) -> HttpResponseBase:
    require(can_read_nation(request.user))
    choice = _choice(request, with_family=False)
    _month_of_file(choice)
    rows = [row for group in _nation_groups(choice) for row in group]
    return _file(request, kind, choice, _("France entière"), rows)


@coverage_view
def region_silent(request: HttpRequest, code: str) -> HttpResponseBase:
    place = _region(request, code)
    back = reverse("reporting:region", args=[code])
    return _silent(request, place, trail((place.name, back), (_("Silencieux"), "")))


@coverage_view
def nation_silent(request: HttpRequest) -> HttpResponseBase:
    require(can_read_nation(request.user))
    back = reverse("reporting:nation")
    return _silent(request, None, trail((_("France entière"), back), (_("Silencieux"), "")))


@coverage_view
def region_silent_file(request: HttpRequest, code: str, kind: str) -> HttpResponseBase:
    return _silent_file(request, kind, _region(request, code))


@coverage_view
def nation_silent_file(request: HttpRequest, kind: str) -> HttpResponseBase:
    require(can_read_nation(request.user))
    return _silent_file(request, kind, None)


@coverage_view
def establishment(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    """One establishment's part of the grid: role families by modules."""
    place = get_object_or_404(Establishment.objects.select_related("region"), uid=uid)
    require(can_read_grid_of_establishment(request.user, place))
    choice = _choice(request, with_family=False)
    context: dict[str, Any] = {
        "place": place,
        "choice": choice,
        "form": choice.form,
        "breadcrumb": _establishment_trail(request, place),
    }
    choice.form.fields.pop("vue")
    if choice.month is not None:
        found = grid.establishment_rows(month=choice.month, establishments=[place.pk], details=True)
        row = found.get(place.pk, grid.GridRow())
        table = establishment_grid_table(
            caption=_("Couverture par filière et par module"),
            row=row,
            modules=grid.trainables_of_month(month=choice.month),
            families=grid.role_families_of_month(month=choice.month),
        )
        unmasked = can_read_establishment(request.user, place)
        trend = grid.trend_of_establishment(establishment=place, unmasked=unmasked)
        context |= {**_month_context(choice.month, row, trend), "table": table.html()}
    return render(request, "reporting/grid.html", context)


def _region(request: HttpRequest, code: str) -> Region:
    place = get_object_or_404(Region, code=code)
    require(can_read_region(request.user, place))
    return place


def _choice(request: HttpRequest, *, with_family: bool = True) -> Choice:
    """The latest month unless another is asked for."""
    form = GridForm(request.GET)
    if not with_family:
        del form.fields["famille"]
    form.is_valid()
    cleaned = form.cleaned_data
    month = cleaned.get("mois") or CoverageMonth.objects.first()
    by_role_family = cleaned.get("vue") == GridForm.BY_FAMILY
    return Choice(form, month, cleaned.get("famille", ""), by_role_family)


def _columns(choice: Choice) -> Columns:
    assert choice.month is not None
    if choice.by_role_family:
        return Columns.of_families(grid.role_families_of_month(month=choice.month))
    return Columns.of_modules(grid.trainables_of_month(month=choice.month))


def _establishment_rows(choice: Choice, entries: Any) -> list[NamedRow]:
    assert choice.month is not None
    entries = list(entries)
    rows = grid.establishment_rows(
        month=choice.month, establishments=[entry.establishment_id for entry in entries]
    )
    month = query(mois=choice.month.ends_on)
    return [
        NamedRow(
            entry.establishment.name,
            rows.get(entry.establishment_id, grid.GridRow()),
            reverse("reporting:establishment_grid", args=[entry.establishment.uid]) + month,
        )
        for entry in entries
    ]


def _nation_groups(choice: Choice) -> list[list[NamedRow]]:
    assert choice.month is not None
    regions, families = grid.region_rows(month=choice.month), grid.family_rows(month=choice.month)
    listed = [
        NamedRow(
            place.name,
            regions[place.pk],
            reverse("reporting:region", args=[place.code]) + choice.query,
        )
        for place in Region.objects.order_by("name")
        if place.pk in regions
    ]
    if None in regions:
        listed.append(NamedRow(_("Hors région"), regions[None]))
    by_family = [
        NamedRow(_("Famille : %(name)s") % {"name": label}, families[code])
        for code, label in EstablishmentFamily.choices
        if code in families
    ]
    total = NamedRow(_("France entière"), grid.nation_row(month=choice.month), css="total")
    return [[total], listed, by_family]


def _month_context(month: CoverageMonth, total: grid.GridRow, trend: Any) -> dict[str, Any]:
    points = [Point(at.ends_on, cell.cell) for at, cell in trend]
    return {
        "figures": four_figures(total.cell()),
        "day": month.ends_on,
        "computed_at": figures.moment(month.computed_at),
        "hidden_words": hidden_words(),
        **trend_context(points),
    }


def _month_of_file(choice: Choice) -> CoverageMonth:
    if not choice.form.is_valid():
        raise BadRequest(_("Cette adresse contient un filtre qui n’existe pas."))
    if choice.month is None:
        raise Http404
    return choice.month


def _file(
    request: HttpRequest, kind: str, choice: Choice, place: str, rows: list[NamedRow]
) -> HttpResponseBase:
    assert choice.month is not None
    table = grid_export(
        title=_("Couverture mensuelle"),
        filename=filename("couverture-mensuelle", place),
        place=place,
        month=choice.month,
        columns=_columns(choice),
        rows=rows,
    )
    return file_response(request, kind, table)


def _silent(
    request: HttpRequest, place: Region | None, breadcrumb: list[dict[str, str]]
) -> HttpResponseBase:
    form, region, family, month = _silent_choice(request, place)
    context: dict[str, Any] = {
        "place": place,
        "form": form,
        "month": month,
        "breadcrumb": breadcrumb,
    }
    if month is not None:
        silent = grid.silent_establishments(month=month, region=region, family=family)
        page = Paginator(silent, PER_PAGE).get_page(request.GET.get("page"))
        chosen = region.code if region and not place else ""
        asked = query(mois=month.ends_on, famille=family, region=chosen)
        context |= {
            "page_obj": page,
            "heard": grid.heard_since(entries=page.object_list, day=timezone.localdate()),
            "reach": grid.reach(month=month, region=region, family=family),
            "day": month.ends_on,
            "csv_url": _silent_address(place, "csv") + asked,
            "xlsx_url": _silent_address(place, "xlsx") + asked,
        }
    return render(request, "reporting/silent.html", context)


def _silent_choice(
    request: HttpRequest, place: Region | None
) -> tuple[SilentForm, Region | None, str, CoverageMonth | None]:
    """(form, region, family of establishments, month) that a page or a file is asked for."""
    form = SilentForm(request.GET, with_region=place is None)
    form.is_valid()
    cleaned = form.cleaned_data
    month = cleaned.get("mois") or CoverageMonth.objects.first()
    return form, place or cleaned.get("region"), cleaned.get("famille", ""), month


def _silent_address(place: Region | None, kind: str) -> str:
    if place is None:
        return reverse("reporting:nation_silent_file", args=[kind])
    return reverse("reporting:region_silent_file", args=[place.code, kind])


def _silent_file(request: HttpRequest, kind: str, place: Region | None) -> HttpResponseBase:
    form, region, family, month = _silent_choice(request, place)
    if not form.is_valid():
        raise BadRequest(_("Cette adresse contient un filtre qui n’existe pas."))
    if month is None:
        raise Http404
    table = silent_export(
        entries=grid.silent_establishments(month=month, region=region, family=family),
        reach=grid.reach(month=month, region=region, family=family),
        place=region.name if region else _("France entière"),
        month=month,
        today=timezone.localdate(),
    )
    return file_response(request, kind, table)


def _establishment_trail(request: HttpRequest, place: Establishment) -> list[dict[str, str]]:
    if place.region is not None and can_read_region(request.user, place.region):
        above = reverse("reporting:region", args=[place.region.code])
        return trail((place.region.name, above), (place.name, ""))
    if can_read_establishment(request.user, place):
        above = reverse("reporting:establishment", args=[place.uid])
        return trail((place.name, above), (_("Mois arrêtés"), ""))
    return trail((place.name, ""))
