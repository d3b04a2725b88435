"""Meetings stand apart from modules wherever trainings are columns."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from reporting.services import snapshots_freeze
from tests.organisation.factories import AppointmentFactory, EstablishmentFactory, GrantFactory
from training.enums import TrainableKind
from users.models import User

from .factories import RequirementFactory, TrainableFactory
from .world import JUNE

pytestmark = pytest.mark.django_db


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def house() -> Any:
    """Twelve people of whom a module and a meeting, first by its title, are asked."""
    house = EstablishmentFactory()
    for _number in range(12):
        AppointmentFactory(establishment=house)
    meeting = TrainableFactory(title="Assises régionales", kind=TrainableKind.MEETING)
    for trainable in (meeting, TrainableFactory(title="Mots de passe")):
        RequirementFactory(trainable=trainable)
    return house


def heads(html: str) -> list[list[tuple[str, str]]]:
    """The rows of the table's head: (scope, words) of each cell."""
    (head,) = re.findall(r'<table class="tcv-matrix".*?<thead[^>]*>(.*?)</thead>', html, re.S)
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", head, re.S)
    return [re.findall(r'<th scope="(\w+)"[^>]*>([^<]*)</th>', row) for row in rows]


def test_the_live_table_has_a_heading_for_each(house: Any) -> None:
    client = client_of(GrantFactory(establishment=house).user)
    page = client.get(reverse("reporting:establishment", args=[house.uid])).content.decode()
    over, under = heads(page)
    assert over == [
        ("col", "Métier"),
        ("colgroup", "Modules"),
        ("colgroup", "Rencontres"),
        ("col", "Toutes les formations"),
    ]
    assert under == [("col", "Mots de passe"), ("col", "Assises régionales")]
    # On a phone the head is out of sight, so each cell says what it is of.
    assert 'data-label="Rencontre : Assises régionales"' in page
    assert 'data-label="Mots de passe"' in page


def test_the_frozen_grid_has_it_too_and_the_files_say_it(house: Any) -> None:
    snapshots_freeze(month_end=JUNE)
    client = client_of(GrantFactory(for_nation=True).user)
    page = client.get(reverse("reporting:nation")).content.decode()
    assert [words for _scope, words in heads(page)[0]][1:3] == ["Modules", "Rencontres"]
    response = client.get(reverse("reporting:nation_file", args=["csv"]))
    body = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    columns = [row[1] for row in csv.reader(io.StringIO(body), delimiter=";")][1:4]
    assert columns == [
        "Mots de passe",
        "Rencontre : Assises régionales",
        "Toutes les formations",
    ]


def test_names_of_those_missing_say_that_it_is_a_meeting(house: Any) -> None:
    client = client_of(GrantFactory(establishment=house).user)
    page = client.get(reverse("reporting:missing", args=[house.uid])).content.decode()
    assert "Rencontre : Assises régionales" in page


def test_modules_alone_have_no_heading() -> None:
    house = EstablishmentFactory()
    AppointmentFactory(establishment=house)
    RequirementFactory(trainable=TrainableFactory(title="Mots de passe"))
    client = client_of(GrantFactory(establishment=house).user)
    page = client.get(reverse("reporting:establishment", args=[house.uid])).content.decode()
    assert len(heads(page)) == 1
