"""The attestation of who was there, its public check, and the poster at the door."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from meetings.attendance.document import attendance_pdf_render
from meetings.attendance.links import attestation_link
from meetings.attendance.poster import poster_pdf_render
from meetings.attendance.services import (
    attendance_record,
    attendance_withdraw,
    contribution_record,
)
from meetings.enums import How
from meetings.models import MeetingAttendance
from meetings.registrations.links import registration_path
from notifications.links import site_url
from organisation.services import person_for_user
from tests.meetings.organising.world import client_of, comes, organiser, running
from tests.meetings.registrations.making import account
from tests.support.pdf import pdf_codes, pdf_info, pdf_structure, pdf_text
from users.models import User

pytestmark = pytest.mark.django_db


def attended(how: How = How.LISTED, user: User | None = None, **who: str) -> MeetingAttendance:
    meeting = running(title="Rencontre de Rennes : l’hôpital et les cyberattaques")
    person = person_for_user(user=user) if user else None
    one = comes(meeting, who.pop("last_name", "Lovelace"), person=person, account=user, **who)
    now = timezone.now()
    [made] = attendance_record(
        meeting=meeting, registrations=[one], how=how, now=now, actor=organiser()
    )
    return made


def words(attendance: MeetingAttendance, file: Path) -> str:
    day = timezone.localdate()
    file.write_bytes(attendance_pdf_render(attendance=attendance, day=day))
    return " ".join(pdf_text(file).split())


def check(code: str) -> str:
    answer = Client().get(reverse("training:attestation_verify"), {"code": code})
    return answer.content.decode()


def test_it_says_who_was_where_and_is_for_every_reader(tmp_path: Path) -> None:
    file = tmp_path / "attestation.pdf"
    text = words(attended(), file)
    for said in ("Attestation de présence", "Ada Lovelace", "Rencontre de Rennes", "ARS Bretagne"):
        assert said in text
    assert "déclarée" not in text
    assert pdf_info(file)["Pages"] == "1"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in file.read_bytes()
    structure = pdf_structure(file)
    assert any(line.startswith("H1") for line in structure)
    assert any(line.startswith("Figure") for line in structure)


def test_what_was_declared_says_so(tmp_path: Path) -> None:
    made = attended(How.PAPER)
    assert "d’après la feuille signée" in words(made, tmp_path / "a.pdf")
    assert "feuille signée" in check(made.code)


def test_who_spoke_is_said(tmp_path: Path) -> None:
    made = attended()
    meeting = made.registration.meeting
    contribution_record(meeting=meeting, attendance=[made], now=timezone.now(), actor=organiser())
    made.refresh_from_db()
    assert "A pris la parole" in words(made, tmp_path / "a.pdf")


def test_its_code_leads_to_the_public_check(tmp_path: Path) -> None:
    made = attended()
    file = tmp_path / "a.pdf"
    words(made, file)
    [address] = pdf_codes(file.read_bytes())
    assert address.endswith(f"?code={made.code}")
    page = check(made.code.lower())
    for said in ("Attestation authentique", "Rencontre de Rennes", "A… L…", "Présence le"):
        assert said in page
    assert "Lovelace" not in page
    assert "CH d’essai" not in page


def test_taken_back_it_is_worth_nothing_more() -> None:
    made = attended()
    attendance_withdraw(
        meeting=made.registration.meeting,
        attendance=[made],
        now=timezone.now(),
        actor=organiser(),
    )
    page = check(made.code)
    assert "n’est plus valable" in page
    assert "la présence a été retirée" in page
    address = reverse("meetings:attendance_attestation", args=[made.uid])
    assert client_of(organiser()).get(address).status_code == 404
    assert Client().get(attestation_link(made)).status_code == 404


def test_for_oneself_for_who_holds_the_meeting_and_by_a_signed_address() -> None:
    user = account()
    made = attended(user=user)
    address = reverse("meetings:attendance_attestation", args=[made.uid])
    for client, url in (
        (client_of(user), address),
        (client_of(organiser()), address),
        (Client(), attestation_link(made)),
    ):
        answer = client.get(url)
        assert answer.status_code == 200, url
        assert answer.content.startswith(b"%PDF")


def test_the_page_of_one_s_registration_offers_it() -> None:
    made = attended()
    address = registration_path(made.registration)
    assert attestation_link(made) in Client().get(address).content.decode()
    attendance_withdraw(
        meeting=made.registration.meeting,
        attendance=[made],
        now=timezone.now(),
        actor=organiser(),
    )
    assert "/attestation/" not in Client().get(address).content.decode()


def test_for_nobody_else() -> None:
    made, other = attended(), attended(last_name="Autre")
    address = reverse("meetings:attendance_attestation", args=[made.uid])
    for user in (account(), organiser("11"), account(is_superuser=True, is_staff=True)):
        assert client_of(user).get(address).status_code == 404
    assert "/accounts/login/" in Client().get(address)["Location"]
    proof = attestation_link(other).partition("?")[2]
    assert Client().get(f"{address}?{proof}").status_code == 404


def test_the_poster_carries_the_code_and_the_address(tmp_path: Path) -> None:
    meeting = running()
    file = tmp_path / "poster.pdf"
    file.write_bytes(poster_pdf_render(meeting=meeting, day=timezone.localdate()))
    assert pdf_info(file)["Pages"] == "1"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in file.read_bytes()
    door = reverse("meetings:door", args=[meeting.door_code])
    assert pdf_codes(file.read_bytes()) == [site_url(door)]
    text = pdf_text(file)
    assert f"{meeting.door_code[:4]}-{meeting.door_code[4:]}" in "".join(text.split())
    assert meeting.title in " ".join(text.split())
