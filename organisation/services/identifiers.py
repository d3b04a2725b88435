"""By what others know people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.db import transaction

from organisation.enums import IdentifierKind
from organisation.models import Establishment, PersonIdentifier

BATCH = 1000


class Number(NamedTuple):
    """A number of a person, by her primary key; `kind` as in `IdentifierKind`."""

    person: int
    kind: str
    value: str


@transaction.atomic
def identifiers_replace(
    *, establishment: Establishment, removed: Sequence[Number], added: Sequence[Number]
) -> None:
    """Take numbers away and give others, HR numbers being those of `establishment`.

    What is taken goes first, so that a number can pass from one person to another.
    """
    _remove(establishment, removed)
    PersonIdentifier.objects.bulk_create(
        [
            PersonIdentifier(
                person_id=number.person,
                kind=number.kind,
                value=number.value,
                establishment=_place(number, establishment),
            )
            for number in added
        ],
        batch_size=BATCH,
    )


def _remove(establishment: Establishment, removed: Sequence[Number]) -> None:
    wanted = set(removed)
    people = sorted({number.person for number in removed})
    for start in range(0, len(people), BATCH):
        rows = PersonIdentifier.objects.filter(person__in=people[start : start + BATCH])
        pks = [
            row.pk
            for row in rows
            if row.establishment_id in (None, establishment.pk)
            and Number(row.person_id, row.kind, row.value) in wanted
        ]
        PersonIdentifier.objects.filter(pk__in=pks).delete()


def _place(number: Number, establishment: Establishment) -> Establishment | None:
    return establishment if number.kind == IdentifierKind.HR else None
