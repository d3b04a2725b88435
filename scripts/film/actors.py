"""Who plays: the shapes of the posters, made to move.

Yellow is us and the gesture, coral what should not be there, mint what is safe. Everything that
watches does so with the campaign's eye.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from .stage import (
    CORAL,
    DUSK,
    HAZE,
    NIGHT,
    SIGNAL,
    WHITE,
    Colour,
    Point,
    Stage,
    almond,
    arc,
    cubic,
)
from .timing import arrive, clamp, mix, ramp, smooth

# Signs ----------------------------------------------------------------------------------------


def cross(stage: Stage, x: float, y: float, size: float, colour: Colour) -> None:
    """The cross of care."""
    arm = size / 3
    stage.slab(x - arm / 2, y - size / 2, arm, size, colour, arm / 5)
    stage.slab(x - size / 2, y - arm / 2, size, arm, colour, arm / 5)


def tick(stage: Stage, x: float, y: float, size: float, colour: Colour, grown: float = 1) -> None:
    """A check mark, written from left to right."""
    points = [(x - 0.5 * size, y + 0.02 * size), (x - 0.14 * size, y + 0.36 * size)]
    end = (x + 0.52 * size, y - 0.38 * size)
    if grown <= 0:
        return
    first, second = clamp(grown / 0.4), clamp((grown - 0.4) / 0.6)
    corner = (mix(points[0][0], points[1][0], first), mix(points[0][1], points[1][1], first))
    way = [points[0], corner]
    if second > 0:
        way.append((mix(corner[0], end[0], second), mix(corner[1], end[1], second)))
    stage.line(way, 0.2 * size, colour)


def keyhole(stage: Stage, x: float, y: float, size: float, colour: Colour) -> None:
    stage.disc(x, y - size * 0.3, size * 0.42, colour)
    stage.fill(
        [
            (x - size * 0.17, y - size * 0.2),
            (x + size * 0.17, y - size * 0.2),
            (x + size * 0.36, y + size * 0.75),
            (x - size * 0.36, y + size * 0.75),
        ],
        colour,
    )


@dataclass(frozen=True)
class Gaze:
    """How an eye is held: lids (1 open, 0 closed) and where it looks, -1 to 1."""

    upper: float = 1
    lower: float = 1
    x: float = 0
    y: float = 0


STRAIGHT = Gaze()


def blinking(t: float, *times: float, open_to: float = 1) -> float:
    """The upper lid at `t`: it shuts for a fifth of a second at each of `times`."""
    shut = max((max(0.0, 1 - abs(t - time) / 0.14) for time in times), default=0.0)
    return open_to * (1 - smooth(shut))


def eye(
    stage: Stage,
    x: float,
    y: float,
    a: float,
    gaze: Gaze = STRAIGHT,
    *,
    iris: Colour = NIGHT,
    pupil: Colour = WHITE,
    white: Colour = WHITE,
    light: bool = True,
    lock: Colour | None = None,
) -> None:
    """The watchful eye, half its width `a`. With `lock`, a keyhole of that colour is its pupil."""
    if max(gaze.upper, gaze.lower) < 0.03:
        stage.line(almond(x, y, a, 0, 0.06)[41:], 0.045 * a, white)
        return
    lids = almond(x, y, a, gaze.upper, gaze.lower)
    stage.fill(lids, white)
    cx, cy = x + gaze.x * 0.3 * a, y + gaze.y * 0.12 * a
    with stage.clipped(lids):
        stage.disc(cx, cy, 0.46 * a, iris)
        if lock is None:
            stage.disc(cx, cy, 0.2 * a, pupil)
        else:
            keyhole(stage, cx, cy - 0.02 * a, 0.41 * a, lock)
        if light:
            cross(stage, cx + 0.24 * a, cy - 0.24 * a, 0.16 * a, WHITE)


# People ---------------------------------------------------------------------------------------


def agent(
    stage: Stage,
    x: float,
    foot: float,
    *,
    stride: float = 0,
    at: float = 0,
    facing: float = -1,
    hand: Point | None = None,
    phone: bool = False,
    colour: Colour = SIGNAL,
) -> None:
    """Somebody of the hospital: a head with its bun, shoulders, a badge that watches.

    `at` is the time, for the steps; `stride` 1 walks, 0 stands. `facing` -1 looks left, 1 right.
    """
    step = math.sin(at * 10.5) * stride
    with stage.turned(x, foot, angle=2.2 * step + 3 * stride * facing, by=(0, -abs(step) * 14)):
        top = foot - 360
        stage.disc(x - 66 * facing, top - 148, 36, colour)  # the bun
        stage.disc(x, top - 96, 82, colour)
        stage.fill(
            [
                *arc(x, top + 148, 148, 180, 360),
                (x + 148, foot),
                (x - 148, foot),
            ],
            colour,
        )
        neck = x + 6 * facing
        stage.line([(neck - 46, top + 6), (neck, top + 120), (neck + 46, top + 6)], 13, NIGHT)
        _badge(stage, neck, top + 120)
        if phone:
            _phone(stage, x, top, facing, colour)
    if hand is not None:
        shoulder = (x + 108 * facing, foot - 220)
        elbow = ((shoulder[0] + hand[0]) / 2, max(shoulder[1], hand[1]) + 40)
        stage.line(cubic(shoulder, elbow, elbow, hand, 24), 62, colour)


def _phone(stage: Stage, x: float, top: float, facing: float, colour: Colour) -> None:
    """A telephone at the ear, and the arm that holds it."""
    ear = (x + 84 * facing, top - 74)
    elbow = (x + 190 * facing, top + 180)
    stage.line(
        [(x + 116 * facing, top + 130), elbow, (ear[0] + 24 * facing, ear[1] + 66)], 58, colour
    )
    stage.line([(ear[0] - 6 * facing, ear[1] - 46), (ear[0] + 18 * facing, ear[1] + 56)], 40, WHITE)


def _badge(stage: Stage, x: float, y: float) -> None:
    stage.slab(x - 54, y, 108, 136, WHITE, 14)
    stage.slab(x - 20, y + 12, 40, 10, NIGHT, 5)
    eye(stage, x, y + 64, 38, light=False)
    stage.slab(x - 34, y + 104, 68, 10, NIGHT, 5)


def stranger(
    stage: Stage, x: float, y: float, r: float, gaze: Gaze, *, squash: float = 0, lean: float = 0
) -> None:
    """The shape that should not be there."""
    with stage.turned(x, y + r, squash=squash, angle=lean):
        stage.disc(x, y, r, CORAL)
        eye(stage, x + 0.1 * r * gaze.x, y - 0.06 * r, 0.7 * r, gaze, pupil=CORAL, light=False)


# Things ---------------------------------------------------------------------------------------


def record(stage: Stage, x: float, y: float, scale: float = 1, angle: float = 0) -> None:
    """A sheet of the patient's record."""
    with stage.turned(x, y, angle=angle, scale=scale):
        stage.slab(x - 118, y - 158, 236, 316, WHITE, 16)
        cross(stage, x - 62, y - 100, 66, CORAL)
        stage.slab(x - 10, y - 124, 96, 16, NIGHT, 8)
        stage.slab(x - 10, y - 92, 64, 16, HAZE, 8)
        for i, width in enumerate((180, 180, 126, 156)):
            stage.slab(x - 90, y - 24 + i * 42, width, 16, NIGHT if i % 2 == 0 else HAZE, 8)


