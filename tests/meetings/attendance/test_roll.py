"""The organiser's list, without any script."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from meetings.enums import How
from meetings.models import Meeting, MeetingAttendance, Registration
from tests.meetings.organising.world import client_of, comes, coming, organiser, running

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return client_of(organiser())


def url(name: str, meeting: Meeting) -> str:
    return reverse(f"meetings:attendance_{name}", args=[meeting.uid])


def present(meeting: Meeting) -> set[str]:
    rows = MeetingAttendance.objects.standing().filter(registration__meeting=meeting)
    return {one.registration.last_name for one in rows}


def test_many_are_ticked_at_once(client: Client) -> None:
    meeting = running()
    people = [comes(meeting, f"Nom{n}") for n in range(4)]
    ticked = [str(one.uid) for one in people[:3]]
    answer = client.post(
        url("roll", meeting), {"how": "listed", "present": [*ticked, "pas-un-uid"]}, follow=True
    )
    assert "3 présences enregistrées" in answer.content.decode()
    assert present(meeting) == {"Nom0", "Nom1", "Nom2"}
    assert [one.last_name for one in answer.context["page_obj"]] == ["Nom3"]


def test_nobody_is_ticked_by_a_search(client: Client) -> None:
    """What a search does not show stays as it is, and the search is kept."""
    meeting = running()
    comes(meeting, "Curie")
    one = comes(meeting, "Noether")
    address = f"{url('roll', meeting)}?q=noether"
    page = client.get(address)
    assert [found.last_name for found in page.context["page_obj"]] == ["Noether"]
    answer = client.post(address, {"how": "paper", "present": [str(one.uid)]})
    assert answer["Location"] == address
    assert present(meeting) == {"Noether"}


def test_how_it_is_known_must_be_said(client: Client) -> None:
    meeting = running()
    one = comes(meeting)
    answer = client.post(url("roll", meeting), {"how": "scanned", "present": [str(one.uid)]})
    assert answer.status_code == 422
    assert not present(meeting)


def test_paper_is_labelled_on_the_list(client: Client) -> None:
    meeting = running()
    one = comes(meeting)
    page = client.post(
        url("roll", meeting), {"how": "paper", "present": [str(one.uid)]}, follow=True
    )
    assert "Déclarée d’après une feuille signée" in page.content.decode()
    there = client.get(reverse("meetings:organised_meeting", args=[meeting.uid]))
    assert "Présence déclarée" in there.content.decode()


def test_who_spoke_is_marked(client: Client) -> None:
    meeting = running()
    one = comes(meeting)
    client.post(url("roll", meeting), {"how": "listed", "present": [str(one.uid)]})
    there = MeetingAttendance.objects.get()
    page = client.post(
        url("mark", meeting), {"chosen": [str(there.uid)], "contributed": "1"}, follow=True
    )
    assert "a pris la parole" in page.content.decode()


def test_taking_back_asks_once(client: Client) -> None:
    meeting = running()
    people = [comes(meeting, f"Nom{n}") for n in range(3)]
    uids = [str(one.uid) for one in people]
    client.post(url("roll", meeting), {"how": "listed", "present": uids})
    chosen = [str(one.uid) for one in MeetingAttendance.objects.order_by("pk")[:2]]
    asked = client.post(url("mark", meeting), {"chosen": chosen, "withdraw": "1"})
    assert "Nom0 Ada" in asked.content.decode()
    assert len(present(meeting)) == 3
    client.post(url("mark", meeting), {"chosen": chosen, "withdraw": "1", "confirmed": "1"})
    assert present(meeting) == {"Nom2"}


def test_nobody_ticked_is_said(client: Client) -> None:
    answer = client.post(url("mark", running()), {"withdraw": "1"}, follow=True)
    assert "Cochez d’abord" in answer.content.decode()


def test_others_meetings_cannot_be_marked_through_one_s_own(client: Client) -> None:
    theirs = running(code="11")
    one = comes(theirs)
    other = client_of(organiser("11"))
    other.post(url("roll", theirs), {"how": "listed", "present": [str(one.uid)]})
    there = MeetingAttendance.objects.get()
    fields = {"chosen": [str(there.uid)], "withdraw": "1", "confirmed": "1"}
    client.post(url("mark", running()), fields)
    client.post(url("roll", running()), {"how": "listed", "present": [str(one.uid)]})
    assert client.post(url("mark", theirs), fields).status_code == 404
    assert present(theirs) == {"Lovelace"}


def test_a_walk_in_by_name(client: Client) -> None:
    meeting = running()
    who = {"how": "paper", "last_name": "Curie", "first_name": "Marie", "house": "", "email": ""}
    page = client.post(url("walk_in", meeting), who, follow=True)
    assert "Marie Curie" in page.content.decode()
    assert MeetingAttendance.objects.get().how == How.PAPER
    assert Registration.objects.get().is_walk_in
    assert client.post(url("walk_in", meeting), {**who, "last_name": ""}).status_code == 422


def test_too_early_nothing_is_kept_and_it_is_said(client: Client) -> None:
    meeting = coming()
    one = comes(meeting)
    page = client.post(
        url("roll", meeting), {"how": "listed", "present": [str(one.uid)]}, follow=True
    )
    assert "Rien n’a été enregistré" in page.content.decode()
    assert "disabled" in page.content.decode()
    client.post(url("walk_in", meeting), {"how": "listed", "last_name": "A", "first_name": "B"})
    assert not MeetingAttendance.objects.exists()
    assert Registration.objects.count() == 1


def test_the_screen_and_the_poster_of_the_code(client: Client) -> None:
    meeting = running(starts_at=timezone.now())
    page = client.get(url("screen", meeting)).content.decode()
    assert f"{meeting.door_code[:4]}-{meeting.door_code[4:]}" in page
    assert "<svg" in page
    poster = client.get(url("poster", meeting))
    assert poster["Content-Type"] == "application/pdf"
