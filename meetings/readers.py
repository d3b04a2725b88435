"""Who reads the pages of meetings, and what is hers there."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest

from meetings.enums import RegistrationState
from meetings.models import Meeting, Registration
from organisation.models import Region
from organisation.selectors import establishment_of_user
from organisation.sessions import person_of_request
from users.models import User


def region_of_reader(request: HttpRequest, *, day: dt.date) -> Region | None:
    """Where somebody with an account works; None for everybody else. Two queries at most."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return None
    establishment = establishment_of_user(user=user, day=day)
    return establishment.region if establishment else None


def registration_of_reader(request: HttpRequest, meeting: Meeting) -> Registration | None:
    """The registration of who reads, unless it is cancelled: by account, or by one-time code.

    Of two, the confirmed one.
    """
    user = getattr(request, "user", None)
    person = person_of_request(request)
    registrations = meeting.registrations.exclude(state=RegistrationState.CANCELLED)
    if isinstance(user, User):
        own = registrations.filter(account=user)
        if person is not None:
            own |= registrations.filter(person=person)
    elif person is not None:
        own = registrations.filter(person=person)
    else:
        return None
    return own.order_by("state", "pk").first()
