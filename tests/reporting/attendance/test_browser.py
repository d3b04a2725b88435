"""The pages of attendance in a real browser, on a desk and on a phone."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from meetings.enums import How
from reporting.services import snapshots_freeze
from tests.organisation.factories import EstablishmentFactory, GrantFactory

from .world import JUNE, attend, make_meeting, workers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1280, 390])
def test_pages_are_accessible_and_fit(
    width: int, page_factory: Any, login: Any, axe_check: Any
) -> None:
    house = EstablishmentFactory(name="Centre hospitalier intercommunal d’Essai et du Voisinage")
    people = workers(12, establishment=house)
    recent = make_meeting(day=timezone.localdate() - dt.timedelta(days=20))
    old = make_meeting(day=dt.date(2026, 6, 9))
    for number, person in enumerate(people):
        attend(recent, person, How.PAPER if number % 3 else How.SCANNED)
        attend(old, person)
    snapshots_freeze(month_end=JUNE)
    for grant, address in (
        (
            GrantFactory(establishment=house),
            reverse("reporting:establishment_attendance", args=[house.uid]),
        ),
        (GrantFactory(for_region=True), reverse("reporting:region_attendance", args=["53"])),
        (GrantFactory(for_nation=True), reverse("reporting:nation_attendance")),
    ):
        page = page_factory(width)
        login(page, grant.user)
        page.goto(address)
        axe_check(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
