"""Regional editors write the meetings of their regions, and come near no other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.urls.pages import urlpatterns
from wagtail.models import Page

from cms.services import REGIONAL_WRITERS, REVIEWERS, WRITERS
from meetings.models import Meeting, MeetingPage, MeetingsIndexPage
from organisation.models import Region
from reporting.permissions import edits_assets
from tests.meetings.factories import MeetingPageFactory
from tests.organisation.factories import AccountFactory
from users.models import User

from .forms import posted

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
OWN, FOREIGN = "53", "28"


@pytest.fixture
def own(site_calendar: MeetingsIndexPage) -> MeetingPage:
    return draft(site_calendar, OWN)


@pytest.fixture
def foreign(site_calendar: MeetingsIndexPage) -> MeetingPage:
    return draft(site_calendar, FOREIGN)


def draft(calendar: MeetingsIndexPage, code: str) -> MeetingPage:
    page: MeetingPage = MeetingPageFactory(parent=calendar, code=code, live=False)
    page.save_revision()
    page.get_workflow().start(page, AccountFactory())
    return page


def addresses(page: MeetingPage) -> Iterator[tuple[str, str]]:
    """Every address of Wagtail's that is about a page: whatever a new version adds is in it."""
    revision = page.latest_revision_id
    known = {
        "page_id": page.pk,
        "page_to_move_id": page.pk,
        "destination_id": page.get_parent().pk,
        "revision_id": revision,
        "revision_id_a": revision,
        "revision_id_b": "latest",
        "task_state_id": page.current_workflow_task_state.pk,
        "task_id": page.current_workflow_task.pk,
        "workflow_state_id": page.current_workflow_state.pk,
        "action_name": "approve",
        "pk": page.pk,
    }
    for pattern in urlpatterns:
        names = set(pattern.pattern.converters) or set(pattern.pattern.regex.groupindex)
        if not names & {"page_id", "page_to_move_id", "pk"}:
            continue
        kwargs = {name: known[name] for name in names}
        yield pattern.name, reverse(f"wagtailadmin_pages:{pattern.name}", kwargs=kwargs)


def test_no_address_of_a_foreign_meeting_opens(
    foreign: MeetingPage, own: MeetingPage, make_editor: Any, client_of: ClientOf
) -> None:
    client = client_of(make_editor(OWN))
    found = dict(addresses(foreign))
    # It asks nobody, and says of any page no more than whether it is being reviewed.
    del found["confirm_workflow_cancellation"]
    assert len(found) > 20
    before = MeetingPage.objects.filter(pk=foreign.pk).values().get()
    for name, address in found.items():
        for response in (client.get(address), client.post(address, {"title": "Pris"})):
            assert foreign.title not in response.content.decode(), name
            # Those that only lead elsewhere say nothing; the place they lead to asks again.
            assert response.status_code in {302, 403, 404, 405}, (name, response.status_code)
    assert MeetingPage.objects.filter(pk=foreign.pk).values().get() == before
    assert foreign.revisions.count() == 1
    assert foreign.workflow_in_progress


def test_the_same_addresses_of_an_own_meeting_open(
    own: MeetingPage, make_editor: Any, client_of: ClientOf
) -> None:
    client = client_of(make_editor(OWN))
    found = dict(addresses(own))
    for name in ("edit", "view_draft", "history", "usage", "copy", "delete", "revisions_view"):
        assert client.get(found[name]).status_code == 200, name


def test_bulk_actions_leave_foreign_meetings_alone(
    foreign: MeetingPage, make_editor: Any, client_of: ClientOf
) -> None:
    client = client_of(make_editor(OWN))
    for act in ("delete", "move", "publish", "unpublish"):
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", act])
        response = client.post(f"{address}?id={foreign.pk}", {"confirm": "on"})
        assert response.status_code in {200, 302, 403, 404}
    page = MeetingPage.objects.get(pk=foreign.pk)
    assert not page.live
    assert page.get_parent().pk == foreign.get_parent().pk


def test_lists_show_her_own_meetings_only(
    own: MeetingPage, foreign: MeetingPage, make_editor: Any, client_of: ClientOf
) -> None:
    client = client_of(make_editor(OWN))
    calendar = own.get_parent()
    for address in (
        reverse("wagtailadmin_explore", args=[calendar.pk]),
        reverse("wagtailadmin_explore", args=[calendar.pk]) + "?q=Rencontre",
        reverse("wagtailadmin_pages:search") + "?q=Rencontre",
        reverse("wagtailadmin_pages:type_use", args=["meetings", "meetingpage"]),
        reverse("meetings_calendar:index") + "?mois=2027-03",
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_choose_page_child", args=[calendar.pk]),
        reverse("wagtailadmin_choose_page_search") + "?q=Rencontre",
        reverse("wagtailadmin_api:pages:listing") + f"?child_of={calendar.pk}&for_explorer=1",
        reverse("wagtailadmin_reports:workflow"),
        reverse("wagtailadmin_reports:workflow_tasks"),
        reverse("wagtailadmin_reports:aging_pages"),
        reverse("wagtailadmin_reports:locked_pages"),
        reverse("wagtailadmin_reports:site_history"),
    ):
        shown = client.get(address).content.decode()
        assert foreign.title not in shown, address
    listed = client.get(reverse("wagtailadmin_explore", args=[calendar.pk]))
    assert own.title in listed.content.decode()


