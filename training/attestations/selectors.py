"""Reading attestations: whose they are, whether they still stand, for how long they count."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import QuerySet
from django.utils import timezone

from organisation.models import Appointment, Person
from organisation.scopes import Scope
from organisation.selectors import appointments_in_scope
from training.models import Attestation, Completion, Trainable
from training.selectors import renewals_by_trainable, requirement_covers, requirements_near
from training.validity import completed_on, shortest, valid_until


@dataclass(frozen=True, slots=True)
class Validity:
    """What the requirements of `day` make of an attestation.

    `until` is the first day on which it counts no longer. Without it, an attestation counts for
    ever if the training `is_required` of the person, and nothing can be said if it is not.
    """

    day: dt.date
    is_required: bool = False
    until: dt.date | None = None

    @property
    def last_day(self) -> dt.date | None:
        """The last day on which it counts, as screens and papers say it."""
        return None if self.until is None else self.until - dt.timedelta(days=1)

    @property
    def is_over(self) -> bool:
        return self.until is not None and self.until <= self.day


class Finding(StrEnum):
    """What a checker is told."""

    VALID = "valid"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"


def completion_latest(*, person: Person, trainable_id: int) -> Completion | None:
    rows = Completion.objects.filter(person=person, trainable=trainable_id)
    return rows.order_by("completed_at", "pk").last()


def completion_of(*, person: Person, statement_id: uuid.UUID) -> Completion | None:
    """The person's own completion by this statement; None if it is another's, or was withdrawn."""
    return (
        Completion.objects.filter(person=person, statement_id=statement_id)
        .select_related("person", "trainable")
        .first()
    )


def statements_standing(*, attestations: Iterable[Attestation]) -> set[uuid.UUID]:
    """The statements among theirs that still make a completion: those that nobody voided."""
    wanted = [one.statement_id for one in attestations]
    rows = Completion.objects.filter(statement_id__in=wanted)
    return set(rows.values_list("statement_id", flat=True))


def validities(*, attestations: Collection[Attestation], day: dt.date) -> dict[int, Validity]:
    """The validity of each attestation by its pk, in five queries, however many there are."""
    renewals = renewals_by_trainable()
    months = _validity_months({one.person_id for one in attestations}, day)
    found = {}
    for one in attestations:
        wanted = months.get((one.person_id, one.trainable_id))
        if wanted is None:
            found[one.pk] = Validity(day)
        else:
            until = valid_until(
                completed_on(one.completed_at),
                shortest(wanted),
                renewals.get(one.trainable_id, []),
            )
            found[one.pk] = Validity(day, is_required=True, until=until)
    return found


def validity_standing(*, attestation: Attestation, day: dt.date) -> Validity | None:
    """Its validity at `day`; None if its statement was voided."""
    if not statements_standing(attestations=[attestation]):
        return None
    return validities(attestations=[attestation], day=day)[attestation.pk]


def completions_to_attest(
    *,
    scope: Scope,
    day: dt.date,
    trainable: Trainable | None = None,
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> QuerySet[Completion]:
    """The completions of those who work in `scope` at `day`, of the days from `since` to `until`,
    both included."""
    people = appointments_in_scope(scope=scope, day=day).values("person")
    rows = Completion.objects.filter(person__in=people)
    if trainable is not None:
        rows = rows.filter(trainable=trainable)
    if since is not None:
        rows = rows.filter(completed_at__gte=_midnight(since))
    if until is not None:
        rows = rows.filter(completed_at__lt=_midnight(until + dt.timedelta(1)))
    return rows


@dataclass(frozen=True, slots=True)
class ArchiveCount:
    attestations: int
    people: int


def attestations_count(*, completions: QuerySet[Completion]) -> ArchiveCount:
    """How many attestations these make, one a person and training, and of how many people."""
    pairs = set(completions.order_by().values_list("person_id", "trainable_id").distinct())
    return ArchiveCount(len(pairs), len({person for person, _trainable in pairs}))


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def _validity_months(people: set[int], day: dt.date) -> dict[tuple[int, int], list[int | None]]:
    """What the requirements of `day` say, by person and trainable; nothing where none holds."""
    appointments = list(
        Appointment.objects.at(day)
        .filter(person__in=people)
        .select_related("establishment", "role")
    )
    found: defaultdict[tuple[int, int], list[int | None]] = defaultdict(list)
    for requirement in requirements_near(appointments, day):
        for appointment in appointments:
            if requirement_covers(requirement, appointment):
                pair = (appointment.person_id, requirement.trainable_id)
                found[pair].append(requirement.validity_months)
    return dict(found)
