"""What organisers do to single registrations: adding somebody, cancelling for somebody."""

from __future__ import annotations

import datetime as dt

from lrs.services import atomic_repeated
from meetings.models import Meeting, Registration
from meetings.registrations.services import registration_cancel, registration_walk_in
from meetings.services.acts import meeting_act_record
from organisation.models import Person
from organisation.selectors import person_of_user
from users.models import User


@atomic_repeated
def registration_add(
    *,
    meeting: Meeting,
    first_name: str,
    last_name: str,
    email: str,
    house: str,
    actor: User,
    now: dt.datetime,
) -> Registration:
    """Add somebody, who has a seat whatever the capacity: the organiser knows her room. Whoever has
    proved the address to be hers is known as the person that she is."""
    account = _account_with(email)
    person: Person | None = person_of_user(user=account) if account else None
    made = registration_walk_in(
        meeting=meeting,
        now=now,
        person=person,
        account=account if person else None,
        first_name=first_name,
        last_name=last_name,
        email=email,
        house=house,
    )
    meeting_act_record(
        meeting=made.meeting, actor=actor, action="meeting.add", registration=str(made.uid)
    )
    return made


@atomic_repeated
def registration_withdraw(*, registration: Registration, actor: User, now: dt.datetime) -> bool:
    """Cancel it for her; she is told. Whether it was new."""
    is_new = registration_cancel(registration=registration, now=now, by_organiser=True)
    if is_new:
        meeting_act_record(
            meeting=registration.meeting,
            actor=actor,
            action="meeting.unregister",
            registration=str(registration.uid),
        )
    return is_new


def _account_with(email: str) -> User | None:
    """Who has proved this address; nobody for none."""
    proved = User.objects.filter(
        is_active=True, emailaddress__email__iexact=email, emailaddress__verified=True
    )
    return proved.first() if email else None
