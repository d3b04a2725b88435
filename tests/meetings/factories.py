"""Meetings."""

from __future__ import annotations

import datetime as dt

import factory
import wagtail_factories

from meetings.models import MeetingPage, MeetingsIndexPage
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
