"""Wagtail's lists of pages, for regional editors: no meeting of another region is in them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from meetings.editing.access import pages_given, regions_edited
from meetings.models import MeetingPage, MeetingsIndexPage
from users.models import User


class RegionalPagePolicy(PagePermissionPolicy):
    """Wagtail's own policy, but for the meetings of others' regions, which are nowhere: neither in
    the explorer and its search nor in reports. What may be done with one page says its tester."""

    def instances_user_has_any_permission_for(
        self, user: User | AnonymousUser, actions: Iterable[str]
    ) -> QuerySet[Page]:
        return without_foreign(super().instances_user_has_any_permission_for(user, actions), user)

    def explorable_instances(self, user: User | AnonymousUser) -> QuerySet[Page]:
        return without_foreign(super().explorable_instances(user), user)

    def user_has_any_permission_for_instance(
        self, user: User | AnonymousUser, actions: Iterable[str], instance: Page
    ) -> bool:
        may: bool = super().user_has_any_permission_for_instance(user, actions, instance)
        if may and isinstance(instance, MeetingPage):
            regions = regions_edited(user, instance.get_parent())
            return regions is None or instance.region_id in regions
        return may


def writes_meetings_only(user: User | AnonymousUser) -> bool:
    """Whether all that somebody may do with pages is to write meetings of her regions."""
    given = pages_given(user)
    return bool(given) and not user.is_superuser and all(_is_calendar(page) for page in given)


def without_foreign(pages: QuerySet[Any], user: User | AnonymousUser) -> QuerySet[Any]:
    """These pages, but for meetings that a regional editor does not write."""
    if not user.is_active or user.is_superuser:
        return pages
    calendar = next((page for page in pages_given(user) if _is_calendar(page)), None)
    regions = None if calendar is None else regions_edited(user, calendar)
    if regions is None:  # national, or nothing to do with meetings
        return pages
    return pages.exclude(pk__in=MeetingPage.objects.exclude(region__in=regions).values("pk"))


def _is_calendar(page: Page) -> bool:
    return page.specific_class is MeetingsIndexPage
