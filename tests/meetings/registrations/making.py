"""Meetings that take registrations, and those who register."""

from __future__ import annotations

import datetime as dt
import itertools
import uuid
from typing import Any

from allauth.account.models import EmailAddress
from django.utils import timezone

from meetings.enums import MeetingFormat, RegistrationState
from meetings.models import Meeting, Registration
from meetings.registrations import services
from notifications.models import Delivery
from organisation.models import Person, Region
from organisation.services import person_for_user
from tests.organisation.factories import AccountFactory
from users.models import User

DAY = dt.timedelta(days=1)
NOW = dt.datetime(2027, 2, 1, 9, tzinfo=dt.UTC)
_numbers = itertools.count(1)


def meeting_made(**fields: Any) -> Meeting:
    """A published meeting, ten days after `NOW` unless told, without a page."""
    number = next(_numbers)
    starts = fields.pop("starts_at", NOW + 10 * DAY)
    code = fields.pop("code", "53")
    values: dict[str, Any] = {
        "uid": uuid.uuid4(),
        "title": f"Rencontre {number}",
        "region": Region.objects.get(code=code),
        "starts_at": starts,
        "ends_at": starts + dt.timedelta(hours=3),
        "format": MeetingFormat.ON_SITE,
        "place": "Salle des fêtes",
        "address": "1 rue de la Mairie\n35000 Rennes",
        "organiser": "ARS Bretagne",
        "contact_email": "rencontres@ars.test",
        "remote_link": "https://visio.test/salle-42",
        "published_at": NOW,
        "changed_at": NOW,
    }
    return Meeting.objects.create(**{**values, **fields})


def account(**fields: Any) -> User:
    """An account whose address is proved."""
    user: User = AccountFactory(**fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def person_made(**fields: Any) -> Person:
    """Somebody whom a code lets in: no account, no address."""
    return Person.objects.create(first_name="Claude", last_name=f"Nom {next(_numbers)}", **fields)


def joined(meeting: Meeting, now: dt.datetime = NOW, **fields: Any) -> Registration:
    """Somebody new with an account registers."""
    user = fields.pop("user", None) or account()
    person = person_for_user(user=user)
    return services.registration_create(
        meeting=meeting, person=person, account=user, now=now, **fields
    )


def asked(
    meeting: Meeting, email: str = "a@b.test", now: dt.datetime = NOW, **fields: Any
) -> Registration:
    """Somebody asks by e-mail; answers what the database holds for the address then."""
    values = {"first_name": "Ada", "last_name": "Lovelace", "house": "CH d’essai", **fields}
    services.registration_ask(meeting=meeting, email=email, now=now, **values)
    rows = Registration.objects.filter(meeting=meeting, email=email.lower())
    return rows.exclude(state=RegistrationState.CANCELLED).get()


def states(*registrations: Registration) -> list[str]:
    """As they are in the database now."""
    found = dict(Registration.objects.values_list("pk", "state"))
    return [found[one.pk] for one in registrations]


def mails_to(address: str) -> list[Delivery]:
    return list(Delivery.objects.filter(address=address.lower()).order_by("pk"))


def subjects(address: str) -> list[str]:
    """Without the site's name."""
    return [one.subject.split(": ", 1)[1] for one in mails_to(address)]


def soon() -> dt.datetime:
    """A start for tests that go through the views, which know the time of day."""
    return timezone.now() + 10 * DAY