def keycap(
    stage: Stage, x: float, y: float, width: float, label: str, pressed: float, size: float = 54
) -> None:
    """A key of a keyboard; `pressed` 1 is down."""
    drop = 18 * pressed
    stage.slab(x - width / 2, y - 62 + 20, width, 128, HAZE, 26)
    face = SIGNAL if pressed > 0.5 else WHITE
    stage.slab(x - width / 2, y - 62 + drop, width, 124, face, 26)
    stage.text(x, y + drop, label, size, NIGHT, anchor="mm")


def shackle(stage: Stage, x: float, foot: float, w: float, h: float, width: float) -> None:
    """The arch of a padlock; its feet stand at `foot`, its outside `w` wide and `h` high."""
    r = w / 2 - width / 2
    top = foot - h + width / 2
    left, right, k = x - r, x + r, 1.33 * r
    if h <= width:
        return
    bend = min(top + k, foot)
    arch = cubic((left, bend), (left, bend - k), (right, bend - k), (right, bend), 64)
    stage.line([(left, foot), *arch, (right, foot)], width, WHITE)


def envelope(
    stage: Stage,
    x: float,
    y: float,
    w: float,
    *,
    paper: Colour = WHITE,
    ink: Colour = NIGHT,
    flap: float = 1,
) -> None:
    """Closed (`flap` 1) or open (-1), its middle at (x, y)."""
    h = 0.645 * w
    left, top, right = x - w / 2, y - h / 2, x + w / 2
    stage.slab(left, top, w, h, paper, 0.053 * w)
    tip = top + 0.33 * w * flap
    edge = 0.036 * w
    fold = [(left + edge * 1.3, top + edge * 1.4), (x, tip), (right - edge * 1.3, top + edge * 1.4)]
    stage.line(fold, edge, ink)


