"""The calendar of the admin: a month of meetings, whatever became of them so far."""

from __future__ import annotations

import calendar as months
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.models import WorkflowState

from meetings.editing.access import Regions, regions_edited
from meetings.models import MeetingPage, MeetingsIndexPage
from meetings.permissions import edits_meetings
from meetings.zones import PARIS

NAME = "meetings_calendar"
FIRST_YEAR, LAST_YEAR = 2000, 2999  # so that the month beside one always exists


@dataclass(frozen=True, slots=True)
class Entry:
    """A meeting on one of its days."""

    page: MeetingPage
    state: str
    label: str | Promise

    @property
    def address(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk])


@dataclass(frozen=True, slots=True)
class Day:
    day: dt.date
    is_of_month: bool
    is_today: bool
    entries: list[Entry]


STATES = {
    "cancelled": _("Annulée"),
    "moderation": _("En relecture"),
    "live": _("Publiée"),
    "changed": _("Publiée, changements en attente"),
    "draft": _("Brouillon"),
}


class MonthForm(forms.Form):
    """`?mois=2027-03`; anything else is the present month."""

    mois = forms.DateField(input_formats=["%Y-%m"], required=False)

    def month(self) -> dt.date:
        day: dt.date | None = self.cleaned_data.get("mois") if self.is_valid() else None
        if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
            day = timezone.localdate()
        return day.replace(day=1)


class CalendarView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "meetings/admin/calendar.html"
    page_title = _("Calendrier des rencontres")
    header_icon = "calendar-alt"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not edits_meetings(user=request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        month = MonthForm(self.request.GET).month()
        index = MeetingsIndexPage.objects.first()
        regions = regions_edited(self.request.user, index)
        weeks = weeks_of(month=month, regions=regions, today=timezone.localdate())
        return super().get_context_data(
            month=month,
            before=month - dt.timedelta(days=1),
            after=month + dt.timedelta(days=31),
            weeks=weeks,
            count=_count(day for week in weeks for day in week if day.is_of_month),
            is_regional=regions is not None,
            add_url=self._add_url(index),
            **kwargs,
        )

    def _add_url(self, index: MeetingsIndexPage | None) -> str:
        if index is None or not index.permissions_for_user(self.request.user).can_add_subpage():
            return ""
        return reverse("wagtailadmin_pages:add", args=["meetings", "meetingpage", index.pk])


def _count(days: Iterable[Day]) -> int:
    return len({entry.page.pk for day in days for entry in day.entries})


def weeks_of(*, month: dt.date, regions: Regions, today: dt.date) -> list[list[Day]]:
    """Whole weeks, each meeting on every day that it has on the clocks of its place. Two
    queries."""
    weeks = months.Calendar().monthdatescalendar(month.year, month.month)
    entries = _by_day(_entries(_meetings(weeks[0][0], weeks[-1][-1], regions)))
    return [
        [Day(day, day.month == month.month, day == today, entries.get(day, [])) for day in week]
        for week in weeks
    ]


def _meetings(first: dt.date, last: dt.date, regions: Regions) -> QuerySet[MeetingPage]:
    """Those of these days in any zone: one day more on both sides."""
    midnight = dt.datetime.combine(first, dt.time(), tzinfo=PARIS.zone)
    pages = MeetingPage.objects.filter(
        ends_at__gt=midnight - dt.timedelta(days=1),
        starts_at__lt=midnight + (last - first) + dt.timedelta(days=2),
    )
    if regions is not None:
        pages = pages.filter(region__in=regions)
    return pages.select_related("region", "record").order_by("starts_at", "pk")


def _entries(pages: Iterable[MeetingPage]) -> list[Entry]:
    found = list(pages)
    # As text: Wagtail's generic keys are.
    waiting = set(
        WorkflowState.objects.active()
        .filter(
            content_type=ContentType.objects.get_for_model(MeetingPage),
            object_id__in=[str(page.pk) for page in found],
        )
        .values_list("object_id", flat=True)
    )
    entries = []
    for page in found:
        state = state_of(page, is_in_moderation=str(page.pk) in waiting)
        entries.append(Entry(page, state, STATES[state]))
    return entries


def state_of(page: MeetingPage, *, is_in_moderation: bool) -> str:
    """What of a meeting an editor has to know first."""
    record = getattr(page, "record", None)
    if record is not None and record.cancelled_at is not None:
        return "cancelled"
    if is_in_moderation:
        return "moderation"
    if not page.live:
        return "draft"
    return "changed" if page.has_unpublished_changes else "live"


def _by_day(entries: Iterable[Entry]) -> dict[dt.date, list[Entry]]:
    days: dict[dt.date, list[Entry]] = defaultdict(list)
    for entry in entries:
        day, last = entry.page.local_start.date(), entry.page.local_end.date()
        while day <= last:
            days[day].append(entry)
            day += dt.timedelta(days=1)
    return days


class CalendarViewSet(ViewSet):
    icon = "calendar-alt"
    menu_label = _("Rencontres")

    def get_urlpatterns(self) -> list[Any]:
        return [path("", CalendarView.as_view(), name="index")]
