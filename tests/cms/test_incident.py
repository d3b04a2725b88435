"""«Signaler un incident» shows the reader's own hospital first."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from cms.models import HomePage
from organisation.models import Appointment, Establishment, Person, Region, StaffRole

ADDRESS = "/signaler-un-incident/"
LONG_AGO = dt.date(2020, 1, 1)


@pytest.fixture
def hospital(db: None) -> Establishment:
    return Establishment.objects.create(
        name="CH d’essai",
        hotline="02 00 00 12 34",
        security_contact_email="rssi@ch.test",
        region=Region.objects.first(),
    )


def appoint(user: Any, hospital: Establishment) -> None:
    person = Person.objects.create(user=user, last_name="Essai")
    Appointment.objects.create(
        person=person, establishment=hospital, role=StaffRole.objects.all()[0], starts_on=LONG_AGO
    )


def test_own_hospital_comes_before_the_national_portal(
    home: HomePage, client: Client, reader: Any, hospital: Establishment
) -> None:
    appoint(reader, hospital)
    client.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")
    response = client.get(ADDRESS)
    text = response.text
    assert 'href="tel:0200001234"' in text
    assert "mailto:rssi@ch.test" in text
    assert text.index("02 00 00 12 34") < text.index("signalement.social-sante.gouv.fr")
    assert response["Cache-Control"] == "private, no-store"


def test_account_without_hospital_is_told_why(home: HomePage, client: Client, reader: Any) -> None:
    client.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")
    assert "rattaché à aucun établissement" in client.get(ADDRESS).text


def test_visitor_is_told_whom_to_call(home: HomePage, client: Client) -> None:
    text = client.get(ADDRESS).text
    assert "Appelez l’informatique de votre établissement" in text
    assert "/accounts/login/?next=%2Fsignaler-un-incident%2F" in text


def test_hospital_without_number_has_a_way_too(
    home: HomePage, client: Client, reader: Any, hospital: Establishment
) -> None:
    Establishment.objects.filter(pk=hospital.pk).update(hotline="", security_contact_email="")
    appoint(reader, hospital)
    client.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")
    assert "Appelez le standard" in client.get(ADDRESS).text
