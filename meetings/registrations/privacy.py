"""Whose registrations are whose, how an identity goes from them, and what goes by itself."""

from __future__ import annotations

import datetime as dt
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet

from meetings import mails
from meetings.enums import RegistrationState
from meetings.models import CalendarFeed, MeetingAttendance, Registration
from notifications.services import recipient_forget
from users.days import long_moment
from users.privacy.registry import Subject

from .seats import line_move_up, meeting_lock

NOBODY: dict[str, Any] = {"first_name": "", "last_name": "", "email": "", "needs": ""}


def registrations_of_subject(subject: Subject) -> QuerySet[Registration]:
    """By the person, by the account, or by an address that the account has proved."""
    return Registration.objects.filter(_own(subject)).order_by("pk")


def attendance_of_subject(subject: Subject) -> QuerySet[MeetingAttendance]:
    own = Registration.objects.filter(_own(subject))
    return MeetingAttendance.objects.filter(registration__in=own).order_by("pk")


def registration_told(row: Registration) -> str:
    """«3 mars 2026, 10:12 – Rencontre de Bretagne (Inscrite)», with what was written then."""
    words = [f"{row.meeting.title} ({row.get_state_display()})", row.full_name, row.email]
    words += [row.house, row.get_attends_display(), row.needs]
    return f"{long_moment(row.created_at)} – {' ; '.join(word for word in words if word)}"


def registrations_erase(subject: Subject, now: dt.datetime) -> None:
    """What is still to come is cancelled, and the seats move up; who it was goes everywhere, from
    the mails of those addresses too. That somebody was there stays."""
    own = registrations_of_subject(subject).select_related("person")
    held = list(own)
    for pk in sorted({one.meeting_id for one in held}):
        _erase_at(pk, [one for one in held if one.meeting_id == pk], now)
    if subject.user is not None:
        CalendarFeed.objects.filter(account=subject.user).delete()


def _erase_at(meeting_pk: int, held: list[Registration], now: dt.datetime) -> None:
    meeting = meeting_lock(meeting_pk)
    rows = Registration.objects.filter(pk__in=[one.pk for one in held])
    if not meeting.is_over_at(now):
        there = MeetingAttendance.objects.standing().filter(registration__in=rows)
        open_rows = rows.exclude(state=RegistrationState.CANCELLED)
        open_rows.exclude(pk__in=there.values("registration")).update(
            state=RegistrationState.CANCELLED, cancelled_at=now
        )
    for one in held:
        if one.email:  # she may have registered by her address first, and signed in later
            recipient_forget(recipient=mails.recipient_of_address(one.email))
    rows.update(**NOBODY, house="")
    mails.moved_up_tell(line_move_up(meeting, now))


def needs_forget(before: dt.datetime) -> int:
    """What somebody needed in order to follow a meeting that ended before."""
    return Registration.objects.exclude(needs="").filter(meeting__ends_at__lt=before).update(
        needs=""
    )  # fmt: skip


def pending_forget(before: dt.datetime) -> int:
    """What nobody confirmed: whoever typed the address, its owner did not want it."""
    old = Registration.objects.filter(state=RegistrationState.PENDING, created_at__lt=before)
    count, _rows = old.delete()
    return count


def guests_forget(before: dt.datetime) -> int:
    """Who came without an account to a meeting that ended before. That somebody came from that
    house stays."""
    guests = Registration.objects.filter(
        person=None, account=None, meeting__ends_at__lt=before
    ).exclude(first_name="", last_name="", email="", needs="")
    return guests.update(**NOBODY)


def _own(subject: Subject) -> Q:
    own = Q(pk__in=[])
    if subject.actor is not None:
        own |= Q(person__uid=subject.actor)
    if subject.user is not None:
        proved = EmailAddress.objects.filter(user=subject.user, verified=True)
        own |= Q(account=subject.user) | Q(person=None, email__in=proved.values("email"))
    return own
