"""A meeting in Brittany, those who hold it, and those who come."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.test import Client
from django.utils import timezone

from meetings.enums import RegistrationState
from meetings.models import Meeting, Registration
from organisation.models import Region
from organisation.roles_of_access import RoleKey
from organisation.scopes import Scope
from tests.meetings.registrations.making import meeting_made
from tests.organisation.access.world import holder
from users.models import User

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


def organiser(code: str = "53") -> User:
    return holder(RoleKey.ORGANISER, Scope.region(Region.objects.get(code=code)))


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def running(**fields: Any) -> Meeting:
    """It began an hour ago and goes on for two more."""
    return meeting_made(**{"starts_at": timezone.now() - HOUR, **fields})


def coming(**fields: Any) -> Meeting:
    return meeting_made(**{"starts_at": timezone.now() + 10 * DAY, **fields})


def comes(meeting: Meeting, last_name: str = "Lovelace", **fields: Any) -> Registration:
    """Somebody has a seat, without an account unless told."""
    now = timezone.now()
    values: dict[str, Any] = {
        "state": RegistrationState.CONFIRMED,
        "first_name": "Ada",
        "last_name": last_name,
        "house": "CH d’essai",
        "email": f"{last_name.lower()}@essai.test",
        "created_at": now,
        "confirmed_at": now,
    }
    return Registration.objects.create(meeting=meeting, **{**values, **fields})


def waits(meeting: Meeting, last_name: str, **fields: Any) -> Registration:
    since = {"state": RegistrationState.WAITING, "waiting_since": timezone.now()}
    return comes(meeting, last_name, **since, **fields)
