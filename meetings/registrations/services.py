"""Registering: with an account or a code, by e-mail, at the door; changing and cancelling."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from django.utils import timezone

from lrs.services import atomic_repeated
from meetings import mails
from meetings.enums import RegistrationState
from meetings.models import Meeting, MeetingAttendance, Registration
from organisation.models import Person
from users.models import User

from .seats import (
    attends_at,
    line_enter,
    line_move_up,
    meeting_lock,
    registrations_confirm,
    seats_fill,
    seats_free,
    takes_seat,
)
from .selectors import addresses_proved, house_of_person, place_in_line

__all__ = [
    "PENDING_HOURS",
    "Refusal",
    "RegistrationRefused",
    "confirm_before",
    "registration_again",
    "registration_ask",
    "registration_cancel",
    "registration_change",
    "registration_confirm",
    "registration_create",
    "registration_walk_in",
    "seats_fill",
]

PENDING_HOURS = 48
"""How long a registration by e-mail may wait for its confirmation."""


class Refusal(StrEnum):
    CLOSED = "closed"  # the meeting takes no registrations, or not any more
    EXPIRED = "expired"  # confirmed too late
    ROOM_FULL = "room_full"  # from remote into a room without a seat
    FORGOTTEN = "forgotten"  # nobody knows any more who it was


class RegistrationRefused(Exception):
    """`reason` is one of `Refusal`; nothing was changed."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason)
        self.reason = reason


def confirm_before(registration: Registration) -> dt.datetime:
    """Until when a registration by e-mail may be confirmed."""
    limit = registration.created_at + dt.timedelta(hours=PENDING_HOURS)
    return min(limit, registration.meeting.closes_at)


@atomic_repeated
def registration_create(
    *,
    meeting: Meeting,
    person: Person,
    account: User | None,
    now: dt.datetime,
    attends: str = "",
    needs: str = "",
) -> Registration:
    """Register somebody who is signed in: a seat, or the last place in line. Whoever is registered
    stays as she is; what she registered for by an address that her account has proved is hers.

    :raises RegistrationRefused: it is not open.
    """
    locked = _open(meeting, now)
    addresses = addresses_proved(account) if account else []
    known = _standing(locked, person=person, addresses=addresses)
    if known is not None:
        _adopt(known, person, account)
        return _entered(known, locked, now) if _is_pending(known) else known
    registration = Registration(
        meeting=locked,
        account=account,
        person=person,
        email=_free_address(locked, addresses),
        first_name=person.first_name,
        last_name=person.last_name,
        house=house_of_person(person=person, day=timezone.localdate(now)),
        attends=attends_at(locked, attends),
        needs=needs,
        created_at=now,
    )
    return _entered(registration, locked, now)


@atomic_repeated
def registration_ask(
    *,
    meeting: Meeting,
    email: str,
    first_name: str,
    last_name: str,
    house: str,
    now: dt.datetime,
    attends: str = "",
    needs: str = "",
) -> None:
    """Register by e-mail: a mail asks to confirm, and nothing is held until then. Whether the
    address is registered already is told in the mail alone.

    :raises RegistrationRefused: it is not open.
    """
    locked = _open(meeting, now)
    known = _standing(locked, addresses=[email.lower()])
    if known is not None and not _is_pending(known):
        mails.known_tell(known, now)
        return
    asked = known or Registration(meeting=locked, state=RegistrationState.PENDING)
    asked.email, asked.first_name, asked.last_name = email.lower(), first_name, last_name
    asked.house, asked.needs, asked.created_at = house, needs, now
    asked.attends = attends_at(locked, attends)
    asked.save()
    mails.confirmation_ask(asked, confirm_before(asked))


@atomic_repeated
def registration_confirm(*, registration: Registration, now: dt.datetime) -> Registration:
    """She who has the address wants it: a seat, or the last place in line. May be repeated.

    :raises RegistrationRefused: too late, or it is not open any more.
    """
    meeting, current = _locked(registration)
    if not _is_pending(current):
        return current
    if not meeting.is_open_at(now):
        raise RegistrationRefused(Refusal.CLOSED)
    if now >= confirm_before(current):
        raise RegistrationRefused(Refusal.EXPIRED)
    return _entered(current, meeting, now)


@atomic_repeated
def registration_again(*, registration: Registration, now: dt.datetime) -> Registration:
    """Register somebody again who had cancelled: another registration, at the end of the line.

    :raises RegistrationRefused: it is not open, or who it was is forgotten.
    """
    old = registration
    meeting = _open(old.meeting, now)
    known = _standing(meeting, person=old.person, addresses=[old.email] if old.email else [])
    if known is not None:
        return _entered(known, meeting, now) if _is_pending(known) else known
    if not (old.email or (old.person and old.person.erased_at is None)):
        raise RegistrationRefused(Refusal.FORGOTTEN)
    again = Registration(
        meeting=meeting,
        account=old.account,
        person=old.person,
        email=old.email,
        first_name=old.first_name,
        last_name=old.last_name,
        house=old.house,
        attends=attends_at(meeting, old.attends),
        created_at=now,
    )
    return _entered(again, meeting, now)


