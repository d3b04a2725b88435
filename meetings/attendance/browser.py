"""The registrations that a browser has shown to be somebody's, by opening their signed address.

Kept in the session: at the door she needs no other proof.
"""

from __future__ import annotations

from django.http import HttpRequest

from meetings.enums import RegistrationState
from meetings.models import Meeting, Registration

OPENED = "meetings_opened"
"""In the browser's session: uids of registrations, the latest last."""
KEPT = 10


def registration_remember(request: HttpRequest, registration: Registration) -> None:
    """Its signed address was opened here."""
    uid = str(registration.uid)
    opened = list(request.session.get(OPENED, []))
    if uid not in opened:
        request.session[OPENED] = [*opened, uid][-KEPT:]


def registration_opened(request: HttpRequest, meeting: Meeting) -> Registration | None:
    """The registration for `meeting` that was opened here, if there is one. One query, none where
    nothing was."""
    opened = request.session.get(OPENED, [])
    if not opened:
        return None
    rows = meeting.registrations.exclude(state=RegistrationState.CANCELLED)
    found = rows.filter(uid__in=opened).select_related("person").first()
    if found is not None:
        found.meeting = meeting
    return found
