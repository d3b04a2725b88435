"""One establishment, for its own managers: roles or departments by modules, at any day."""

from __future__ import annotations

import datetime as dt
import uuid

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.models import Department, Establishment, RoleFamily
from reporting import figures, presenters
from reporting.counting import ALL, Cell, RowKey
from reporting.counting.matrix import TOTAL
from reporting.forms import DayForm
from reporting.kept import Kept, kept_content
from reporting.ledger.reading import ledger_stamp
from reporting.ledger.running import ledger_wake_later
from reporting.permissions import HouseRights, can_read_establishment, house_read, require
from reporting.places import board_address
from reporting.selectors import grid
from reporting.selectors.coverage import (
    Coverage,
    coverage_by_department,
    coverage_of_establishment,
)
from training.models import Trainable

from .attestations import attestations_address, attestations_of
from .common import (
    PeopleAddresses,
    coverage_view,
    file_response,
    filename,
    matrix_response,
    query,
    trail,
)
from .trend_context import trend_context

MANY_ROLES = 12
"""More than these a phone folds beneath their families."""


@coverage_view
def by_role(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Roles by modules, four figures, the trend."""
    try:
        place, rights = house_read(request.user, uid)
    except Establishment.DoesNotExist as error:
        raise Http404 from error
    require(rights.may_read)
    kept = _kept(request, place, rights)
    context = {"place": place, "kept": kept, "breadcrumb": trail((place.name, ""))}
    if kept.html is None:
        form = day_form(request)
        if form.errors:
            kept.key = None
        context |= _roles_context(place, form, rights)
    return render(request, "reporting/establishment.html", context)


def _kept(request: HttpRequest, place: Establishment, rights: HouseRights) -> Kept:
    """Today's page, with its filters as the address gives them; where it gives anything, there is
    a way back to what has none."""
    today = timezone.localdate()
    filters = [request.GET.get(name, "") for name in ("filiere", "module")]
    is_today = request.GET.get("date") in {None, "", today.isoformat()}
    stamp = ledger_stamp(establishment=place, day=today) if is_today else None
    return kept_content(stamp=stamp, asked=("by_role", filters, bool(request.GET), rights))


def _roles_context(place: Establishment, form: DayForm, rights: HouseRights) -> dict[str, object]:
    coverage = coverage_of_establishment(establishment=place, day=form.value("date"))
    family, module = form.value("filiere"), form.value("module")
    table = presenters.role_table(
        coverage=coverage,
        caption=_("Couverture par métier et par module"),
        total=_("Ensemble de l’établissement"),
        drill=people_behind(place, coverage),
        family=family,
        module=module,
    )
    return {
        **page_context(form, coverage, family, module),
        **_trend(place, family, module),
        "table": table.html(),
        "view": "roles",
        "is_long": family is None and len(coverage.roles) > MANY_ROLES,
        "files": "reporting:establishment_file",
        "matrix": "reporting:establishment_matrix",
        "attestations_url": attestations_of(place) if rights.may_train else "",
        "headcounts_url": (
            reverse("organisation:headcounts_place", args=[place.uid]) if rights.may_train else ""
        ),
        "may_set_objectives": rights.may_train,
        "people_url": reverse("reporting:missing", args=[place.uid]),
        "board_url": board_address(place),
        "attendance_url": reverse("reporting:establishment_attendance", args=[place.uid]),
    }


@coverage_view
def by_department(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Departments by modules."""
    place, form = _place(request, uid), day_form(request)
    del form.fields["filiere"]
    coverage = coverage_by_department(establishment=place, day=form.value("date"))
    module = form.value("module")
    table = presenters.department_table(
        coverage=coverage,
        caption=_("Couverture par service et par module"),
        total=_("Ensemble des services"),
        drill=people_behind(place, coverage),
        address=lambda department: _department_address(department, form),
        module=module,
    )
    context = {
        **page_context(form, coverage, None, module),
        "place": place,
        "table": table.html(),
        "view": "departments",
        "files": "reporting:departments_file",
        "attestations_url": attestations_address(request, place),
        "people_url": reverse("reporting:missing", args=[place.uid]),
        "board_url": board_address(place),
        "attendance_url": reverse("reporting:establishment_attendance", args=[place.uid]),
        "breadcrumb": trail(
            (place.name, reverse("reporting:establishment", args=[place.uid])),
            (_("Par service"), ""),
        ),
    }
    return render(request, "reporting/establishment.html", context)


@coverage_view
def by_role_file(request: HttpRequest, uid: uuid.UUID, kind: str) -> HttpResponseBase:
    place = _place(request, uid)
    coverage = coverage_of_establishment(establishment=place, day=day_of_file(request))
    table = presenters.coverage_export(
        coverage=coverage,
        title=_("Couverture"),
        filename=filename("couverture", place.name),
        place=place.name,
    )
    return file_response(request, kind, table, place=place)


@coverage_view
def matrix_file(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    """The matrix as the screen shows it, for a spreadsheet."""
    place = _place(request, uid)
    coverage = coverage_of_establishment(establishment=place, day=day_of_file(request))
    return matrix_response(request, coverage, place, place.name, _("Ensemble de l’établissement"))


@coverage_view
def by_department_file(request: HttpRequest, uid: uuid.UUID, kind: str) -> HttpResponseBase:
    place = _place(request, uid)
    coverage = coverage_by_department(establishment=place, day=day_of_file(request))
    table = presenters.coverage_export(
        coverage=coverage,
        title=_("Couverture par service"),
        filename=filename("couverture-services", place.name),
        place=place.name,
        by_department=True,
    )
    return file_response(request, kind, table, place=place)


def day_of_file(request: HttpRequest) -> dt.date:
    """A file with another day than the one asked for would deceive: 400 instead."""
    form = DayForm(request.GET)
    if not form.is_valid():
        raise BadRequest(_("Cette adresse contient un filtre qui n’existe pas."))
    day: dt.date = form.value("date")
    return day


def page_context(
    form: DayForm, coverage: Coverage, family: RoleFamily | None, module: Trainable | None
) -> dict[str, object]:
    """What every page of a live table shows above and below it."""
    if coverage.is_behind:
        ledger_wake_later()
    row: RowKey = ("family", family.pk) if family else TOTAL
    cell: Cell = coverage.table.cell(row, module.pk if module else ALL)
    return {
        "form": form,
        "coverage": coverage,
        "day": coverage.day,
        "figures": figures.four(cell),
        "computed_at": figures.moment(coverage.computed_at),
        "query": query(date=coverage.day),
        "is_filtered": bool(family or module),
    }


def _place(request: HttpRequest, uid: uuid.UUID) -> Establishment:
    place = get_object_or_404(Establishment, uid=uid)
    require(can_read_establishment(request.user, place))
    return place


def day_form(request: HttpRequest) -> DayForm:
    form = DayForm(request.GET)
    form.is_valid()
    return form


def _department_address(department: Department, form: DayForm) -> str:
    address = reverse("reporting:department", args=[department.uid])
    return address + query(date=form.value("date"))


def people_behind(place: Establishment, coverage: Coverage) -> presenters.Drill:
    """The list of people behind a cell; a department's cell leads to the department's list."""
    base = reverse("reporting:missing", args=[place.uid])
    roles = {role.pk: role for role in coverage.roles}
    families = {role.family_id: role.family for role in coverage.roles}
    departments = {d.pk: d for d in coverage.departments if d}
    people = PeopleAddresses(coverage)

    def addresses(row: RowKey) -> presenters.Addresses:
        assert isinstance(row, tuple)
        kind, pk = row
        if kind == "department":
            if pk is None:
                return lambda module: ""
            own = reverse("reporting:department_missing", args=[departments[pk].uid])
            return people.of(own)
        return people.of(
            base,
            role=roles[pk].code if kind == "role" else None,
            filiere=families[pk].code if kind == "family" else None,
        )

    return addresses


def _trend(
    place: Establishment, family: RoleFamily | None, module: Trainable | None
) -> dict[str, object]:
    """By frozen months, of the family and module that the page is filtered by."""
    focus = grid.Focus(family, module)
    points = grid.trend_of_establishment(establishment=place, unmasked=True, focus=focus)
    own = query(filiere=family.code if family else None, module=str(module.uid) if module else None)
    return {
        **trend_context(points, focus),
        "trend_url": reverse("reporting:establishment_trend", args=[place.uid]) + own,
    }