@atomic_repeated
def registration_change(
    *, registration: Registration, attends: str, needs: str, now: dt.datetime
) -> Registration:
    """Come another way, or say what one needs. From the room to remote frees a seat; the other way
    takes one if one is free.

    :raises RegistrationRefused: the room is full. Nothing is changed then.
    """
    meeting, current = _locked(registration)
    if current.state == RegistrationState.CANCELLED:
        raise RegistrationRefused(Refusal.CLOSED)
    wanted = attends_at(meeting, attends)
    wants_a_seat = takes_seat(meeting, wanted) and not takes_seat(meeting, current.attends)
    if wants_a_seat and current.state == RegistrationState.CONFIRMED:
        free = seats_free(meeting)
        if free is not None and free < 1:
            raise RegistrationRefused(Refusal.ROOM_FULL)
    current.attends, current.needs = wanted, needs
    current.save()
    moved = line_move_up(meeting, now)
    mails.moved_up_tell(moved)
    current.refresh_from_db()
    return current


@atomic_repeated
def registration_cancel(
    *, registration: Registration, now: dt.datetime, by_organiser: bool = False
) -> bool:
    """Give the seat or the place in line back; the first in line moves up. Answers whether it was
    new: whoever has cancelled already, or was there, stays as she is."""
    meeting, current = _locked(registration)
    was = RegistrationState(current.state)
    if was == RegistrationState.CANCELLED or _was_there(current):
        return False
    current.state, current.cancelled_at, current.needs = RegistrationState.CANCELLED, now, ""
    current.save()
    registration.refresh_from_db()
    if was != RegistrationState.PENDING:
        mails.cancellation_tell(current, by_organiser=by_organiser)
    mails.moved_up_tell(line_move_up(meeting, now))
    return True


@atomic_repeated
def registration_walk_in(
    *,
    meeting: Meeting,
    now: dt.datetime,
    person: Person | None = None,
    account: User | None = None,
    first_name: str = "",
    last_name: str = "",
    email: str = "",
    house: str = "",
) -> Registration:
    """Somebody who stands at the door has a seat: her registration is confirmed, else a new one is
    made. Neither capacity nor deadline is asked, and no mail is sent."""
    locked = meeting_lock(meeting.pk)
    email = email.strip().lower()
    known = _standing(locked, person=person, addresses=[email] if email else [])
    if known is not None:
        if person is not None and known.person is None:
            _adopt(known, person, account)
        if known.state != RegistrationState.CONFIRMED:
            registrations_confirm([known], now)
        return known
    made = Registration.objects.create(
        meeting=locked,
        state=RegistrationState.CONFIRMED,
        account=account,
        person=person,
        email=_free_address(locked, [email]),
        first_name=first_name or (person.first_name if person else ""),
        last_name=last_name or (person.last_name if person else ""),
        house=house,
        attends=attends_at(locked),
        is_walk_in=True,
        created_at=now,
        confirmed_at=now,
    )
    registrations_confirm([made], now)
    return made


def _open(meeting: Meeting, now: dt.datetime) -> Meeting:
    locked = meeting_lock(meeting.pk)
    if not locked.is_open_at(now):
        raise RegistrationRefused(Refusal.CLOSED)
    return locked


def _locked(registration: Registration) -> tuple[Meeting, Registration]:
    """The meeting, locked, and the registration as it is now."""
    meeting = meeting_lock(registration.meeting_id)
    current = Registration.objects.select_related("person", "account").get(pk=registration.pk)
    current.meeting = meeting
    return meeting, current


def _standing(
    meeting: Meeting, *, addresses: list[str], person: Person | None = None
) -> Registration | None:
    """What a person has, else what one of the addresses has; the meeting is locked. What another
    person registered for is nobody else's, whatever its address."""
    rows = meeting.registrations.exclude(state=RegistrationState.CANCELLED)
    rows = rows.select_related("person", "account")
    found = rows.filter(person=person).first() if person is not None else None
    if found is None and addresses:
        by_address = rows.filter(email__in=addresses)
        if person is not None:
            by_address = by_address.filter(person=None)
        found = by_address.first()
    if found is not None:
        found.meeting = meeting
    return found


def _adopt(registration: Registration, person: Person, account: User | None) -> None:
    if registration.person_id is None:
        registration.person = person
        registration.account = registration.account or account
        registration.save(update_fields=["person", "account"])


def _free_address(meeting: Meeting, addresses: list[str]) -> str:
    """The first that no other registration has; «» if none is left."""
    taken = set(
        meeting.registrations.exclude(state=RegistrationState.CANCELLED)
        .filter(email__in=addresses)
        .values_list("email", flat=True)
    )
    return next((one for one in addresses if one not in taken), "")


def _entered(registration: Registration, meeting: Meeting, now: dt.datetime) -> Registration:
    """Into the line, and told what became of it; the meeting is locked."""
    line_enter(registration, meeting, now)
    if registration.state == RegistrationState.CONFIRMED:
        mails.confirmed_tell(registration)
    else:
        mails.waiting_tell(registration, place_in_line(registration=registration))
    return registration


def _is_pending(registration: Registration) -> bool:
    return registration.state == RegistrationState.PENDING


def _was_there(registration: Registration) -> bool:
    return MeetingAttendance.objects.standing().filter(registration=registration).exists()
