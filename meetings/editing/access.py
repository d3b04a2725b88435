"""Regional editors: which meetings a page permission of Wagtail reaches.

A permission given above the calendar is a national one. One given **on the calendar itself** is
regional, whatever the name of its group: it counts for the meetings of the regions in which its
holder organises meetings (`scopes_with_meetings`), and of the calendar page it lets her add
meetings and nothing else. Wagtail asks a page for its tester before every act, so the editor, the
preview, history, revisions, copies, moves and bulk actions are all closed here; `pages.py` does the
same for its lists.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from wagtail.models import Page, PagePermissionTester
from wagtail.permissions import policy_registry

from organisation.permissions import scopes_with_meetings
from organisation.scopes import Scope
from users.models import User

if TYPE_CHECKING:
    from meetings.models import MeetingPage, MeetingsIndexPage

_CACHE = "_meeting_regions"
Regions: TypeAlias = frozenset[int] | None
"""Primary keys; None stands for every region."""


def regions_granted(user: User | AnonymousUser) -> Regions:
    """The regions whose meetings a user organises today. Read once for a request, as Wagtail keeps
    page permissions: on the user."""
    if not hasattr(user, _CACHE):
        scopes = scopes_with_meetings(user=user, day=timezone.localdate())
        everywhere = Scope.nation() in scopes
        setattr(user, _CACHE, None if everywhere else frozenset(one.place_pk for one in scopes))
    regions: Regions = getattr(user, _CACHE)
    return regions


def regions_edited(user: User | AnonymousUser, calendar: Page | None) -> Regions:
    """The regions whose meetings a user edits: all of them with a permission from above the
    calendar, her own with one on it, none without any."""
    if user.is_superuser:
        return None
    given = pages_given(user)
    if calendar is None or not given:
        return frozenset()
    if any(calendar.path.startswith(page.path) and page.path != calendar.path for page in given):
        return None
    is_regional = any(page.path.startswith(calendar.path) for page in given)
    return regions_granted(user) if is_regional else frozenset()


def pages_given(user: User | AnonymousUser) -> list[Page]:
    """The pages on which a user holds a permission."""
    policy = policy_registry.get_by_type(Page)
    return [one.page for one in policy.get_cached_permissions_for_user(user)]


class _Confined(PagePermissionTester):
    """`permissions`: those from above the calendar, and the regional ones that count here."""

    def __init__(self, user: User | AnonymousUser, page: Page, calendar_path: str) -> None:
        super().__init__(user, page)
        if user.is_active and not user.is_superuser:
            policy = self.permission_policy
            held = [
                (one.page.path, one.permission.codename.rsplit("_", maxsplit=1)[0])
                for one in policy.get_cached_permissions_for_user(user)
                if page.path.startswith(one.page.path)
            ]
            above = {verb for path, verb in held if len(path) < len(calendar_path)}
            regional = {verb for path, verb in held if len(path) >= len(calendar_path)}
            self.permissions = above | (self.counting(regional) if regional else set())

    def counting(self, verbs: set[str]) -> set[str]:
        """Which of these regional permissions count for the page."""
        raise NotImplementedError


class MeetingPermissions(_Confined):
    """Of a meeting: those of its region's editors."""

    page: MeetingPage

    def __init__(self, user: User | AnonymousUser, page: MeetingPage) -> None:
        super().__init__(user, page, page.path[: -page.steplen])

    def counting(self, verbs: set[str]) -> set[str]:
        regions = regions_granted(self.user)
        return verbs if regions is None or self.page.region_id in regions else set()

    def can_view_revisions(self) -> bool:
        # Wagtail lets everybody who may enter its admin follow the link.
        return bool(self.can_edit() or self.can_publish())


class CalendarPermissions(_Confined):
    """Of the calendar: regional editors add meetings to it, if they have a region."""

    page: MeetingsIndexPage

    def __init__(self, user: User | AnonymousUser, page: MeetingsIndexPage) -> None:
        super().__init__(user, page, page.path)

    def counting(self, verbs: set[str]) -> set[str]:
        return set() if regions_granted(self.user) == frozenset() else verbs & {"add"}
