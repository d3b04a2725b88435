"""Team sessions: opened, names added, closed once; an attendance taken back."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from courses.models import Attendance, TeamSession
from courses.team.places import TeamPlace
from courses.team.rolls import is_appointed, people_by_uid
from lrs.services import atomic_repeated
from organisation.models import Person
from organisation.places import house_uid
from training.enums import Provenance
from training.models import Trainable
from training.services import Declaration, completions_declare, completions_withdraw
from users.models import User
from users.services import audit_record


class SessionOver(Exception):
    """The session is closed, or was left open for too long."""


class NotOfThisTeam(Exception):
    """The person has no appointment in the session's place."""


class TooLate(Exception):
    """The attendance can no longer be taken back."""


@transaction.atomic
def team_session_open(
    *, trainable: Trainable, place: TeamPlace, user: User, leader: Person, now: dt.datetime
) -> TeamSession:
    """Begin a session in a place; whoever leads it was checked to be in charge there."""
    session = TeamSession.objects.create(
        trainable=trainable,
        led_by=user,
        leader=leader,
        establishment=place.establishment,
        department=place.department,
        held_at=now,
    )
    _record(session, user, "team_session.open")
    return session


@transaction.atomic
def attendance_tick(
    *,
    session: TeamSession,
    shown: Collection[uuid.UUID],
    present: Collection[uuid.UUID],
    now: dt.datetime,
) -> int:
    """Make the names that were `shown` present or not, as ticked; the others stay as they are.

    Returns how many are present in all. Whoever does not work in the place is left out.
    Raises SessionOver.
    """
    session = _locked(session, now)
    place, day = TeamPlace.of(session.place), timezone.localdate(now)
    people = people_by_uid(place=place, day=day, uids=set(shown))
    chosen = [one for one in people if one.uid in present]
    gone = [one for one in people if one.uid not in present]
    Attendance.objects.filter(session=session, person__in=gone).delete()
    Attendance.objects.bulk_create(
        [
            Attendance(session=session, person=one, how=Attendance.How.TICKED, added_at=now)
            for one in chosen
        ],
        ignore_conflicts=True,
    )
    return session.attendance.count()


@transaction.atomic
def attendance_scan(*, session: TeamSession, person: Person, now: dt.datetime) -> Attendance:
    """Add oneself. A second time changes nothing. Raises SessionOver or NotOfThisTeam."""
    session = _locked(session, now)
    if not session.is_scannable_at(now):
        raise SessionOver
    place = TeamPlace.of(session.place)
    if not is_appointed(person=person, place=place, day=timezone.localdate(now)):
        raise NotOfThisTeam
    attendance, _is_new = Attendance.objects.get_or_create(
        session=session,
        person=person,
        defaults={"how": Attendance.How.SCANNED, "added_at": now},
    )
    return attendance


@atomic_repeated
def team_session_close(*, session: TeamSession, user: User, now: dt.datetime) -> int:
    """Declare for everybody present that she took the module then; returns how many.

    A second time changes nothing. Raises SessionOver if nothing was closed in time.
    """
    session = TeamSession.objects.select_for_update().get(pk=session.pk)
    if session.closed_at is not None:
        return session.attendance.exclude(declaration=None).count()
    if not session.is_open_at(now):
        raise SessionOver
    attendance = list(session.attendance.select_related("person").order_by("pk"))
    session.closed_at = now
    session.save(update_fields=["closed_at"])
    _declare(session, attendance, user, now)
    _record(session, user, "team_session.close", present=len(attendance))
    return len(attendance)


def _declare(
    session: TeamSession, attendance: list[Attendance], user: User, now: dt.datetime
) -> None:
    if not attendance:
        return
    made = completions_declare(
        declarations=[
            Declaration(one.person, session.trainable, session.held_at) for one in attendance
        ],
        provenance=Provenance.TEAM,
        instructor=session.leader,
        actor=user,
        now=now,
        about=_target(session),
    )
    for one, row in zip(attendance, made.rows, strict=True):
        one.declaration = row
    Attendance.objects.bulk_update(attendance, ["declaration"], batch_size=500)


@atomic_repeated
def attendance_withdraw(
    *, session: TeamSession, attendance: Attendance, user: User, person: Person, now: dt.datetime
) -> None:
    """Take back one attendance of a closed session: the statement is voided, the record stays.

    Raises TooLate.
    """
    if not session.is_withdrawable_at(now):
        raise TooLate
    if attendance.declaration is not None:
        completions_withdraw(
            declarations=[attendance.declaration],
            withdrawn_by=person,
            actor=user,
            now=now,
            about=_target(session),
        )


def _locked(session: TeamSession, now: dt.datetime) -> TeamSession:
    """The session as it is now, while nobody else may close it. Raises SessionOver."""
    stored = TeamSession.objects.select_for_update().get(pk=session.pk)
    if not stored.is_open_at(now):
        raise SessionOver
    return stored


def _target(session: TeamSession) -> str:
    return f"team_session:{session.uid}"


def _record(session: TeamSession, user: User, action: str, **details: object) -> None:
    place = TeamPlace.of(session.place)
    audit_record(
        actor=user,
        action=action,
        target=_target(session),
        details={
            "trainable": str(session.trainable.uid),
            "place": f"{place.scope.kind.value}:{place.uid}",
            **details,
        },
        place=house_uid(session.place),
    )
