"""The same staff in five shapes of file is the same staff."""

from __future__ import annotations

import pytest

from organisation.models import Appointment, Person, PersonIdentifier
from tests.organisation.factories import EstablishmentFactory

from .generators import SHAPES, staff_drawn
from .running import imported, preview, staff, state, undone

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("shape", "size"),
    [*((shape, size) for shape in SHAPES for size in (10, 1000)), ("semicolons", 10_000)],
)
def test_a_file_goes_in_once_and_comes_out_again(shape: str, size: int) -> None:
    house = EstablishmentFactory()
    name, make = SHAPES[shape]
    content = make(staff_drawn(size))
    before = state()

    roster = imported(house, content, name)
    assert roster.counts["new"] == size, (roster.counts, list(roster.lines.values("problem"))[:3])
    assert Person.objects.count() == size
    assert Appointment.objects.filter(establishment=house).count() == size
    assert PersonIdentifier.objects.filter(kind="hr").count() == size

    again = preview(house, content, name)
    assert again.counts["same"] == size
    assert not again.changes.exists()

    undone(roster)
    assert state() == before


def test_the_shapes_say_the_same() -> None:
    people = staff_drawn(60)
    found = []
    for name, make in SHAPES.values():
        house = EstablishmentFactory()
        roster = imported(house, make(people), name)
        assert not roster.counts["wrong"]
        found.append({(a.casefold(), b, c.lower(), *rest) for a, b, c, *rest in staff(house)})
        undone(roster)
    assert all(one == found[0] for one in found)
