"""The last seat, asked for by several at the same moment, on real connections.

PostgreSQL only: an SQLite database in memory belongs to one connection.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections

from lrs.models import Statement
from lrs.services import atomic_repeated
from meetings.enums import RegistrationState
from meetings.models import Meeting, Registration
from meetings.registrations.selectors import place_in_line, seats_of
from meetings.registrations.services import registration_ask, registration_cancel
from meetings.signals import meeting_changed

from .making import NOW, account, joined, meeting_made, subjects

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def needs_a_shared_database(is_postgresql: bool) -> None:
    if not is_postgresql:
        pytest.skip("an SQLite database in memory belongs to one connection")


def in_threads(work: Callable[[int], Any], number: int) -> list[Any]:
    """What `work` answers in each of several threads that start together."""
    barrier = threading.Barrier(number)

    def run(index: int) -> Any:
        try:
            barrier.wait()
            return work(index)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(run, range(number)))


def check(meeting: Meeting) -> None:
    """Never more than capacity, never an empty seat beside somebody who waits; each seat was said
    once, and told once."""
    meeting.refresh_from_db()
    seats = seats_of(meetings=[meeting])[meeting.pk]
    assert seats.capacity is not None
    assert seats.taken <= seats.capacity
    assert seats.taken == seats.capacity or not seats.waiting
    seated = meeting.registrations.filter(confirmed_at__isnull=False)
    assert Statement.objects.count() == seated.count()
    for one in seated:
        told = Counter(subjects(one.email))
        assert told["votre inscription est confirmée"] + told[MOVED_UP] == 1


MOVED_UP = "une place s’est libérée pour vous"


@pytest.mark.parametrize("number", [2, 20])
def test_the_last_seat_goes_to_one_and_the_others_stand_in_line(number: int) -> None:
    meeting = meeting_made(capacity=1)
    users = [account() for _one in range(number)]
    found = in_threads(lambda index: joined(meeting, user=users[index]), number)
    counts = Counter(one.state for one in found)
    assert counts == {RegistrationState.CONFIRMED: 1, RegistrationState.WAITING: number - 1}
    assert sorted(place_in_line(registration=one) for one in found) == [*range(number)]
    check(meeting)


@pytest.mark.parametrize("number", [2, 20])
def test_cancelling_and_registering_at_once_leave_no_seat_empty(number: int) -> None:
    """Half of them give back what they have, seats and places in line, while as many come."""
    meeting = meeting_made(capacity=max(1, number // 4))
    there = [joined(meeting) for _one in range(number // 2)]
    users = [account() for _one in range(number - len(there))]

    def work(index: int) -> None:
        if index < len(there):
            registration_cancel(registration=there[index], now=NOW)
        else:
            joined(meeting, user=users[index - len(there)])

    in_threads(work, number)
    assert Registration.objects.filter(state=RegistrationState.CANCELLED).count() == len(there)
    assert Registration.objects.standing().count() == len(users)
    check(meeting)


def test_more_seats_and_more_people_at_once() -> None:
    """An editor publishes with another capacity while they register."""
    meeting = meeting_made(capacity=1)
    users = [account() for _one in range(9)]

    @atomic_repeated
    def publish() -> None:
        locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
        locked.capacity = 5
        locked.save()
        meeting_changed.send(sender=Meeting, meeting=locked, changed=frozenset({"capacity"}))

    def work(index: int) -> None:
        if index == 0:
            publish()
        else:
            joined(meeting, user=users[index - 1])

    in_threads(work, 10)
    check(meeting)
    assert Registration.objects.confirmed().count() == 5


def test_one_person_who_clicks_twice_is_registered_once() -> None:
    meeting = meeting_made(capacity=1)
    user = account()
    found = in_threads(lambda index: joined(meeting, user=user).pk, 8)
    assert len(set(found)) == 1
    check(meeting)


def test_one_who_cancels_twice_at_once_frees_one_seat() -> None:
    meeting = meeting_made(capacity=1)
    first, second, third = (joined(meeting) for _one in range(3))
    done = in_threads(lambda index: registration_cancel(registration=first, now=NOW), 8)
    assert sum(done) == 1
    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.state, third.state) == (RegistrationState.CONFIRMED, RegistrationState.WAITING)
    check(meeting)


def test_one_address_asked_for_by_several_at_once_is_one_registration() -> None:
    meeting = meeting_made(capacity=1)

    def work(index: int) -> None:
        registration_ask(
            meeting=meeting, email="a@b.test", first_name="A", last_name="B", house="C", now=NOW
        )

    in_threads(work, 8)
    assert Registration.objects.get().state == RegistrationState.PENDING
