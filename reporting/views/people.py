"""Who is missing, by name: for managers, in their own place, and every reading is on record."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.exports import FILE_RESPONSES
from organisation.models import Department, Establishment
from organisation.places import house_uid
from reporting import figures, presenters
from reporting.forms import MissingForm
from reporting.permissions import can_read_establishment, require
from reporting.selectors.missing import (
    MissingRow,
    missing_in_department,
    missing_in_establishment,
)
from users.private_views import user_of
from users.services import audit_record

from .common import coverage_view, filename, trail
from .department import department_for_reader, department_trail

PER_PAGE = 50


@coverage_view
def of_establishment(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    place = _establishment(request, uid)
    back = reverse("reporting:establishment", args=[place.uid])
    steps = trail((place.name, back), (_("Personnes manquantes"), ""))
    return _page(request, place, steps, "reporting:missing_file", back)


@coverage_view
def of_department(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    place = department_for_reader(request, uid)
    back = reverse("reporting:department", args=[place.uid])
    steps = department_trail(request, place, (place.name, back), (_("Personnes manquantes"), ""))
    return _page(request, place, steps, "reporting:department_missing_file", back)


@coverage_view
def of_establishment_file(request: HttpRequest, uid: uuid.UUID, kind: str) -> HttpResponseBase:
    return _file(request, _establishment(request, uid), kind)


@coverage_view
def of_department_file(request: HttpRequest, uid: uuid.UUID, kind: str) -> HttpResponseBase:
    return _file(request, department_for_reader(request, uid), kind)


def _establishment(request: HttpRequest, uid: uuid.UUID) -> Establishment:
    place = get_object_or_404(Establishment, uid=uid)
    require(can_read_establishment(request.user, place))
    return place


def _page(
    request: HttpRequest,
    place: Establishment | Department,
    breadcrumb: list[dict[str, str]],
    files: str,
    back: str,
) -> HttpResponseBase:
    form = MissingForm(request.GET)
    form.is_valid()
    rows = _rows(place, form)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    _record(request, place, form, shown=len(page.object_list), how="page")
    context = {
        "form": form,
        "place": place,
        "page_obj": page,
        "count": len(rows),
        "overdue": sum(row.is_overdue for row in rows),
        "day": form.value("date"),
        "computed_at": figures.moment(timezone.now()),
        "query": f"?{request.GET.urlencode()}" if request.GET else "",
        "files": files,
        "back": back,
        "breadcrumb": breadcrumb,
    }
    return render(request, "reporting/missing.html", context)


def _file(request: HttpRequest, place: Establishment | Department, kind: str) -> HttpResponseBase:
    form = MissingForm(request.GET)
    if kind not in FILE_RESPONSES:
        raise Http404
    if not form.is_valid():
        raise BadRequest(_("Cette adresse contient un filtre qui n’existe pas."))
    rows = _rows(place, form)
    _record(request, place, form, shown=len(rows), how=kind)
    table = presenters.missing_export(
        rows=rows,
        filename=filename("manquants", place.name),
        place=place.name,
        day=form.value("date"),
        computed_at=timezone.now(),
    )
    return FILE_RESPONSES[kind](table)


def _rows(place: Establishment | Department, form: MissingForm) -> Sequence[MissingRow]:
    family = form.value("filiere")
    filters = {
        "day": form.value("date"),
        "role": form.value("role"),
        "family": family.pk if family else None,
        "trainable": form.value("module"),
    }
    if isinstance(place, Department):
        rows = missing_in_department(department=place, **filters)
    else:
        rows = missing_in_establishment(establishment=place, **filters)
    return [row for row in rows if row.is_overdue] if form.value("retard") else rows


def _record(
    request: HttpRequest,
    place: Establishment | Department,
    form: MissingForm,
    *,
    shown: int,
    how: str,
) -> None:
    """Who read which names, and how many; never the names themselves."""
    audit_record(
        actor=user_of(request),
        action="coverage.names_read",
        target=f"{place._meta.model_name}:{place.uid}",
        details={
            "how": how,
            "rows": shown,
            "date": str(form.value("date")),
            "filters": {k: v for k, v in request.GET.items() if k in form.fields and v},
        },
        place=house_uid(place),
    )
