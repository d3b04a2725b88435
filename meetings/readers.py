"""Who reads the pages of meetings, and what is hers there."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest

from meetings.models import Meeting
from meetings.registrations.selectors import registrations_of
from organisation.models import Region
from organisation.selectors import establishment_of_user
from organisation.sessions import account_of_request, is_signed_in, person_of_request


def region_of_reader(request: HttpRequest, *, day: dt.date) -> Region | None:
    """Where somebody with an account works; None for everybody else. Two queries at most."""
    user = account_of_request(request)
    establishment = establishment_of_user(user=user, day=day) if user else None
    return establishment.region if establishment else None


def remote_link_for(request: HttpRequest, meeting: Meeting) -> str:
    """The connection link, if the reader's registration is confirmed: by account, or by one-time
    code. Nothing for everybody else, and nothing once the meeting is called off."""
    if not meeting.remote_link or not meeting.is_held or not is_signed_in(request):
        return ""
    mine = registrations_of(person=person_of_request(request), account=account_of_request(request))
    return meeting.remote_link if mine.confirmed().filter(meeting=meeting).exists() else ""
