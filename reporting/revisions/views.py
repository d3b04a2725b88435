"""«As it was known at»: beside live figures for an establishment's managers; frozen alone above."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.models import Establishment, Region
from reporting import figures
from reporting.counting import ALL, Cell
from reporting.forms import GridForm
from reporting.grid_tables import Columns, NamedRow, four_figures, grid_table, hidden_words
from reporting.models import CoverageMonth
from reporting.permissions import (
    can_read_establishment,
    can_read_nation,
    can_read_region,
    require,
)
from reporting.selectors import grid
from reporting.selectors.coverage import coverage_of_establishment
from reporting.views.common import coverage_view, query, trail

from . import presenters
from .selectors import changes_since, frozen_cells


@coverage_view
def of_establishment(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    """The month's figures, those of the same day today, and what changed since."""
    place = get_object_or_404(Establishment, uid=uid)
    require(can_read_establishment(request.user, place))
    back = reverse("reporting:establishment", args=[place.uid])
    form, month = _choice(request)
    context: dict[str, Any] = {
        "place": place,
        "form": form,
        "back": back,
        "breadcrumb": trail((place.name, back), (_("Connu au"), "")),
    }
    if month is not None:
        context |= _both(place, month)
    return render(request, "reporting/revision.html", context)


def _both(place: Establishment, month: CoverageMonth) -> dict[str, Any]:
    then = frozen_cells(month=month, establishment=place)
    now = coverage_of_establishment(establishment=place, day=month.ends_on)
    total = then.get((None, ALL), Cell())
    changes = changes_since(month=month, establishment=place)
    known = {pk for _family, pk in then} | now.table.trainables
    table = presenters.revision_table(
        then=then,
        now=now,
        modules=grid.trainables_among(known),
        families=grid.role_families_among(
            {family for family, _pk in then} | {role.family_id for role in now.roles}
        ),
    )
    return {
        "month": month,
        "day": month.ends_on,
        "frozen_at": figures.moment(month.computed_at),
        "computed_at": figures.moment(now.computed_at),
        "then": figures.cell_text(total),
        "now": figures.cell_text(now.table.total),
        "differences": presenters.difference_words(then=total, now=now.table.total),
        "changes": presenters.changes_words(changes),
        "people_url": reverse("reporting:missing", args=[place.uid]) + query(date=month.ends_on),
        "table": table.html(),
    }


@coverage_view
def of_region(request: HttpRequest, code: str) -> HttpResponseBase:
    place = get_object_or_404(Region, code=code)
    require(can_read_region(request.user, place))
    back = reverse("reporting:region", args=[code])
    return _frozen(request, place, place.name, back)


@coverage_view
def of_nation(request: HttpRequest) -> HttpResponseBase:
    require(can_read_nation(request.user))
    return _frozen(request, None, _("France entière"), reverse("reporting:nation"))


def _frozen(request: HttpRequest, place: Region | None, title: str, back: str) -> HttpResponseBase:
    """Figures of the month alone: what they would be today is not said."""
    form, month = _choice(request)
    back += query(mois=month.ends_on if month else None)
    context: dict[str, Any] = {
        "title": title,
        "form": form,
        "back": back,
        "breadcrumb": trail((title, back), (_("Connu au"), "")),
    }
    if month is not None:
        row = (
            grid.nation_row(month=month)
            if place is None
            else grid.region_row(month=month, region=place)
        )
        silent = list(grid.silent_establishments(month=month, region=place))
        table = grid_table(
            caption=_("Couverture à l’arrêté du mois"),
            corner=_("Périmètre"),
            columns=Columns.of_modules(grid.trainables_of_month(month=month)),
            groups=[[NamedRow(title, row, css="total")]],
        )
        context |= {
            "month": month,
            "day": month.ends_on,
            "frozen_at": figures.moment(month.computed_at),
            "figures": four_figures(row.cell()),
            "reach": grid.reach(month=month, region=place),
            "heard": len(grid.heard_since(entries=silent, day=timezone.localdate())),
            "hidden_words": hidden_words(),
            "table": table.html(),
        }
    return render(request, "reporting/revision_frozen.html", context)


def _choice(request: HttpRequest) -> tuple[GridForm, CoverageMonth | None]:
    """The form with the month alone; the latest unless another is asked for."""
    form = GridForm(request.GET)
    for name in [one for one in form.fields if one != "mois"]:
        del form.fields[name]
    form.is_valid()
    return form, form.cleaned_data.get("mois") or CoverageMonth.objects.first()
