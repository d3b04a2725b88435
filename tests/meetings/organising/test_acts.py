"""What organisers do: add, cancel for somebody, write, repeat, call off."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from meetings.enums import Audience, RegistrationState
from meetings.mails import MESSAGE
from meetings.models import Meeting, MeetingPage, MeetingsIndexPage, OrganiserMessage, Registration
from meetings.organising.messages import A_DAY
from meetings.organising.series import Rhythm, days_of, hours_on, series_prepare
from notifications.models import Delivery
from organisation.services import person_for_user
from tests.meetings.factories import MeetingPageFactory
from tests.meetings.registrations.making import account, meeting_made
from users.models import AuditEntry, User

from .world import DAY, HOUR, client_of, comes, coming, organiser, running, waits

pytestmark = pytest.mark.django_db


@pytest.fixture
def holder() -> User:
    return organiser()


@pytest.fixture
def client(holder: User) -> Client:
    return client_of(holder)


def url(name: str, meeting: Meeting, *more: Any) -> str:
    return reverse(f"meetings:{name}", args=[meeting.uid, *more])


def acts() -> list[str]:
    rows = AuditEntry.objects.filter(action__startswith="meeting.").order_by("pk")
    return [one.action for one in rows if one.action != "meeting.names_read"]


class TestAdding:
    WHO = {"last_name": "Curie", "first_name": "Marie", "house": "Institut", "email": ""}

    def test_by_hand_beyond_the_capacity(self, client: Client) -> None:
        meeting = coming(capacity=1)
        comes(meeting, "Noether")
        answer = client.post(url("organised_add", meeting), self.WHO, follow=True)
        assert "Marie Curie" in answer.content.decode()
        added = Registration.objects.get(last_name="Curie")
        assert added.state == RegistrationState.CONFIRMED
        assert acts() == ["meeting.add"]

    def test_whoever_has_proved_the_address_is_that_person(self, client: Client) -> None:
        user, meeting = account(), coming()
        person = person_for_user(user=user)
        client.post(url("organised_add", meeting), {**self.WHO, "email": user.email.upper()})
        assert Registration.objects.get(meeting=meeting).person == person

    @pytest.mark.parametrize(
        "fields", [{"last_name": ""}, {"first_name": " "}, {"email": "pas une adresse"}]
    )
    def test_what_is_missing_is_said_and_nothing_lost(
        self, client: Client, fields: dict[str, str]
    ) -> None:
        meeting = coming()
        answer = client.post(url("organised_add", meeting), {**self.WHO, **fields})
        assert answer.status_code == 422
        assert 'value="Institut"' in answer.content.decode()
        assert not Registration.objects.exists()


class TestUnregistering:
    def test_asked_once_then_cancelled_and_told(self, client: Client) -> None:
        meeting = coming()
        one = comes(meeting, "Curie")
        address = url("organised_unregister", meeting, one.uid)
        assert "Curie Ada" in client.get(address).content.decode()
        one.refresh_from_db()
        assert one.state == RegistrationState.CONFIRMED  # GET changes nothing
        client.post(address)
        one.refresh_from_db()
        assert one.state == RegistrationState.CANCELLED
        assert Delivery.objects.filter(address=one.email).count() == 1
        assert acts() == ["meeting.unregister"]
        assert client.post(address).status_code == 404

    def test_nobody_s_of_another_meeting(self, client: Client) -> None:
        one = comes(coming(code="11"))
        assert client.post(url("organised_unregister", coming(), one.uid)).status_code == 404


class TestWriting:
    TEXT = "Venez tôt.\nhttps://exemple.test/plan <b>gras</b>"

    def fields(self, **changes: str) -> dict[str, str]:
        return {"audience": "confirmed", "subject": "Le plan", "text": self.TEXT, **changes}

    def sent(self, client: Client, meeting: Meeting, **changes: str) -> Any:
        fields = self.fields(**changes)
        preview = client.post(url("organised_message", meeting), fields)
        assert preview.status_code == 200
        posted = dict(preview.context["posted"])
        return client.post(url("organised_message", meeting), posted, follow=True)

    def test_the_preview_says_how_many_and_sends_nothing(self, client: Client) -> None:
        meeting = coming()
        comes(meeting, "Curie")
        comes(meeting, "Sans", email="")
        waits(meeting, "Noether")
        answer = client.post(url("organised_message", meeting), self.fields())
        page = answer.content.decode()
        assert "1 personne le recevra" in page
        assert "1 personne n’a pas d’adresse" in page
        assert "&lt;b&gt;gras&lt;/b&gt;" in page
        assert not OrganiserMessage.objects.exists()
        assert not Delivery.objects.exists()

    @pytest.mark.parametrize(
        ("audience", "told"),
        [
            (Audience.CONFIRMED, {"curie@essai.test"}),
            (Audience.WAITING, {"noether@essai.test"}),
            (Audience.STANDING, {"curie@essai.test", "noether@essai.test"}),
        ],
    )
    def test_one_mail_to_each_of_the_audience(
        self, client: Client, audience: Audience, told: set[str]
    ) -> None:
        meeting = coming()
        comes(meeting, "Curie")
        waits(meeting, "Noether")
        comes(coming(), "Autre")
        self.sent(client, meeting, audience=audience.value)
        mails = Delivery.objects.filter(category=MESSAGE)
        assert {one.address for one in mails} == told
        message = OrganiserMessage.objects.get()
        assert message.recipients == len(told)
        assert acts() == ["meeting.message"]

    def test_a_link_stays_text_and_the_subject_one_line(self, client: Client) -> None:
        meeting = coming()
        comes(meeting, "Curie")
        self.sent(client, meeting, subject="Le plan\r\nBcc: autre@essai.test")
        mail = Delivery.objects.get(category=MESSAGE)
        assert "\n" not in mail.subject
        assert "Le plan Bcc: autre@essai.test" in mail.subject
        assert 'href="https://exemple.test' not in mail.html
        assert "&lt;b&gt;gras" in mail.html
        assert "https://exemple.test/plan <b>gras</b>" in mail.text

    def test_what_was_looked_at_is_what_leaves(self, client: Client) -> None:
        """A form that was changed after its preview is shown again first."""
        meeting = coming()
        comes(meeting, "Curie")
        preview = client.post(url("organised_message", meeting), self.fields())
        posted = {**dict(preview.context["posted"]), "text": "Autre chose"}
        client.post(url("organised_message", meeting), posted)
        assert not OrganiserMessage.objects.exists()

    def test_five_a_day_and_the_text_is_kept(self, client: Client) -> None:
        meeting = coming()
        comes(meeting, "Curie")
        for number in range(A_DAY):
            self.sent(client, meeting, subject=f"N° {number}")
        answer = self.sent(client, meeting, subject="De trop")
        assert answer.status_code == 422
        page = answer.content.decode()
        assert "déjà partis aujourd’hui" in page
        assert "Venez tôt." in page
        assert OrganiserMessage.objects.count() == A_DAY

    def test_nobody_to_tell_is_said(self, client: Client) -> None:
        meeting = coming()
        answer = client.post(url("organised_message", meeting), self.fields())
        assert answer.status_code == 422
        assert "n’a d’adresse" in answer.content.decode()


class TestRepeating:
    def test_days_of_a_rhythm(self) -> None:
        first = dt.date(2027, 3, 9)  # the second tuesday
        weekly = days_of(first=first, rhythm=Rhythm.WEEKLY, count=3)
        assert weekly == [dt.date(2027, 3, 16), dt.date(2027, 3, 23), dt.date(2027, 3, 30)]
        monthly = days_of(first=first, rhythm=Rhythm.MONTHLY, count=10)
        assert monthly[:3] == [dt.date(2027, 4, 13), dt.date(2027, 5, 11), dt.date(2027, 6, 8)]
        assert monthly[-1] == dt.date(2028, 1, 11)
        fifth = days_of(first=dt.date(2027, 3, 30), rhythm=Rhythm.MONTHLY, count=2)
        assert fifth == [dt.date(2027, 4, 27), dt.date(2027, 5, 25)]

    @pytest.mark.parametrize(
        ("code", "starts", "day", "expected"),
        [
            # Paris: winter time before, summer time after.
            ("53", (2027, 3, 9, 8, 30), (2027, 4, 13), (2027, 4, 13, 7, 30)),
            ("53", (2027, 9, 14, 7), (2027, 11, 9), (2027, 11, 9, 8)),
            # No summer time in La Réunion.
            ("04", (2027, 3, 9, 5), (2027, 4, 13), (2027, 4, 13, 5)),
            # The evening before, in Guadeloupe.
            ("01", (2027, 4, 2, 1), (2027, 4, 8), (2027, 4, 9, 1)),
        ],
    )
    def test_the_hours_stay_on_the_clocks_of_the_place(
        self,
        code: str,
        starts: tuple[int, ...],
        day: tuple[int, int, int],
        expected: tuple[int, ...],
    ) -> None:
        meeting = meeting_made(code=code, starts_at=dt.datetime(*starts, tzinfo=dt.UTC))
        hours = hours_on(meeting=meeting, day=dt.date(*day))
        assert hours.starts_at == dt.datetime(*expected, tzinfo=dt.UTC)
        assert hours.ends_at - hours.starts_at == dt.timedelta(hours=3)

    @pytest.fixture
    def page(self, calendar: MeetingsIndexPage) -> MeetingPage:
        starts = (timezone.now() + 10 * DAY).replace(second=0, microsecond=0)
        page: MeetingPage = MeetingPageFactory(
            parent=calendar,
            starts_at=starts,
            registration_closes_at=starts - 2 * HOUR,
            materials=[("summary", "<p>Compte rendu</p>")],
            live=False,
        )
        day = page.local_start.date()
        page.programme = [
            {"type": "session", "value": {"day": f"{day}", "starts": "09:00", "title": "Accueil"}}
        ]
        page.save_revision().publish()
        page.refresh_from_db()
        return page

    def test_the_dates_are_shown_first_then_drafts_are_made(
        self, client: Client, page: MeetingPage
    ) -> None:
        meeting = page.record
        comes(meeting)
        address = url("organised_series", meeting)
        fields = {"rhythm": "weekly", "count": "2", "dates": ""}
        shown = client.post(address, fields)
        assert len(shown.context["hours"]) == 2
        assert MeetingPage.objects.count() == 1
        client.post(address, dict(shown.context["posted"]))
        copies = list(MeetingPage.objects.exclude(pk=page.pk).order_by("starts_at"))
        assert [one.local_start.date() for one in copies] == [
            page.local_start.date() + dt.timedelta(weeks=n) for n in (1, 2)
        ]
        for one in copies:
            assert not one.live
            assert one.uid != page.uid
            draft = one.get_latest_revision_as_object()
            assert draft.starts_at == one.starts_at
            assert not draft.materials
            assert draft.programme[0].value["day"] == one.local_start.date()
            assert one.registration_closes_at < one.starts_at
        assert Meeting.objects.count() == 1  # nothing is published
        assert acts() == ["meeting.repeat"]

    def test_drafts_go_to_moderation(self, holder: User, page: MeetingPage) -> None:
        [made] = series_prepare(
            meeting=page.record, days=[page.local_start.date() + DAY], actor=holder
        )
        assert made.current_workflow_state is not None
        assert made.current_workflow_state.requested_by == holder

    def test_chosen_dates_twice_over(self, client: Client, page: MeetingPage) -> None:
        """The same dates again make other drafts, each with an address of its own."""
        address = url("organised_series", page.record)
        first = page.local_start.date() + 7 * DAY
        fields = {"rhythm": "dates", "dates": f"{first:%d/%m/%Y}\n\n{first + DAY:%Y-%m-%d}"}
        for _turn in range(2):
            shown = client.post(address, fields)
            client.post(address, dict(shown.context["posted"]))
        slugs = set(MeetingPage.objects.values_list("slug", flat=True))
        assert len(slugs) == 5

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"rhythm": "dates", "dates": "demain"}, "n’est pas une date"),
            ({"rhythm": "dates", "dates": ""}, "au moins une date"),
            ({"rhythm": "dates", "dates": "01/02/2020"}, "est passée"),
            ({"rhythm": "weekly", "count": "13"}, "12"),
            ({"rhythm": "weekly", "count": ""}, "combien"),
            ({"rhythm": "chaque jour"}, "Sélectionnez un choix valide"),
        ],
    )
    def test_what_makes_no_series_says_why(
        self, client: Client, page: MeetingPage, fields: dict[str, str], said: str
    ) -> None:
        answer = client.post(url("organised_series", page.record), fields)
        assert answer.status_code == 422
        assert said in answer.content.decode()

    def test_without_its_page_there_is_nothing_to_repeat(self, client: Client) -> None:
        page = client.get(url("organised_series", coming()))
        assert "a été supprimée" in page.content.decode()


class TestCallingOff:
    def test_it_says_how_many_learn_it_and_that_it_stays(self, client: Client) -> None:
        meeting = coming()
        comes(meeting, "Curie")
        waits(meeting, "Noether")
        comes(meeting, "Sans", email="")
        address = url("organised_cancel", meeting)
        page = client.get(address).content.decode()
        assert "2 personnes l’apprendront" in page
        assert "1 autre n’a pas d’adresse" in page
        assert "pas de retour" in page
        assert client.post(address, {"reason": " "}).status_code == 422
        client.post(address, {"reason": "Neige"})
        meeting.refresh_from_db()
        assert meeting.cancel_reason == "Neige"
        assert acts() == ["meeting.cancel"]
        assert "déjà annulée" in client.get(address).content.decode()

    def test_what_is_over_is_not_called_off(self, client: Client) -> None:
        meeting = running(ends_at=timezone.now() - HOUR / 2)
        client.post(url("organised_cancel", meeting), {"reason": "Neige"})
        meeting.refresh_from_db()
        assert meeting.cancelled_at is None
