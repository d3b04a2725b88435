"""Establishments become one: what belongs to the parts goes along, and nothing is deleted.

Everything moves set-based: ``merged_into`` is written first, and each table then follows it in one
UPDATE, however many establishments are concerned.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db import models, transaction
from django.db.models import Count, OuterRef, Q, Subquery
from django.utils import timezone

from organisation.models import (
    Appointment,
    Department,
    Establishment,
    Grant,
    Headcount,
    PersonIdentifier,
    Site,
)
from organisation.signals import (
    AppointmentsChange,
    EstablishmentsMerge,
    appointments_changed,
    establishments_merged,
)
from users.models import User
from users.services import audit_record

from .requests import access_requests_follow_merge

BATCH = 500


@transaction.atomic
def establishments_merge(
    *, targets: dict[int, int], on: dt.date, actor: User | None = None
) -> None:
    """Make establishments part of others: {primary key of the one emptied: of the one that stays}.

    Appointments, departments, headcounts, grants and sites go along. A department whose name is
    taken keeps its own life under a name that says its site; headcounts are added up; an HR number
    that is somebody else's over there is forgotten, for it no longer says who is meant. Sends
    `establishments_merged`, then closes the emptied ones at `on`. Raises ValueError for a chain.
    """
    if not targets:
        return
    if set(targets) & set(targets.values()):
        raise ValueError("An establishment cannot be emptied and stay.")
    pin_to_only_site(list(targets))
    _write_merged_into(targets)
    _carry_headcounts(targets)
    _rename_colliding_departments(targets)
    _drop_colliding_hr_numbers(targets)
    for model in (Appointment, Department, Grant, PersonIdentifier, Site):
        _follow(model)
    access_requests_follow_merge(targets=targets, now=timezone.now())
    audit_record(
        actor=actor,
        action="establishment.merge",
        target=f"{len(targets)} establishments",
        details={"first": dict(itertools.islice(targets.items(), 50))},
    )
    establishments_merged.send(sender=Establishment, change=EstablishmentsMerge(dict(targets)))
    for batch in _batches(list(targets)):
        Establishment.objects.filter(pk__in=batch).update(closed_on=on)


def pin_to_only_site(establishments: Sequence[int]) -> None:
    """Write down on which site people and departments are, while the establishment has only one.

    Once it has joined others nobody could tell any more.
    """
    one_site = Site.objects.values("establishment").annotate(n=Count("pk")).filter(n=1)
    for batch in _batches(establishments):
        alone = one_site.filter(establishment__in=batch).values("establishment")
        for model in (Appointment, Department):
            rows: models.QuerySet[Any] = model._default_manager.filter(site=None)
            rows.filter(establishment__in=alone).update(
                site_id=Subquery(
                    Site.objects.filter(establishment=OuterRef("establishment")).values("pk")[:1]
                )
            )


@transaction.atomic
def site_transfer(*, site: Site, target: Establishment, actor: User | None = None) -> None:
    """Give one site to another establishment, while the first keeps others.

    The departments and appointments known to be on the site go along; those of no known site stay,
    as do headcounts, which are declared for the whole. Sends `appointments_changed`.
    """
    source_id = site.establishment_id
    moving = Appointment.objects.filter(Q(site=site) | Q(department__site=site))
    people = frozenset(moving.values_list("person", flat=True))
    _bring_departments(site, target)
    moving.update(establishment=target, site=site)
    Site.objects.filter(pk=site.pk).update(establishment=target)
    site.establishment = target
    audit_record(
        actor=actor,
        action="site.transfer",
        target=site.finess_et,
        details={"from": source_id, "to": target.pk},
    )
    if people:
        change = AppointmentsChange(frozenset({source_id, target.pk}), people)
        appointments_changed.send(sender=Appointment, change=change)


def _write_merged_into(targets: dict[int, int]) -> None:
    rows = [Establishment(pk=old, merged_into_id=new) for old, new in targets.items()]
    Establishment.objects.bulk_update(rows, ["merged_into"], batch_size=BATCH)


def _follow(model: type[models.Model]) -> None:
    """Move all rows of emptied establishments to where these went."""
    rows: models.QuerySet[Any] = model._default_manager.all()
    rows.filter(establishment__merged_into__isnull=False).update(
        establishment_id=Subquery(
            Establishment.objects.filter(pk=OuterRef("establishment")).values("merged_into")[:1]
        )
    )


def _rename_colliding_departments(targets: dict[int, int]) -> None:
    """Cardiology here and there stay two departments; the name of the site tells them apart."""
    moving = [
        department
        for batch in _batches(list(targets))
        for department in Department.objects.filter(establishment__in=batch)
        .select_related("establishment", "site")
        .order_by("pk")
    ]
    if not moving:
        return
    staying = {targets[department.establishment_id] for department in moving}
    taken = _department_names(staying)
    renamed = []
    for department in moving:
        names = taken.setdefault(targets[department.establishment_id], set())
        if department.name in names:
            department.name = _free_name(department, names)
            renamed.append(department)
        names.add(department.name)
    Department.objects.bulk_update(renamed, ["name"], batch_size=BATCH)


def _drop_colliding_hr_numbers(targets: dict[int, int]) -> None:
    """The first to have a number keeps it: the establishment that stays, then by primary key."""
    concerned = sorted(set(targets) | set(targets.values()))
    rows = [
        (targets.get(place, place), place in targets, pk, value)
        for batch in _batches(concerned)
        for pk, place, value in PersonIdentifier.objects.filter(
            establishment__in=batch
        ).values_list("pk", "establishment_id", "value")
    ]
    taken: set[tuple[int, str]] = set()
    dropped = []
    for home, _is_emptied, pk, value in sorted(rows):
        if (home, value) in taken:
            dropped.append(pk)
        taken.add((home, value))
    for batch in _batches(dropped):
        PersonIdentifier.objects.filter(pk__in=batch).delete()


def _department_names(establishments: Collection[int]) -> dict[int, set[str]]:
    names: dict[int, set[str]] = {}
    for batch in _batches(sorted(establishments)):
        rows = Department.objects.filter(establishment__in=batch)
        for establishment, name in rows.values_list("establishment", "name"):
            names.setdefault(establishment, set()).add(name)
    return names


def _free_name(department: Department, taken: Collection[str]) -> str:
    place = department.site.name if department.site else department.establishment.name
    base = f"{department.name[:70]} ({place[:70]})"
    numbered = (f"{base} {number}" for number in itertools.count(2))
    return next(name for name in itertools.chain([base], numbered) if name not in taken)


def _bring_departments(site: Site, target: Establishment) -> None:
    """Move the site's own departments; recreate over there those its people only share."""
    taken = _department_names([target.pk]).get(target.pk, set())
    for department in Department.objects.filter(site=site).select_related("establishment", "site"):
        if department.name in taken:
            department.name = _free_name(department, taken)
        taken.add(department.name)
        department.establishment = target
        department.save(update_fields=["name", "establishment"])
    shared = Department.objects.filter(appointments__site=site).exclude(establishment=target)
    for department in shared.distinct():
        twin, _created = Department.objects.get_or_create(
            establishment=target, name=department.name, defaults={"site": site}
        )
        Appointment.objects.filter(site=site, department=department).update(department=twin)


