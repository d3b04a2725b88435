"""Adding somebody, cancelling for somebody, repeating, calling off."""

from __future__ import annotations

import datetime as dt
import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.enums import Audience
from meetings.models import Meeting, Registration
from meetings.organising import selectors
from meetings.organising.adding import registration_add, registration_withdraw
from meetings.organising.forms import CancelForm, PersonForm, SeriesForm
from meetings.organising.messages import reachable
from meetings.organising.series import hours_on, series_prepare
from meetings.services import meeting_cancel
from training.counted import EDIT, is_counted, posted_again
from users.private_views import private_view, user_of

from .common import form_render, meeting_for, trail


@private_view("GET", "HEAD", "POST")
def add(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Somebody who asked by telephone."""
    meeting, now = meeting_for(request, uid), timezone.now()
    if not meeting.is_held or meeting.is_over_at(now):
        messages.error(request, _("Cette rencontre n’aura pas lieu, ou elle est passée."))
        return redirect("meetings:organised_meeting", meeting.uid)
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = registration_add(
            meeting=meeting, actor=user_of(request), now=now, **form.cleaned_data
        )
        messages.success(request, _("Sur la liste : %(name)s.") % {"name": made.full_name})
        return redirect("meetings:organised_meeting", meeting.uid)
    context = {"meeting": meeting, "form": form, "breadcrumb": trail(meeting, _("Ajouter"))}
    return form_render(request, "add", context)


@private_view("GET", "HEAD", "POST")
def unregister(request: HttpRequest, uid: uuid.UUID, registration_uid: uuid.UUID) -> HttpResponse:
    """Cancel for somebody; asked once, and she is told."""
    meeting = meeting_for(request, uid)
    standing = meeting.registrations.standing().select_related("person")
    found: Registration = get_object_or_404(standing, uid=registration_uid)
    found.meeting = meeting
    if request.method == "POST":
        return _unregister(request, found)
    title = _("Annuler une inscription")
    context = {"meeting": meeting, "registration": found, "breadcrumb": trail(meeting, title)}
    return render(request, "meetings/organising/unregister.html", context)


def _unregister(request: HttpRequest, found: Registration) -> HttpResponse:
    names = {"name": found.full_name}
    if registration_withdraw(registration=found, actor=user_of(request), now=timezone.now()):
        messages.success(request, _("L’inscription de %(name)s est annulée.") % names)
    else:
        text = _("Rien n’a été annulé : la présence de %(name)s est notée.")
        messages.error(request, text % names)
    return redirect("meetings:organised_meeting", found.meeting.uid)


@private_view("GET", "HEAD", "POST")
def series(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The rhythm, then the list of dates, then drafts."""
    meeting = meeting_for(request, uid)
    form = SeriesForm(request.POST or None, meeting=meeting, today=timezone.localdate())
    context = {
        "meeting": meeting,
        "form": form,
        "breadcrumb": trail(meeting, _("Préparer une série")),
    }
    page = meeting.page
    if page is None or request.method != "POST" or not form.is_valid() or EDIT in request.POST:
        return form_render(request, "series", context)
    days = form.cleaned_data["days"]
    if not is_counted(request):
        shown = {
            "hours": [_held_on(meeting, day) for day in days],
            "posted": posted_again(request),
            "edit": EDIT,
            "has_workflow": page.get_workflow() is not None,
        }
        return render(request, "meetings/organising/series_confirm.html", {**context, **shown})
    made = series_prepare(meeting=meeting, days=days, actor=user_of(request))
    text = ngettext("%(n)d brouillon est prêt.", "%(n)d brouillons sont prêts.", len(made))
    told = _("Rien n’est publié avant la relecture.")
    messages.success(request, f"{text % {'n': len(made)}} {told}")
    return redirect("meetings:organised_meeting", meeting.uid)


def _held_on(meeting: Meeting, day: dt.date) -> Meeting:
    """What is shown of a meeting to come; it is in no table."""
    hours = hours_on(meeting=meeting, day=day)
    return Meeting(region=meeting.region, starts_at=hours.starts_at, ends_at=hours.ends_at)


@private_view("GET", "HEAD", "POST")
def cancel(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Call it off, for good, and say how many learn it."""
    meeting, now = meeting_for(request, uid), timezone.now()
    form = CancelForm(request.POST or None)
    is_possible = meeting.cancelled_at is None and not meeting.is_over_at(now)
    if request.method == "POST" and is_possible and form.is_valid():
        reason = form.cleaned_data["reason"]
        meeting_cancel(meeting=meeting, reason=reason, actor=user_of(request), now=now)
        text = _("La rencontre est annulée. Les personnes inscrites l’apprennent par courriel.")
        messages.success(request, text)
        return redirect("meetings:organised_meeting", meeting.uid)
    people = selectors.recipients_of(meeting=meeting, audience=Audience.STANDING)
    context = {
        "meeting": meeting,
        "form": form,
        "is_possible": is_possible,
        "told": len(reachable(people)),
        "untold": len(people) - len(reachable(people)),
        "breadcrumb": trail(meeting, _("Annuler la rencontre")),
    }
    return form_render(request, "cancel", context)
