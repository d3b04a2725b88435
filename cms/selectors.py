"""Reading for the home and incident pages."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from campaign_assets.models import ResourcesIndexPage
from content.models import Audience
from courses.models import ModuleIndexPage, ModulePage
from courses.space import Card, learner_space
from meetings.models import MeetingsIndexPage
from meetings.selectors import meetings_upcoming
from organisation.models import Establishment
from organisation.selectors import establishment_of_user, person_of_user
from users.models import User

HOME_MODULES = 3
HOME_MEETINGS = 3
HOME_CARDS = 3


def home_sections(*, user: User | AnonymousUser, now: dt.datetime) -> dict[str, Any]:
    """What the home page shows besides its own fields, each section empty where nothing is
    published: `audiences`, `modules`, `meetings`, `begun` (the reader's own trainings) and the
    addresses of the listings. A fixed number of queries."""
    return {
        "audiences": list(Audience.objects.all()),
        "modules": home_modules(limit=HOME_MODULES),
        "modules_url": ModuleIndexPage.published_url(),
        "resources_url": ResourcesIndexPage.published_url(),
        "meetings": meetings_upcoming(now=now, limit=HOME_MEETINGS),
        "meetings_url": MeetingsIndexPage.published_url(),
        "begun": home_begun(user=user, day=timezone.localdate(now)),
    }


def home_modules(*, limit: int) -> list[ModulePage]:
    """The first published modules in the editors' order, with what a card shows."""
    modules = (
        ModulePage.objects.live()
        .public()
        .select_related("image")
        .prefetch_related("audiences", "image__renditions")
        .order_by("path")
    )
    return list(modules[:limit])


def home_begun(*, user: User | AnonymousUser, day: dt.date) -> list[Card]:
    """What presses the reader or was begun, most pressing first, with a page to go to."""
    person = person_of_user(user=user) if isinstance(user, User) else None
    if person is None:
        return []
    space = learner_space(person=person, day=day)
    cards = [card for card in (*space.late, *space.due, *space.begun) if card.page]
    return cards[:HOME_CARDS]


def incident_contact(*, user: User | AnonymousUser, day: dt.date) -> Establishment | None:
    """The reader's own hospital at `day`, if the platform knows it."""
    return establishment_of_user(user=user, day=day) if isinstance(user, User) else None
