"""«Participation aux rencontres»: with names near, as published far."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.exports import FILE_RESPONSES
from organisation.models import Department, Establishment, Region
from organisation.places import house_uid
from reporting import figures
from reporting.attendance.forms import AttendanceForm, PublishedForm
from reporting.attendance.named import (
    HouseAttendance,
    attendance_of_place,
    named_export,
    rules_of_names,
)
from reporting.attendance.published import attendance_export, published
from reporting.models import CoverageMonth
from reporting.permissions import can_read_establishment, can_read_nation, can_read_region, require
from reporting.views.common import coverage_view, file_response, filename, query, trail
from reporting.views.department import department_for_reader, department_trail
from users.private_views import user_of
from users.services import audit_record

PER_PAGE = 20
Place = Establishment | Department


@coverage_view
def of_establishment(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    place = _establishment(request, uid)
    back = reverse("reporting:establishment", args=[place.uid])
    return _named(request, place, trail((place.name, back), (_title(), "")), back)


@coverage_view
def of_department(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    place = department_for_reader(request, uid)
    back = reverse("reporting:department", args=[place.uid])
    steps = department_trail(request, place, (place.name, back), (_title(), ""))
    return _named(request, place, steps, back)


@coverage_view
def of_establishment_file(request: HttpRequest, uid: uuid.UUID, kind: str) -> HttpResponseBase:
    return _named_file(request, _establishment(request, uid), kind)


@coverage_view
def of_department_file(request: HttpRequest, uid: uuid.UUID, kind: str) -> HttpResponseBase:
    return _named_file(request, department_for_reader(request, uid), kind)


@coverage_view
def of_region(request: HttpRequest, code: str) -> HttpResponseBase:
    """The same published tables as the nation's, with one's own region marked."""
    place = _region(request, code)
    back = reverse("reporting:region", args=[code])
    files = {
        kind: reverse("reporting:region_attendance_file", args=[code, kind])
        for kind in FILE_RESPONSES
    }
    return _published(request, place, trail((place.name, back), (_title(), "")), back, files)


@coverage_view
def of_nation(request: HttpRequest) -> HttpResponseBase:
    require(can_read_nation(request.user))
    back = reverse("reporting:nation")
    files = {
        kind: reverse("reporting:nation_attendance_file", args=[kind]) for kind in FILE_RESPONSES
    }
    steps = trail((_("France entière"), back), (_title(), ""))
    return _published(request, None, steps, back, files)


@coverage_view
def of_region_file(request: HttpRequest, code: str, kind: str) -> HttpResponseBase:
    return _published_file(request, _region(request, code), kind)


@coverage_view
def of_nation_file(request: HttpRequest, kind: str) -> HttpResponseBase:
    require(can_read_nation(request.user))
    return _published_file(request, None, kind)


def _title() -> str:
    return _("Participation aux rencontres")


def _establishment(request: HttpRequest, uid: uuid.UUID) -> Establishment:
    place = get_object_or_404(Establishment, uid=uid)
    require(can_read_establishment(request.user, place))
    return place


def _region(request: HttpRequest, code: str) -> Region:
    place = get_object_or_404(Region, code=code)
    require(can_read_region(request.user, place))
    return place


def _named(
    request: HttpRequest, place: Place, breadcrumb: list[dict[str, str]], back: str
) -> HttpResponseBase:
    form = AttendanceForm(request.GET)
    form.is_valid()
    shown = attendance_of_place(place=place, since=form.since, meeting=form.meeting)
    page = Paginator(shown.rows, PER_PAGE).get_page(request.GET.get("page"))
    _record(request, place, shown=len(page.object_list), how="page")
    files = "department" if isinstance(place, Department) else "establishment"
    asked = f"?{request.GET.urlencode()}" if request.GET else ""
    context: dict[str, Any] = {
        "form": form,
        "place": place,
        "shown": shown,
        "page_obj": page,
        "chosen": _chosen(shown, form),
        "period": query(periode=form["periode"].value()),
        "rules": rules_of_names(),
        "computed_at": figures.moment(timezone.now()),
        "back": back,
        "breadcrumb": breadcrumb,
        **{
            f"{kind}_url": reverse(f"reporting:{files}_attendance_file", args=[place.uid, kind])
            + asked
            for kind in FILE_RESPONSES
        },
    }
    return render(request, "reporting/attendance.html", context)


def _chosen(shown: HouseAttendance, form: AttendanceForm) -> str:
    """The title of the meeting whose names alone are shown."""
    return next(
        (line.meeting.title for line in shown.meetings if line.meeting.uid == form.meeting), ""
    )


def _named_file(request: HttpRequest, place: Place, kind: str) -> HttpResponseBase:
    form = AttendanceForm(request.GET)
    if kind not in FILE_RESPONSES:
        raise Http404
    if not form.is_valid():
        raise BadRequest(_("Cette adresse contient un filtre qui n’existe pas."))
    shown = attendance_of_place(place=place, since=form.since, meeting=form.meeting)
    _record(request, place, shown=len(shown.rows), how=kind)
    table = named_export(
        rows=shown.rows,
        filename=filename("participants", place.name),
        place=place.name,
        since=form.since,
        today=timezone.localdate(),
    )
    return FILE_RESPONSES[kind](table)


def _record(request: HttpRequest, place: Place, *, shown: int, how: str) -> None:
    """Who read which names, and how many; never the names themselves."""
    audit_record(
        actor=user_of(request),
        action="attendance.names_read",
        target=f"{place._meta.model_name}:{place.uid}",
        details={"how": how, "rows": shown},
        place=house_uid(place),
    )


def _month(request: HttpRequest, *, is_strict: bool = False) -> tuple[Any, CoverageMonth | None]:
    """The form, and the latest month unless another is asked for."""
    form = PublishedForm(request.GET)
    if not form.is_valid() and is_strict:
        raise BadRequest(_("Cette adresse contient un filtre qui n’existe pas."))
    return form, form.cleaned_data.get("mois") or form.fields["mois"].queryset.first()  # type: ignore[attr-defined]


def _published(
    request: HttpRequest,
    place: Region | None,
    breadcrumb: list[dict[str, str]],
    back: str,
    files: dict[str, str],
) -> HttpResponseBase:
    form, month = _month(request)
    context: dict[str, Any] = {
        "form": form,
        "place": place,
        "month": month,
        "back": back,
        "breadcrumb": breadcrumb,
    }
    if month is not None:
        asked = query(mois=month.ends_on)
        context |= {
            "shown": published(month=month, own=place),
            "month_name": figures.month_name(month.ends_on),
            "computed_at": figures.moment(month.computed_at),
            "rules": _rules(),
            **{f"{kind}_url": f"{address}{asked}" for kind, address in files.items()},
        }
    return render(request, "reporting/attendance_published.html", context)


def _published_file(request: HttpRequest, place: Region | None, kind: str) -> HttpResponseBase:
    _form, month = _month(request, is_strict=True)
    shown = published(month=month, own=place) if month is not None else None
    if shown is None:
        raise Http404
    name = place.name if place else _("France entière")
    table = attendance_export(
        shown, filename=filename("participation-rencontres"), place=name, rules=_rules()
    )
    return file_response(request, kind, table, action="attendance.export")


def _rules() -> list[str]:
    """How the published figures are counted, in words."""
    return [
        _(
            "Une présence est une personne à une rencontre. Elle compte dans le mois de la "
            "rencontre ; un mois arrêté ne change plus, et l’année additionne ses mois."
        ),
        _(
            "Une ligne de moins de cinq personnes n’est pas montrée à part : elle est dans "
            "« Autres, sans détail », avec ce qu’il faut pour qu’on ne puisse pas la recalculer. "
            "Une ligne qui manque est vide, ou sans détail."
        ),
        _(
            "Qui travaille dans deux familles d’établissements, ou dans deux filières, compte dans "
            "chacune et une seule fois dans le total."
        ),
        _(
            "Un mois de moins de cinq personnes n’est pas publié : ses rencontres sont comptées "
            "avec celles du mois suivant."
        ),
        _(
            "« Déclarée » : d’après une feuille signée, et non pointée ou scannée à l’entrée. "
            "« Inscrits absents » : là où une liste de présence a été tenue."
        ),
    ]
