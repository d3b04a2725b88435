"""The import of past training on the site: preview, confirm, never twice, only one's own house."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from organisation.enums import GrantRight
from organisation.models import Appointment
from organisation.scopes import Scope
from organisation.services import grant_give
from tests.organisation.factories import STARTED, EstablishmentFactory
from training.enums import Provenance
from training.models import Completion
from training.past.reading import MAX_BYTES
from users.models import AuditEntry

from .world import TITLE, Hospital

pytestmark = pytest.mark.django_db


@pytest.fixture
def hospital() -> Hospital:
    return Hospital()


@pytest.fixture
def ciso(hospital: Hospital) -> Client:
    return hospital.client(hospital.ciso)


def address(hospital: Hospital, rest: str = "") -> str:
    return f"/formation/etablissement/{hospital.house.uid}/passees/{rest}"


def lines(hospital: Hospital, *more: str) -> str:
    rows = [f"{one.email};{TITLE};03/02/2025" for one in hospital.team]
    return "\n".join(["agent;module;date", *rows, *more])


def upload(client: Client, hospital: Hospital, content: str | bytes, name: str = "x.csv") -> Any:
    data = content.encode() if isinstance(content, str) else content
    return client.post(address(hospital), {"file": SimpleUploadedFile(name, data)})


def sealed(response: Any) -> str:
    found = re.search(r'name="sealed" value="([^"]*)"', response.content.decode())
    assert found, response.content.decode()
    return found[1]


def test_preview_then_confirmed(hospital: Hospital, ciso: Client) -> None:
    preview = upload(ciso, hospital, lines(hospital))
    assert "3 formations seront déclarées." in preview.content.decode()
    assert "Nom00" in preview.content.decode()
    assert not Completion.objects.exists()
    seal = sealed(preview)
    for _twice in range(2):
        ciso.post(address(hospital, "confirmer/"), {"sealed": seal})
    assert {one.provenance for one in Completion.objects.all()} == {Provenance.IMPORT}
    assert Completion.objects.count() == 3
    entry = AuditEntry.objects.get(action="training.declare")
    assert (entry.actor, entry.details["declarations"]) == (hospital.ciso, 3)


def test_one_wrong_line_stops_all(hospital: Hospital, ciso: Client) -> None:
    response = upload(ciso, hospital, lines(hospital, f"inconnu@x.test;{TITLE};03/02/2025"))
    text = response.content.decode()
    assert response.status_code == 422
    assert "Ligne 5 :" in text
    assert "« inconnu@x.test » n’est pas un agent" in text
    assert 'name="sealed"' not in text


def test_the_same_file_again_has_nothing_to_confirm(hospital: Hospital, ciso: Client) -> None:
    seal = sealed(upload(ciso, hospital, lines(hospital)))
    ciso.post(address(hospital, "confirmer/"), {"sealed": seal})
    text = upload(ciso, hospital, lines(hospital)).content.decode()
    assert "déjà enregistré" in text
    assert 'name="sealed"' not in text


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "x.csv", "vide"),
        (b"rubbish", "x.xlsx", "son nom annonce"),
        (b"x" * (MAX_BYTES + 1), "x.csv", "2 Mo"),
        (b"a;b\n", "x.csv", "Il manque"),
    ],
)
def test_a_wrong_file_is_said_at_the_field(
    hospital: Hospital, ciso: Client, content: bytes, name: str, words: str
) -> None:
    response = upload(ciso, hospital, content, name)
    assert response.status_code == 200
    assert words in response.content.decode()


def test_a_hostile_file_cannot_write_html(hospital: Hospital, ciso: Client) -> None:
    response = upload(ciso, hospital, "agent;module;date\n<script>alert(1)</script>;x;1/1/2025\n")
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize("seal", ["", "x", "W10:1aaaaa:bbbb"])
def test_what_was_not_shown_is_not_declared(hospital: Hospital, ciso: Client, seal: str) -> None:
    response = ciso.post(address(hospital, "confirmer/"), {"sealed": seal}, follow=True)
    assert "rien n’a été enregistré" in response.content.decode()
    assert not Completion.objects.exists()


def test_a_seal_is_for_one_account_and_one_house(hospital: Hospital, ciso: Client) -> None:
    seal = sealed(upload(ciso, hospital, lines(hospital)))
    other = hospital.organiser(establishment=hospital.house)
    hospital.client(other).post(address(hospital, "confirmer/"), {"sealed": seal})
    elsewhere = EstablishmentFactory()
    grant_give(
        user=hospital.ciso,
        right=GrantRight.MANAGE_TRAINING,
        scope=Scope.establishment(elsewhere),
        starts_on=STARTED,
    )
    there = f"/formation/etablissement/{elsewhere.uid}/passees/confirmer/"
    assert ciso.post(there, {"sealed": seal}).status_code == 302
    assert not Completion.objects.exists()


def test_a_seal_does_not_outlast_a_change_of_appointments(hospital: Hospital, ciso: Client) -> None:
    seal = sealed(upload(ciso, hospital, lines(hospital)))
    Appointment.objects.filter(person=hospital.team[0]).update(establishment=Hospital().house)
    response = ciso.post(address(hospital, "confirmer/"), {"sealed": seal}, follow=True)
    assert "renvoyez le fichier" in response.content.decode()
    assert not Completion.objects.exists()


def test_only_those_in_charge_of_the_house(hospital: Hospital) -> None:
    others = [
        hospital.head,
        hospital.organiser(),
        hospital.organiser(for_region=True, region=hospital.house.region),
        hospital.organiser(for_nation=True),
    ]
    for user in others:
        client = hospital.client(user)
        assert upload(client, hospital, lines(hospital)).status_code == 403
        assert client.post(address(hospital, "confirmer/"), {"sealed": "x"}).status_code == 403


def test_the_model_has_the_titles(hospital: Hospital, ciso: Client) -> None:
    response = ciso.get(address(hospital, "modele.csv"))
    assert response.content.decode("utf-8-sig") == "agent;module;date\r\n"
