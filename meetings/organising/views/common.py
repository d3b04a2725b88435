"""Who may come, which meeting it is, and the trail of the pages."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.models import Meeting
from meetings.permissions import may_organise
from meetings.services.acts import meeting_act_record
from users.private_views import user_of


def refused() -> PermissionDenied:
    return PermissionDenied(
        _("Cette page est réservée aux personnes qui organisent les rencontres d’une région.")
    )


def meeting_for(request: HttpRequest, uid: uuid.UUID) -> Meeting:
    """The meeting, for whoever holds it; to others it does not exist. Raises Http404."""
    found = Meeting.objects.select_related("region", "page", "counts_for").filter(uid=uid).first()
    day = timezone.localdate()
    if found is None or not may_organise(user=user_of(request), meeting=found, day=day):
        raise Http404
    return found


def names_note(request: HttpRequest, meeting: Meeting, *, how: str, rows: int) -> None:
    """Who read how many names, and where; never the names themselves."""
    meeting_act_record(
        meeting=meeting, actor=user_of(request), action="meeting.names_read", how=how, rows=rows
    )


def trail(meeting: Meeting | None = None, *titles: str) -> list[dict[str, str]]:
    """The breadcrumb below «Mes rencontres à tenir», the present page last."""
    steps = [{"title": _("Mes rencontres à tenir"), "url": reverse("meetings:organised")}]
    if meeting is not None:
        address = reverse("meetings:organised_meeting", args=[meeting.uid])
        steps.append({"title": meeting.title, "url": address})
    steps += [{"title": title, "url": ""} for title in titles]
    steps[-1]["url"] = ""
    return steps


def form_render(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    """The page of a form, with 422 where what was posted is refused."""
    status = 422 if request.method == "POST" and context["form"].errors else 200
    return render(request, f"meetings/organising/{name}.html", context, status=status)