def hook(stage: Stage, x: float, tip: float, colour: Colour, scale: float = 1) -> None:
    """A fish hook on its line from above; `tip` is the lowest point of its bend, `x` its shaft."""
    s = scale
    bend = tip - 96 * s
    stage.line([(x, -200), (x, bend)], 58 * s, colour)
    curve = cubic(
        (x, bend), (x, bend + 168 * s), (x - 230 * s, bend + 168 * s), (x - 230 * s, bend)
    )
    stage.line(curve, 58 * s, colour)
    stage.fill(
        [
            (x - 259 * s, bend + 2 * s),
            (x - 259 * s, bend - 150 * s),
            (x - 134 * s, bend - 18 * s),
            (x - 201 * s, bend - 28 * s),
            (x - 201 * s, bend + 2 * s),
        ],
        colour,
    )


def access_key(
    stage: Stage, x: float, y: float, colour: Colour, ground: Colour, gaze: Gaze
) -> None:
    """A key that stands, its bow an eye at (x, y), four hidden signs on its shaft."""
    stage.slab(x - 36, y + 60, 72, 390, colour, 12)
    stage.slab(x + 20, y + 296, 84, 52, colour, 8)
    stage.slab(x + 20, y + 390, 112, 52, colour, 8)
    stage.disc(x, y, 142, colour)
    eye(
        stage, x, y, 112, gaze, iris=colour, pupil=NIGHT if colour != NIGHT else SIGNAL, light=False
    )
    for i in range(4):
        stage.disc(x, y + 190 + 62 * i, 13, ground)


def pointer(stage: Stage, x: float, y: float, scale: float = 1, colour: Colour = NIGHT) -> None:
    """The arrow of a mouse, its tip at (x, y), with a white edge."""
    shape = [(0, 0), (0, 112), (27, 88), (46, 132), (68, 122), (49, 80), (84, 78)]
    with stage.turned(x, y, scale=scale):
        placed = [(x + dx, y + dy) for dx, dy in shape]
        stage.line([*placed, placed[0]], 16, WHITE)
        stage.fill(placed, colour)


def bubble(
    stage: Stage, x: float, y: float, w: float, h: float, colour: Colour, tail: float = -1
) -> None:
    """A word that is spoken, from its top left corner; its tail at the lower left (-1) or right."""
    middle = x + w / 2
    tip = [(w / 2 - 58, h - 70), (w / 2 - 24, h + 78), (w / 2 - 230, h - 30)]
    stage.fill([(middle + dx * tail, y + dy) for dx, dy in tip], colour)
    stage.slab(x, y, w, h, colour, min(84, h / 2))


def mark(stage: Stage, x: float, y: float, ink: Colour, ground: Colour, opacity: float) -> None:
    """The campaign's name with its eye."""
    if opacity <= 0.01:
        return
    with stage.turned(x + 40, y - 16, scale=arrive(opacity)):
        stage.fill(almond(x + 40, y - 16, 40), ink)
        stage.disc(x + 40, y - 16, 17, ground)
    stage.text(x + 104, y, "Tous cyber vigilant", 46, ink, opacity=opacity)


def rewind(stage: Stage, shown: float) -> None:
    """Back to the start: two arrows to the left."""
    if shown > 0:
        for i in range(2):
            x, size = 810 + 150 * i - 30 * (1 - shown), 92 * shown
            right = x + 0.7 * size
            stage.fill([(x - 0.8 * size, 560), (right, 560 - size), (right, 560 + size)], WHITE)


# Words ----------------------------------------------------------------------------------------


def words(
    stage: Stage,
    t: float,
    lines: Sequence[str],
    *,
    start: float,
    end: float,
    ink: Colour = WHITE,
    at: Point = (120, 178),
    size: float = 96,
    style: str = "Bold",
) -> None:
    """Lines of text: they rise one after the other, stay to be read, and go together."""
    gone = ramp(t, end - 0.28, end)
    for i, line in enumerate(lines):
        shown = ramp(t, start + 0.16 * i, start + 0.16 * i + 0.5, arrive)
        y = at[1] + i * size * 1.17 + 36 * (1 - shown)
        stage.text(at[0], y, line, size, ink, style=style, opacity=shown * (1 - gone))


def lids(stage: Stage, shut: float, colour: Colour = DUSK) -> None:
    """Two lids over the whole frame; `shut` 1 hides it."""
    if shut <= 0:
        return
    reach = 1500.0
    rise = mix(3.2, 0.0, shut)
    upper = almond(960, 540, reach, rise, 0)[:41]
    lower = almond(960, 540, reach, 0, rise)[41:]
    stage.fill([(-600, -600), *upper, (2500, -600)], colour)
    stage.fill([(2500, 1700), *lower, (-600, 1700)], colour)
