"""Where somebody in charge begins: her places, and what she can do there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from courses.team.places import places_of
from courses.team.selectors import sessions_recent
from courses.views.team.common import refused, trail
from users.private_views import private_view, user_of


@private_view("GET", "HEAD")
def home(request: HttpRequest) -> HttpResponse:
    """Each place with its three actions; the latest sessions."""
    now = timezone.now()
    places = places_of(user=user_of(request), day=timezone.localdate(now))
    if not places:
        raise refused()
    context = {
        "places": places,
        "sessions": sessions_recent(places=places, now=now),
        "breadcrumb": trail()[:1],
    }
    return render(request, "courses/team/home.html", context)
