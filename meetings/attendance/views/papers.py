"""The code for the door, on a screen and on paper; the attestation of who was there."""

from __future__ import annotations

import uuid

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from documents.exports import pdf_response
from meetings.attendance.document import attendance_pdf_render, names_of
from meetings.attendance.links import PROOF, is_proof
from meetings.attendance.poster import door_path, door_qr, poster_pdf_render
from meetings.models import MeetingAttendance
from meetings.organising.views.common import meeting_for, trail
from meetings.permissions import may_follow, may_organise
from organisation.sessions import account_of_request, is_signed_in, person_of_request
from training.attestations.codes import code_shown
from training.attestations.names import file_stem
from users.private_views import private_view


@private_view("GET", "HEAD")
def screen(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The code, as large as the screen, with how many are there already."""
    meeting = meeting_for(request, uid)
    now = timezone.now()
    there = MeetingAttendance.objects.standing().filter(registration__meeting=meeting)
    context = {
        "meeting": meeting,
        "is_at_door": meeting.is_at_door(now),
        "is_over": meeting.is_over_at(now),
        "present": there.count(),
        "qr": door_qr(request.build_absolute_uri(door_path(meeting))),
        "short_address": request.get_host() + reverse("meetings:door_form"),
        "code": code_shown(meeting.door_code),
        "breadcrumb": trail(meeting, _("Code à l’entrée")),
    }
    return render(request, "meetings/attendance/screen.html", context)


@private_view("GET", "HEAD")
def poster(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    meeting = meeting_for(request, uid)
    content = poster_pdf_render(meeting=meeting, day=timezone.localdate())
    return pdf_response(content, f"affiche-entree-{meeting.local_start:%Y-%m-%d}.pdf")


@never_cache
@require_safe
def attestation(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    """For who was there, signed in or by a signed address, and for those who hold the meeting; to
    others it does not exist."""
    rows = MeetingAttendance.objects.standing().select_related(
        "registration__meeting__region", "registration__person"
    )
    found = rows.filter(uid=uid).first()
    if found is None or not _may_have(request, found):
        if is_signed_in(request) or PROOF in request.GET:
            raise Http404
        return redirect_to_login(request.get_full_path())
    first, last = names_of(found)
    name = file_stem(last_name=last, first_name=first, title=found.registration.meeting.title)
    content = attendance_pdf_render(attendance=found, day=timezone.localdate())
    return pdf_response(content, f"attestation_{name}.pdf")


def _may_have(request: HttpRequest, attendance: MeetingAttendance) -> bool:
    if is_proof(attendance, request.GET.get(PROOF, "")):
        return True
    registration = attendance.registration
    return may_follow(
        registration=registration,
        person=person_of_request(request),
        account=account_of_request(request),
    ) or may_organise(user=request.user, meeting=registration.meeting, day=timezone.localdate())
