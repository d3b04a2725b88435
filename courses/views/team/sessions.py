"""Running a module with one's team: begin, tick names, close, take back."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.models import Attendance, TeamSession
from courses.team import services
from courses.team.forms import SessionForm
from courses.team.places import TeamPlace
from courses.team.qr import session_qr
from courses.team.rolls import roll
from courses.team.selectors import attendance_of, module_of
from courses.views.team.common import place_for, session_for, trail
from organisation.selectors import person_known_as
from organisation.services import person_for_user
from users.private_views import private_view, user_of


@private_view("GET", "HEAD", "POST")
def session_new(request: HttpRequest, kind: str, uid: uuid.UUID) -> HttpResponse:
    """Which module, with whom; it opens at once."""
    place = place_for(request, kind, uid)
    form = SessionForm(request.POST or None, place=place)
    if request.method == "POST" and form.is_valid():
        user = user_of(request)
        department = form.cleaned_data.get("department")
        session = services.team_session_open(
            trainable=form.cleaned_data["module"],
            place=TeamPlace.of(department) if department else place,
            user=user,
            leader=person_for_user(user=user),
            now=timezone.now(),
        )
        return redirect("courses:team_session", session.uid)
    context = {"place": place, "form": form, "breadcrumb": trail((_("Nouvelle séance"), ""))}
    return render(request, "courses/team/session_form.html", context)


@private_view("GET", "HEAD")
def session(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The screen to project while it is open; afterwards who was there."""
    found = session_for(request, uid)
    now = timezone.now()
    if found.closed_at is not None:
        return _closed(request, found)
    address = request.build_absolute_uri(reverse("courses:team_join", args=[found.code]))
    context = {
        **_context(found),
        "module": module_of(session=found),
        "is_scannable": found.is_scannable_at(now),
        "is_open": found.is_open_at(now),
        "present": found.attendance.count(),
        "qr": session_qr(address),
        "short_address": request.get_host() + reverse("courses:team_join_form"),
        "code": f"{found.code[:4]}-{found.code[4:]}",
    }
    return render(request, "courses/team/session.html", context)


@private_view("GET", "HEAD", "POST")
def names(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The names of the place to tick, found by name; no script needed."""
    found = session_for(request, uid)
    now = timezone.now()
    words = request.GET.get("q", "")[:100]
    if request.method == "POST":
        return _tick(request, found, words)
    context = {
        **_context(found, _("Présents")),
        "roll": roll(session=found, day=timezone.localdate(now), words=words),
        "words": words,
        "is_open": found.is_open_at(now),
        "present": attendance_of(session=found),
    }
    return render(request, "courses/team/names.html", context)


def _tick(request: HttpRequest, session: TeamSession, words: str) -> HttpResponse:
    try:
        count = services.attendance_tick(
            session=session,
            shown=_uids(request, "shown"),
            present=_uids(request, "present"),
            now=timezone.now(),
        )
    except services.SessionOver:
        return _over(request, session)
    text = ngettext("%(n)d personne présente.", "%(n)d personnes présentes.", count)
    messages.success(request, _("Liste enregistrée : ") + text % {"n": count})
    address = reverse("courses:team_names", args=[session.uid])
    if "finish" in request.POST:
        return redirect("courses:team_close", session.uid)
    return redirect(f"{address}?q={words}" if words else address)


@private_view("GET", "HEAD", "POST")
def close(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Who will be declared, then declared."""
    found = session_for(request, uid)
    if request.method == "POST":
        try:
            count = services.team_session_close(
                session=found, user=user_of(request), now=timezone.now()
            )
        except services.SessionOver:
            return _over(request, found)
        text = ngettext(
            "Séance terminée : %(n)d formation déclarée.",
            "Séance terminée : %(n)d formations déclarées.",
            count,
        )
        messages.success(request, text % {"n": count})
        return redirect("courses:team_session", found.uid)
    if found.closed_at is not None:
        return redirect("courses:team_session", found.uid)
    context = {**_context(found, _("Terminer")), "attendance": attendance_of(session=found)}
    return render(request, "courses/team/close.html", context)


@private_view("GET", "HEAD", "POST")
def withdraw(request: HttpRequest, uid: uuid.UUID, person_uid: uuid.UUID) -> HttpResponse:
    """Take one attendance back; asked once, kept in the audit log."""
    found = session_for(request, uid)
    attendance = found.attendance.select_related("person", "declaration")
    person = person_known_as(uid=person_uid)
    one = attendance.filter(person=person).first() if person else None
    if one is None or found.closed_at is None:
        raise Http404
    if request.method == "POST":
        return _withdraw(request, found, one)
    context = {
        **_context(found, _("Retirer une présence")),
        "attendance": one,
        "is_withdrawable": found.is_withdrawable_at(timezone.now()),
    }
    return render(request, "courses/team/withdraw.html", context)


def _withdraw(request: HttpRequest, session: TeamSession, one: Attendance) -> HttpResponse:
    user = user_of(request)
    try:
        services.attendance_withdraw(
            session=session,
            attendance=one,
            user=user,
            person=person_for_user(user=user),
            now=timezone.now(),
        )
    except services.TooLate:
        messages.error(request, _("Cette présence ne peut plus être retirée : le délai est passé."))
    else:
        messages.success(request, _("La présence est retirée."))
    return redirect("courses:team_session", session.uid)


def _closed(request: HttpRequest, session: TeamSession) -> HttpResponse:
    attendance = attendance_of(session=session)
    context = {
        **_context(session),
        "attendance": attendance,
        "standing": sum(
            one.declaration is not None and one.declaration.withdrawn_at is None
            for one in attendance
        ),
        "is_withdrawable": session.is_withdrawable_at(timezone.now()),
    }
    return render(request, "courses/team/closed.html", context)


def _over(request: HttpRequest, session: TeamSession) -> HttpResponse:
    messages.error(request, _("Cette séance est terminée : la liste ne change plus."))
    return redirect("courses:team_session", session.uid)


def _context(session: TeamSession, last: str = "") -> dict[str, object]:
    address = reverse("courses:team_session", args=[session.uid])
    title = session.trainable.title
    steps = [(title, address), (last, "")] if last else [(title, "")]
    return {
        "session": session,
        "place": TeamPlace.of(session.place),
        "breadcrumb": trail(*steps),
    }


def _uids(request: HttpRequest, name: str) -> set[uuid.UUID]:
    """The uids that were posted; what is none is left out."""
    found = set()
    for text in request.POST.getlist(name):
        try:
            found.add(uuid.UUID(text))
        except ValueError:
            continue
    return found
