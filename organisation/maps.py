"""The map of the 18 regions, drawn from a few points.

A drawing for finding one's region, not a measured map: corners are capes, towns and meeting points
of regions that everybody knows, in degrees (longitude, latitude). A border is written once, and
both its neighbours use it, so that nothing gapes. The five overseas regions stand in boxes of their
own below, each at its own scale.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

Degrees = tuple[float, float]
Outline = Sequence[Degrees]

SCALE = 50.0  # pixels of a degree of latitude
WEST, NORTH = -5.15, 51.35
MAINLAND_HEIGHT = 508.0
BOX_SIZE, BOX_GAP, BOX_TOP = 92.0, 13.0, 524.0
BOX_DRAWING = 54.0
WIDTH = 5 * BOX_SIZE + 4 * BOX_GAP
HEIGHT = BOX_TOP + 106.0

# Where three regions meet, or two and the sea or a neighbour.
J: dict[str, Degrees] = {
    "treport": (1.38, 50.06),
    "mont": (-1.57, 48.63),
    "vilaine": (-2.45, 47.47),
    "aiguillon": (-1.13, 46.31),
    "ossau": (-0.31, 42.85),
    "petit-rhone": (4.23, 43.46),
    "thabor": (6.62, 45.10),
    "gex": (6.06, 46.42),
    "delle": (7.13, 47.50),
    "rocroi": (4.15, 49.98),
    "gisors": (1.71, 49.23),
    "marne": (3.48, 48.86),
    "nogent": (3.41, 48.39),
    "loing": (2.95, 48.16),
    "houdan": (1.50, 48.92),
    "perche": (0.83, 48.20),
    "fougeres": (-1.07, 48.51),
    "chinon": (0.05, 47.16),
    "boussac": (2.28, 46.42),
    "allier": (3.03, 46.80),
    "maurs": (2.10, 44.98),
    "ardeche": (4.65, 44.28),
}

# Coasts and frontiers, clockwise, between the points named.
COAST_HAUTS: Outline = [
    *((4.20, 50.13), (4.03, 50.34), (3.67, 50.34), (3.60, 50.50), (3.28, 50.53), (3.16, 50.75)),
    *((2.90, 50.70), (2.63, 50.83), (2.55, 51.09), (1.95, 50.99), (1.58, 50.87), (1.58, 50.45)),
    *((1.55, 50.22), (1.70, 50.19), (1.48, 50.14)),
]  # rocroi → treport
COAST_NORMANDIE: Outline = [
    *((1.08, 49.93), (0.55, 49.85), (0.17, 49.69), (0.10, 49.49), (0.42, 49.46), (0.10, 49.37)),
    *((-0.25, 49.28), (-0.70, 49.35), (-1.10, 49.38), (-1.26, 49.58), (-1.26, 49.70)),
    *((-1.62, 49.65), (-1.94, 49.72), (-1.86, 49.50), (-1.72, 49.25), (-1.60, 48.84)),
    (-1.38, 48.66),
]  # treport → mont
COAST_BRETAGNE: Outline = [
    *((-1.84, 48.69), (-2.05, 48.65), (-2.32, 48.68), (-2.72, 48.53), (-3.03, 48.82)),
    *((-3.50, 48.84), (-3.62, 48.68), (-3.98, 48.73), (-4.60, 48.60), (-4.78, 48.36)),
    *((-4.42, 48.37), (-4.62, 48.25), (-4.28, 48.12), (-4.73, 48.04), (-4.37, 47.80)),
    *((-3.92, 47.87), (-3.42, 47.70), (-3.12, 47.49), (-3.02, 47.58), (-2.75, 47.51)),
]  # mont → vilaine
COAST_LOIRE: Outline = [
    *((-2.52, 47.28), (-2.15, 47.27), (-2.24, 47.13), (-2.06, 46.98), (-2.06, 46.78)),
    *((-1.80, 46.49), (-1.44, 46.33)),
]  # vilaine → aiguillon
COAST_AQUITAINE: Outline = [
    *((-1.20, 46.15), (-1.06, 45.98), (-1.24, 45.72), (-1.00, 45.61), (-0.72, 45.28)),
    *((-1.07, 45.55), (-1.19, 45.10), (-1.25, 44.65), (-1.31, 44.20), (-1.53, 43.52)),
    *((-1.79, 43.37), (-1.43, 43.05), (-0.75, 42.95)),
]  # aiguillon → ossau
COAST_OCCITANIE: Outline = [
    *((0.0, 42.70), (0.66, 42.69), (0.72, 42.86), (1.10, 42.78), (1.44, 42.60), (1.72, 42.50)),
    *((1.98, 42.36), (2.50, 42.34), (3.17, 42.43), (3.04, 42.70), (3.05, 43.02), (3.25, 43.22)),
    *((3.52, 43.29), (3.72, 43.41), (4.08, 43.56)),
]  # ossau → petit-rhone
COAST_PROVENCE: Outline = [
    *((4.60, 43.36), (4.90, 43.41), (5.33, 43.33), (5.36, 43.21), (5.65, 43.17), (5.95, 43.08)),
    *((6.18, 43.05), (6.42, 43.11), (6.68, 43.20), (6.75, 43.42), (7.05, 43.54), (7.53, 43.78)),
    *((7.70, 44.08), (7.00, 44.24), (6.88, 44.45), (7.05, 44.70), (6.75, 44.90)),
]  # petit-rhone → thabor
COAST_ALPES: Outline = [
    *((6.88, 45.14), (7.14, 45.26), (7.17, 45.43), (6.98, 45.65), (6.81, 45.74), (7.04, 45.92)),
    *((6.86, 46.10), (6.80, 46.39), (6.50, 46.40), (6.25, 46.30), (6.12, 46.14), (5.97, 46.15)),
    (6.12, 46.33),
]  # thabor → gex
COAST_COMTE: Outline = [
    *((6.13, 46.58), (6.45, 46.78), (6.48, 46.97), (6.85, 47.16), (7.03, 47.33), (6.90, 47.38)),
]  # gex → delle
COAST_EST: Outline = [
    *((7.58, 47.58), (7.53, 47.90), (7.60, 48.15), (7.80, 48.55), (8.22, 48.97), (7.90, 49.05)),
    *((7.45, 49.17), (7.05, 49.12), (6.72, 49.18), (6.50, 49.44), (5.82, 49.55), (5.45, 49.51)),
    *((5.10, 49.72), (4.85, 49.80), (4.86, 50.15), (4.68, 49.99)),
]  # delle → rocroi

# Borders between two regions.
HAUTS_NORMANDIE: Outline = [(1.74, 49.77), (1.71, 49.50), (1.78, 49.36)]  # treport → gisors
HAUTS_ILE: Outline = [(2.10, 49.18), (2.58, 49.10), (3.07, 49.11)]  # gisors → marne
HAUTS_EST: Outline = [(3.63, 49.13), (4.05, 49.42), (4.04, 49.64), (4.25, 49.80)]  # marne → rocroi
ILE_EST: Outline = [(3.55, 48.62)]  # marne → nogent
ILE_BOURGOGNE: Outline = [(3.05, 48.37)]  # nogent → loing
ILE_CENTRE: Outline = [(2.50, 48.13), (2.40, 48.31), (1.97, 48.29), (1.60, 48.68)]  # loing → houdan
ILE_NORMANDIE: Outline = [(1.60, 49.09)]  # houdan → gisors
NORMANDIE_CENTRE: Outline = [(1.36, 48.78), (0.82, 48.66), (0.95, 48.48)]  # houdan → perche
NORMANDIE_LOIRE: Outline = [(0.38, 48.32), (-0.05, 48.39), (-0.35, 48.49)]  # perche → fougeres
NORMANDIE_BRETAGNE: Outline = [(-1.38, 48.47)]  # fougeres → mont
BRETAGNE_LOIRE: Outline = [
    *((-1.03, 48.00), (-1.25, 47.80), (-2.05, 47.67), (-2.15, 47.53)),
]  # fougeres → vilaine
LOIRE_CENTRE: Outline = [
    (0.85, 47.95),
    (0.60, 47.70),
    (0.38, 47.57),
    (0.22, 47.35),
]  # perche → chinon
LOIRE_AQUITAINE: Outline = [
    *((-0.55, 47.07), (-0.90, 46.98), (-0.61, 46.75), (-0.60, 46.50), (-0.78, 46.32)),
]  # chinon → aiguillon
CENTRE_AQUITAINE: Outline = [
    *((0.30, 47.05), (0.72, 46.94), (0.90, 46.68), (1.20, 46.39), (1.80, 46.45)),
]  # chinon → boussac
CENTRE_ALPES: Outline = [(2.57, 46.57)]  # boussac → allier
CENTRE_BOURGOGNE: Outline = [
    *((3.05, 47.12), (2.87, 47.40), (2.97, 47.58), (2.86, 47.78), (3.10, 47.97)),
]  # allier → loing
BOURGOGNE_ALPES: Outline = [
    *((3.45, 46.68), (3.75, 46.73), (3.99, 46.48), (3.92, 46.27), (4.75, 46.18), (4.95, 46.50)),
    *((5.35, 46.49), (5.45, 46.29), (5.85, 46.27)),
]  # allier → gex
BOURGOGNE_EST: Outline = [
    *((3.60, 48.17), (3.88, 47.94), (4.60, 47.98), (4.97, 47.70), (5.40, 47.63), (5.72, 47.72)),
    *((5.90, 47.94), (6.40, 47.93), (6.85, 47.81)),
]  # nogent → delle
ALPES_AQUITAINE: Outline = [(2.55, 46.12), (2.40, 45.82), (2.50, 45.70), (2.18, 45.35)]
# boussac → maurs
ALPES_OCCITANIE: Outline = [
    *((2.20, 44.66), (2.60, 44.86), (2.93, 44.66), (3.12, 44.88), (3.36, 44.95), (3.60, 44.82)),
    *((3.88, 44.84), (3.98, 44.45), (4.35, 44.31)),
]  # maurs → ardeche
OCCITANIE_PROVENCE: Outline = [(4.82, 43.98), (4.65, 43.78), (4.58, 43.62)]  # ardeche → petit-rhone
ALPES_PROVENCE: Outline = [
    *((5.10, 44.28), (5.48, 44.13), (5.62, 44.20), (5.45, 44.48), (5.82, 44.70), (6.32, 44.87)),
    (6.28, 45.10),
]  # ardeche → thabor
AQUITAINE_OCCITANIE: Outline = [
    *((-0.08, 43.35), (-0.24, 43.60), (-0.16, 43.90), (0.75, 44.05), (0.90, 44.38), (1.35, 44.75)),
    (1.55, 44.98),
]  # ossau → maurs

CORSE: Outline = [
    *((9.34, 43.00), (9.46, 42.98), (9.48, 42.65), (9.56, 42.30), (9.55, 42.08), (9.40, 41.68)),
    *((9.22, 41.37), (8.85, 41.52), (8.80, 41.72), (8.62, 41.90), (8.58, 42.20), (8.62, 42.45)),
    *((8.80, 42.60), (9.10, 42.72), (9.32, 42.70)),
]

# Where a name or a figure stands.
PLACES: dict[str, Degrees] = {
    "11": (2.52, 48.66),
    "24": (1.62, 47.45),
    "27": (4.80, 47.08),
    "28": (0.10, 49.02),
    "32": (2.75, 49.88),
    "44": (5.50, 48.62),
    "52": (-0.80, 47.52),
    "53": (-2.95, 48.16),
    "75": (0.25, 45.25),
    "76": (1.95, 43.66),
    "84": (4.55, 45.42),
    "93": (5.95, 43.86),
    "94": (9.10, 42.12),
}

# Long names in lines, as they fit.
LINES: dict[str, tuple[str, ...]] = {
    "24": ("Centre-", "Val de Loire"),
    "27": ("Bourgogne-", "Franche-Comté"),
    "32": ("Hauts-de-", "France"),
    "52": ("Pays de", "la Loire"),
    "75": ("Nouvelle-", "Aquitaine"),
    "84": ("Auvergne-", "Rhône-Alpes"),
    "93": ("Provence-Alpes-", "Côte d’Azur"),
}

# Overseas, in degrees too; each is fitted into its box.
ISLANDS: dict[str, Sequence[Outline]] = {
    "01": (
        [
            *((-61.77, 16.33), (-61.70, 16.36), (-61.62, 16.26), (-61.56, 16.24), (-61.57, 16.05)),
            *((-61.67, 15.95), (-61.75, 15.97), (-61.80, 16.20)),
        ],
        [
            *((-61.54, 16.24), (-61.52, 16.45), (-61.46, 16.51), (-61.39, 16.42), (-61.33, 16.34)),
            *((-61.17, 16.26), (-61.35, 16.21), (-61.48, 16.20)),
        ],
        [(-61.32, 15.98), (-61.25, 16.01), (-61.20, 15.93), (-61.26, 15.87), (-61.32, 15.90)],
    ),
    "02": (
        [
            *((-61.22, 14.81), (-61.14, 14.88), (-61.03, 14.82), (-60.94, 14.74), (-60.87, 14.77)),
            *((-60.93, 14.68), (-60.83, 14.60), (-60.82, 14.47), (-60.88, 14.40), (-60.97, 14.47)),
            *((-61.08, 14.47), (-61.09, 14.52), (-61.01, 14.54), (-61.08, 14.60), (-61.18, 14.71)),
        ],
    ),
    "03": (
        [
            *((-53.95, 5.75), (-53.40, 5.55), (-52.80, 5.32), (-52.30, 4.94), (-51.95, 4.72)),
            *((-51.65, 4.15), (-51.80, 3.75), (-52.35, 3.10), (-52.58, 2.50), (-52.95, 2.18)),
            *((-53.75, 2.35), (-54.55, 2.32), (-54.18, 2.85), (-54.00, 3.45), (-54.35, 4.05)),
            *((-54.48, 4.75), (-54.15, 5.35)),
        ],
    ),
    "04": (
        [
            *((55.29, -20.93), (55.45, -20.87), (55.60, -20.89), (55.71, -20.98), (55.79, -21.12)),
            *((55.80, -21.29), (55.66, -21.38), (55.50, -21.36), (55.38, -21.28), (55.28, -21.15)),
            (55.22, -21.03),
        ],
    ),
    "06": (
        [
            *((45.07, -12.65), (45.13, -12.66), (45.16, -12.72), (45.23, -12.76), (45.22, -12.84)),
            *((45.15, -12.88), (45.20, -12.95), (45.15, -13.00), (45.07, -12.96), (45.10, -12.90)),
            *((45.05, -12.86), (45.09, -12.78), (45.04, -12.72)),
        ],
        [(45.26, -12.77), (45.30, -12.79), (45.28, -12.82), (45.25, -12.80)],
    ),
}
CORSICA = "94"
BOXES = ("01", "02", "03", "04", "06")


@dataclass(frozen=True, slots=True)
class Shape:
    """A region as it is drawn."""

    code: str
    path: str
    """Of the SVG path element."""
    x: float
    y: float
    """Where its figure stands."""
    box: tuple[float, float] | None = None
    """The corner of its box, overseas."""


@dataclass(frozen=True, slots=True)
class Line:
    """A place for words or a figure."""

    text: str
    x: float
    y: float
    anchor: str = "middle"


LEADING, FIGURE = 13.0, 18.0
"""Between two lines of a name; from its last line to the middle of the figure."""


def name_lines(shape: Shape, lines: Sequence[str]) -> list[Line]:
    """The name above the figure; in the foot of its box overseas; beside Corsica, in the sea."""
    if shape.box is not None:
        return [Line(" ".join(lines), shape.x, shape.box[1] + 94)]
    if shape.code == CORSICA:
        return [Line(lines[0], shape.x - 26, shape.y + 4, "end")]
    return [Line(text, shape.x, shape.y + n * LEADING) for n, text in enumerate(lines)]


def figure_place(shape: Shape, lines: Sequence[str]) -> Line:
    if shape.box is not None or shape.code == CORSICA:
        return Line("", shape.x, shape.y)
    return Line("", shape.x, shape.y + (len(lines) - 1) * LEADING + FIGURE)


@cache
def shapes() -> tuple[Shape, ...]:
    """The 18 regions: from the north to the south, then those overseas."""
    mainland = [_mainland(code, [line]) for code, line in _outlines().items()]
    mainland.append(_mainland(CORSICA, [CORSE]))
    mainland.sort(key=lambda shape: shape.y)
    return (*mainland, *(_boxed(code, number) for number, code in enumerate(BOXES)))


def _outlines() -> dict[str, list[Degrees]]:
    """Around each region of the mainland, clockwise."""

    def ring(*parts: str | Outline) -> list[Degrees]:
        points: list[Degrees] = []
        for part in parts:
            points.extend([J[part]] if isinstance(part, str) else part)
        return points

    def back(line: Outline) -> Outline:
        return list(reversed(line))

    return {
        "32": ring(
            *("treport", HAUTS_NORMANDIE, "gisors", HAUTS_ILE, "marne", HAUTS_EST, "rocroi"),
            COAST_HAUTS,
        ),
        "28": ring(
            *("treport", COAST_NORMANDIE, "mont", back(NORMANDIE_BRETAGNE), "fougeres"),
            *(back(NORMANDIE_LOIRE), "perche", back(NORMANDIE_CENTRE), "houdan", ILE_NORMANDIE),
            *("gisors", back(HAUTS_NORMANDIE)),
        ),
        "53": ring(
            *("mont", COAST_BRETAGNE, "vilaine", back(BRETAGNE_LOIRE), "fougeres"),
            NORMANDIE_BRETAGNE,
        ),
        "52": ring(
            *("vilaine", COAST_LOIRE, "aiguillon", back(LOIRE_AQUITAINE), "chinon"),
            *(back(LOIRE_CENTRE), "perche", NORMANDIE_LOIRE, "fougeres", BRETAGNE_LOIRE),
        ),
        "11": ring(
            *("gisors", HAUTS_ILE, "marne", ILE_EST, "nogent", ILE_BOURGOGNE, "loing"),
            *(ILE_CENTRE, "houdan", ILE_NORMANDIE),
        ),
        "44": ring(
            *("rocroi", back(HAUTS_EST), "marne", ILE_EST, "nogent", BOURGOGNE_EST, "delle"),
            COAST_EST,
        ),
        "24": ring(
            *("houdan", back(ILE_CENTRE), "loing", back(CENTRE_BOURGOGNE), "allier"),
            *(back(CENTRE_ALPES), "boussac", back(CENTRE_AQUITAINE), "chinon"),
            *(back(LOIRE_CENTRE), "perche", back(NORMANDIE_CENTRE)),
        ),
        "27": ring(
            *("nogent", BOURGOGNE_EST, "delle", back(COAST_COMTE), "gex", back(BOURGOGNE_ALPES)),
            *("allier", CENTRE_BOURGOGNE, "loing", back(ILE_BOURGOGNE)),
        ),
        "75": ring(
            *("aiguillon", COAST_AQUITAINE, "ossau", AQUITAINE_OCCITANIE, "maurs"),
            *(back(ALPES_AQUITAINE), "boussac", back(CENTRE_AQUITAINE), "chinon"),
            LOIRE_AQUITAINE,
        ),
        "76": ring(
            *("ossau", COAST_OCCITANIE, "petit-rhone", back(OCCITANIE_PROVENCE), "ardeche"),
            *(back(ALPES_OCCITANIE), "maurs", back(AQUITAINE_OCCITANIE)),
        ),
        "84": ring(
            *("allier", BOURGOGNE_ALPES, "gex", back(COAST_ALPES), "thabor", back(ALPES_PROVENCE)),
            *("ardeche", back(ALPES_OCCITANIE), "maurs", back(ALPES_AQUITAINE), "boussac"),
            CENTRE_ALPES,
        ),
        "93": ring(
            *("ardeche", ALPES_PROVENCE, "thabor", back(COAST_PROVENCE), "petit-rhone"),
            back(OCCITANIE_PROVENCE),
        ),
    }


def _mainland(code: str, lines: Sequence[Outline]) -> Shape:
    x, y = projected(PLACES[code])
    return Shape(code, _path([map(projected, line) for line in lines]), x, y)


def projected(point: Degrees) -> Degrees:
    """Where a place on the mainland stands in the drawing."""
    longitude, latitude = point
    return (longitude - WEST) * SCALE * math.cos(math.radians(46.5)), (NORTH - latitude) * SCALE


def _boxed(code: str, number: int) -> Shape:
    """Fitted into the upper part of its box; the name stands below."""
    lines = ISLANDS[code]
    narrowing = math.cos(math.radians(lines[0][0][1]))
    points = [[(x * narrowing, -y) for x, y in line] for line in lines]
    xs, ys = zip(*(point for line in points for point in line), strict=True)
    scale = BOX_DRAWING / max(max(xs) - min(xs), max(ys) - min(ys))
    left = number * (BOX_SIZE + BOX_GAP)
    middle = left + BOX_SIZE / 2, BOX_TOP + 14 + BOX_DRAWING / 2

    def place(point: Degrees) -> Degrees:
        x = middle[0] + (point[0] - (min(xs) + max(xs)) / 2) * scale
        y = middle[1] + (point[1] - (min(ys) + max(ys)) / 2) * scale
        return x, y

    path = _path([map(place, line) for line in points])
    return Shape(code, path, *middle, box=(left, BOX_TOP))


def _path(lines: Iterable[Iterable[Degrees]]) -> str:
    parts = ("L".join(f"{x:.1f} {y:.1f}" for x, y in line) for line in lines)
    return "".join(f"M{part}Z" for part in parts)
