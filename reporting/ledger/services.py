"""Keeping the ledger: one at a time, in the background.

Every function here that writes takes the ledger's one state row first, so that no two write it at
once. Those who change people or rules wait for none of them.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import F

from organisation.models import Appointment, Establishment
from reporting.counting.steps import Figures
from reporting.ledger.facts import (
    NO_FACTS,
    Contribution,
    Facts,
    Reference,
    StepKey,
    cells_of,
    contribution_changed,
    contributions,
    facts_of,
)
from reporting.ledger.models import (
    CountedPerson,
    LedgerChange,
    LedgerHouse,
    LedgerState,
    LedgerStep,
)
from reporting.ledger.posting import cells_post, contribution_post

PEOPLE = 500
"""People whose facts are held in memory at a time."""


def ledger_fold(*, limit: int = PEOPLE) -> int:
    """Post what the oldest changes make different; answers how many changes were taken up."""
    with transaction.atomic():
        _hold()
        changes = list(LedgerChange.objects.order_by("pk").values_list("pk", "person")[:limit])
        if changes:
            _count_again({person for _pk, person in changes}, Reference.load())
            LedgerChange.objects.filter(pk__in=[pk for pk, _person in changes]).delete()
    return len(changes)


def house_rebuild(*, establishment: int, day: dt.date) -> None:
    """Count an establishment anew: cells as at `day`, and the steps after it."""
    with transaction.atomic():
        _hold()
        house, _is_new = LedgerHouse.objects.select_for_update().get_or_create(
            establishment_id=establishment
        )
        reference = Reference.load()
        LedgerHouse.objects.filter(pk=house.pk).update(is_stale=True)
        people = sorted(_people_of(establishment))
        house.cells.all().delete()
        house.steps.all().delete()
        house.counted_on, house.is_stale, house.version = day, False, house.version + 1
        total: Contribution = {}
        for batch in _batches(people):
            for facts in _count_again(batch, reference).values():
                for key, figures in contributions(facts, reference).get(establishment, {}).items():
                    # What is past is past: one step for all that holds by the day.
                    kept = key if key.day > day else key._replace(day=day)
                    total[kept] = total.get(kept, Figures()).plus(figures)
        house.save()
        contribution_post(house, {key: one for key, one in total.items() if any(one)})


def houses_advance(*, day: dt.date, limit: int = 200) -> int:
    """Bring houses whose cells are of an earlier day to `day`; how many."""
    with transaction.atomic():
        _hold()
        houses = list(
            LedgerHouse.objects.filter(is_stale=False, counted_on__lt=day).order_by("pk")[:limit]
        )
        for house in houses:
            _advance(house, day)
    return len(houses)


def stale_houses(*, limit: int) -> list[int]:
    """Establishments that have to be counted anew, or for the first time, by primary key."""
    unknown = (
        Establishment.objects.exclude(
            pk__in=LedgerHouse.objects.filter(is_stale=False).values("pk")
        )
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    return list(unknown[:limit])


def _people_of(establishment: int) -> set[int]:
    """Who works there or ever did, and who was taken off but stands counted there still."""
    appointed = Appointment.objects.filter(establishment=establishment).order_by()
    waiting = LedgerChange.objects.filter(establishment=establishment).order_by()
    return {
        *appointed.values_list("person_id", flat=True),
        *waiting.values_list("person", flat=True),
    }


def _hold() -> None:
    """Wait for the ledger; whoever has it writes."""
    LedgerState.objects.get_or_create(pk=1)
    LedgerState.objects.select_for_update().get(pk=1)


def _count_again(people: Iterable[int], reference: Reference) -> dict[int, Facts]:
    """Bring what was counted of these to what is known now, in every house that is not stale."""
    wanted = list(people)
    now = facts_of(people=wanted)
    counted = CountedPerson.objects.in_bulk(wanted)
    changed: dict[int, Contribution] = defaultdict(dict)
    kept = []
    for person, facts in now.items():
        row = counted.get(person)
        before = Facts.from_json(row.facts) if row else NO_FACTS
        if before == facts:
            continue
        kept.append(CountedPerson(person=person, facts=facts.to_json()))
        old, new = contributions(before, reference), contributions(facts, reference)
        for house in old.keys() | new.keys():
            difference = contribution_changed(old.get(house, {}), new.get(house, {}))
            for key, figures in difference.items():
                known = changed[house].get(key, Figures())
                changed[house][key] = known.plus(figures)
    houses = LedgerHouse.objects.filter(pk__in=changed, is_stale=False, counted_on__isnull=False)
    for one in houses.order_by("pk"):
        contribution_post(one, changed[one.pk])
        LedgerHouse.objects.filter(pk=one.pk).update(version=F("version") + 1)
    CountedPerson.objects.bulk_create(
        kept, update_conflicts=True, unique_fields=["person"], update_fields=["facts"]
    )
    return now


def _advance(house: LedgerHouse, day: dt.date) -> None:
    due: Contribution = defaultdict(Figures)
    for step in house.steps.filter(day__lte=day):
        key = StepKey(step.kind, step.department, step.role, step.family, step.trainable, step.day)
        due[key] = Figures(step.expected, step.covered, step.overdue, step.declared)
    cells_post(house, cells_of(due))
    LedgerStep.objects.filter(house=house, day__lte=day).delete()
    house.counted_on, house.version = day, house.version + 1
    house.save(update_fields=["counted_on", "version"])


def _batches(people: Sequence[int]) -> Iterable[Sequence[int]]:
    return (people[at : at + PEOPLE] for at in range(0, len(people), PEOPLE))
