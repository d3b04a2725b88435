"""«Je suis là»: whoever comes says so herself. GET changes nothing: mail filters follow links."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from documents.codes import LENGTH
from meetings.attendance import services
from meetings.attendance.browser import registration_opened
from meetings.attendance.forms import AddressForm
from meetings.attendance.links import attestation_link, door_read
from meetings.attendance.mailing import door_mail_send
from meetings.models import Meeting, MeetingAttendance, Registration
from organisation.services import person_for_user
from organisation.sessions import account_of_request, is_signed_in, person_of_request
from users.limits import Limit, client_key
from users.private_views import unlisted_view

UNKNOWN_CODES = Limit("meeting_door_codes", 40, 600)
"""Guesses: a code that is good costs nothing."""
ASKED_BY_CLIENT = Limit("meeting_door_client", 300, 3_600)
"""A whole room may have one address."""
ASKED_OF_ADDRESS = Limit("meeting_door_address", 6, 3_600)


@unlisted_view
@require_safe
def form(request: HttpRequest) -> HttpResponse:
    """Type the code that hangs at the door."""
    typed = re.sub(r"[^A-Z0-9]", "", request.GET.get("code", "").upper())
    if len(typed) == LENGTH:
        return redirect("meetings:door", typed)
    return _form(request, is_wrong=bool(request.GET.get("code")))


@unlisted_view
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest, code: str) -> HttpResponse:
    """One button for whoever is signed in, or has opened her registration in this browser; the
    others sign in, or ask for a link."""
    now = timezone.now()
    if UNKNOWN_CODES.used(client_key(request)) >= UNKNOWN_CODES.count:
        return _form(request, is_blocked=True, status=429)
    rows = Meeting.objects.at_door(now).select_related("region", "page")
    meeting = rows.filter(door_code=code.upper()).first()
    if meeting is None:
        UNKNOWN_CODES.use(client_key(request))
        return _form(request, is_wrong=True, status=404)
    opened = None if is_signed_in(request) else registration_opened(request, meeting)
    if not (is_signed_in(request) or opened):
        return _ask(request, meeting)
    if request.method == "POST":
        _scan(meeting, now, **_who(request, opened))
        return redirect("meetings:door", meeting.door_code)
    own = _attendance(request, meeting, opened)
    return _page(request, meeting, own=own, name=_name(request, opened))


@unlisted_view
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """The same button, for whoever the mail was sent to."""
    rows = Registration.objects.select_related("meeting__region", "meeting__page", "person")
    uid = door_read(token)
    found = rows.filter(uid=uid).first() if uid else None
    if found is None:
        raise Http404(_("Cette adresse est incomplète. Recopiez-la entière depuis le courriel."))
    now = timezone.now()
    if request.method == "POST":
        _scan(found.meeting, now, registration=found)
        return redirect("meetings:door_link", token)
    own = MeetingAttendance.objects.standing().filter(registration=found).first()
    if own is None and not found.meeting.is_at_door(now):
        return _form(request, is_wrong=True, status=404)
    return _page(request, found.meeting, own=own, name=found.full_name)


def _scan(meeting: Meeting, now: dt.datetime, **who: Any) -> None:
    """Where it is too late, the page that follows says so."""
    with suppress(services.NotNow):
        services.attendance_scan(meeting=meeting, now=now, **who)


def _who(request: HttpRequest, opened: Registration | None) -> dict[str, Any]:
    """Whose attendance it is; the person of an account is made when she first comes."""
    if opened is not None:
        return {"registration": opened}
    account = account_of_request(request)
    person = person_for_user(user=account) if account else person_of_request(request)
    return {"person": person, "account": account}


def _attendance(
    request: HttpRequest, meeting: Meeting, opened: Registration | None
) -> MeetingAttendance | None:
    """Hers, if it is known already."""
    rows = MeetingAttendance.objects.standing().filter(registration__meeting=meeting)
    if opened is not None:
        return rows.filter(registration=opened).first()
    person = person_of_request(request)
    return rows.filter(registration__person=person).first() if person else None


def _name(request: HttpRequest, opened: Registration | None) -> str:
    if opened is not None:
        return opened.full_name
    person = person_of_request(request)
    return str(person) if person else str(account_of_request(request) or "")


def _page(
    request: HttpRequest, meeting: Meeting, *, own: MeetingAttendance | None, name: str
) -> HttpResponse:
    context = {
        "meeting": meeting,
        "own": own,
        "own_link": attestation_link(own) if own else "",
        "name": name,
        "breadcrumb": _trail(),
    }
    return render(request, "meetings/attendance/door.html", context)


def _ask(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Sign in, or type the address one registered with. The answer is the same for each address."""
    form = AddressForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if ASKED_BY_CLIENT.use(client_key(request)):
            if ASKED_OF_ADDRESS.use(email.lower()):
                door_mail_send(meeting=meeting, email=email, now=timezone.now())
            context = {"meeting": meeting, "email": email, "breadcrumb": _trail()}
            return render(request, "meetings/attendance/door_sent.html", context)
        form.add_error(None, _("Beaucoup de demandes viennent d’ici : voyez l’organisateur."))
        status = 429
    elif request.method == "POST":
        status = 422
    context = {
        "meeting": meeting,
        "form": form,
        "here": reverse("meetings:door", args=[meeting.door_code]),
        "breadcrumb": _trail(),
    }
    return render(request, "meetings/attendance/door_ask.html", context, status=status)


def _form(request: HttpRequest, status: int = 200, **flags: bool) -> HttpResponse:
    context = {"is_wrong": False, "is_blocked": False, **flags, "breadcrumb": _trail()}
    return render(request, "meetings/attendance/door_form.html", context, status=status)


def _trail() -> list[dict[str, str]]:
    return [{"title": _("Je suis là"), "url": ""}]
