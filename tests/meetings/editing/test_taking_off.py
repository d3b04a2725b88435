"""A meeting that people count on is called off before it is taken off."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from meetings.enums import RegistrationState
from meetings.models import Meeting, MeetingPage, MeetingsIndexPage, Registration
from meetings.services import meeting_cancel
from tests.meetings.factories import MeetingPageFactory
from tests.organisation.factories import AccountFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(AccountFactory(is_superuser=True))
    return client


def published(calendar: MeetingsIndexPage, *, days: int = 30) -> MeetingPage:
    page: MeetingPage = MeetingPageFactory(
        parent=calendar, live=False, starts_at=timezone.now() + dt.timedelta(days=days)
    )
    page.save_revision().publish()
    return page


def register(page: MeetingPage, state: str = RegistrationState.CONFIRMED) -> None:
    now = timezone.now()
    Registration.objects.create(
        meeting=Meeting.objects.get(page=page),
        state=state,
        email=f"{Registration.objects.count()}@hopital.test",
        created_at=now,
        confirmed_at=now,
        waiting_since=now,
        cancelled_at=now if state == RegistrationState.CANCELLED else None,
    )


def take_off(client: Client, page: MeetingPage, act: str) -> str:
    address = reverse(f"wagtailadmin_pages:{act}", args=[page.pk])
    return str(client.post(address, follow=True).content.decode())


@pytest.mark.parametrize("act", ["unpublish", "delete"])
@pytest.mark.parametrize("state", [RegistrationState.CONFIRMED, RegistrationState.WAITING])
def test_a_meeting_that_people_wait_for_stays(
    calendar: MeetingsIndexPage, client: Client, act: str, state: str
) -> None:
    page = published(calendar)
    register(page, state)
    shown = take_off(client, page, act)
    assert "Annulez d’abord la rencontre, les inscrits seront prévenus." in shown.replace(
        "&#x27;", "'"
    )
    assert MeetingPage.objects.get(pk=page.pk).live


@pytest.mark.parametrize("act", ["unpublish", "delete"])
def test_several_at_once_stay_if_one_of_them_is_awaited(
    calendar: MeetingsIndexPage, client: Client, act: str
) -> None:
    free, awaited = published(calendar), published(calendar)
    register(awaited)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", act])
    client.post(f"{address}?id={free.pk}&id={awaited.pk}", {"confirm": "on"})
    assert MeetingPage.objects.live().count() == 2


def test_the_calendar_stays_with_a_meeting_that_people_wait_for(
    calendar: MeetingsIndexPage, client: Client
) -> None:
    page = published(calendar)
    register(page)
    client.post(reverse("wagtailadmin_pages:delete", args=[calendar.pk]))
    assert MeetingPage.objects.get(pk=page.pk).live


@pytest.mark.parametrize("act", ["unpublish", "delete"])
def test_what_nobody_waits_for_goes(calendar: MeetingsIndexPage, client: Client, act: str) -> None:
    nobody, over, left, cancelled = (
        published(calendar),
        published(calendar, days=-30),
        published(calendar),
        published(calendar),
    )
    register(over)
    register(left, RegistrationState.CANCELLED)
    register(cancelled)
    meeting_cancel(
        meeting=Meeting.objects.get(page=cancelled),
        reason="Salle fermée",
        actor=AccountFactory(),
        now=timezone.now(),
    )
    for page in (nobody, over, left, cancelled):
        take_off(client, page, act)
        assert not MeetingPage.objects.filter(pk=page.pk, live=True).exists()
    assert Meeting.objects.count() == 4


def test_the_way_to_call_it_off_is_told(calendar: MeetingsIndexPage, client: Client) -> None:
    page = published(calendar)
    register(page)
    way = reverse("meetings:organised_cancel", args=[page.uid])
    assert way in take_off(client, page, "unpublish")
