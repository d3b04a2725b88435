"""Seats and the waiting list: nobody overtakes, no seat stays empty, nobody loses one."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lrs.identifiers import ANONYMOUS_NAME
from lrs.models import Statement
from lrs.xapi.vocabulary import verbs
from meetings.enums import Attends, MeetingFormat, RegistrationState
from meetings.models import Meeting, MeetingAttendance, Registration
from meetings.registrations.receivers import _changed
from meetings.registrations.selectors import place_in_line, seats_of
from meetings.registrations.services import (
    Refusal,
    RegistrationRefused,
    registration_cancel,
    registration_change,
    registration_confirm,
    registration_create,
    registration_walk_in,
    seats_fill,
)

from .making import DAY, NOW, account, asked, joined, meeting_made, person_made, states, subjects

pytestmark = pytest.mark.django_db
IN, LINE, OUT = "confirmed", "waiting", "cancelled"


def change(meeting: Meeting, **values: object) -> None:
    """An editor publishes the page again with other facts."""
    for name, value in values.items():
        setattr(meeting, name, value)
    meeting.sequence += 1
    meeting.save()
    _changed(meeting=meeting, changed=frozenset(values))


def test_seats_go_in_order_and_the_others_wait_in_order() -> None:
    meeting = meeting_made(capacity=2)
    people = [joined(meeting, NOW + n * dt.timedelta(minutes=1)) for n in range(5)]
    assert states(*people) == [IN, IN, LINE, LINE, LINE]
    assert [place_in_line(registration=one) for one in people] == [0, 0, 1, 2, 3]
    seats = seats_of(meetings=[meeting])[meeting.pk]
    assert (seats.capacity, seats.taken, seats.left, seats.waiting) == (2, 2, 0, 3)


def test_a_seat_that_gets_free_goes_to_the_first_in_line() -> None:
    meeting = meeting_made(capacity=1)
    first, second, third = (joined(meeting) for _one in range(3))
    assert registration_cancel(registration=first, now=NOW + DAY) is True
    assert states(first, second, third) == [OUT, IN, LINE]
    second.refresh_from_db()
    assert second.confirmed_at == NOW + DAY
    assert "place s’est libérée" in subjects(second.email)[-1]
    assert place_in_line(registration=third) == 1


def test_cancelling_twice_frees_one_seat() -> None:
    meeting = meeting_made(capacity=1)
    first, second, third = (joined(meeting) for _one in range(3))
    registration_cancel(registration=first, now=NOW)
    assert registration_cancel(registration=first, now=NOW) is False
    assert states(second, third) == [IN, LINE]


def test_who_was_there_stays_registered() -> None:
    own = joined(meeting_made())
    MeetingAttendance.objects.create(
        registration=own, how="listed", attended_at=NOW, recorded_at=NOW
    )
    assert registration_cancel(registration=own, now=NOW) is False
    assert states(own) == [IN]


def test_more_places_are_filled_from_the_head_of_the_line() -> None:
    meeting = meeting_made(capacity=1)
    people = [joined(meeting) for _one in range(4)]
    change(meeting, capacity=3)
    assert states(*people) == [IN, IN, IN, LINE]
    change(meeting, capacity=None)
    assert states(*people) == [IN] * 4


def test_fewer_places_take_nobodys_seat_and_give_none() -> None:
    meeting = meeting_made(capacity=3)
    people = [joined(meeting) for _one in range(4)]
    change(meeting, capacity=1)
    assert states(*people) == [IN, IN, IN, LINE]
    registration_cancel(registration=people[0], now=NOW)
    assert states(*people) == [OUT, IN, IN, LINE]
    assert states(joined(meeting)) == [LINE]


def test_only_the_room_has_seats_where_there_is_a_room() -> None:
    meeting = meeting_made(capacity=1, format=MeetingFormat.BOTH)
    here, away, late = (
        joined(meeting, attends=way) for way in (Attends.ON_SITE, Attends.REMOTE, Attends.ON_SITE)
    )
    assert states(here, away, late) == [IN, IN, LINE]
    registration_change(registration=here, attends=Attends.REMOTE, needs="", now=NOW)
    assert states(here, away, late) == [IN, IN, IN]
    with pytest.raises(RegistrationRefused) as refused:
        registration_change(registration=away, attends=Attends.ON_SITE, needs="x", now=NOW)
    assert refused.value.reason == Refusal.ROOM_FULL
    away.refresh_from_db()
    assert (away.attends, away.needs) == (Attends.REMOTE, "")


def test_somebody_who_waits_for_the_room_may_come_remotely_at_once() -> None:
    meeting = meeting_made(capacity=1, format=MeetingFormat.BOTH)
    _here, waiting = joined(meeting), joined(meeting)
    registration_change(registration=waiting, attends=Attends.REMOTE, needs="", now=NOW)
    assert states(waiting) == [IN]


def test_a_remote_meeting_counts_its_connections() -> None:
    meeting = meeting_made(capacity=1, format=MeetingFormat.REMOTE)
    one, two = joined(meeting), joined(meeting)
    assert states(one, two) == [IN, LINE]
    assert one.attends == Attends.REMOTE


def test_with_another_format_everybody_comes_as_is_possible() -> None:
    meeting = meeting_made(capacity=1, format=MeetingFormat.BOTH)
    here = joined(meeting)
    away, waiting = joined(meeting, attends=Attends.REMOTE), joined(meeting)
    change(meeting, format=MeetingFormat.ON_SITE)
    away.refresh_from_db()
    assert (away.attends, away.state) == (Attends.ON_SITE, IN)  # nobody loses a seat
    assert states(here, waiting) == [IN, LINE]
    change(meeting, format=MeetingFormat.REMOTE, capacity=3)
    assert states(waiting) == [IN]


def test_a_waiting_list_of_a_remote_meeting_empties_when_it_opens_a_room() -> None:
    meeting = meeting_made(capacity=1, format=MeetingFormat.REMOTE)
    one, two = joined(meeting), joined(meeting)
    change(meeting, format=MeetingFormat.BOTH)
    assert states(one, two) == [IN, IN]


def test_nobody_moves_up_once_it_has_begun_or_is_cancelled() -> None:
    meeting = meeting_made(capacity=1)
    first, second = joined(meeting), joined(meeting)
    registration_cancel(registration=first, now=meeting.starts_at)
    assert states(second) == [LINE]
    Meeting.objects.filter(pk=meeting.pk).update(cancelled_at=NOW, cancel_reason="Grève")
    assert seats_fill(meeting=meeting, now=NOW) == []


def test_the_clock_of_another_server_lets_nobody_overtake() -> None:
    meeting = meeting_made(capacity=1)
    _first = joined(meeting)
    second, third = joined(meeting, NOW + DAY), joined(meeting, NOW)
    assert [place_in_line(registration=one) for one in (second, third)] == [1, 2]


def test_a_seat_left_empty_by_another_way_goes_to_the_line_first() -> None:
    meeting = meeting_made(capacity=1)
    _first, second = joined(meeting), joined(meeting)
    Meeting.objects.filter(pk=meeting.pk).update(capacity=2)
    third = joined(meeting)
    assert states(second, third) == [IN, LINE]


def test_after_the_deadline_nobody_enters_and_the_line_still_moves() -> None:
    closes = NOW + 3 * DAY
    meeting = meeting_made(capacity=1, registration_closes_at=closes)
    first, second = joined(meeting), joined(meeting, closes - dt.timedelta(seconds=1))
    with pytest.raises(RegistrationRefused):
        joined(meeting, closes)
    with pytest.raises(RegistrationRefused):
        asked(meeting, now=closes)
    registration_cancel(registration=first, now=closes + DAY)
    assert states(second) == [IN]


def test_walk_ins_have_a_seat_whatever_the_capacity() -> None:
    meeting = meeting_made(capacity=1)
    _first, waiting = joined(meeting), joined(meeting)
    pending = asked(meeting, "guest@b.test")
    late = meeting.starts_at + dt.timedelta(hours=1)
    new = registration_walk_in(meeting=meeting, first_name="Jo", last_name="Né", now=late)
    assert (new.state, new.is_walk_in, new.email) == (IN, True, "")
    again = registration_walk_in(meeting=meeting, person=waiting.person, now=late)
    assert (again.pk, again.state, again.is_walk_in) == (waiting.pk, IN, False)
    known = registration_walk_in(meeting=meeting, email="GUEST@b.test", now=late)
    assert (known.pk, known.state) == (pending.pk, IN)
    same = registration_walk_in(meeting=meeting, person=waiting.person, now=late)
    assert same.confirmed_at == again.confirmed_at
    assert seats_of(meetings=[meeting])[meeting.pk].taken == 4


def test_a_walk_in_with_somebody_elses_address_has_none() -> None:
    meeting = meeting_made()
    other = joined(meeting)
    new = registration_walk_in(meeting=meeting, person=person_made(), email=other.email, now=NOW)
    assert (new.pk != other.pk, new.email) == (True, "")


def test_registered_is_said_of_each_seat_once_and_names_nobody() -> None:
    meeting = meeting_made(capacity=2)
    own, guest = joined(meeting), asked(meeting, "ada@b.test", first_name="Ada")
    registration_confirm(registration=guest, now=NOW + DAY)
    waiting = joined(meeting)
    said = {one["context"]["registration"]: one for one in statements()}
    assert set(said) == {str(own.uid), str(guest.uid)}
    assert said[str(own.uid)]["actor"]["account"]["name"] == str(own.person.uid)
    by_guest = said[str(guest.uid)]
    assert by_guest["actor"]["account"]["name"] == ANONYMOUS_NAME
    assert by_guest["verb"]["id"] == verbs.REGISTERED
    assert by_guest["timestamp"].startswith("2027-02-02T09:00:00")
    assert "Ada" not in str(said)
    assert "b.test" not in str(said)
    registration_confirm(registration=guest, now=NOW + 2 * DAY)  # a retry is harmless
    registration_cancel(registration=own, now=NOW + 2 * DAY)
    assert {one["context"]["registration"] for one in statements()} == {*said, str(waiting.uid)}
    assert len(statements()) == 3


def statements() -> list[dict[str, Any]]:
    return [json.loads(one.payload) for one in Statement.objects.all()]


def test_seats_of_many_meetings_are_one_query() -> None:
    meetings = [meeting_made(capacity=2), meeting_made(), meeting_made(capacity=1)]
    for one in meetings[:2]:
        joined(one)
    with CaptureQueriesContext(connection) as captured:
        seats = seats_of(meetings=meetings)
    assert len(captured) == 1
    assert [seats[one.pk].left for one in meetings] == [1, None, 1]
    assert [seats[one.pk].taken for one in meetings] == [1, 1, 0]


def test_forty_who_move_up_cost_as_many_queries_as_two() -> None:
    def cost(number: int) -> int:
        meeting = meeting_made(capacity=1)
        Registration.objects.bulk_create(
            Registration(
                meeting=meeting, state=RegistrationState.WAITING, email=f"n{n}@x{number}.test",
                created_at=NOW, waiting_since=NOW + n * dt.timedelta(seconds=1),
            )
            for n in range(number)
        )  # fmt: skip
        Meeting.objects.filter(pk=meeting.pk).update(capacity=None)
        with CaptureQueriesContext(connection) as captured:
            assert len(seats_fill(meeting=meeting, now=NOW)) == number
        return len(captured)

    cost(1)
    # What is kept for some seconds may be read anew once in between; above 40, rows are inserted in
    # several batches.
    assert min(cost(2), cost(2)) == min(cost(40), cost(40))


def test_whoever_registered_by_her_proved_address_is_one_registration() -> None:
    meeting = meeting_made()
    user = account(email="ada@b.test")
    guest = asked(meeting, "ada@b.test", first_name="A", needs="Boucle")
    own = joined(meeting, user=user)
    assert (own.pk, own.state, own.needs) == (guest.pk, IN, "Boucle")
    assert (own.account, own.person.user) == (user, user)
    assert registration_create(
        meeting=meeting, person=own.person, account=user, now=NOW
    ).pk == own.pk  # fmt: skip
    assert Registration.objects.count() == 1
