"""The month of meetings in the admin."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from meetings.models import Meeting, MeetingPage, MeetingsIndexPage
from meetings.services import meeting_cancel
from tests.meetings.factories import MeetingPageFactory
from tests.organisation.factories import AccountFactory
from users.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def national(site_calendar: MeetingsIndexPage) -> Client:
    client = Client()
    client.force_login(AccountFactory(is_superuser=True))
    return client


def at(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=dt.UTC)


def month_of(client: Client, text: str = "2027-03") -> Any:
    return client.get(reverse("meetings_calendar:index"), {"mois": text})


def entries(response: Any) -> dict[dt.date, list[tuple[str, str]]]:
    return {
        day.day: [(one.page.title, one.state) for one in day.entries]
        for week in response.context["weeks"]
        for day in week
        if day.entries
    }


def test_every_meeting_stands_on_its_days_with_its_state_in_words(
    site_calendar: MeetingsIndexPage, national: Client
) -> None:
    published = MeetingPageFactory(parent=site_calendar, title="Publiée", live=False)
    published.save_revision().publish()
    changed = MeetingPageFactory(parent=site_calendar, title="Changée")
    changed.save_revision()
    MeetingPageFactory(parent=site_calendar, title="Brouillon", live=False)
    moderated = MeetingPageFactory(parent=site_calendar, title="Soumise", live=False)
    moderated.save_revision()
    moderated.get_workflow().start(moderated, AccountFactory())
    gone = MeetingPageFactory(
        parent=site_calendar,
        title="Annulée",
        live=False,
        starts_at=timezone.now() + dt.timedelta(days=2),
    )
    gone.save_revision().publish()
    meeting_cancel(
        meeting=Meeting.objects.get(page=gone),
        reason="Salle fermée",
        actor=AccountFactory(),
        now=timezone.now(),
    )
    MeetingPageFactory(
        parent=site_calendar,
        title="Deux jours",
        starts_at=at(2027, 3, 30, 8),
        ends_at=at(2027, 4, 1, 10),
    )
    response = month_of(national)
    found = entries(response)
    assert set(found[dt.date(2027, 3, 9)]) == {
        ("Publiée", "live"),
        ("Changée", "changed"),
        ("Brouillon", "draft"),
        ("Soumise", "moderation"),
    }
    assert all(
        ("Deux jours", "live") in found[dt.date(2027, *day)] for day in ((3, 30), (3, 31), (4, 1))
    )
    shown = response.content.decode()
    for words in ("Publiée, changements en attente", "En relecture", "5 rencontres"):
        assert words in shown
    cancelled = month_of(national, f"{gone.local_start:%Y-%m}")
    assert entries(cancelled)[gone.local_start.date()] == [("Annulée", "cancelled")]


def test_the_day_is_that_of_the_place(site_calendar: MeetingsIndexPage, national: Client) -> None:
    # 21 h the day before
    evening = {"starts_at": at(2027, 3, 10, 1), "ends_at": at(2027, 3, 10, 2)}
    MeetingPageFactory(parent=site_calendar, code="02", **evening)
    assert list(entries(month_of(national))) == [dt.date(2027, 3, 9)]


def test_months_follow_each_other(national: Client) -> None:
    shown = month_of(national, "2027-01").content.decode()
    assert re.findall(r'href="\?mois=([\d-]+)"', shown) == ["2026-12", "2027-02"]
    assert month_of(national, "2027-12").context["after"].month == 1
    for nonsense in ("demain", "9999-12", "0001-01"):
        response = month_of(national, nonsense)
        assert response.context["month"] == timezone.localdate().replace(day=1)


def test_it_asks_as_much_for_many_meetings_as_for_few(
    site_calendar: MeetingsIndexPage, national: Client
) -> None:
    counts = []
    for _round in range(2):
        for _meeting in range(3):
            MeetingPageFactory(parent=site_calendar)
        month_of(national)
        with CaptureQueriesContext(connection) as asked:
            month_of(national)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_regional_editors_see_theirs_and_have_it_in_their_menu(
    site_calendar: MeetingsIndexPage,
    make_editor: Callable[..., User],
    client_of: Callable[[User], Client],
) -> None:
    MeetingPageFactory(parent=site_calendar, title="À Rennes")
    MeetingPageFactory(parent=site_calendar, title="À Rouen", code="28")
    client = client_of(make_editor("53"))
    response = month_of(client)
    assert entries(response) == {dt.date(2027, 3, 9): [("À Rennes", "live")]}
    assert (
        reverse("meetings_calendar:index")
        in client.get(reverse("wagtailadmin_home")).content.decode()
    )


def test_who_writes_no_meeting_has_no_calendar(
    site_calendar: MeetingsIndexPage, client_of: Callable[[User], Client]
) -> None:
    user = AccountFactory()
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client = client_of(user)
    response = month_of(client)
    assert response.status_code == 302
    assert MeetingPage.objects.count() == 0
    assert (
        reverse("meetings_calendar:index")
        not in client.get(reverse("wagtailadmin_home")).content.decode()
    )
