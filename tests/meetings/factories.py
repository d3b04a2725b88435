"""Meetings."""

from __future__ import annotations

import datetime as dt
from typing import Any

import factory
import wagtail_factories

from meetings.enums import RegistrationState
from meetings.models import Meeting, MeetingPage, MeetingsIndexPage, Registration
from organisation.models import Region


class MeetingsIndexPageFactory(wagtail_factories.PageFactory):
    title = "Rencontres"
    slug = "rencontres"

    class Meta:
        model = MeetingsIndexPage


class MeetingPageFactory(wagtail_factories.PageFactory):
    title = factory.Sequence("Rencontre {}".format)
    slug = factory.Sequence("rencontre-{}".format)
    starts_at = dt.datetime(2027, 3, 9, 8, 30, tzinfo=dt.UTC)
    ends_at = factory.LazyAttribute(lambda page: page.starts_at + dt.timedelta(hours=3))
    place = "Salle des fêtes"
    organiser = "ARS"

    class Meta:
        model = MeetingPage

    class Params:
        code = "53"

    region = factory.LazyAttribute(lambda page: Region.objects.get(code=page.code))


def published(**facts: Any) -> Meeting:
    """The record of a meeting that was published as editors publish."""
    page = MeetingPageFactory(**facts)
    page.save_revision().publish()
    return Meeting.objects.select_related("region", "page").get(uid=page.uid)


def registration(meeting: Meeting, state: RegistrationState, **facts: Any) -> Registration:
    """Somebody's registration, of `account` or `person`, made when the meeting was published."""
    at = meeting.published_at
    moments = {
        RegistrationState.CONFIRMED: "confirmed_at",
        RegistrationState.WAITING: "waiting_since",
        RegistrationState.CANCELLED: "cancelled_at",
    }
    if state in moments:
        facts.setdefault(moments[state], at)
    return Registration.objects.create(meeting=meeting, state=state, created_at=at, **facts)
