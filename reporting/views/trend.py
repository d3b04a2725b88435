"""The trend of one cell of the frozen grid, by months."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from reporting.permissions import can_read_establishment, can_read_nation, require
from reporting.selectors import grid

from .choices import Choice, choice_of, chosen_context
from .common import coverage_view, trail
from .grid import house_for_reader, house_trail, region_for_reader, region_trail
from .trend_context import trend_context

OF_ESTABLISHMENTS = ("famille", "taille")


@coverage_view
def nation(request: HttpRequest) -> HttpResponseBase:
    """The nation's cell, or that of a family or a size of establishments."""
    require(can_read_nation(request.user))
    choice = choice_of(request, keep=("mois", "vue"))
    above = reverse("reporting:nation")
    is_one = not (choice.family and choice.size)
    title = (choice.family_name or choice.size_name) if is_one else ""
    context = {
        "title": title or _("France entière"),
        "breadcrumb": trail((_("France entière"), above + choice.query), (_("Mois par mois"), "")),
        "back_url": above + choice.query,
        **chosen_context(choice, request.path, [*choice.cell_words, *choice.row_words]),
    }
    if not is_one:
        context["no_cell"] = True
        return _page(request, choice, [], context)
    points = grid.trend_of_nation(focus=choice.focus, family=choice.family, size=choice.size)
    return _page(request, choice, points, context)


@coverage_view
def region(request: HttpRequest, code: str) -> HttpResponseBase:
    place = region_for_reader(request, code)
    choice = choice_of(request, keep=("mois", "vue", *OF_ESTABLISHMENTS))
    context = {
        "title": place.name,
        "breadcrumb": region_trail(request, place, choice, (_("Mois par mois"), "")),
        "back_url": reverse("reporting:region", args=[code]) + choice.query,
        **chosen_context(choice, request.path, choice.cell_words, place),
    }
    return _page(request, choice, grid.trend_of_region(region=place, focus=choice.focus), context)


@coverage_view
def establishment(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Its own managers see every figure; its region and the nation what the grid shows."""
    place = house_for_reader(request, uid)
    choice = choice_of(request, keep=("mois", "vue", *OF_ESTABLISHMENTS))
    context = {
        "title": place.name,
        "breadcrumb": house_trail(request, place, choice, (_("Mois par mois"), "")),
        "back_url": reverse("reporting:establishment_grid", args=[uid]) + choice.query,
        **chosen_context(choice, request.path, choice.cell_words, place.region),
    }
    unmasked = can_read_establishment(request.user, place)
    points = grid.trend_of_establishment(establishment=place, unmasked=unmasked, focus=choice.focus)
    return _page(request, choice, points, context | {"is_unmasked": unmasked})


def _page(
    request: HttpRequest, choice: Choice, points: list[grid.TrendPoint], context: dict[str, Any]
) -> HttpResponseBase:
    context |= {"form": choice.form, "month": choice.month, **trend_context(points, choice.focus)}
    return render(request, "reporting/trend.html", context)
