"""At the door: whoever is known says so with one button, the others are sent a link."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from meetings.attendance.links import door_link
from meetings.attendance.views.door import UNKNOWN_CODES
from meetings.enums import How
from meetings.models import Meeting, MeetingAttendance
from meetings.registrations.links import registration_path
from notifications.models import Delivery
from organisation.sessions import PERSON
from tests.meetings.organising.world import HOUR, client_of, comes, coming, running
from tests.meetings.registrations.making import account, person_made

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


def door(meeting: Meeting) -> str:
    return reverse("meetings:door", args=[meeting.door_code])


def present() -> list[MeetingAttendance]:
    return list(MeetingAttendance.objects.standing())


def test_signed_in_one_button_is_enough() -> None:
    meeting, client = running(), client_of(account())
    assert "Je suis là" in client.get(door(meeting)).content.decode()
    assert not present()  # GET changes nothing
    answer = client.post(door(meeting), follow=True)
    assert "Votre présence est notée" in answer.content.decode()
    assert [one.how for one in present()] == [How.SCANNED]
    client.post(door(meeting))
    assert len(present()) == 1


def test_whoever_a_code_let_in_too() -> None:
    meeting, client, person = running(), Client(), person_made()
    session = client.session
    session[PERSON] = str(person.uid)
    session.save()
    client.post(door(meeting))
    assert [one.registration.person for one in present()] == [person]


def test_a_code_in_small_letters_and_with_a_hyphen_is_read() -> None:
    meeting = running()
    typed = f"{meeting.door_code[:4]}-{meeting.door_code[4:]}".lower()
    answer = Client().get(reverse("meetings:door_form"), {"code": typed})
    assert answer["Location"] == door(meeting)
    assert Client().get(door(meeting).lower()).status_code == 200


@pytest.mark.parametrize("when", ["coming", "over", "cancelled", "withdrawn"])
def test_the_code_is_good_while_the_meeting_runs_only(when: str) -> None:
    now = timezone.now()
    meeting = {
        "coming": coming,
        "over": lambda: running(ends_at=now - HOUR / 2),
        "cancelled": lambda: running(cancelled_at=now, cancel_reason="Neige"),
        "withdrawn": lambda: running(withdrawn_at=now),
    }[when]()
    client = client_of(account())
    for answer in (client.get(door(meeting)), client.post(door(meeting))):
        assert answer.status_code == 404
        assert "ne vaut pas maintenant" in answer.content.decode()
    assert not present()


class TestByMail:
    def ask(self, meeting: Meeting, email: str) -> str:
        answer = Client().post(door(meeting), {"email": email})
        assert answer.status_code == 200
        return answer.content.decode().replace(email, "")

    def test_the_answer_never_tells_whether_one_is_registered(self) -> None:
        meeting = running()
        comes(meeting, "Curie")
        known, unknown = (
            self.ask(meeting, "curie@essai.test"),
            self.ask(meeting, "autre@essai.test"),
        )
        assert re.sub(r"nonce-\w+|csrf\w+", "", known) == re.sub(r"nonce-\w+|csrf\w+", "", unknown)
        assert [one.address for one in Delivery.objects.all()] == ["curie@essai.test"]
        assert not present()

    def test_the_link_shows_a_button_and_the_button_records(self) -> None:
        meeting = running()
        one = comes(meeting, "Curie")
        self.ask(meeting, "CURIE@essai.test")
        mail = Delivery.objects.get()
        address = door_link(one)
        assert address in mail.text
        client = Client()
        for _turn in range(2):  # a mail filter follows it too
            assert "Je suis là" in client.get(address).content.decode()
            client.head(address)
        assert not present()
        answer = client.post(address, follow=True).content.decode()
        assert "Votre présence est notée" in answer
        assert "Ada Curie" in answer
        assert [found.registration for found in present()] == [one]

    def test_the_link_is_good_until_the_meeting_ends(self) -> None:
        meeting = running()
        one = comes(meeting)
        Meeting.objects.filter(pk=meeting.pk).update(ends_at=timezone.now())
        client = Client()
        client.post(door_link(one))
        assert client.get(door_link(one)).status_code == 404
        assert not present()

    def test_no_other_link_is_taken(self) -> None:
        one = comes(running())
        forged = reverse("meetings:door_link", args=[f"{one.uid.hex}.AAAA"])
        assert Client().post(forged).status_code == 404

    def test_asked_twice_at_once_there_is_one_mail(self) -> None:
        meeting = running()
        comes(meeting, "Curie")
        now = timezone.now()
        for _turn in range(2):
            self.ask(meeting, "curie@essai.test")
        slack = 2 if timezone.now().timestamp() // 120 != now.timestamp() // 120 else 1
        assert Delivery.objects.count() <= slack

    def test_an_address_is_no_mailbox_to_fill(self) -> None:
        meetings = [running() for _n in range(9)]
        for meeting in meetings:
            comes(meeting, "Curie")
            self.ask(meeting, "curie@essai.test")
        assert Delivery.objects.count() == 6

    @pytest.mark.parametrize("email", ["", "pas une adresse"])
    def test_what_is_no_address_is_said(self, email: str) -> None:
        answer = Client().post(door(running()), {"email": email})
        assert answer.status_code == 422


def test_the_browser_that_opened_her_registration_needs_no_more() -> None:
    meeting, client = running(), Client()
    one, other = comes(meeting, "Curie"), comes(running(), "Autre")
    assert "Ada Curie" not in client.get(door(meeting)).content.decode()
    for opened in (one, other):
        assert client.get(registration_path(opened)).status_code == 200
    assert "Ada Curie" in client.get(door(meeting)).content.decode()
    client.post(door(meeting))
    assert [found.registration for found in present()] == [one]


def test_guessing_codes_stops() -> None:
    client = Client()
    address = reverse("meetings:door", args=["ABCDEFGH"])
    for _turn in range(UNKNOWN_CODES.count):
        assert client.get(address).status_code == 404
    answer = client.get(door(running()))
    assert answer.status_code == 429
    assert "Trop de codes inconnus" in answer.content.decode()


def test_no_cache_keeps_it_and_no_search_engine_lists_it() -> None:
    answer = Client().get(door(running()))
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"


def test_doors_open_half_an_hour_before() -> None:
    meeting = coming(starts_at=timezone.now() + dt.timedelta(minutes=25))
    client_of(account()).post(door(meeting))
    [one] = present()
    assert one.attended_at < meeting.starts_at
