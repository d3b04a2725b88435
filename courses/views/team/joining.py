"""«J'étais présente»: a colleague scans the code on the screen, or types it.

By account or by a one-time code: the server knows who she is either way.
"""

from __future__ import annotations

import re

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.models import TeamSession
from courses.team import services
from courses.team.places import TeamPlace
from courses.views.learner import learner_of, learner_required
from documents.codes import LENGTH
from users.private_views import private_view


@private_view("GET", "HEAD", guard=learner_required)
def join_form(request: HttpRequest) -> HttpResponse:
    """Type the code that stands on the screen."""
    typed = re.sub(r"[^A-Z0-9]", "", request.GET.get("code", "").upper())
    if len(typed) == LENGTH:
        return redirect("courses:team_join", typed)
    context = {"is_wrong": bool(request.GET.get("code")), "breadcrumb": _trail()}
    return render(request, "courses/team/join_form.html", context)


@private_view("GET", "HEAD", "POST", guard=learner_required)
def join(request: HttpRequest, code: str) -> HttpResponse:
    """Confirm that one was there; the server knows who one is."""
    now = timezone.now()
    session = (
        TeamSession.objects.scannable_at(now)
        .select_related("trainable", "establishment", "department__establishment", "leader")
        .filter(code=code.upper())
        .first()
    )
    if session is None:
        context: dict[str, object] = {"is_wrong": True, "breadcrumb": _trail()}
        return render(request, "courses/team/join_form.html", context, status=404)
    if request.method == "POST":
        return _add(request, session)
    person = learner_of(request).person
    context = {
        "session": session,
        "place": TeamPlace.of(session.place),
        "is_present": person is not None and session.attendance.filter(person=person).exists(),
        "breadcrumb": _trail(),
    }
    return render(request, "courses/team/join.html", context)


def _add(request: HttpRequest, session: TeamSession) -> HttpResponse:
    person = learner_of(request).person
    try:
        if person is None:
            raise services.NotOfThisTeam
        services.attendance_scan(session=session, person=person, now=timezone.now())
    except services.NotOfThisTeam:
        messages.error(
            request,
            _(
                "Votre compte n’est pas rattaché à ce service. Rien n’est perdu : la personne qui "
                "anime la séance peut cocher votre nom sur sa liste."
            ),
        )
    except services.SessionOver:
        messages.error(request, _("Cette séance vient de se terminer."))
    return redirect("courses:team_join", session.code)


def _trail() -> list[dict[str, str]]:
    return [{"title": _("Séance d’équipe"), "url": ""}]
