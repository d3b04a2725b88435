"""Keeping the ledger, in the background.

Counting people takes long and writing what it gives does not, so each function here counts first,
holding nothing, and then writes in a short transaction, so that learners never wait for it. What
was counted holds only if nobody wrote the ledger meanwhile (`LedgerState.version`); where somebody
did, nothing is written and the same is asked for again. Those who change people or rules wait for
none of them.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from organisation.models import Appointment, Establishment
from reporting.counting import Figures
from reporting.ledger.facts import (
    NO_FACTS,
    Contribution,
    Facts,
    Reference,
    StepKey,
    added,
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
from reporting.selectors.batches import in_batches

PEOPLE = 500
"""People whose facts are held in memory at a time."""


class OvertakenError(Exception):
    """Somebody else wrote the ledger, or asked for a new count, while this one was going on."""


@dataclass
class _Counted:
    """What has to be written: facts that are not yet in the ledger, and the differences that they
    make in each establishment."""

    rows: list[CountedPerson] = field(default_factory=list)
    changed: dict[int, Contribution] = field(default_factory=lambda: defaultdict(dict))


def ledger_fold(*, limit: int = PEOPLE) -> int:
    """Post what the oldest changes make different; answers how many changes were taken up.

    Raises OvertakenError: try again.
    """
    version = _version()
    changes = list(LedgerChange.objects.order_by("pk").values_list("pk", "person")[:limit])
    if not changes:
        return 0
    counted = _Counted()
    _count_again(counted, {person for _pk, person in changes}, Reference.load())
    with _holding(version):
        _write(counted)
        LedgerChange.objects.filter(pk__in=[pk for pk, _person in changes]).delete()
    return len(changes)


def house_rebuild(*, establishment: int, day: dt.date) -> None:
    """Count an establishment anew: cells as at `day`, and the steps after it.

    Raises OvertakenError: try again.
    """
    house, _is_new = LedgerHouse.objects.get_or_create(establishment_id=establishment)
    version, reference = _version(), Reference.load()
    counted = _Counted()
    total: Contribution = {}
    for batch in in_batches(sorted(_people_of(establishment)), PEOPLE):
        for added_by_one in _count_again(counted, batch, reference, every=True):
            for key, figures in added_by_one.get(establishment, {}).items():
                # What is past is past: one step for all that holds by the day.
                added(total, key if key.day > day else key._replace(day=day), figures)
    counted.changed.pop(establishment, None)
    with _holding(version):
        _write(counted)
        is_ours = LedgerHouse.objects.filter(pk=house.pk, wanted=house.wanted).update(
            counted=house.wanted, counted_on=day, version=F("version") + 1
        )
        if not is_ours:
            raise OvertakenError
        house.counted_on = day
        house.cells.all().delete()
        house.steps.all().delete()
        contribution_post(house, {key: one for key, one in total.items() if any(one)})


def houses_advance(*, day: dt.date, limit: int = 50) -> int:
    """Bring houses whose cells are of an earlier day to `day`; how many.

    Raises OvertakenError: try again.
    """
    version = _version()
    houses = list(LedgerHouse.objects.standing().filter(counted_on__lt=day).order_by("pk")[:limit])
    if houses:
        with _holding(version):
            for house in houses:
                _advance(house, day)
    return len(houses)


def stale_houses(*, limit: int) -> list[int]:
    """Establishments that have to be counted anew, or for the first time, by primary key; those
    that nobody ever worked in do without."""
    works_there = Appointment.objects.filter(establishment=OuterRef("pk"))
    standing = LedgerHouse.objects.standing().values("pk")
    houses = Establishment.objects.filter(Exists(works_there)).exclude(pk__in=standing)
    return list(houses.order_by("pk").values_list("pk", flat=True)[:limit])


def _people_of(establishment: int) -> set[int]:
    """Who works there or ever did, and who was taken off but stands counted there still."""
    appointed = Appointment.objects.filter(establishment=establishment).order_by()
    waiting = LedgerChange.objects.filter(establishment=establishment).order_by()
    return {
        *appointed.values_list("person_id", flat=True),
        *waiting.values_list("person", flat=True),
    }


def _version() -> int:
    state, _is_new = LedgerState.objects.get_or_create(pk=1)
    return state.version


@contextmanager
def _holding(version: int) -> Iterator[None]:
    """Write the ledger, if it is still that version."""
    with transaction.atomic():
        ours = LedgerState.objects.filter(pk=1, version=version)
        if not ours.update(version=version + 1):
            raise OvertakenError
        yield


def _count_again(
    counted: _Counted, people: Iterable[int], reference: Reference, *, every: bool = False
) -> list[dict[int, Contribution]]:
    """Add to `counted` what is known of these now and does not stand in the ledger yet; gives what
    each of those adds to establishments, or `every` one of them."""
    wanted = list(people)
    found = []
    kept = CountedPerson.objects.in_bulk(wanted)
    for person, facts in facts_of(people=wanted).items():
        row = kept.get(person)
        before = Facts.from_json(row.facts) if row else NO_FACTS
        if before == facts and not every:
            continue
        new = contributions(facts, reference)
        if before != facts:
            counted.rows.append(CountedPerson(person=person, facts=facts.to_json()))
            old = contributions(before, reference)
            for house in old.keys() | new.keys():
                difference = contribution_changed(old.get(house, {}), new.get(house, {}))
                for key, figures in difference.items():
                    added(counted.changed[house], key, figures)
        found.append(new)
    return found


def _write(counted: _Counted) -> None:
    for house in LedgerHouse.objects.standing().filter(pk__in=counted.changed).order_by("pk"):
        difference = counted.changed[house.pk]
        contribution_post(house, {key: one for key, one in difference.items() if any(one)})
        LedgerHouse.objects.filter(pk=house.pk).update(version=F("version") + 1)
    CountedPerson.objects.bulk_create(
        counted.rows,
        update_conflicts=True,
        unique_fields=["person"],
        update_fields=["facts"],
        batch_size=PEOPLE,
    )


def _advance(house: LedgerHouse, day: dt.date) -> None:
    due: Contribution = {}
    for step in house.steps.filter(day__lte=day):
        key = StepKey(step.kind, step.department, step.role, step.family, step.trainable, step.day)
        added(due, key, Figures(step.expected, step.covered, step.overdue, step.declared))
    cells_post(house, cells_of(due))
    LedgerStep.objects.filter(house=house, day__lte=day).delete()
    LedgerHouse.objects.filter(pk=house.pk).update(counted_on=day, version=F("version") + 1)
