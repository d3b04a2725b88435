"""What many people have to take, at once, against a naive count of each."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest

from organisation.models import StaffRole
from tests.organisation.factories import (
    AccountFactory,
    AppointmentFactory,
    DepartmentFactory,
    EstablishmentFactory,
    PersonFactory,
    RegionFactory,
)
from tests.reporting.factories import TrainableFactory, completed
from training.models import Retraining, Trainable
from training.obligations import Obligation, ObligationState, obligations_for_people
from training.selectors import obligations_for_person
from training.services import requirement_create

from . import naive

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 6, 1)


def some_world(chance: random.Random, people: int = 20) -> list[Any]:
    """People with one to three appointments, requirements of every scope, completions."""
    houses = [EstablishmentFactory(region=RegionFactory(code=code)) for code in ("53", "53", "11")]
    houses.append(EstablishmentFactory(region=None))
    wards = [DepartmentFactory(establishment=house) for house in houses for _one in range(2)]
    roles = list(StaffRole.objects.select_related("family")[:6])
    trainables = [TrainableFactory() for _one in range(4)]
    for _one in range(14):
        region = chance.choice([house.region for house in houses if house.region])
        requirement_create(
            trainable=chance.choice(trainables),
            starts_on=DAY - dt.timedelta(chance.randrange(400)),
            ends_on=chance.choice([None, None, DAY, DAY + dt.timedelta(5)]),
            place=chance.choice([None, region, chance.choice(houses), chance.choice(wards)]),
            roles=chance.sample(roles, chance.randrange(3)),
            role_families=[chance.choice(roles).family] if chance.random() < 0.3 else [],
            due_days=chance.choice([10, 90]),
            due_on=chance.choice([None, None, DAY + dt.timedelta(100)]),
            validity_months=chance.choice([None, 6, 12]),
        )
    for trainable in trainables[:2]:
        changed_on = DAY - dt.timedelta(chance.randrange(100))
        Retraining.objects.create(
            trainable=trainable,
            changed_on=changed_on,
            required_from=changed_on + dt.timedelta(chance.randrange(120)),
            reason="Nouvelle fraude",
            decided_by=AccountFactory(),
            withdrawn_on=chance.choice([None, None, DAY]),
        )
    return [_somebody(chance, houses, wards, roles, trainables) for _one in range(people)]


def _somebody(chance: random.Random, houses: Any, wards: Any, roles: Any, trainables: Any) -> Any:
    person = PersonFactory()
    for _one in range(chance.randrange(3)):
        ward = chance.choice(wards)
        AppointmentFactory(
            person=person,
            establishment=ward.establishment,
            department=chance.choice([ward, None]),
            role=chance.choice(roles),
            starts_on=DAY - dt.timedelta(chance.randrange(-5, 300)),
            ends_on=chance.choice([None, None, DAY + dt.timedelta(9)]),
        )
    for _one in range(chance.randrange(4)):
        completed(person, chance.choice(trainables), DAY - dt.timedelta(chance.randrange(-20, 500)))
    return person


@pytest.mark.parametrize("seed", range(4))
def test_many_at_once_are_as_each_counted_naively(seed: int) -> None:
    people = some_world(random.Random(seed))
    found = obligations_for_people(people=[one.pk for one in people], day=DAY)
    expected = {one.pk: naive.obligations(one, DAY) for one in people}
    assert {pk: _known(many) for pk, many in found.items()} == {
        pk: asked for pk, asked in expected.items() if asked
    }
    assert found  # the world asks something of somebody
    for person in people:
        assert obligations_for_person(person=person, day=DAY) == found.get(person.pk, [])


def _known(obligations: list[Obligation]) -> dict[Trainable, tuple[object, ...]]:
    """As the naive version has it."""
    assert obligations == sorted(
        obligations, key=lambda one: (list(ObligationState).index(one.state), one.due_on)
    )
    return {
        one.trainable: (
            one.due_on,
            one.completed_on,
            one.valid_until,
            one.state == ObligationState.DONE,
        )
        for one in obligations
    }


def test_nobody_else_is_in_the_answer() -> None:
    people = some_world(random.Random(1))
    one = people[0].pk
    assert set(obligations_for_people(people=[one], day=DAY)) <= {one}
    assert obligations_for_people(people=[], day=DAY) == {}


def test_queries_do_not_grow_with_the_people(django_assert_num_queries: Any) -> None:
    people = some_world(random.Random(2), people=10)
    people += some_world(random.Random(3), people=30)
    for some in (people[:10], people):
        with django_assert_num_queries(5):
            obligations_for_people(people=[one.pk for one in some], day=DAY)