def test_the_campaign_is_for_those_who_make_it(make_editor: Any) -> None:
    assert not edits_assets(make_editor(OWN))
    writer = AccountFactory()
    writer.groups.add(Group.objects.get(name=WRITERS))
    assert edits_assets(writer)
    writer.groups.add(Group.objects.get(name=REGIONAL_WRITERS))
    assert edits_assets(User.objects.get(pk=writer.pk))


def test_choices_of_the_form_are_her_regions(
    site_calendar: MeetingsIndexPage, make_editor: Any, client_of: ClientOf
) -> None:
    client = client_of(make_editor(OWN, "11"))
    address = reverse("wagtailadmin_pages:add", args=["meetings", "meetingpage", site_calendar.pk])
    field = client.get(address).context["form"].fields["region"]
    assert {region.code for region in field.queryset} == {OWN, "11"}
    refused = client.post(address, posted(code=FOREIGN))
    assert "region" in refused.context["form"].errors
    assert not MeetingPage.objects.exists()


def test_she_writes_and_submits_and_the_national_team_publishes(
    site_calendar: MeetingsIndexPage, make_editor: Any, client_of: ClientOf
) -> None:
    editor = make_editor(OWN)
    client = client_of(editor)
    starts = timezone.now() + dt.timedelta(days=90)
    day = f"{starts:%Y-%m-%d}"
    address = reverse("wagtailadmin_pages:add", args=["meetings", "meetingpage", site_calendar.pk])
    data = posted(starts_at=f"{day} 09:30", ends_at=f"{day} 16:00", **{"action-submit": "1"})
    assert client.post(address, data).status_code == 302
    page = MeetingPage.objects.get()
    assert page.workflow_in_progress
    assert not page.live
    client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {**data, "action-publish": "1"})
    assert not MeetingPage.objects.get(pk=page.pk).live
    reviewer = AccountFactory()
    reviewer.groups.add(*Group.objects.filter(name__in=[WRITERS, REVIEWERS]))
    task = page.current_workflow_task_state
    assert task.task.specific.get_actions(page, editor) == []
    approve = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk])
    client_of(reviewer).post(approve, {"comment": ""})
    assert MeetingPage.objects.get(pk=page.pk).live
    assert Meeting.objects.get().page_id == page.pk


def test_the_calendar_page_itself_is_not_hers(
    site_calendar: MeetingsIndexPage, make_editor: Any, client_of: ClientOf
) -> None:
    user = make_editor(OWN)
    permissions = site_calendar.permissions_for_user(user)
    assert permissions.can_add_subpage()
    assert not (permissions.can_edit())
    assert not (permissions.can_delete())
    assert not (permissions.can_publish())
    home = site_calendar.get_parent().permissions_for_user(user)
    assert not home.can_edit()
    assert not home.can_add_subpage()


def test_without_a_region_nothing_is_hers(
    own: MeetingPage, make_editor: Any, client_of: ClientOf
) -> None:
    user = make_editor()
    assert not own.permissions_for_user(user).can_edit()
    assert not own.get_parent().specific.permissions_for_user(user).can_add_subpage()
    assert client_of(user).get(reverse("meetings_calendar:index")).status_code == 302


def test_a_grant_that_ended_closes_the_door(own: MeetingPage, make_editor: Any) -> None:
    user = make_editor(OWN)
    user.grants.update(ends_on=timezone.localdate())
    assert not own.permissions_for_user(User.objects.get(pk=user.pk)).can_edit()


def test_a_national_grant_opens_every_region(
    own: MeetingPage, foreign: MeetingPage, make_editor: Any
) -> None:
    user = make_editor("france")
    for page in (own, foreign):
        permissions = page.permissions_for_user(user)
        assert permissions.can_edit()
        assert not permissions.can_publish()


def test_national_writers_and_reviewers_keep_every_meeting(
    own: MeetingPage, client_of: ClientOf
) -> None:
    writer = AccountFactory()
    writer.groups.add(Group.objects.get(name=WRITERS))
    assert own.permissions_for_user(writer).can_edit()
    assert not own.permissions_for_user(writer).can_publish()
    reviewer = AccountFactory()
    reviewer.groups.add(Group.objects.get(name=REVIEWERS))
    assert own.permissions_for_user(reviewer).can_publish()
    listed = client_of(writer).get(reverse("wagtailadmin_explore", args=[own.get_parent().pk]))
    assert own.title in listed.content.decode()


def test_a_base_page_asks_the_meeting(foreign: MeetingPage, make_editor: Any) -> None:
    page = Page.objects.get(pk=foreign.pk)
    assert not page.permissions_for_user(make_editor(OWN)).can_edit()


def test_the_row_of_a_draft_follows_its_newest_region(own: MeetingPage, make_editor: Any) -> None:
    changed = own.get_latest_revision_as_object()
    changed.region = Region.objects.get(code=FOREIGN)
    changed.save_revision()
    editor = make_editor(OWN)
    assert not MeetingPage.objects.get(pk=own.pk).permissions_for_user(editor).can_edit()


def test_a_published_row_waits_for_its_publication(
    site_calendar: MeetingsIndexPage, make_editor: Any
) -> None:
    page = MeetingPageFactory(parent=site_calendar, code=OWN)
    changed = page.get_latest_revision_as_object()
    changed.region = Region.objects.get(code=FOREIGN)
    changed.save_revision()
    assert MeetingPage.objects.get(pk=page.pk).region.code == OWN
