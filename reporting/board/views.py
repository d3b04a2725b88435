"""The board's page, on screen and on paper."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.exports import pdf_response
from organisation.models import Department, Establishment, Region
from organisation.permissions import may_declare_headcounts
from organisation.places import house_uid
from reporting.board.paper import board_pdf_render
from reporting.board.reading import (
    Board,
    board_of_department,
    board_of_establishment,
    board_of_nation,
    board_of_region,
)
from reporting.board.rules import Kind, rules_in_words
from reporting.board.words import board_words, late_share, trend_title
from reporting.charts import trend_rows, trend_svg
from reporting.ledger.running import ledger_wake_later
from reporting.monthly.views import monthly_context
from reporting.objectives.places import ObjectivePlace
from reporting.permissions import (
    can_hand_out_attestations,
    can_read_department,
    can_read_establishment,
    can_read_nation,
    can_read_region,
    can_set_objectives,
    require,
)
from reporting.places import (
    Place,
    coverage_address,
    evidence_address,
    place_address,
    place_name,
    place_scope,
)
from reporting.views.common import coverage_view, filename, trail
from users.private_views import user_of
from users.services import audit_record

MONTHS = 13


@coverage_view
def establishment(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    place = _establishment(request, uid)
    board = board_of_establishment(establishment=place, day=timezone.localdate())
    return _page(request, place, board)


@coverage_view
def establishment_pdf(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    place = _establishment(request, uid)
    board = board_of_establishment(establishment=place, day=timezone.localdate())
    return _pdf(request, place, board)


@coverage_view
def department(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    place = _department(request, uid)
    return _page(request, place, board_of_department(department=place, day=timezone.localdate()))


@coverage_view
def department_pdf(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    place = _department(request, uid)
    return _pdf(request, place, board_of_department(department=place, day=timezone.localdate()))


@coverage_view
def region(request: HttpRequest, code: str) -> HttpResponseBase:
    place = _region(request, code)
    return _page(request, place, board_of_region(region=place))


@coverage_view
def region_pdf(request: HttpRequest, code: str) -> HttpResponseBase:
    place = _region(request, code)
    return _pdf(request, place, board_of_region(region=place))


@coverage_view
def nation(request: HttpRequest) -> HttpResponseBase:
    require(can_read_nation(request.user))
    return _page(request, None, board_of_nation())


@coverage_view
def nation_pdf(request: HttpRequest) -> HttpResponseBase:
    require(can_read_nation(request.user))
    return _pdf(request, None, board_of_nation())


def _establishment(request: HttpRequest, uid: uuid.UUID) -> Establishment:
    place = get_object_or_404(Establishment, uid=uid)
    require(can_read_establishment(request.user, place))
    return place


def _department(request: HttpRequest, uid: uuid.UUID) -> Department:
    place = get_object_or_404(Department.objects.select_related("establishment"), uid=uid)
    require(can_read_department(request.user, place))
    return place


def _region(request: HttpRequest, code: str) -> Region:
    place = get_object_or_404(Region, code=code)
    require(can_read_region(request.user, place))
    return place


def _page(request: HttpRequest, place: Place, board: Board | None) -> HttpResponseBase:
    name = place_name(place)
    context: dict[str, Any] = {
        "name": name,
        "board": board,
        "coverage_url": coverage_address(place),
        "breadcrumb": trail((name, coverage_address(place)), (_("Bilan pour la direction"), "")),
    }
    if board is not None:
        if board.is_behind:
            ledger_wake_later()
        context |= monthly_context(request, place)
        actions = _actions(request, place)
        context |= board_words(board) | {
            "evidence_url": "" if isinstance(place, Department) else evidence_address(place),
            "pdf_url": place_address("reporting:{}_board_pdf", place),
            "late": [(one, late_share(board, one.overdue)) for one in board.late],
            "proposals": [(one, *actions.get(one.kind, ("", ""))) for one in board.proposals],
            "rules": rules_in_words(),
            **_trend(board),
        }
    return render(request, "reporting/board/board.html", context)


def _pdf(request: HttpRequest, place: Place, board: Board | None) -> HttpResponseBase:
    if board is None:
        raise Http404(_("Aucun mois n’est encore arrêté."))
    name = f"{filename('bilan', board.place)}-{board.day:%Y-%m-%d}.pdf"
    audit_record(
        actor=user_of(request),
        action="coverage.export",
        target=name,
        details={"path": request.get_full_path()},
        place=house_uid(place),
    )
    return pdf_response(board_pdf_render(board), name)


def _trend(board: Board) -> Mapping[str, object]:
    points = board.points[-MONTHS:]
    if not points:
        return {}
    return {
        "trend": trend_svg(points=points, title=trend_title(points)),
        "trend_rows": trend_rows(points),
    }


def _actions(request: HttpRequest, place: Place) -> dict[Kind, tuple[str, str]]:
    """(address, words) of where each kind of proposal is done, for those who may do it."""
    found: dict[Kind, tuple[str, str]] = {}
    if can_set_objectives(request.user, place_scope(place)):
        found[Kind.OBJECTIVE] = ObjectivePlace(place).new_url, _("Fixer un objectif")
    if isinstance(place, Region | None):
        found[Kind.SILENT] = place_address("reporting:{}_silent", place), _("Voir la liste")
        return found
    view = "missing" if isinstance(place, Establishment) else "department_missing"
    late = reverse(f"reporting:{view}", args=[place.uid])
    found[Kind.OVERDUE] = f"{late}?retard=on", _("Voir les personnes")
    if can_hand_out_attestations(request.user, place):
        team = reverse("courses:team"), _("Former mon équipe")
        found |= {Kind.SESSION: team, Kind.RENEW: team}
    if isinstance(place, Establishment) and may_declare_headcounts(
        user=request.user, establishment=place, day=timezone.localdate()
    ):
        counts = reverse("organisation:headcounts_place", args=[place.uid]), _("Voir les effectifs")
        found |= {Kind.HEADCOUNTS: counts, Kind.ROSTER: counts}
    return found