def _carry_headcounts(targets: dict[int, int]) -> None:
    """Add up what was declared: at each date, the sum of what the parts had declared by then.

    Two declarations of one role and date become one row; one alone keeps its date and gains what
    the other parts had declared before. So a merged hospital is never smaller than its parts.
    """
    rows = _headcounts_of(targets)
    by_cell: dict[tuple[int, int], list[Headcount]] = {}
    for row in rows:
        home = targets.get(row.establishment_id, row.establishment_id)
        by_cell.setdefault((home, row.role_id), []).append(row)
    kept, dropped = [], []
    for (home, _role), cell in by_cell.items():
        if any(row.establishment_id != home for row in cell):
            keep, drop = _sum_over_time(home, cell)
            kept += keep
            dropped += drop
    for batch in _batches(dropped):
        Headcount.objects.filter(pk__in=batch).delete()
    Headcount.objects.bulk_update(kept, ["establishment", "people"], batch_size=BATCH)


def _headcounts_of(targets: dict[int, int]) -> list[Headcount]:
    concerned = sorted(set(targets) | set(targets.values()))
    return [
        row
        for batch in _batches(concerned)
        for row in Headcount.objects.filter(establishment__in=batch)
    ]


def _sum_over_time(home: int, cell: Iterable[Headcount]) -> tuple[list[Headcount], list[int]]:
    """One row a date for `home`, and the primary keys of the rows that went into another."""
    # The target's own row first, so that it is the one that stays.
    ordered = sorted(cell, key=lambda row: (row.as_of, row.establishment_id != home, row.pk))
    latest: dict[int, int] = {}
    kept: list[Headcount] = []
    dropped: list[int] = []
    for _as_of, group in itertools.groupby(ordered, key=lambda row: row.as_of):
        first, *others = group
        for row in (first, *others):
            latest[row.establishment_id] = row.people
        first.establishment_id, first.people = home, sum(latest.values())
        kept.append(first)
        dropped += [row.pk for row in others]
    return kept, dropped


def _batches(items: Sequence[int]) -> Iterable[Sequence[int]]:
    return (items[start : start + BATCH] for start in range(0, len(items), BATCH))
