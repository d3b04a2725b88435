"""What meetings add to the Wagtail admin: their calendar, and a guard before one is taken off."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from meetings.editing import taking_off
from meetings.editing.calendar import NAME, CalendarViewSet
from meetings.permissions import edits_meetings

for _hook in ("before_unpublish_page", "before_delete_page"):
    hooks.register(_hook, taking_off.before_taking_off)
hooks.register("before_bulk_action", taking_off.before_bulk_taking_off)


@hooks.register("register_admin_viewset")
def register_calendar() -> CalendarViewSet:
    return CalendarViewSet(NAME, url_prefix="rencontres/calendrier")


class CalendarMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return edits_meetings(user=request.user)


@hooks.register("register_admin_menu_item")
def calendar_menu_item() -> MenuItem:
    address = reverse(f"{NAME}:index")
    return CalendarMenuItem(_("Rencontres"), address, icon_name="calendar-alt", order=215)
