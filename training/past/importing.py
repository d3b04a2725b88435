"""Declaring what a confirmed file says, all of it or nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from lrs.services import atomic_repeated
from organisation.models import Establishment, Person
from training.enums import Provenance
from training.models import Trainable
from training.past.matching import on_record, people_of
from training.services import Declaration, completions_declare
from users.models import User

# (person, trainable, day), by primary keys
Wanted = tuple[int, int, dt.date]


@atomic_repeated
def past_trainings_import(
    *,
    wanted: Sequence[Wanted],
    establishment: Establishment,
    instructor: Person,
    actor: User,
    now: dt.datetime,
) -> int:
    """Declare these trainings at noon of their days; returns how many are new.

    What is on record of the same day is left as it is, so a second time is harmless. Raises
    ValidationError, and declares nothing, if somebody left the establishment in between, a
    training is gone, or a day is to come.
    """
    today = timezone.localdate(now)
    people = {one.pk: one for one in people_of(establishment=establishment, day=today)}
    trainables = Trainable.objects.in_bulk({trainable for _person, trainable, _day in wanted})
    for person, trainable, day in wanted:
        if person not in people or trainable not in trainables or day > today:
            raise ValidationError(
                _("Des affectations ont changé depuis l’aperçu : renvoyez le fichier.")
            )
    known = on_record(trainable_ids=set(trainables), establishment=establishment, day=today)
    new = [one for one in dict.fromkeys(wanted) if one not in known]
    if not new:
        return 0
    made = completions_declare(
        declarations=[
            Declaration(people[person], trainables[trainable], _noon(day))
            for person, trainable, day in new
        ],
        provenance=Provenance.IMPORT,
        instructor=instructor,
        actor=actor,
        now=now,
        about=f"establishment:{establishment.uid}",
    )
    return made.new_count


def _noon(day: dt.date) -> dt.datetime:
    """Nobody knows at what time it was; at noon it is the same day in nearly all of France."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))
