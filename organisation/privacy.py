"""Whose data it is, and how the identity of somebody who works in a hospital goes."""

from __future__ import annotations

import datetime as dt
import uuid
from functools import partial

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from documents.archives.packing import private_storage
from organisation.enums import RequestState
from organisation.models import (
    AccessCode,
    AccessRequest,
    Appointment,
    Grant,
    Person,
    PersonIdentifier,
    RosterChange,
    RosterLine,
)
from organisation.selectors import (
    person_of_user,
    recipient_of_user,
    uids_of_person,
)
from organisation.services.appointments import AppointmentCorrection, appointments_correct
from organisation.services.people_apart import apart_forget
from users.models import User
from users.privacy.erasure import subject_erase
from users.privacy.registry import Subject


def subject_of_account(user: User) -> Subject:
    person = person_of_user(user=user)
    actor = person.uid if person else None
    own = {recipient_of_user(user=user), actor} - {None}
    return Subject(user, actor, frozenset(one for one in own if one), _former(person))


def subject_of_person(person: Person) -> Subject:
    """With her account, if she has one."""
    if person.user is not None:
        return subject_of_account(person.user)
    return Subject(None, person.uid, frozenset({person.uid}), _former(person))


def _former(person: Person | None) -> frozenset[uuid.UUID]:
    return uids_of_person(person=person) - {person.uid} if person else frozenset()


def person_erase(subject: Subject, now: dt.datetime) -> None:
    """A tombstone stays: the uid, and what was worked where until today."""
    person = _person(subject)
    if person is None:
        return
    today = timezone.localdate(now)
    still = Appointment.objects.filter(person=person).filter(Q(ends_on=None) | Q(ends_on__gt=today))
    appointments_correct(
        corrections=[
            AppointmentCorrection(row.pk, row.starts_on, max(today, row.starts_on), row.site_id)
            for row in still
        ]
    )
    PersonIdentifier.objects.filter(person=person).delete()
    apart_forget(person=person)
    person.user = None
    person.first_name = person.last_name = person.email = ""
    person.erased_at = now
    person.save()


def roster_traces_erase(subject: Subject, now: dt.datetime) -> None:
    """What staff lists wrote down about her; undoing such a list leaves her alone."""
    if subject.actor is None:
        return
    for change in RosterChange.objects.filter(person__uid=subject.actor):
        RosterLine.objects.filter(roster=change.roster_id, number__in=change.lines).update(
            values={}
        )
        change.delete()


def codes_erase(subject: Subject, now: dt.datetime) -> None:
    if subject.actor is not None:
        AccessCode.objects.filter(person__uid=subject.actor).delete()


def access_erase(subject: Subject, now: dt.datetime) -> None:
    """Rights end, and what was written to get them goes."""
    if subject.user is not None:
        _grants_end(subject.user, now)
        _requests_empty(subject.user, now)


def _grants_end(user: User, now: dt.datetime) -> None:
    today = timezone.localdate(now)
    held = Grant.objects.filter(user=user).filter(Q(ends_on=None) | Q(ends_on__gt=today))
    held.filter(starts_on__gt=today).delete()
    held.update(ends_on=today)


def _requests_empty(user: User, now: dt.datetime) -> None:
    """Withdrawn if nobody has decided; without the words and the proof in any case."""
    own = AccessRequest.objects.filter(user=user)
    for name in own.exclude(proof="").values_list("proof", flat=True):
        transaction.on_commit(partial(private_storage().delete, name))
    own.filter(state=RequestState.PENDING).update(
        state=RequestState.WITHDRAWN, decided_at=now, decided_by=user
    )
    own.exclude(proof="").update(proof_deleted_at=now)
    own.update(function="", message="", reason="", proof="")


def codes_forget(before: dt.datetime) -> int:
    count, _rows = AccessCode.objects.filter(expires_at__lt=before).delete()
    return count


def request_texts_forget(before: dt.datetime) -> int:
    """Requests that were decided long ago; the grant stays, and the audit log has its own time."""
    old = AccessRequest.objects.filter(decided_at__lt=before, proof="")
    count, _rows = old.delete()
    return count


def leavers_erase(before: dt.datetime) -> int:
    """The identity of those whose last appointment ended before; each in her own transaction."""
    day = timezone.localdate(before)
    later = Appointment.objects.filter(person=OuterRef("pk")).filter(
        Q(ends_on=None) | Q(ends_on__gte=day)
    )
    worked = Appointment.objects.filter(person=OuterRef("pk"))
    left = Person.objects.filter(Exists(worked), ~Exists(later), erased_at=None)
    count = 0
    for pk in list(left.order_by("pk").values_list("pk", flat=True)):
        person = Person.objects.select_related("user").get(pk=pk)
        if person.user is not None and _still_comes(person.user, before):
            continue
        subject_erase(subject=subject_of_person(person), actor=None, now=timezone.now(), why="left")
        count += 1
    return count


def unproved_accounts_forget(before: dt.datetime) -> int:
    """Accounts of an address that nobody proved to be hers, and that were never used: whoever typed
    it, the owner of the address did not ask for it."""
    proved = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    typed = EmailAddress.objects.filter(user=OuterRef("pk"), verified=False)
    unused = User.objects.filter(
        ~Exists(proved),
        Exists(typed),
        ~Exists(Grant.objects.filter(user=OuterRef("pk"))),
        date_joined__lt=before,
        last_login=None,
        is_staff=False,
        is_superuser=False,
        groups=None,
        person=None,
        audit_entries=None,
        access_requests=None,
    )
    pks = list(unused.order_by("pk").values_list("pk", flat=True))
    User.objects.filter(pk__in=pks).delete()
    return len(pks)


def _still_comes(user: User, before: dt.datetime) -> bool:
    """Somebody may go on without an appointment: who works for a region or for the nation."""
    return user.is_active and (user.last_login is not None and user.last_login >= before)


def _person(subject: Subject) -> Person | None:
    if subject.actor is None:
        return None
    return Person.objects.select_for_update().filter(uid=subject.actor).first()
