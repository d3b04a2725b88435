"""What a security officer's coverage page costs: a whole hospital, roles by modules."""

from __future__ import annotations

import datetime as dt
import importlib.util
import uuid
from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from bench.harness import Ratio, Site, ratio, size

PEOPLE = size(1_500, 12_000)
MODULES = 4
# People are counted in Python, so the page grows with them; its number of queries does not.
LIMIT = size(500, 2_500)
START = dt.date(2025, 1, 1)


def hospital() -> str:
    """A hospital of `PEOPLE` in every role, half of them trained; the session of its officer."""
    from organisation.enums import GrantRight, ScopeKind
    from organisation.models import Appointment, Establishment, Grant, Person, Region, StaffRole
    from training.models import Completion, Requirement, Trainable

    house = Establishment.objects.create(
        name="Hôpital de mesure", finess_ej="990000001", region=Region.objects.first()
    )
    roles = list(StaffRole.objects.all())
    people = Person.objects.bulk_create(
        Person(first_name="Agent", last_name=f"N{number}") for number in range(PEOPLE)
    )
    Appointment.objects.bulk_create(
        Appointment(
            person=person, establishment=house, role=roles[number % len(roles)], starts_on=START
        )
        for number, person in enumerate(people)
    )
    for number in range(MODULES):
        trainable = Trainable.objects.create(title=f"Module {number}")
        Requirement.objects.create(
            trainable=trainable,
            scope=ScopeKind.ESTABLISHMENT,
            establishment=house,
            due_days=90,
            validity_months=12,
            starts_on=START,
        ).roles.set(roles)
        Completion.objects.bulk_create(
            Completion(
                person=person,
                trainable=trainable,
                completed_at=timezone.now(),
                statement_id=uuid.uuid4(),
            )
            for person in people[number::2]
        )
    officer = get_user_model().objects.create_user(email="rssi@bench.test", password="x")
    Grant.objects.create(
        user=officer,
        right=GrantRight.READ_COVERAGE,
        scope=ScopeKind.ESTABLISHMENT,
        establishment=house,
        starts_on=START,
    )
    client = Client()
    client.force_login(officer, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def landing(cookies: dict[str, str]) -> str:
    """Where `/couverture/` leads this officer."""
    client = Client()
    client.cookies.load(cookies)
    response = client.get("/couverture/", follow=True)
    return response.redirect_chain[-1][0] if response.redirect_chain else "/couverture/"


def ratios() -> Iterator[Ratio]:
    if importlib.util.find_spec("reporting.urls") is None:
        return
    cookies = {settings.SESSION_COOKIE_NAME: hospital()}
    site, address = Site(cookies), landing(cookies)
    yield ratio("coverage_page", lambda: site.get(address), limit=LIMIT, rounds=size(15, 25))
