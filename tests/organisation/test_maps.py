"""The drawing of the regions."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from organisation import maps
from organisation.maps import Shape, figure_place

MAINLAND = [shape for shape in maps.shapes() if shape.box is None]


def outline(shape: Shape) -> list[tuple[float, float]]:
    numbers = re.findall(r"-?\d+\.\d", shape.path.split("Z")[0])
    return list(zip(map(float, numbers[::2]), map(float, numbers[1::2]), strict=True))


def holds(shape: Shape, x: float, y: float) -> bool:
    """Whether a point lies in the land: a ray to the right crosses its border an odd number of
    times."""
    points = outline(shape)
    inside = False
    for (ax, ay), (bx, by) in pairwise([*points, points[0]]):
        if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
            inside = not inside
    return inside


@pytest.mark.parametrize("shape", MAINLAND, ids=lambda one: one.code)
def test_figure_stands_in_its_own_region(shape: Shape) -> None:
    at = figure_place(shape, maps.LINES.get(shape.code, ("",)))
    assert [one.code for one in MAINLAND if holds(one, at.x, at.y)] == [shape.code]


CITIES = {
    "11": (2.35, 48.86),
    "24": (1.91, 47.90),
    "27": (5.04, 47.32),
    "28": (1.09, 49.44),
    "32": (3.06, 50.63),
    "44": (7.70, 48.57),
    "52": (-1.55, 47.22),
    "53": (-1.68, 48.11),
    "75": (-0.57, 44.84),
    "76": (1.44, 43.60),
    "84": (4.84, 45.76),
    "93": (5.45, 43.45),
    "94": (8.90, 42.20),
}


@pytest.mark.parametrize("code", CITIES)
def test_seat_of_each_region_lies_in_it(code: str) -> None:
    """Rennes, Lille, Lyon … where a map of the world has them. (Marseille lies on the sea: Aix.)"""
    x, y = maps.projected(CITIES[code])
    assert [one.code for one in MAINLAND if holds(one, x, y)] == [code]


@pytest.mark.parametrize("shape", maps.shapes(), ids=lambda one: one.code)
def test_drawing_stays_on_the_paper(shape: Shape) -> None:
    numbers = [float(number) for number in re.findall(r"-?\d+\.\d", shape.path)]
    assert 0 <= min(numbers[::2]) < max(numbers[::2]) <= maps.WIDTH
    assert 0 <= min(numbers[1::2]) < max(numbers[1::2]) <= maps.HEIGHT
