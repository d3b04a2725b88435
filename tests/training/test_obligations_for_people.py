"""What many people have to take, at once, is what each of them has to take."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest

from organisation.models import StaffRole
from tests.organisation.factories import (
    AppointmentFactory,
    DepartmentFactory,
    EstablishmentFactory,
    PersonFactory,
    RegionFactory,
)
from tests.reporting.factories import TrainableFactory, completed
from training.obligations import obligations_for_people
from training.selectors import obligations_for_person
from training.services import requirement_create

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
            validity_months=chance.choice([None, 6, 12]),
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
def test_many_at_once_are_as_each_alone(seed: int) -> None:
    people = some_world(random.Random(seed))
    found = obligations_for_people(people=[one.pk for one in people], day=DAY)
    alone = {one.pk: obligations_for_person(person=one, day=DAY) for one in people}
    expected = {pk: obligations for pk, obligations in alone.items() if obligations}
    assert {pk: _known(many) for pk, many in found.items()} == {
        pk: _known(many) for pk, many in expected.items()
    }
    assert expected  # the world asks something of somebody


def _known(obligations: list[Any]) -> Any:
    """Order among equals is free."""
    return sorted(obligations, key=lambda one: one.trainable.pk)


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
