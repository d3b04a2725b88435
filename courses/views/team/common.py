"""Who may come, where she is in charge, and the trail of the pages."""

from __future__ import annotations

import uuid

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.models import TeamSession
from courses.team.places import TeamPlace, may_train_at, place_find
from users.private_views import user_of


def refused() -> PermissionDenied:
    return PermissionDenied(
        _("Cette page est réservée aux personnes qui organisent la formation de ce lieu.")
    )


def place_for(request: HttpRequest, kind: str, uid: uuid.UUID) -> TeamPlace:
    """The place, for whoever is in charge there. Raises Http404 or PermissionDenied."""
    place = place_find(slug=kind, uid=uid)
    if place is None:
        raise Http404
    check_place(request, place)
    return place


def check_place(request: HttpRequest, place: TeamPlace) -> None:
    if not may_train_at(user=user_of(request), place=place, day=timezone.localdate()):
        raise refused()


def session_for(request: HttpRequest, uid: uuid.UUID) -> TeamSession:
    """The session, for whoever is in charge of its place; to others it does not exist."""
    found = (
        TeamSession.objects.select_related(
            "trainable", "establishment", "department__establishment", "leader", "led_by"
        )
        .filter(uid=uid)
        .first()
    )
    if found is None:
        raise Http404
    try:
        check_place(request, TeamPlace.of(found.place))
    except PermissionDenied as refusal:
        raise Http404 from refusal
    return found


def trail(*steps: tuple[str, str]) -> list[dict[str, str]]:
    """The breadcrumb: (title, address) below «Former mon équipe», the present page last."""
    first = {"title": _("Former mon équipe"), "url": reverse("courses:team")}
    return [first, *({"title": title, "url": url} for title, url in steps)]
