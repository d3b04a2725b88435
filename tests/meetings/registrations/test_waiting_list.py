"""The waiting list against a naive model: two lists in Python, and whatever people think of."""

from __future__ import annotations

import datetime as dt

import hypothesis.strategies as st
import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from meetings.enums import Attends, MeetingFormat, RegistrationState
from meetings.models import Meeting, Registration
from meetings.registrations.receivers import _changed
from meetings.registrations.selectors import place_in_line
from meetings.registrations.services import (
    Refusal,
    RegistrationRefused,
    registration_cancel,
    registration_change,
    registration_confirm,
    registration_walk_in,
)

from .making import NOW, asked, joined, meeting_made

CAPACITIES = st.one_of(st.none(), st.integers(1, 4))
WAYS = st.sampled_from([Attends.ON_SITE, Attends.REMOTE])
WHO = st.integers(0, 99)


class WaitingList(RuleBasedStateMachine):
    """`room` and `away` have a place, `line` waits for the room, in order. All by primary key."""

    @initialize(capacity=CAPACITIES)
    def begin(self, capacity: int | None) -> None:
        self.savepoint = transaction.savepoint()
        self.meeting = meeting_made(capacity=capacity, format=MeetingFormat.BOTH)
        self.now = NOW
        self.capacity = capacity
        self.room: list[int] = []
        self.away: list[int] = []
        self.line: list[int] = []
        self.pending: list[int] = []

    def teardown(self) -> None:
        if hasattr(self, "savepoint"):
            transaction.savepoint_rollback(self.savepoint)

    def tick(self) -> dt.datetime:
        self.now += dt.timedelta(seconds=1)
        return self.now

    def settle(self) -> None:
        """Whoever is first in line takes what is free."""
        while self.line and (self.capacity is None or len(self.room) < self.capacity):
            self.room.append(self.line.pop(0))

    def enter(self, pk: int, way: Attends) -> None:
        if way == Attends.REMOTE:
            self.away.append(pk)
        else:
            self.line.append(pk)
        self.settle()

    def one_of(self, who: int) -> Registration:
        known = [*self.room, *self.away, *self.line]
        return Registration.objects.get(pk=known[who % len(known)])

    def has_somebody(self) -> bool:
        return bool(self.room or self.away or self.line)

    @rule(way=WAYS)
    def register(self, way: Attends) -> None:
        self.enter(joined(self.meeting, self.tick(), attends=way).pk, way)

    @rule(number=st.integers(0, 3))
    def ask(self, number: int) -> None:
        """A few addresses, again and again."""
        own = asked(self.meeting, f"guest{number}@b.test", self.tick())
        if own.pk not in {*self.room, *self.away, *self.line, *self.pending}:
            self.pending.append(own.pk)

    @precondition(lambda self: self.pending)
    @rule(who=WHO)
    def confirm(self, who: int) -> None:
        pk = self.pending.pop(who % len(self.pending))
        own = Registration.objects.get(pk=pk)
        registration_confirm(registration=own, now=self.tick())
        self.enter(pk, Attends(own.attends))

    @precondition(has_somebody)
    @rule(who=WHO)
    def cancel(self, who: int) -> None:
        own = self.one_of(who)
        assert registration_cancel(registration=own, now=self.tick())
        for group in (self.room, self.away, self.line):
            if own.pk in group:
                group.remove(own.pk)
        self.settle()

    @precondition(has_somebody)
    @rule(who=WHO, way=WAYS)
    def come_another_way(self, who: int, way: Attends) -> None:
        own = self.one_of(who)
        was_away = own.pk in self.away
        is_full = self.capacity is not None and len(self.room) >= self.capacity
        if was_away and is_full and way == Attends.ON_SITE:
            with pytest.raises(RegistrationRefused) as refused:
                registration_change(registration=own, attends=way, needs="", now=self.tick())
            assert refused.value.reason == Refusal.ROOM_FULL
            return
        registration_change(registration=own, attends=way, needs="", now=self.tick())
        if way == Attends.REMOTE and not was_away:
            (self.room if own.pk in self.room else self.line).remove(own.pk)
            self.away.append(own.pk)
        elif way == Attends.ON_SITE and was_away:
            self.away.remove(own.pk)
            self.room.append(own.pk)
        self.settle()

    @rule()
    def walk_in(self) -> None:
        own = registration_walk_in(meeting=self.meeting, first_name="X", now=self.tick())
        self.room.append(own.pk)

    @rule(capacity=CAPACITIES)
    def publish(self, capacity: int | None) -> None:
        Meeting.objects.filter(pk=self.meeting.pk).update(capacity=capacity, changed_at=self.tick())
        self.meeting.refresh_from_db()
        _changed(meeting=self.meeting, changed=frozenset({"capacity"}))
        self.capacity = capacity
        self.settle()

    @invariant()
    def all_stand_where_the_model_has_them(self) -> None:
        if not hasattr(self, "meeting"):
            return
        rows = Registration.objects.filter(meeting=self.meeting)
        confirmed = rows.filter(state=RegistrationState.CONFIRMED)
        room = confirmed.filter(attends=Attends.ON_SITE)
        assert set(room.values_list("pk", flat=True)) == set(self.room)
        away = confirmed.filter(attends=Attends.REMOTE)
        assert set(away.values_list("pk", flat=True)) == set(self.away)
        assert list(rows.in_line().values_list("pk", flat=True)) == self.line
        for number, one in enumerate(rows.in_line(), start=1):
            assert place_in_line(registration=one) == number


@pytest.mark.django_db
def test_whatever_people_do_the_line_is_what_a_naive_one_would_be() -> None:
    run_state_machine_as_test(
        WaitingList, settings=settings(max_examples=25, stateful_step_count=25, deadline=None)
    )
