"""The pages of those who register: with an account, with a code, by e-mail; hostile ones too."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from meetings.enums import Attends, MeetingFormat, RegistrationState
from meetings.models import Meeting, MeetingAttendance, Registration
from meetings.registrations import views
from meetings.registrations.calling import Call, calling_of
from meetings.registrations.links import registration_path, token_of
from meetings.registrations.services import (
    registration_cancel,
    registration_confirm,
    registration_create,
)
from notifications.models import Delivery
from organisation.models import Person
from organisation.services import person_for_user
from organisation.sessions import PERSON
from users.limits import Limit
from users.models import User

from .making import DAY, account, asked, joined, mails_to, meeting_made, person_made, soon, states

pytestmark = pytest.mark.django_db
GUEST = {
    "first_name": "Ada",
    "last_name": "Lovelace",
    "email": "Ada@B.test",
    "house": "CH d’essai",
    "needs": "",
}


@pytest.fixture
def meeting() -> Meeting:
    return meeting_made(starts_at=soon(), capacity=2)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="organisation.backends.AccountBackend")
    return client


def by_code(person: Person) -> Client:
    client = Client()
    session = client.session
    session[PERSON] = str(person.uid)
    session.save()
    return client


def register_path(meeting: Meeting) -> str:
    return reverse("meetings:register", args=[meeting.uid])


def text_of(response: Any) -> str:
    html = response.content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\N{NO-BREAK SPACE}", " ").split())


def now_joined(meeting: Meeting, **fields: Any) -> Registration:
    return joined(meeting, timezone.now(), **fields)


# With an account, with a code ----------------------------------------------------------------


def test_one_post_registers_an_account_and_leads_to_her_registration(meeting: Meeting) -> None:
    user = account(first_name="Ada", last_name="Lovelace")
    client = signed_in(user)
    response = client.post(register_path(meeting))
    own = Registration.objects.get()
    assert response.url == reverse("meetings:registration", args=[own.uid])
    assert (own.state, own.full_name, own.email) == ("confirmed", "Ada Lovelace", user.email)
    assert own.person.user == user
    page = text_of(client.get(response.url))
    assert "Votre inscription est confirmée." in page
    assert "Vous avez une place." in page


def test_a_second_post_changes_nothing(meeting: Meeting) -> None:
    client = signed_in(account())
    for _turn in range(2):
        client.post(register_path(meeting), {"needs": "Boucle"})
    assert Registration.objects.get().needs == "Boucle"
    assert Delivery.objects.count() == 1


def test_somebody_with_a_code_registers_without_any_mail(meeting: Meeting) -> None:
    person = person_made()
    client = by_code(person)
    response = client.post(register_path(meeting))
    own = Registration.objects.get()
    assert (own.person, own.account, own.email) == (person, None, "")
    assert "Vous avez une place." in text_of(client.get(response.url))
    assert own.meeting.title in text_of(client.get(reverse("meetings:my_meetings")))
    assert not Delivery.objects.exists()


def test_the_way_of_coming_is_asked_only_where_there_is_a_choice(meeting: Meeting) -> None:
    client = signed_in(account())
    assert "Comment venez-vous" not in text_of(client.get(register_path(meeting)))
    client.post(register_path(meeting), {"attends": "remote"})
    assert Registration.objects.get().attends == Attends.ON_SITE
    both = meeting_made(starts_at=soon(), format=MeetingFormat.BOTH)
    assert "Comment venez-vous" in text_of(client.get(register_path(both)))
    client.post(register_path(both), {"attends": "remote"})
    assert Registration.objects.get(meeting=both).attends == Attends.REMOTE


def test_a_full_meeting_offers_the_line(meeting: Meeting) -> None:
    for _one in range(2):
        now_joined(meeting)
    client = signed_in(account())
    assert "liste d’attente" in text_of(client.get(register_path(meeting)))
    page = text_of(client.post(register_path(meeting), follow=True))
    assert "Vous êtes en tête : la prochaine place libre est pour vous." in page


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"registration_closes_at": timezone.now() - DAY}, "Inscriptions closes"),
        ({"takes_registrations": False}, "écrivez-lui"),
        ({"cancelled_at": timezone.now(), "cancel_reason": "Grève"}, "Motif : Grève"),
        ({"starts_at": timezone.now() - DAY, "ends_at": timezone.now()}, "a eu lieu"),
    ],
)
def test_what_is_not_open_takes_nobody_and_says_why(fields: dict[str, Any], said: str) -> None:
    meeting = meeting_made(**{"starts_at": soon(), **fields})
    for client, data in ((signed_in(account()), {}), (Client(), GUEST)):
        assert said in text_of(client.get(register_path(meeting)))
        page = text_of(client.post(register_path(meeting), data, follow=True))
        assert "Les inscriptions à cette rencontre sont closes" in page
    assert not Registration.objects.exists()


def test_a_meeting_that_left_the_site_is_not_there(meeting: Meeting) -> None:
    Meeting.objects.update(withdrawn_at=timezone.now())
    assert Client().get(register_path(meeting)).status_code == 404
    assert Client().get(reverse("meetings:register", args=[uuid.uuid4()])).status_code == 404


# By e-mail -----------------------------------------------------------------------------------


def ask(meeting: Meeting, client: Client | None = None, **fields: str) -> Any:
    return (client or Client()).post(register_path(meeting), {**GUEST, **fields})


def test_a_guest_confirms_by_a_button_and_opening_the_link_changes_nothing(
    meeting: Meeting,
) -> None:
    client = Client()
    response = ask(meeting, client)
    assert response.url == reverse("meetings:register_asked", args=[meeting.uid])
    page = text_of(client.get(response.url))
    assert "Vous n’êtes pas encore inscrit." in page
    assert "b.test" not in page
    own = Registration.objects.get()
    assert (own.state, own.email) == ("pending", "ada@b.test")
    path = registration_path(own)
    assert path in mails_to("ada@b.test")[0].text
    elsewhere = Client()
    for method in ("get", "head"):
        assert getattr(elsewhere, method)(path).status_code == 200
    confirm = reverse("meetings:registration_confirm", args=[token_of(own)])
    assert elsewhere.get(confirm).status_code == 405
    assert states(own) == ["pending"]
    page = text_of(elsewhere.post(confirm, follow=True))
    assert "Votre inscription est confirmée." in page
    assert states(own) == ["confirmed"]


def test_a_pending_registration_holds_no_seat(meeting: Meeting) -> None:
    Meeting.objects.update(capacity=1)
    ask(meeting)
    assert states(now_joined(meeting)) == ["confirmed"]
    own = Registration.objects.get(email="ada@b.test")
    page = text_of(
        Client().post(reverse("meetings:registration_confirm", args=[token_of(own)]), follow=True)
    )
    assert "Vous êtes en tête" in page


def test_after_48_hours_it_cannot_be_confirmed_any_more(meeting: Meeting) -> None:
    own = asked(meeting, now=timezone.now() - 2 * DAY)
    page = text_of(Client().get(registration_path(own)))
    assert "Le délai pour confirmer est passé." in page
    assert "Confirmer mon inscription" not in page
    confirm = reverse("meetings:registration_confirm", args=[token_of(own)])
    assert "délai pour confirmer" in text_of(Client().post(confirm, follow=True))
    assert states(own) == ["pending"]


def test_the_screen_never_tells_whether_an_address_is_registered(meeting: Meeting) -> None:
    """The same status, the same address, the same page for one who is in, one who is pending and
    one who is nobody."""
    now_joined(meeting, user=account(email="in@b.test"))
    asked(meeting, "pending@b.test", timezone.now())
    seen = set()
    for address in ("in@b.test", "pending@b.test", "nobody@b.test"):
        client = Client()
        response = ask(meeting, client, email=address)
        html = client.get(response.url).content.decode()
        page = re.sub(r'nonce="[^"]*"|value="[^"]{20,}"', "", html)
        seen.add((response.status_code, response.url, page))
        assert "confirm" in mails_to(address)[-1].key or "known" in mails_to(address)[-1].key
    assert len(seen) == 1


def test_mistakes_are_told_at_their_fields_and_nothing_is_lost(meeting: Meeting) -> None:
    response = ask(meeting, email="ada@", last_name="", needs="Boucle")
    assert response.status_code == 422
    html = response.content.decode()
    assert "Indiquez votre nom." in html
    assert 'value="Ada"' in html
    assert "Boucle" in html
    assert "Rien n’est perdu." in html
    assert not Registration.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"email": "ada@b.test\r\nBcc: tous@mal.test"},
        {"email": "ada@b.test, eve@mal.test"},
        {"email": f"{'a' * 250}@b.test"},
        {"first_name": "A" * 81},
        {"last_name": "\x00"},
        {"house": "H" * 161},
        {"needs": "n" * 601},
        {"house": "   "},
    ],
)
def test_what_cannot_be_is_refused(meeting: Meeting, fields: dict[str, str]) -> None:
    assert ask(meeting, **fields).status_code == 422
    assert not Registration.objects.exists()
    assert not Delivery.objects.exists()


def test_markup_and_line_breaks_in_names_stay_text(meeting: Meeting) -> None:
    ask(meeting, first_name="<script>alert(1)</script>", last_name="L\r\nBcc: x@mal.test")
    own = Registration.objects.get()
    assert own.last_name == "L Bcc: x@mal.test"
    told = mails_to("ada@b.test")[0]
    assert "script&gt;" not in told.html
    assert "mal.test" not in told.text + told.html + told.subject
    own.needs = "<script>alert(2)</script>"
    own.state, own.confirmed_at = RegistrationState.CONFIRMED, timezone.now()
    own.save()
    page = Client().get(registration_path(own)).content.decode()
    assert "alert(2)" in page
    assert "<script>alert" not in page


def test_one_address_gets_few_mails_and_the_screen_stays_the_same(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "ASKED_OF_ADDRESS", Limit("test_address", 2, 60))
    answers = [ask(meeting, email=name) for name in ("ada@b.test", "ADA@b.test", "ada@b.test")]
    assert {(one.status_code, one.url) for one in answers} == {(302, answers[0].url)}
    assert len(mails_to("ada@b.test")) == 2
    ask(meeting, email="eve@b.test")
    assert len(mails_to("eve@b.test")) == 1


def test_one_client_asks_so_often_and_keeps_what_was_typed(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "ASKED_BY_CLIENT", Limit("test_client", 2, 60))
    for number in range(2):
        assert ask(meeting, email=f"a{number}@b.test").status_code == 302
    refused = ask(meeting, email="late@b.test")
    assert refused.status_code == 429
    assert "Attendez une heure" in text_of(refused)
    assert "late@b.test" in refused.content.decode()
    assert not mails_to("late@b.test")


# One's registration --------------------------------------------------------------------------


def test_somebody_elses_address_is_not_there(meeting: Meeting) -> None:
    own, other = now_joined(meeting), now_joined(meeting)
    token = token_of(own)
    forged = token_of(other).split(".")[0] + "." + token.split(".")[1]
    clients = [Client(), signed_in(other.account), by_code(person_made())]
    for name in ("", "_confirm", "_change", "_cancel", "_again"):
        for bad in (forged, token[:-1], own.uid.hex + ".", "x", "é", "0" * 500):
            path = reverse(f"meetings:registration{name}", args=[bad])
            for client in clients:
                assert client.get(path).status_code == 404
                assert client.post(path).status_code == 404
        path = reverse(f"meetings:registration{name}", args=[own.uid])
        assert clients[0].post(path).url.startswith("/accounts/login/")
        for client in clients[1:]:
            assert client.post(path).status_code == 404
    assert states(own) == ["confirmed"]


def test_the_owner_opens_it_by_its_uid_and_by_any_address_that_is_hers(meeting: Meeting) -> None:
    user = account(email="ada@b.test")
    person_for_user(user=user)
    own = asked(meeting, "ada@b.test", timezone.now())
    path = reverse("meetings:registration", args=[own.uid])
    assert signed_in(user).get(path).status_code == 200
    assert signed_in(account()).get(path).status_code == 404


def test_ones_own_file_for_the_calendar_has_the_link_once_it_is_confirmed() -> None:
    remote = meeting_made(format=MeetingFormat.REMOTE, starts_at=timezone.now() + 10 * DAY)
    own = asked(remote, "ada@b.test", timezone.now())
    path = reverse("meetings:registration_ics", args=[token_of(own)])

    def event() -> Any:
        response = Client().get(path)
        assert response["Content-Type"].startswith("text/calendar")
        assert "no-store" in response["Cache-Control"]
        return Calendar.from_ical(response.content).events[0]

    assert (event()["STATUS"], "CONFERENCE" in event()) == ("TENTATIVE", False)
    registration_confirm(registration=own, now=timezone.now())
    assert (event()["STATUS"], event()["CONFERENCE"]) == ("CONFIRMED", remote.remote_link)
    registration_cancel(registration=own, now=timezone.now())
    assert (event()["STATUS"], "CONFERENCE" in event()) == ("CANCELLED", False)


def test_no_cache_keeps_it_and_no_search_engine_lists_it(meeting: Meeting) -> None:
    response = Client().get(registration_path(now_joined(meeting)))
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "same-origin"


def test_one_click_cancels_without_sign_in_and_one_more_undoes_it(meeting: Meeting) -> None:
    Meeting.objects.update(capacity=1)
    own, next_one = now_joined(meeting), now_joined(meeting)
    client, token = Client(), token_of(own)
    assert "Annuler mon inscription" in text_of(client.get(registration_path(own)))
    cancel = reverse("meetings:registration_cancel", args=[token])
    assert client.get(cancel).status_code == 405
    page = text_of(client.post(cancel, follow=True))
    assert "Votre inscription est annulée." in page
    assert "Me réinscrire" in page
    assert states(own, next_one) == ["cancelled", "confirmed"]
    assert "plus rien à annuler" in text_of(client.post(cancel, follow=True))
    again = reverse("meetings:registration_again", args=[token])
    page = text_of(client.post(again, follow=True))
    assert "Vous êtes en tête" in page
    made = Registration.objects.standing().exclude(pk=next_one.pk).get()
    assert (made.email, made.person, made.account) == (own.email, own.person, own.account)
    client.post(again)
    assert Registration.objects.count() == 3


def test_what_is_over_is_cancelled_by_nobody(meeting: Meeting) -> None:
    own = now_joined(meeting)
    past = timezone.now() - DAY
    Meeting.objects.update(starts_at=past, ends_at=past + dt.timedelta(hours=1))
    assert "Annuler" not in text_of(Client().get(registration_path(own)))
    Client().post(reverse("meetings:registration_cancel", args=[token_of(own)]))
    assert states(own) == ["confirmed"]


def test_needs_and_the_way_of_coming_can_be_changed() -> None:
    meeting = meeting_made(starts_at=soon(), format=MeetingFormat.BOTH, capacity=1)
    own = now_joined(meeting, attends=Attends.REMOTE)
    assert meeting.remote_link in Client().get(registration_path(own)).content.decode()
    change = reverse("meetings:registration_change", args=[token_of(own)])
    page = text_of(Client().post(change, {"attends": "on_site", "needs": "Boucle"}, follow=True))
    assert "C’est enregistré." in page
    own.refresh_from_db()
    assert (own.attends, own.needs) == (Attends.ON_SITE, "Boucle")
    assert meeting.remote_link not in Client().get(registration_path(own)).content.decode()
    away = now_joined(meeting, attends=Attends.REMOTE)
    change = reverse("meetings:registration_change", args=[token_of(away)])
    refused = Client().post(change, {"attends": "on_site", "needs": "Rampe"})
    assert refused.status_code == 422
    assert "La salle est complète" in text_of(refused)
    assert "Rampe" in refused.content.decode()
    assert Client().post(change, {"attends": "là", "needs": "x" * 601}).status_code == 422


def test_the_link_to_connect_is_shown_to_no_one_who_waits_or_has_cancelled() -> None:
    meeting = meeting_made(starts_at=soon(), format=MeetingFormat.REMOTE, capacity=1)
    seated, waiting = now_joined(meeting), now_joined(meeting)

    def shown(own: Registration) -> bool:
        return meeting.remote_link in Client().get(registration_path(own)).content.decode()

    assert (shown(seated), shown(waiting)) == (True, False)
    registration_cancel(registration=seated, now=timezone.now())
    assert (shown(seated), shown(waiting)) == (False, True)


def test_a_cancelled_meeting_says_so_and_offers_nothing(meeting: Meeting) -> None:
    own = now_joined(meeting)
    Meeting.objects.update(cancelled_at=timezone.now(), cancel_reason="Alerte météo")
    page = text_of(Client().get(registration_path(own)))
    assert "Motif : Alerte météo" in page
    assert "Annuler mon inscription" not in page


def test_the_call_on_the_page_costs_the_same_however_many_registered(
    meeting: Meeting, rf: Any, django_assert_max_num_queries: Any
) -> None:
    user = account()
    person_for_user(user=user)
    request = rf.get("/")
    request.user = User.objects.select_related("person").get(pk=user.pk)
    for number in range(3):
        with django_assert_max_num_queries(4):
            calling = calling_of(meeting=meeting, request=request, now=timezone.now())
        if number == 0:
            for _one in range(2):
                now_joined(meeting)
        elif number == 1:
            now_joined(meeting, user=user)
    assert (calling.call, calling.place) == (Call.WAITING, 1)


# «Mes rencontres» ----------------------------------------------------------------------------


def test_my_meetings_are_what_comes_where_i_wait_and_what_was(meeting: Meeting) -> None:
    user = account(email="ada@b.test")
    client = signed_in(user)
    assert "inscrit à aucune rencontre" in text_of(client.get(reverse("meetings:my_meetings")))
    full, past = meeting_made(starts_at=soon(), capacity=1), meeting_made(starts_at=soon())
    others = meeting_made(starts_at=soon(), title="Celle des autres")
    for _one in range(2):
        now_joined(full)
    rows = [now_joined(one, user=user) for one in (meeting, full, past)]
    now_joined(others)
    gone = now_joined(meeting_made(starts_at=soon(), title="Annulée par moi"), user=user)
    registration_cancel(registration=gone, now=timezone.now())
    Meeting.objects.filter(pk=past.pk).update(
        starts_at=timezone.now() - DAY, ends_at=timezone.now() - DAY / 2
    )
    response = client.get(reverse("meetings:my_meetings"))
    mine = response.context["mine"]
    assert [mine.coming, mine.waiting, mine.past] == [[rows[0]], [rows[1]], [rows[2]]]
    page = text_of(response)
    assert "Rang 2" in page
    for title in ("Celle des autres", "Annulée par moi"):
        assert title not in page
    assert Client().get(reverse("meetings:my_meetings")).url.startswith("/accounts/login/")


def test_my_meetings_cost_the_same_for_twice_as_many(meeting: Meeting) -> None:
    user = account()
    client = signed_in(user)
    path = reverse("meetings:my_meetings")

    def more() -> None:
        own = now_joined(meeting_made(starts_at=soon()), user=user)
        MeetingAttendance.objects.create(
            registration=own, how="listed", attended_at=timezone.now(), recorded_at=timezone.now()
        )
        Meeting.objects.filter(pk=own.meeting_id).update(
            starts_at=timezone.now() - DAY, ends_at=timezone.now() - DAY / 2
        )
        now_joined(meeting_made(starts_at=soon()), user=user)
        full = meeting_made(starts_at=soon(), capacity=1)
        now_joined(full)
        now_joined(full, user=user)

    def cost() -> int:
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        return len(captured)

    more()
    before = cost()
    more()
    more()
    assert cost() == before


def test_pages_cost_the_same_however_many_registered(meeting: Meeting) -> None:
    user = account()
    own = now_joined(meeting, user=user)
    client = signed_in(user)
    paths = [register_path(meeting), reverse("meetings:registration", args=[own.uid])]

    def cost() -> list[int]:
        found = []
        for path in paths:
            client.get(path)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(path).status_code == 200
            found.append(len(captured))
        return found

    before = cost()
    for _one in range(4):
        now_joined(meeting)
    assert cost() == before


def test_registering_costs_the_same_however_many_wait(meeting: Meeting) -> None:
    now = timezone.now()

    def cost() -> int:
        person = person_made()
        with CaptureQueriesContext(connection) as captured:
            registration_create(meeting=meeting, person=person, account=None, now=now)
        return len(captured)

    for _one in range(3):
        now_joined(meeting)
    cost()
    before = cost()
    for _one in range(5):
        now_joined(meeting)
    assert cost() == before
