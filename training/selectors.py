"""Reading what a person has to take, and what she has completed."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping

from organisation.models import Person
from training.models import Retraining
from training.obligations import (
    Obligation,
    ObligationState,
    obligations_for_people,
    requirement_covers,
    requirements_near,
    retrainings_of,
)
from training.validity import Renewal

__all__ = [
    "Obligation",
    "ObligationState",
    "obligations_for_people",
    "obligations_for_person",
    "renewals_by_trainable",
    "requirement_covers",
    "requirements_near",
    "retrainings_of",
]


def obligations_for_person(
    *, person: Person, day: dt.date, completed: Mapping[int, dt.date] | None = None
) -> list[Obligation]:
    """What `person` has to take at `day`: late first, then due, then done; by date within.

    `completed` is the day of the latest completion of each training, for those who have read it
    already.
    """
    known = None if completed is None else {person.pk: completed}
    found = obligations_for_people(people=[person.pk], day=day, completed=known)
    return found.get(person.pk, [])


def renewals_by_trainable() -> dict[int, list[Renewal]]:
    """Every retraining that stands, as the rules of validity take it. One query."""
    found: dict[int, list[Renewal]] = defaultdict(list)
    rows = Retraining.objects.standing().order_by()
    for trainable_id, *days in rows.values_list("trainable_id", "changed_on", "required_from"):
        found[trainable_id].append(Renewal(*days))
    return dict(found)
