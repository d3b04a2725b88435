"""Completions written as one text a person, and read again: as the rows themselves say it."""

from __future__ import annotations

import datetime as dt
import random
from zoneinfo import ZoneInfo

import pytest

from organisation.models import Person
from tests.organisation.factories import PersonFactory
from tests.reporting.factories import TrainableFactory, completed
from training.enums import Provenance
from training.latest import CompletionReader, completions_written
from training.models import Completion
from training.validity import Latest

pytestmark = [pytest.mark.database, pytest.mark.django_db]
DAY = dt.date(2026, 6, 30)
PARIS = ZoneInfo("Europe/Paris")


def read(day: dt.date) -> dict[int, dict[int, Latest]]:
    reader = CompletionReader()
    written = Person.objects.annotate(written=completions_written(until=day, person="pk"))
    return {pk: reader.latest(text) for pk, text in written.values_list("pk", "written")}


def naively(day: dt.date) -> dict[int, dict[int, Latest]]:
    """Each completion compared with all others of hers."""
    found: dict[int, dict[int, Latest]] = {}
    for person in Person.objects.all():
        own = [
            (one.trainable_id, one.completed_at.astimezone(PARIS).date(), one.provenance)
            for one in person.completions.all()
        ]
        own = [one for one in own if one[1] <= day]
        found[person.pk] = {
            trainable: Latest(
                max(on for pk, on, _how in own if pk == trainable),
                max(
                    (on for pk, on, how in own if pk == trainable and how == Provenance.OBSERVED),
                    default=None,
                ),
            )
            for trainable, _on, _how in own
        }
    return found


@pytest.mark.parametrize("seed", range(3))
def test_what_is_read_is_what_the_rows_say(seed: int) -> None:
    dice = random.Random(seed)
    trainables = [TrainableFactory() for _one in range(3)]
    for _person in range(12):
        person = PersonFactory()
        for _one in range(dice.randrange(9)):
            day = DAY - dt.timedelta(dice.randrange(-3, 20))
            completed(person, dice.choice(trainables), day, dice.choice(list(Provenance)))
    assert any(naively(DAY).values())
    assert read(DAY) == naively(DAY)


def test_a_day_ends_at_midnight_in_paris() -> None:
    person, module = PersonFactory(), TrainableFactory()
    late = completed(person, module, DAY)
    Completion.objects.filter(pk=late.pk).update(
        completed_at=dt.datetime(2026, 6, 30, 22, 30, tzinfo=dt.UTC)  # 00.30 on 1 July
    )
    assert read(DAY)[person.pk] == {}
    july = DAY + dt.timedelta(days=1)
    assert read(july)[person.pk] == {module.pk: Latest(july, july)}


def test_who_completed_nothing_has_nothing() -> None:
    person = PersonFactory()
    assert read(DAY) == {person.pk: {}}
