"""The calendar of meetings."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content.models import ListingPage
from meetings.editing.access import CalendarPermissions
from meetings.filters import PAST, MeetingFilterSet

from .meeting import MeetingPage


class MeetingsIndexPage(ListingPage):
    """`/rencontres/`: the meetings to come by date; those that are over, one click apart."""

    filterset_class = MeetingFilterSet
    max_count = 1
    subpage_types = ["meetings.MeetingPage"]

    class Meta:
        verbose_name = _("agenda des rencontres")

    def permissions_for_user(self, user: Any) -> CalendarPermissions:
        return CalendarPermissions(user, self)

    def get_listing_queryset(self) -> models.QuerySet[Any]:
        return MeetingPage.objects.child_of(self).live().select_related("region")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["shows_past"] = request.GET.get("quand") == PAST
        context["other_count"] = self._other_side_count(shows_past=context["shows_past"])
        return context

    def _other_side_count(self, *, shows_past: bool) -> int:
        """How many meetings, in all regions, are on the side that is not shown."""
        meetings = MeetingPage.objects.child_of(self).live()
        now = timezone.now()
        return (meetings.upcoming(now) if shows_past else meetings.past(now)).count()
