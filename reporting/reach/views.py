"""«Portée»: for those who make the campaign and those who carry it into their hospital."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from reporting import figures
from reporting.permissions import reach_scopes
from reporting.reach.forms import PERIODS, ReachForm
from reporting.reach.places import places_of
from reporting.reach.presenters import reach_export, reach_page
from reporting.views.common import coverage_view, file_response, filename
from users.private_views import user_of


@coverage_view
def reach(request: HttpRequest) -> HttpResponseBase:
    """Weeks, assets, places, and what the codes led to."""
    form = _form(request)
    shown = reach_page(form.wanted())
    query = request.GET.urlencode()
    files = {
        f"{kind}_url": reverse("reporting:reach_file", args=[kind]) + (f"?{query}" if query else "")
        for kind in ("xlsx", "csv")
    }
    context: dict[str, Any] = {
        "form": form,
        "page_of_reach": shown,
        "place": form.place,
        "figures": shown.total,
        "computed_at": figures.moment(timezone.now()),
        "breadcrumb": [{"title": _("Portée de la campagne"), "url": ""}],
        **files,
    }
    return render(request, "reporting/reach.html", context)


@coverage_view
def reach_file(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The same as XLSX or CSV."""
    form = _form(request)
    notes = [
        (_("Lieu"), form.place.name),
        (_("Période"), str(PERIODS[str(form.weeks)])),
        (_("Calculé le"), figures.moment(timezone.now())),
        (
            _("Règles"),
            _(
                "Une ligne compte des événements, jamais des personnes. Les robots, les "
                "préchargements et l’équipe qui rédige le site ne comptent pas."
            ),
        ),
    ]
    table = reach_export(
        reach_page(form.wanted()), filename=filename("portee", form.place.name), notes=notes
    )
    return file_response(request, kind, table, action="reach.export")


def _form(request: HttpRequest) -> ReachForm:
    form = ReachForm(request.GET, places=places_of(reach_scopes(user_of(request))))
    form.is_valid()
    return form
