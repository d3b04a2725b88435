"""Appointments begin, end and move; they are never deleted, but by undoing what made them."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from organisation.effects import effects_told
from organisation.models import Appointment, Department, Establishment, Person, Site, StaffRole
from organisation.signals import AppointmentsChange, appointments_changed
from users.models import User
from users.services import audit_record

BATCH = 1000
T = TypeVar("T")


@dataclasses.dataclass(frozen=True, slots=True)
class AppointmentStart:
    """An appointment to be made, over ``[starts_on, ends_on)``."""

    person: Person
    establishment: Establishment
    role: StaffRole
    starts_on: dt.date
    department: Department | None = None
    site: Site | None = None
    ends_on: dt.date | None = None


def appointment_start(
    *,
    person: Person,
    establishment: Establishment,
    role: StaffRole,
    starts_on: dt.date,
    department: Department | None = None,
    site: Site | None = None,
    ends_on: dt.date | None = None,
    actor: User | None = None,
) -> Appointment:
    """Let a person work somewhere from a day on. Raises as `appointments_start` does."""
    start = AppointmentStart(person, establishment, role, starts_on, department, site, ends_on)
    return appointments_start(starts=[start], actor=actor)[0]


@transaction.atomic
def appointments_start(
    *, starts: Sequence[AppointmentStart], actor: User | None = None
) -> list[Appointment]:
    """Make many appointments at once, in order; one signal, one entry in the audit log of each
    establishment.

    Raises ValidationError, and makes none, if a department or site belongs to another
    establishment, an establishment is closed by then, an interval is empty, or the person was
    erased or has the same appointment (place, department and role) over some of the same days.
    """
    for start in starts:
        _check_start(start)
    _refuse_overlaps(starts)
    created = Appointment.objects.bulk_create([_row(start) for start in starts], batch_size=BATCH)
    changes = [(row, row.starts_on) for row in created]
    _announce(changes, actor=actor, action="appointment.start")
    return created


@transaction.atomic
def appointment_end(
    *, appointment: Appointment, ends_on: dt.date, actor: User | None = None
) -> Appointment:
    """End an appointment; `ends_on` is the first day it no longer holds.

    The first day itself takes it back altogether. An end already set may be corrected.
    Raises ValidationError if the end precedes the start.
    """
    appointment = Appointment.objects.select_for_update().get(pk=appointment.pk)
    if ends_on < appointment.starts_on:
        raise ValidationError({"ends_on": _("La fin ne peut pas précéder le début.")})
    if appointment.ends_on != ends_on:
        since = min(appointment.ends_on or ends_on, ends_on)
        appointment.ends_on = ends_on
        appointment.save(update_fields=["ends_on"])
        _announce([(appointment, since)], actor=actor, action="appointment.end")
    return appointment


@dataclasses.dataclass(frozen=True, slots=True)
class AppointmentCorrection:
    """What an appointment, by its primary key, shall say from now on."""

    pk: int
    starts_on: dt.date
    ends_on: dt.date | None
    site_id: int | None


@transaction.atomic
def appointments_correct(
    *, corrections: Sequence[AppointmentCorrection], actor: User | None = None
) -> None:
    """End or correct many at once; one signal, one entry in the audit log of each establishment.

    Raises ValidationError, and changes none, if an end precedes its start.
    """
    if any(one.ends_on is not None and one.ends_on < one.starts_on for one in corrections):
        raise ValidationError({"ends_on": _("La fin ne peut pas précéder le début.")})
    changes: list[tuple[Appointment, dt.date]] = []
    for batch in _batches(list(corrections)):
        known = Appointment.objects.in_bulk([one.pk for one in batch])
        for one in batch:
            row = known[one.pk]
            changes.append((row, _first_day_changed(row, one)))
            row.starts_on, row.ends_on, row.site_id = one.starts_on, one.ends_on, one.site_id
    rows = [row for row, _since in changes]
    Appointment.objects.bulk_update(rows, ["starts_on", "ends_on", "site"], batch_size=200)
    _announce(changes, actor=actor, action="appointment.correct")


@transaction.atomic
def appointments_withdraw(*, pks: Sequence[int], actor: User | None = None) -> None:
    """Take appointments back as if they had never been: only for undoing what made them.

    An end would leave behind that somebody was somewhere for no day at all.
    """
    rows: list[Appointment] = []
    for batch in _batches(list(pks)):
        found = Appointment.objects.filter(pk__in=batch)
        rows += found
        found.delete()
    changes = [(row, row.starts_on) for row in rows]
    _announce(changes, actor=actor, action="appointment.withdraw")


@transaction.atomic
def appointment_move(
    *,
    appointment: Appointment,
    on: dt.date,
    establishment: Establishment | None = None,
    role: StaffRole | None = None,
    department: Department | None = None,
    site: Site | None = None,
    actor: User | None = None,
) -> Appointment:
    """End an appointment and start the next one the same day; what is not said stays.

    Within one establishment department and site stay unless said; in another they are what is
    said, or none. Raises ValidationError if it is over by `on`, or as `appointments_start` does.
    Returns the new appointment.
    """
    rows = Appointment.objects.select_related("establishment", "department", "site", "role")
    # Locked: of two who move the same appointment the second finds that it is over.
    old = rows.select_for_update(of=("self",)).get(pk=appointment.pk)
    if not old.starts_on <= on or (old.ends_on is not None and old.ends_on <= on):
        raise ValidationError(_("Cette affectation n’est pas en cours à cette date."))
    stays = establishment is None or establishment.pk == old.establishment_id
    start = AppointmentStart(
        person=old.person,
        establishment=establishment or old.establishment,
        role=role or old.role,
        starts_on=on,
        department=department or (old.department if stays else None),
        site=site or (old.site if stays else None),
        ends_on=old.ends_on,
    )
    Appointment.objects.filter(pk=old.pk).update(ends_on=on)
    _check_start(start)
    _refuse_overlaps([start])
    new = _row(start)
    new.save()
    _announce([(old, on), (new, on)], actor=actor, action="appointment.move")
    return new


def _batches(items: Sequence[T]) -> Iterable[Sequence[T]]:
    return (items[at : at + BATCH] for at in range(0, len(items), BATCH))


def _row(start: AppointmentStart) -> Appointment:
    return Appointment(
        **{field.name: getattr(start, field.name) for field in dataclasses.fields(start)}
    )


def _check_start(start: AppointmentStart) -> None:
    place = start.establishment
    if start.person.erased_at is not None:
        raise ValidationError({"person": _("L’identité de cet agent est effacée.")})
    if start.ends_on is not None and start.ends_on <= start.starts_on:
        raise ValidationError({"ends_on": _("La fin doit suivre le début.")})
    if start.department is not None and start.department.establishment_id != place.pk:
        raise ValidationError({"department": _("Ce service est d’un autre établissement.")})
    if start.site is not None and start.site.establishment_id != place.pk:
        raise ValidationError({"site": _("Ce site est d’un autre établissement.")})
    if place.closed_on is not None and place.closed_on <= start.starts_on:
        raise ValidationError({"establishment": _("Cet établissement est fermé à cette date.")})


def _refuse_overlaps(starts: Sequence[AppointmentStart]) -> None:
    """The same appointment twice over the same days would only be noise to end twice."""
    people = sorted({start.person.pk for start in starts})
    known: dict[tuple[int | None, ...], list[tuple[dt.date, dt.date]]] = {}
    for batch in _batches(people):
        rows = Appointment.objects.filter(person__in=batch).values_list(
            "person_id", "establishment_id", "role_id", "department_id", "starts_on", "ends_on"
        )
        for *key, begin, end in rows:
            known.setdefault(tuple(key), []).append((begin, end or dt.date.max))
    for start in starts:
        department = start.department.pk if start.department else None
        same = (start.person.pk, start.establishment.pk, start.role.pk, department)
        begin, end = start.starts_on, start.ends_on or dt.date.max
        intervals = known.setdefault(same, [])
        if any(begin < other_end and other < end for other, other_end in intervals):
            raise ValidationError(_("Cette personne a déjà cette affectation sur la période."))
        intervals.append((begin, end))


def _first_day_changed(row: Appointment, to: AppointmentCorrection) -> dt.date:
    """The first day on which the appointment holds before and not after, or the other way round;
    the last of all days if only its site is another."""
    ends = {row.ends_on or dt.date.max, to.ends_on or dt.date.max}
    starts = {row.starts_on, to.starts_on}
    return min((min(days) for days in (starts, ends) if len(days) > 1), default=dt.date.max)


def _announce(
    changes: Iterable[tuple[Appointment, dt.date]], *, actor: User | None, action: str
) -> None:
    """`changes` are appointments, each with the first day on which it counts otherwise."""
    changes = list(changes)
    if not changes:
        return
    rows = [row for row, _since in changes]
    change = AppointmentsChange(
        establishment_ids=frozenset(row.establishment_id for row in rows),
        person_ids=frozenset(row.person_id for row in rows),
    )
    uids = dict(
        Establishment.objects.filter(pk__in=change.establishment_ids).values_list("pk", "uid")
    )
    for house, uid in sorted(uids.items()):
        here = [(row, since) for row, since in changes if row.establishment_id == house]
        audit_record(
            actor=actor,
            action=action,
            target=f"appointment:{here[0][0].pk}"
            if len(here) == 1
            else f"{len(here)} appointments",
            details={
                "establishments": sorted(change.establishment_ids)[:50],
                "effects": effects_told(since for _row, since in here),
            },
            place=uid,
        )
    appointments_changed.send(sender=Appointment, change=change)
