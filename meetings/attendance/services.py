"""Who was there: recorded, marked as having contributed, taken back.

Each attendance is a row; its statements take id and time from it and are stored in the same
transaction. Doing the same twice changes nothing. The meeting's row is locked first, so that two
who tick the same list come one after the other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Sequence

from django.db.models import Exists, OuterRef
from django.utils import timezone

from lrs.services import PLATFORM, atomic_repeated, statements_store
from meetings import statements
from meetings.attendance.windows import is_recordable_at, is_withdrawable_at, moment_of
from meetings.enums import How, RegistrationState
from meetings.models import Meeting, MeetingAttendance, Registration
from meetings.organising.adding import registration_add
from meetings.registrations.seats import meeting_lock, registrations_confirm
from meetings.registrations.selectors import addresses_proved, house_of_person
from meetings.registrations.services import registration_walk_in
from meetings.services.acts import meeting_act_record
from organisation.models import Person
from organisation.services import person_for_user
from users.models import User

BATCH = 500


class NotNow(Exception):
    """The door is closed, or the thirty days are over. Nothing was changed."""


@atomic_repeated
def attendance_record(
    *,
    meeting: Meeting,
    registrations: Collection[Registration],
    how: How,
    now: dt.datetime,
    actor: User | None,
) -> list[MeetingAttendance]:
    """Those of these registrations who are not yet known to have been there were; answers who is
    new. Whoever waited or had not confirmed has a seat, since she sat on one.

    :param actor: whose list it is; None for somebody who scanned herself.
    :raises NotNow: too early, too late, or cancelled.
    """
    locked = meeting_lock(meeting.pk)
    if not is_recordable_at(locked, now):
        raise NotNow
    absent = _absent(locked, registrations)
    waited = [one for one in absent if one.state != RegistrationState.CONFIRMED]
    registrations_confirm(waited, now)
    made = [
        MeetingAttendance(
            registration=one,
            how=how,
            attended_at=moment_of(locked, how, now),
            recorded_at=now,
            recorded_by=actor,
        )
        for one in absent
    ]
    MeetingAttendance.objects.bulk_create(made, batch_size=BATCH)
    _say(made, statements.attended)
    if made and actor is not None:
        meeting_act_record(
            meeting=locked,
            actor=actor,
            action="meeting.attendance",
            provenance=how.value,
            count=len(made),
        )
    return made


@atomic_repeated
def attendance_scan(
    *,
    meeting: Meeting,
    now: dt.datetime,
    person: Person | None = None,
    account: User | None = None,
    registration: Registration | None = None,
) -> MeetingAttendance:
    """She is at the door: as `person`, or by the `registration` that she has shown to be hers.
    Without one she is a walk-in. A second time changes nothing.

    :raises NotNow: the door is closed, or her registration was cancelled.
    """
    locked = meeting_lock(meeting.pk)
    if not locked.is_at_door(now):
        raise NotNow
    if registration is None:
        assert person is not None, "somebody is at the door"
        registration = registration_walk_in(
            meeting=locked,
            now=now,
            person=person,
            account=account,
            email=_address(locked, account),
            house=house_of_person(person=person, day=timezone.localdate(now)),
        )
    attendance_record(
        meeting=locked, registrations=[registration], how=How.SCANNED, now=now, actor=None
    )
    found = MeetingAttendance.objects.standing().filter(registration=registration).first()
    if found is None:
        raise NotNow
    return found


@atomic_repeated
def attendance_walk_in(
    *,
    meeting: Meeting,
    how: str,
    first_name: str,
    last_name: str,
    email: str,
    house: str,
    actor: User,
    now: dt.datetime,
) -> MeetingAttendance:
    """Somebody who came without having registered, as the organiser says; answers her attendance,
    the one that stands if she was known to be there.

    :raises NotNow: too early, too late, or cancelled.
    """
    locked = meeting_lock(meeting.pk)
    if not is_recordable_at(locked, now):
        raise NotNow
    added = registration_add(
        meeting=locked,
        first_name=first_name,
        last_name=last_name,
        email=email,
        house=house,
        actor=actor,
        now=now,
    )
    attendance_record(meeting=locked, registrations=[added], how=How(how), now=now, actor=actor)
    there = MeetingAttendance.objects.standing().select_related("registration")
    return there.get(registration=added)


@atomic_repeated
def contribution_record(
    *, meeting: Meeting, attendance: Collection[MeetingAttendance], now: dt.datetime, actor: User
) -> int:
    """They took the floor; how many are new.

    :raises NotNow: the thirty days are over.
    """
    locked = meeting_lock(meeting.pk)
    if not is_recordable_at(locked, now):
        raise NotNow
    silent = [one for one in _standing(locked, attendance) if one.contributed_at is None]
    for one in silent:
        one.contributed_at = min(now, locked.ends_at)
    MeetingAttendance.objects.bulk_update(silent, ["contributed_at"], batch_size=BATCH)
    _say(silent, statements.contributed)
    if silent:
        meeting_act_record(
            meeting=locked, actor=actor, action="meeting.contribution", count=len(silent)
        )
    return len(silent)


@atomic_repeated
def attendance_withdraw(
    *, meeting: Meeting, attendance: Collection[MeetingAttendance], now: dt.datetime, actor: User
) -> int:
    """Take these back: what was said of them is voided, the rows stay; how many still stood.

    :raises NotNow: the thirty days are over.
    """
    locked = meeting_lock(meeting.pk)
    if not is_withdrawable_at(locked, now):
        raise NotNow
    return _take_back(locked, _standing(locked, attendance), now=now, actor=actor)


def attendance_twice_withdraw(
    *, meeting: Meeting, registration: Registration, now: dt.datetime, actor: User
) -> None:
    """She stood on the list as two people, and was there once: this one is taken back, however long
    ago it was. The meeting is locked."""
    rows = MeetingAttendance.objects.filter(registration=registration)
    _take_back(meeting, _standing(meeting, rows), now=now, actor=actor)


def _take_back(
    meeting: Meeting, standing: Sequence[MeetingAttendance], *, now: dt.datetime, actor: User
) -> int:
    for one in standing:
        one.withdrawn_at, one.withdrawn_by = now, actor
    MeetingAttendance.objects.bulk_update(
        standing, ["withdrawn_at", "withdrawn_by"], batch_size=BATCH
    )
    if standing:
        name = str(person_for_user(user=actor).uid)
        _say(standing, lambda one: statements.withdrawn(one, statements.ATTENDED, name))
        spoke = [one for one in standing if one.contributed_at is not None]
        _say(spoke, lambda one: statements.withdrawn(one, statements.CONTRIBUTED, name))
        meeting_act_record(
            meeting=meeting, actor=actor, action="meeting.attendance_withdraw", count=len(standing)
        )
    return len(standing)


def _absent(meeting: Meeting, registrations: Collection[Registration]) -> list[Registration]:
    """As they are now: the meeting's own, not cancelled, and not known to have been there."""
    rows = (
        meeting.registrations.filter(pk__in=[one.pk for one in registrations])
        .exclude(state=RegistrationState.CANCELLED)
        .exclude(Exists(MeetingAttendance.objects.standing().filter(registration=OuterRef("pk"))))
        .select_related("person")
        .order_by("pk")
    )
    return [_with(one, meeting) for one in rows]


def _standing(
    meeting: Meeting, attendance: Collection[MeetingAttendance]
) -> list[MeetingAttendance]:
    rows = list(
        MeetingAttendance.objects.standing()
        .filter(registration__meeting=meeting, pk__in=[one.pk for one in attendance])
        .select_related("registration__person")
        .order_by("pk")
    )
    for one in rows:
        _with(one.registration, meeting)
    return rows


def _with(registration: Registration, meeting: Meeting) -> Registration:
    registration.meeting = meeting
    return registration


def _address(meeting: Meeting, account: User | None) -> str:
    """The address of an account by which it registered, else the first that it has proved."""
    addresses = addresses_proved(account) if account else []
    known = set(
        meeting.registrations.exclude(state=RegistrationState.CANCELLED)
        .filter(email__in=addresses, person=None)
        .values_list("email", flat=True)
    )
    return next((one for one in addresses if one in known), addresses[0] if addresses else "")


def _say(
    rows: Sequence[MeetingAttendance], statement: Callable[[MeetingAttendance], dict[str, object]]
) -> None:
    for start in range(0, len(rows), BATCH):
        said = [statement(one) for one in rows[start : start + BATCH]]
        statements_store(statements=said, source=PLATFORM)
