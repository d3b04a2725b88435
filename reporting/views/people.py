"""Who is missing, by name: for managers, in their own place, and every reading is on record."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import NamedTuple

from django.core.exceptions import BadRequest
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.exports import FILE_RESPONSES, csv_stream
from organisation.models import Department, Establishment
from organisation.places import house_uid
from reporting import figures, people_file, presenters
from reporting.forms import MissingForm
from reporting.permissions import can_read_establishment, can_remind, require
from reporting.reminding.selectors import remindings_of
from reporting.selectors.missing import (
    MissingRow,
    appointed,
    missing_in_department,
    missing_in_establishment,
)
from reporting.selectors.people import people_listed
from training.reminders.asked import reminded_since
from users.private_views import user_of
from users.services import audit_record

from .common import coverage_view, filename, trail
from .department import department_for_reader, department_trail

PER_PAGE = 20
"""Six screens of a phone, not fifteen; reminders and files are about all of them."""
REMINDED_WITHIN = dt.timedelta(days=60)
"""For how long the list says when somebody was last reminded."""


class _Addresses(NamedTuple):
    """`prefix` of the names of addresses of this kind of place; `back` is its coverage."""

    prefix: str
    back: str

    def of(self, name: str, place: Department | Establishment, *args: str) -> str:
        return reverse(f"reporting:{self.prefix}{name}", args=[place.uid, *args])


@coverage_view
def of_establishment(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    place = _establishment(request, uid)
    back = reverse("reporting:establishment", args=[place.uid])
    steps = trail((place.name, back), (_("Personnes manquantes"), ""))
    return _page(request, place, steps, _Addresses("", back))


@coverage_view
def of_department(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    place = department_for_reader(request, uid)
    back = reverse("reporting:department", args=[place.uid])
    steps = department_trail(request, place, (place.name, back), (_("Personnes manquantes"), ""))
    return _page(request, place, steps, _Addresses("department_", back))


@coverage_view
def of_establishment_file(request: HttpRequest, uid: uuid.UUID, kind: str) -> HttpResponseBase:
    return _file(request, _establishment(request, uid), kind)


@coverage_view
def of_department_file(request: HttpRequest, uid: uuid.UUID, kind: str) -> HttpResponseBase:
    return _file(request, department_for_reader(request, uid), kind)


@coverage_view
def everybody_of_establishment(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    return _everybody(request, _establishment(request, uid))


@coverage_view
def everybody_of_department(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    return _everybody(request, department_for_reader(request, uid))


def _everybody(request: HttpRequest, place: Department | Establishment) -> HttpResponseBase:
    """People by modules, as CSV alone: it leaves row by row, which a workbook cannot."""
    form = MissingForm(request.GET)
    del form.fields["retard"]
    if not form.is_valid():
        raise BadRequest(_("Cette adresse contient un filtre qui n’existe pas."))
    family = form.value("filiere")
    people = people_listed(
        where=appointed(place=place, role=form.value("role"), family=family.pk if family else None),
        day=form.value("date"),
        trainable=form.value("module"),
    )
    _record(request, place, form, shown=people.count, how="people.csv")
    name = filename("agents", place.name)
    return csv_stream(people_file.people_lines(people), f"{name}-{people.day:%Y-%m-%d}")


def _establishment(request: HttpRequest, uid: uuid.UUID) -> Establishment:
    place = get_object_or_404(Establishment, uid=uid)
    require(can_read_establishment(request.user, place))
    return place


def _page(
    request: HttpRequest,
    place: Establishment | Department,
    breadcrumb: list[dict[str, str]],
    addresses: _Addresses,
) -> HttpResponseBase:
    form = MissingForm(request.GET)
    form.is_valid()
    rows = _rows(place, form)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    _record(request, place, form, shown=len(page.object_list), how="page")
    asked = request.GET.copy()
    asked.pop("page", None)  # files and reminders are of the whole list
    query = f"?{asked.urlencode()}" if asked else ""
    context = {
        "form": form,
        "place": place,
        "page_obj": page,
        "count": len(rows),
        "people": len({row.uid for row in rows}),
        "overdue": sum(row.is_overdue for row in rows),
        "day": form.value("date"),
        "computed_at": figures.moment(timezone.now()),
        "xlsx_url": addresses.of("missing_file", place, "xlsx") + query,
        "csv_url": addresses.of("missing_file", place, "csv") + query,
        "everybody_url": addresses.of("missing_people", place) + query,
        "back": addresses.back,
        "breadcrumb": breadcrumb,
        **_reminding(request, place, form, page, addresses.of("remind", place) + query),
    }
    return render(request, "reporting/missing.html", context)


def _reminding(
    request: HttpRequest,
    place: Department | Establishment,
    form: MissingForm,
    page: Page[MissingRow],
    address: str,
) -> dict[str, object]:
    """Who was reminded when; and the way to remind, which is always of today."""
    reminded = reminded_since(
        people=[row.uid for row in page.object_list], since=timezone.now() - REMINDED_WITHIN
    )
    lines = [(row, reminded.get(row.uid)) for row in page.object_list]
    if not can_remind(request.user, place):
        return {"lines": lines}
    # A mail is about what is open today, whatever day the list is of.
    is_today = form.value("date") == timezone.localdate() and not form.errors
    return {
        "lines": lines,
        "remind_url": address if is_today else "",
        "is_past": not is_today,
        "remindings": remindings_of(place=place),
    }


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
