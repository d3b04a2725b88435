"""What those who register are told by mail: once, in both forms, and nothing that was typed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetings.enums import Attends, MeetingFormat
from meetings.models import Meeting, Registration
from meetings.registrations.links import registration_path, token_of
from meetings.registrations.receivers import _changed
from meetings.registrations.reminding import KIND, reminders_compose
from meetings.registrations.services import (
    registration_cancel,
    registration_confirm,
    registration_create,
)
from meetings.services import meeting_cancel
from notifications.models import Delivery, Run
from notifications.services import deliveries_send
from tests.organisation.factories import AccountFactory

from .making import DAY, NOW, account, asked, joined, mails_to, meeting_made, person_made, subjects

pytestmark = pytest.mark.django_db
TYPED = "<b>Gagnez</b> https://mal.test\r\nBcc: tous@mal.test"


def plain(text: str) -> str:
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


def last(address: str) -> Delivery:
    return mails_to(address)[-1]


def change(meeting: Meeting, **values: Any) -> None:
    for name, value in values.items():
        setattr(meeting, name, value)
    meeting.sequence += 1
    meeting.save()
    _changed(meeting=meeting, changed=frozenset(values))


def test_the_mail_to_confirm_says_what_to_do_and_repeats_nothing_that_was_typed() -> None:
    meeting = meeting_made(title="Rencontre <Bretagne> & Pays")
    own = asked(meeting, "ada@b.test", first_name=TYPED, last_name=TYPED, house=TYPED, needs=TYPED)
    told = last("ada@b.test")
    assert registration_path(own) in told.text
    assert registration_path(own) in told.html
    for text in (plain(told.text), plain(told.html)):
        assert "mercredi 3 février 2027 à 10 h" in text  # 48 hours later, in Rennes
        assert "Aucune place n’est retenue" in text
        assert "mal.test" not in text
    assert "Rencontre <Bretagne> & Pays" in told.text
    assert "Rencontre &lt;Bretagne&gt; &amp; Pays" in told.html
    assert told.reply_to == meeting.contact_email


def test_a_deadline_before_the_48_hours_is_the_one_that_is_told() -> None:
    meeting = meeting_made(registration_closes_at=NOW + dt.timedelta(hours=5))
    asked(meeting, "ada@b.test")
    assert "lundi 1er février 2027 à 15 h" in plain(last("ada@b.test").text)


def test_confirmed_by_mail_has_the_calendar_the_link_and_the_way_out() -> None:
    meeting = meeting_made(format=MeetingFormat.REMOTE, code="04", starts_at=NOW + 10 * DAY)
    own = asked(meeting, "ada@b.test")
    registration_confirm(registration=own, now=NOW)
    told = last("ada@b.test")
    for text in (plain(told.text), plain(told.html)):
        assert "à La Réunion, de" in text
        assert meeting.remote_link in text
        assert f"/{token_of(own)}/rencontre.ics" in text
        assert token_of(own) in text
        assert "pas de pièce jointe" in text
        assert "mes-rencontres" not in text  # she has no account
    assert subjects("ada@b.test") == [
        "confirmez votre inscription", "votre inscription est confirmée",
    ]  # fmt: skip


def test_the_link_to_connect_is_for_those_who_connect() -> None:
    meeting = meeting_made(format=MeetingFormat.BOTH, capacity=1)
    here, away = joined(meeting), joined(meeting, attends=Attends.REMOTE)
    waiting = joined(meeting)
    links = [meeting.remote_link in last(one.email).text for one in (here, away, waiting)]
    assert links == [False, True, False]
    assert "suivre à distance" in plain(last(waiting.email).text)
    assert "suivre à distance" in plain(last(waiting.email).html)
    assert "/agenda/mes-rencontres/" in last(here.email).text


def test_the_line_is_told_by_rank() -> None:
    meeting = meeting_made(capacity=1)
    _first, second, third = (joined(meeting) for _one in range(3))
    assert "en tête de la liste" in plain(last(second.email).text)
    assert "au rang 2" in plain(last(third.email).html)
    assert ".ics" not in last(third.email).text


def test_cancelling_is_confirmed_and_an_organiser_who_does_it_is_named() -> None:
    meeting = meeting_made()
    one, two = joined(meeting), joined(meeting)
    registration_cancel(registration=one, now=NOW)
    registration_cancel(registration=two, now=NOW, by_organiser=True)
    assert "comme vous l’avez demandé" in plain(last(one.email).text)
    assert "ARS Bretagne" in plain(last(two.email).text).split("a annulé votre")[0]
    pending = asked(meeting, "ada@b.test")
    registration_cancel(registration=pending, now=NOW)
    assert len(mails_to("ada@b.test")) == 1  # she had nothing


def test_an_address_that_is_registered_is_told_so_and_nothing_changes() -> None:
    meeting = meeting_made(capacity=1)
    own = joined(meeting, user=account(email="ada@b.test"), needs="Boucle")
    asked(meeting, "Ada@B.test", NOW + DAY, first_name="Eve", needs="Rien")
    own.refresh_from_db()
    assert (own.first_name, own.needs) == ("", "Boucle")
    told = last("ada@b.test")
    assert "Vous avez une place." in plain(told.text)
    assert token_of(own) in told.text
    assert Registration.objects.count() == 1


def test_asking_again_while_it_waits_sends_the_mail_again_with_the_last_words() -> None:
    meeting = meeting_made()
    first = asked(meeting, "ada@b.test", first_name="Ad")
    again = asked(meeting, "ada@b.test", NOW + DAY, first_name="Ada")
    assert (first.pk, again.first_name, again.created_at) == (again.pk, "Ada", NOW + DAY)
    assert len(mails_to("ada@b.test")) == 2


def test_what_changed_is_told_with_the_new_facts_and_nothing_else_is() -> None:
    meeting = meeting_made(capacity=1, format=MeetingFormat.BOTH)
    here, away, line = joined(meeting), joined(meeting, attends=Attends.REMOTE), joined(meeting)
    before = Delivery.objects.count()
    change(meeting, summary="Autre résumé", organiser="GRADeS")
    assert Delivery.objects.count() == before
    meeting.moved_from = meeting.starts_at
    later = {"starts_at": meeting.starts_at + DAY, "ends_at": meeting.ends_at + DAY}
    change(meeting, **later, place="Mairie")
    for own in (here, away, line):
        text = plain(last(own.email).text)
        assert "- l’horaire, qui était le jeudi 11 février 2027 à 10 h - le lieu Voici" in text
        assert "vendredi 12 février 2027" in text
        assert "vendredi 12 février 2027" in plain(last(own.email).subject)
    assert "Mairie" in last(here.email).text
    assert "Votre place reste à vous" in plain(last(here.email).html)
    assert "même place" in plain(last(line.email).html)
    change(meeting, remote_link="https://visio.test/autre")
    counts = [len(mails_to(one.email)) for one in (here, away, line)]
    assert counts == [2, 3, 2]
    assert "https://visio.test/autre" in last(away.email).text


def test_a_change_of_what_is_over_or_called_off_is_nobodys_business() -> None:
    meeting = meeting_made()
    own = joined(meeting)
    meeting.changed_at = meeting.ends_at
    change(meeting, place="Mairie")
    assert len(mails_to(own.email)) == 1


def test_a_cancelled_meeting_is_told_with_its_reason_to_all_who_counted_on_it() -> None:
    meeting = meeting_made(capacity=1)
    one, line = joined(meeting, needs="Boucle"), joined(meeting)
    gone = joined(meeting)
    registration_cancel(registration=gone, now=NOW)
    asked(meeting, "ada@b.test")
    by = AccountFactory()
    meeting_cancel(meeting=meeting, reason="Alerte <météo>", actor=by, now=NOW)
    for own in (one, line):
        told = last(own.email)
        assert "Alerte <météo>" in told.text
        assert "Alerte &lt;météo&gt;" in told.html
    assert "n’aura pas lieu" not in last(gone.email).text
    assert len(mails_to("ada@b.test")) == 1
    one.refresh_from_db()
    assert (one.state, one.needs) == ("confirmed", "")


def test_whoever_came_by_a_code_gets_no_mail() -> None:
    meeting = meeting_made()
    own = registration_create(meeting=meeting, person=person_made(), account=None, now=NOW)
    registration_cancel(registration=own, now=NOW)
    assert not Delivery.objects.exists()


def test_each_of_many_gets_the_address_of_her_own_page_and_no_other() -> None:
    meeting = meeting_made(format=MeetingFormat.BOTH, capacity=3)
    people = [joined(meeting, attends=way) for way in Attends for _one in range(5)]
    guest = asked(meeting, "ada@b.test")
    registration_confirm(registration=guest, now=NOW)
    change(meeting, place="Mairie")
    tokens = {one.pk: token_of(one) for one in (*people, guest)}
    for own in (*people, guest):
        told = last(own.email)
        for body in (told.text, told.html):
            assert tokens[own.pk] in body
            assert not [pk for pk, token in tokens.items() if pk != own.pk and token in body]
        own.refresh_from_db()
        is_in = own.state == "confirmed"
        assert ("Votre place reste à vous" in plain(told.text)) is is_in
        assert (meeting.remote_link in told.html) is (is_in and own.attends == Attends.REMOTE)
        assert ("mes-rencontres" in told.text) is (own != guest)


def test_telling_twice_as_many_costs_the_same_queries() -> None:
    def cost(number: int) -> int:
        meeting = meeting_made()
        Registration.objects.bulk_create(
            Registration(
                meeting=meeting, state="confirmed", email=f"n{n}@x{number}.test",
                created_at=NOW, confirmed_at=NOW, person=person_made(),
            )
            for n in range(number)
        )  # fmt: skip
        with CaptureQueriesContext(connection) as captured:
            change(meeting, place="Mairie")
        assert Delivery.objects.filter(subject__contains="changement").count() >= number
        return len(captured)

    cost(1)
    assert cost(20) == cost(40)


# The day before ------------------------------------------------------------------------------


def at(meeting_at: dt.datetime, **fields: Any) -> Registration:
    return joined(meeting_made(starts_at=meeting_at, published_at=NOW, **fields))


def composed(day: str) -> set[str]:
    return {one.address for one in reminders_compose(Run(kind=KIND, period=day)).messages}


def test_the_reminder_is_for_those_with_a_place_on_the_day_before_at_the_place() -> None:
    nine = dt.datetime(2027, 3, 9, 8, 30, tzinfo=dt.UTC)
    here = at(nine)
    reunion = at(dt.datetime(2027, 3, 8, 20, 30, tzinfo=dt.UTC), code="04")  # 00:30 on the 9th
    guadeloupe = at(dt.datetime(2027, 3, 10, 1, tzinfo=dt.UTC), code="01")  # 21:00 on the 9th
    at(nine + DAY)
    at(nine - DAY)
    full = meeting_made(starts_at=nine, capacity=1)
    with_a_seat, _line = joined(full), joined(full)
    gone = at(nine)
    registration_cancel(registration=gone, now=NOW)
    for fields in ({"withdrawn_at": NOW}, {"cancelled_at": NOW, "cancel_reason": "Grève"}):
        off = at(nine)
        Meeting.objects.filter(pk=off.meeting_id).update(**fields)
    asked(meeting_made(starts_at=nine), "ada@b.test")
    expected = {one.email for one in (here, reunion, guadeloupe, with_a_seat)}
    assert composed("2027-03-08") == expected


def test_the_reminder_has_the_link_for_those_who_connect() -> None:
    nine = dt.datetime(2027, 3, 9, 8, 30, tzinfo=dt.UTC)
    meeting = meeting_made(starts_at=nine, format=MeetingFormat.BOTH)
    here, away = joined(meeting), joined(meeting, attends=Attends.REMOTE)
    step = reminders_compose(Run(kind=KIND, period="2027-03-08"))
    texts = {one.address: one.text for one in step.messages}
    assert meeting.remote_link in texts[away.email]
    assert meeting.remote_link not in texts[here.email]
    assert "mardi 9 mars 2027" in plain(step.messages[0].subject)


def test_the_reminder_costs_two_queries_whatever_the_number(
    django_assert_num_queries: Any,
) -> None:
    nine = dt.datetime(2027, 3, 9, 8, 30, tzinfo=dt.UTC)
    for _turn in range(2):
        at(nine)
        at(nine, code="04")
        with django_assert_num_queries(2):
            assert composed("2027-03-08")


def test_the_reminder_goes_on_where_a_step_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("meetings.registrations.reminding.BATCH", 2)
    nine = dt.datetime(2027, 3, 9, 8, 30, tzinfo=dt.UTC)
    wanted = {at(nine).email for _one in range(3)}
    first = reminders_compose(Run(kind=KIND, period="2027-03-08"))
    assert first.cursor is not None
    rest = reminders_compose(Run(kind=KIND, period="2027-03-08", cursor=first.cursor))
    assert rest.cursor is None
    assert {one.address for one in (*first.messages, *rest.messages)} == wanted


def test_the_command_for_a_timer_reminds_once(monkeypatch: pytest.MonkeyPatch) -> None:
    own = at(dt.datetime(2027, 3, 9, 8, 30, tzinfo=dt.UTC))
    day = dt.date(2027, 3, 8)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args, **kwargs: day)
    deliveries_send()
    mail.outbox.clear()
    call_command("send_meeting_reminders", "--send")
    call_command("send_meeting_reminders", "--send")
    assert [one.to for one in mail.outbox] == [[own.email]]
    (alternative,) = mail.outbox[0].alternatives
    assert alternative.mimetype == "text/html"
    assert mail.outbox[0].attachments == []
