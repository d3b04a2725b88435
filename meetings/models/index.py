"""The calendar of meetings."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _

from content.models import ListingPage
from meetings.filters import MeetingFilterSet

from .meeting import MeetingPage


class MeetingsIndexPage(ListingPage):
    """`/rencontres/`: the meetings to come by date; those that are over, one click apart."""

    filterset_class = MeetingFilterSet
    max_count = 1
    subpage_types = ["meetings.MeetingPage"]

    class Meta:
        verbose_name = _("agenda des rencontres")

    def get_listing_queryset(self) -> models.QuerySet[Any]:
        return MeetingPage.objects.child_of(self).live().select_related("region")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from meetings.calendar_page import calendar_context  # it reads the models below this one

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context.update(calendar_context(request, context["filterset"], context["page_obj"]))
        return context

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """It names the reader's own region: no cache shares it."""
        response: HttpResponseBase = super().serve(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_cache=True)
        return response
