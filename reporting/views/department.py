"""One department, for its managers and its establishment's."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from organisation.models import Department
from reporting import presenters
from reporting.counting import RowKey
from reporting.permissions import can_read_department, can_read_establishment, require
from reporting.places import board_address
from reporting.selectors.coverage import Coverage, coverage_of_department

from .attestations import attestations_address
from .common import (
    PeopleAddresses,
    coverage_view,
    file_response,
    filename,
    matrix_response,
    trail,
)
from .establishment import day_form, day_of_file, page_context


@coverage_view
def by_role(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Roles by modules."""
    place = department_for_reader(request, uid)
    form = day_form(request)
    coverage = coverage_of_department(department=place, day=form.value("date"))
    family, module = form.value("filiere"), form.value("module")
    table = presenters.role_table(
        coverage=coverage,
        caption=_("Couverture par métier et par module"),
        total=_("Ensemble du service"),
        drill=_drill(place, coverage),
        family=family,
        module=module,
    )
    context = {
        **page_context(form, coverage, family, module),
        "place": place,
        "house": place.establishment,
        "table": table.html(),
        "files": "reporting:department_file",
        "matrix": "reporting:department_matrix",
        "attestations_url": attestations_address(request, place),
        "board_url": board_address(place),
        "people_url": reverse("reporting:department_missing", args=[place.uid]),
        "attendance_url": reverse("reporting:department_attendance", args=[place.uid]),
        "breadcrumb": department_trail(request, place, (place.name, "")),
    }
    return render(request, "reporting/department.html", context)


@coverage_view
def by_role_file(request: HttpRequest, uid: uuid.UUID, kind: str) -> HttpResponseBase:
    place = department_for_reader(request, uid)
    coverage = coverage_of_department(department=place, day=day_of_file(request))
    table = presenters.coverage_export(
        coverage=coverage,
        title=_("Couverture"),
        filename=filename("couverture", place.name),
        place=f"{place.name} – {place.establishment.name}",
    )
    return file_response(request, kind, table, place=place)


@coverage_view
def matrix_file(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    """The matrix as the screen shows it, for a spreadsheet."""
    place = department_for_reader(request, uid)
    coverage = coverage_of_department(department=place, day=day_of_file(request))
    name = f"{place.name} – {place.establishment.name}"
    return matrix_response(request, coverage, place, name, _("Ensemble du service"))


def department_for_reader(request: HttpRequest, uid: uuid.UUID) -> Department:
    place = get_object_or_404(Department.objects.select_related("establishment"), uid=uid)
    require(can_read_department(request.user, place))
    return place


def department_trail(
    request: HttpRequest, place: Department, *steps: tuple[str, str]
) -> list[dict[str, str]]:
    """With the establishment above it for those who may read it."""
    if can_read_establishment(request.user, place.establishment):
        house = reverse("reporting:departments", args=[place.establishment.uid])
        return trail((place.establishment.name, house), *steps)
    return trail(*steps)


def _drill(place: Department, coverage: Coverage) -> presenters.Drill:
    base = reverse("reporting:department_missing", args=[place.uid])
    roles = {role.pk: role for role in coverage.roles}
    families = {role.family_id: role.family for role in coverage.roles}
    people = PeopleAddresses(coverage)

    def addresses(row: RowKey) -> presenters.Addresses:
        assert isinstance(row, tuple)
        kind, pk = row
        return people.of(
            base,
            role=roles[pk].code if kind == "role" else None,
            filiere=families[pk].code if kind == "family" else None,
        )

    return addresses
