"""Two rows of people become one: what she registered for, and her private calendar."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from meetings import mails
from meetings.attendance.services import attendance_twice_withdraw
from meetings.enums import RegistrationState
from meetings.models import CalendarFeed, MeetingAttendance, Registration
from organisation.signals import PeopleMerge
from users.models import User

from .seats import line_move_up, meeting_lock

_RANK = (RegistrationState.CONFIRMED, RegistrationState.WAITING, RegistrationState.PENDING)


def registrations_go_over(change: PeopleMerge, **kwargs: Any) -> None:
    """One registration a meeting stands: where she was there, else the better one, else that of the
    row that stays. The other is cancelled without a mail, and its seat is the next one's."""
    theirs = set(_of_gone(change).values_list("pk", flat=True))
    both = Registration.objects.filter(Q(person=change.kept) | Q(pk__in=theirs))
    twice = _standing(both).order_by("meeting").values_list("meeting", flat=True)
    twice = twice.annotate(number=Count("pk")).filter(number__gt=1)
    for meeting in list(twice):
        _one_stays(change, meeting, theirs)
    Registration.objects.filter(pk__in=theirs).update(person=change.kept)
    if change.accounts:
        _accounts_go_over(*change.accounts)


def _of_gone(change: PeopleMerge) -> QuerySet[Registration]:
    """Her registrations as a person; where her account is emptied, also what it registered for
    before it was known whose it is, and what she did by an address that it has proved."""
    own = Q(person=change.gone)
    if change.accounts:
        _stays, emptied = change.accounts
        proved = EmailAddress.objects.filter(user=emptied, verified=True).values("email")
        own |= Q(person=None) & (Q(account=emptied) | Q(account=None, email__in=proved))
    return Registration.objects.filter(own)


def _standing(rows: QuerySet[Registration]) -> QuerySet[Registration]:
    return rows.exclude(state=RegistrationState.CANCELLED)


def _one_stays(change: PeopleMerge, meeting_pk: int, theirs: set[int]) -> None:
    meeting = meeting_lock(meeting_pk)
    there = MeetingAttendance.objects.standing().filter(registration=OuterRef("pk"))
    found = meeting.registrations.filter(Q(person=change.kept) | Q(pk__in=theirs))
    rows = _standing(found).select_related("person").annotate(was_there=Exists(there))
    first, *others = sorted(
        rows,
        key=lambda one: (
            not one.was_there,
            _RANK.index(RegistrationState(one.state)),
            one.pk in theirs,
            one.pk,
        ),
    )
    for one in others:
        attendance_twice_withdraw(
            meeting=meeting, registration=one, now=change.now, actor=change.actor
        )
        first.needs = first.needs or one.needs
        one.state, one.cancelled_at, one.needs = RegistrationState.CANCELLED, change.now, ""
        one.save(update_fields=["state", "cancelled_at", "needs"])
    first.save(update_fields=["needs"])
    mails.moved_up_tell(line_move_up(meeting, change.now))


def _accounts_go_over(stays: User, emptied: User) -> None:
    """The address of her calendar goes on working, unless she has one at the other account too."""
    Registration.objects.filter(account=emptied).update(account=stays)
    if not CalendarFeed.objects.filter(account=stays).exists():
        CalendarFeed.objects.filter(account=emptied).update(account=stays)
