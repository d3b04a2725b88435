"""What the views of the room share: who may come, files, addresses with filters."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from documents.exports import FILE_RESPONSES, ExportTable
from organisation.models import Department, Establishment
from organisation.places import house_uid
from reporting.presenters import Addresses
from reporting.selectors.coverage import Coverage
from reporting.workbook import coverage_workbook
from users.private_views import private_view, user_of
from users.services import audit_record

coverage_view = private_view("GET", "HEAD")
"""Reading only. The right itself is asked for in the view, which knows the place."""


def file_response(
    request: HttpRequest,
    kind: str,
    table: ExportTable,
    *,
    action: str = "coverage.export",
    place: Department | Establishment | None = None,
) -> HttpResponseBase:
    """The table as XLSX or CSV, and a line in the audit log."""
    if kind not in FILE_RESPONSES:
        raise Http404
    audit_record(
        actor=user_of(request),
        action=action,
        target=f"{table.filename}.{kind}",
        details={"path": request.get_full_path()},
        place=house_uid(place),
    )
    return FILE_RESPONSES[kind](table)


def matrix_response(
    request: HttpRequest,
    coverage: Coverage,
    place: Department | Establishment,
    name: str,
    total: str,
) -> HttpResponseBase:
    """The matrix as XLSX, and a line in the audit log."""
    response = coverage_workbook(
        coverage=coverage, total=total, place=name, filename=filename("matrice", place.name)
    )
    audit_record(
        actor=user_of(request),
        action="coverage.export",
        target=f"{filename('matrice', place.name)}.xlsx",
        details={"path": request.get_full_path()},
        place=house_uid(place),
    )
    return response


def filename(*words: str) -> str:
    """A name that any system takes: «couverture-chu-de-rennes»."""
    return slugify("-".join(words))[:80]


def query(**values: object) -> str:
    """«?date=2026-10-31&module=…», without what is empty."""
    given = {name: str(value) for name, value in values.items() if value}
    return f"?{urlencode(given)}" if given else ""


class PeopleAddresses:
    """The people behind the cells of rows, on the day of the figures."""

    def __init__(self, coverage: Coverage) -> None:
        self._day = query(date=coverage.day)
        self._modules = {one.pk: f"&module={one.uid}" for one in coverage.trainables}

    def of(self, base: str, **row: str | None) -> Addresses:
        asked = "".join(f"&{name}={quote(code)}" for name, code in row.items() if code)
        of_row = f"{base}{self._day}{asked}"
        return lambda module: of_row + self._modules[module.pk] if module else of_row


def trail(*steps: tuple[str, str]) -> list[dict[str, str]]:
    """The breadcrumb: (title, address) below «Couverture», the present page last."""
    first = {"title": _("Couverture"), "url": reverse("reporting:home")}
    return [first, *({"title": title, "url": url} for title, url in steps)]
