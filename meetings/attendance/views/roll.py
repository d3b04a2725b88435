"""The organiser's list: many ticked at once, whoever came without registering, taken back."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.attendance import services
from meetings.attendance.forms import HowForm, WalkInForm
from meetings.attendance.windows import is_recordable_at, is_withdrawable_at, last_moment
from meetings.enums import How
from meetings.models import Meeting, MeetingAttendance
from meetings.organising import selectors
from meetings.organising.forms import SearchForm
from meetings.organising.views.common import meeting_for, names_note, trail
from users.private_views import private_view, user_of

NAMES_A_PAGE = 100


@private_view("GET", "HEAD", "POST")
def roll(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Those who are not known to have come, to tick; those who are, beside them."""
    meeting = meeting_for(request, uid)
    form = HowForm(request.POST or None)
    words = SearchForm(request.GET).words()
    if request.method == "POST" and form.is_valid():
        _tick(request, meeting, How(form.cleaned_data["how"]))
        return _back(meeting, words)
    rows = selectors.absent_of(meeting=meeting, words=words)
    page = Paginator(rows, NAMES_A_PAGE).get_page(request.GET.get("page"))
    present = selectors.attendance_of(meeting=meeting)
    names_note(request, meeting, how="roll", rows=len(page.object_list) + len(present))
    now = timezone.now()
    context = {
        "meeting": meeting,
        "form": form,
        "words": words,
        "page_obj": page,
        "present": present,
        "is_recordable": is_recordable_at(meeting, now),
        "is_withdrawable": is_withdrawable_at(meeting, now),
        "last_moment": last_moment(meeting),
        "breadcrumb": trail(meeting, _("Présences")),
    }
    status = 422 if form.errors else 200
    return render(request, "meetings/attendance/roll.html", context, status=status)


@private_view("GET", "HEAD", "POST")
def walk_in(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Somebody who came without having registered, by name."""
    meeting, now = meeting_for(request, uid), timezone.now()
    form = WalkInForm(request.POST or None)
    if not is_recordable_at(meeting, now):
        return _too_late(request, meeting)
    if request.method == "POST" and form.is_valid():
        try:
            one = services.attendance_walk_in(
                meeting=meeting, actor=user_of(request), now=now, **form.cleaned_data
            )
        except services.NotNow:
            return _too_late(request, meeting)
        text = _("Présence notée : %(name)s.")
        messages.success(request, text % {"name": one.registration.full_name})
        return _back(meeting)
    context = {
        "meeting": meeting,
        "form": form,
        "breadcrumb": trail(meeting, _("Venue sans inscription")),
    }
    status = 422 if form.errors else 200
    return render(request, "meetings/attendance/walk_in.html", context, status=status)


@private_view("POST")
def mark(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """What to do with those who are ticked among the present: they spoke, or they were not there;
    the latter is asked once more."""
    meeting = meeting_for(request, uid)
    chosen = _chosen(request, meeting)
    if not chosen:
        messages.info(request, _("Cochez d’abord des personnes parmi les présentes."))
        return _back(meeting)
    if "withdraw" in request.POST:
        return _withdraw(request, meeting, chosen)
    try:
        count = services.contribution_record(
            meeting=meeting, attendance=chosen, now=timezone.now(), actor=user_of(request)
        )
    except services.NotNow:
        return _too_late(request, meeting)
    text = ngettext("%(n)d prise de parole notée.", "%(n)d prises de parole notées.", count)
    messages.success(request, text % {"n": count})
    return _back(meeting)


def _tick(request: HttpRequest, meeting: Meeting, how: How) -> None:
    registrations = meeting.registrations.filter(uid__in=_uids(request, "present"))
    try:
        made = services.attendance_record(
            meeting=meeting,
            registrations=list(registrations),
            how=how,
            now=timezone.now(),
            actor=user_of(request),
        )
    except services.NotNow:
        _too_late(request, meeting)
        return
    text = ngettext("%(n)d présence enregistrée.", "%(n)d présences enregistrées.", len(made))
    messages.success(request, text % {"n": len(made)})


def _withdraw(
    request: HttpRequest, meeting: Meeting, chosen: Collection[MeetingAttendance]
) -> HttpResponse:
    if "confirmed" not in request.POST:
        title = _("Retirer des présences")
        context = {"meeting": meeting, "chosen": chosen, "breadcrumb": trail(meeting, title)}
        return render(request, "meetings/attendance/withdraw.html", context)
    try:
        count = services.attendance_withdraw(
            meeting=meeting, attendance=chosen, now=timezone.now(), actor=user_of(request)
        )
    except services.NotNow:
        return _too_late(request, meeting)
    text = ngettext("%(n)d présence retirée.", "%(n)d présences retirées.", count)
    messages.success(request, text % {"n": count})
    return _back(meeting)


def _too_late(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    messages.error(
        request,
        _(
            "Rien n’a été enregistré : les présences se notent de l’ouverture des portes à trente "
            "jours après la rencontre."
        ),
    )
    return _back(meeting)


def _back(meeting: Meeting, words: str = "") -> HttpResponse:
    address = reverse("meetings:attendance_roll", args=[meeting.uid])
    return redirect(f"{address}?{urlencode({'q': words})}" if words else address)


def _chosen(request: HttpRequest, meeting: Meeting) -> list[MeetingAttendance]:
    wanted = _uids(request, "chosen")
    return [one for one in selectors.attendance_of(meeting=meeting) if one.uid in wanted]


def _uids(request: HttpRequest, name: str) -> set[uuid.UUID]:
    """The uids that were posted; what is none is left out."""
    found = set()
    for text in request.POST.getlist(name):
        try:
            found.add(uuid.UUID(text))
        except ValueError:
            continue
    return found
