"""What meetings add to the Wagtail admin: their calendar, and a guard before one is taken off."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from meetings.editing import taking_off
from meetings.editing.calendar import NAME, CalendarViewSet
from meetings.editing.pages import without_foreign
from meetings.models import MeetingPage
from meetings.permissions import edits_meetings

for _hook in ("before_unpublish_page", "before_delete_page"):
    hooks.register(_hook, taking_off.before_taking_off)
hooks.register("before_bulk_action", taking_off.before_bulk_taking_off)


@hooks.register("before_move_page")
def only_what_may_be_moved(request: HttpRequest, page: Page, destination: Page) -> None:
    """Wagtail asks when the move is confirmed, and shows the page's title before it asks."""
    if isinstance(page, MeetingPage) and not page.permissions_for_user(request.user).can_move():
        raise PermissionDenied


@hooks.register("construct_page_chooser_queryset")
def own_meetings_to_choose(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    """The chooser of links shows drafts too."""
    return without_foreign(pages, request.user)


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
