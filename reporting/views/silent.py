"""Establishments of which nothing is known, listed for those who chase them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.models import Region
from reporting.forms import SilentForm
from reporting.models import CoverageMonth
from reporting.permissions import can_read_nation, require
from reporting.selectors import grid
from reporting.silence import silent_export

from .choices import choice_of
from .common import coverage_view, file_response, query, trail
from .grid import PER_PAGE, region_for_reader, region_trail


@coverage_view
def region_silent(request: HttpRequest, code: str) -> HttpResponseBase:
    place = region_for_reader(request, code)
    return _silent(request, place, region_trail(request, place, choice_of(request), _here()))


@coverage_view
def nation_silent(request: HttpRequest) -> HttpResponseBase:
    require(can_read_nation(request.user))
    back = reverse("reporting:nation") + choice_of(request).query
    return _silent(request, None, trail((_("France entière"), back), _here()))


@coverage_view
def region_silent_file(request: HttpRequest, code: str, kind: str) -> HttpResponseBase:
    return _silent_file(request, kind, region_for_reader(request, code))


@coverage_view
def nation_silent_file(request: HttpRequest, kind: str) -> HttpResponseBase:
    require(can_read_nation(request.user))
    return _silent_file(request, kind, None)


def _here() -> tuple[str, str]:
    return _("Silencieux"), ""


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
