"""The meetings of one's regions, and who comes to one of them."""

from __future__ import annotations

import uuid

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from documents.exports import FILE_RESPONSES, pdf_response
from meetings.attendance.windows import is_recordable_at
from meetings.organising import selectors
from meetings.organising.exporting import registered_export
from meetings.organising.forms import SearchForm
from meetings.organising.messages import messages_left
from meetings.organising.selectors import Side
from meetings.organising.sheet import sheet_pdf_render
from meetings.permissions import regions_organised
from meetings.services.acts import meeting_act_record
from users.private_views import private_view, user_of

from .common import meeting_for, names_note, refused, trail

MEETINGS_A_PAGE = 25
NAMES_A_PAGE = 100


@private_view("GET", "HEAD")
def home(request: HttpRequest) -> HttpResponse:
    """What comes, what is over, what was cancelled; each with its figures."""
    now = timezone.now()
    regions = regions_organised(user=user_of(request), day=timezone.localdate(now))
    if not regions:
        raise refused()
    side = _side(request)
    rows = selectors.meetings_held(regions=regions, side=side, now=now)
    page = Paginator(rows, MEETINGS_A_PAGE).get_page(request.GET.get("page"))
    meetings = list(page.object_list)
    figures = selectors.figures_of(meetings=meetings)
    context = {
        "regions": regions,
        "side": side,
        "page_obj": page,
        "rows": [(one, figures[one.pk]) for one in meetings],
        "breadcrumb": trail(),
    }
    return render(request, "meetings/organising/home.html", context)


@private_view("GET", "HEAD")
def meeting(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Who has a seat and who waits, what they need, and all that may be done."""
    found, now = meeting_for(request, uid), timezone.now()
    words = SearchForm(request.GET).words()
    rows = selectors.registered_of(meeting=found, words=words)
    page = Paginator(rows, NAMES_A_PAGE).get_page(request.GET.get("page"))
    names_note(request, found, how="page", rows=len(page.object_list))
    context = {
        "meeting": found,
        "figures": selectors.figures_of(meetings=[found])[found.pk],
        "page_obj": page,
        "words": words,
        "needs": selectors.needs_of(meeting=found),
        "messages_left": messages_left(meeting=found, now=now),
        "is_at_door": found.is_at_door(now),
        "is_recordable": is_recordable_at(found, now),
        "is_over": found.is_over_at(now),
        "breadcrumb": trail(found),
    }
    return render(request, "meetings/organising/meeting.html", context)


@private_view("GET", "HEAD")
def sheet(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The attendance sheet to print: those who have a seat."""
    found = meeting_for(request, uid)
    rows = list(found.registrations.confirmed().order_by("last_name", "first_name", "pk"))
    names_note(request, found, how="sheet", rows=len(rows))
    content = sheet_pdf_render(meeting=found, registrations=rows, day=timezone.localdate())
    return pdf_response(content, f"emargement-{found.local_start:%Y-%m-%d}.pdf")


@private_view("GET", "HEAD", unless_said=True)
def file(request: HttpRequest, uid: uuid.UUID, kind: str) -> HttpResponseBase:
    """The table, with names and addresses and without needs."""
    found = meeting_for(request, uid)
    if kind not in FILE_RESPONSES:
        raise Http404
    rows = list(selectors.registered_of(meeting=found))
    meeting_act_record(
        meeting=found, actor=user_of(request), action="meeting.export", how=kind, rows=len(rows)
    )
    table = registered_export(meeting=found, registrations=rows, now=timezone.now())
    return FILE_RESPONSES[kind](table)


def _side(request: HttpRequest) -> Side:
    """What the address asks for; anything else is what comes."""
    asked = request.GET.get("vue", "")
    return next((side for side in Side if side.value == asked), Side.COMING)
