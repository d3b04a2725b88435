"""A frame: flat shapes on a ground, drawn from back to front.

What is drawn is first written down as a list of marks, so that a frame equal to the one before is
not painted again, then painted with Pillow several times larger and reduced, for smooth edges.
Lengths are pixels of the finished film, angles degrees, clockwise.
"""

from __future__ import annotations

import functools
import itertools
import math
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")

from documents.fonts import fonts_folder  # noqa: E402

WIDTH, HEIGHT, FPS = 1920, 1080, 25
FINE = 3  # painted so many times larger

Colour = tuple[int, int, int]
Point = tuple[float, float]
Points = Sequence[Point]

# The campaign's colours: documents/packages/local/charte, and two shades of night for depth.
NIGHT: Colour = (15, 27, 76)
DUSK: Colour = (33, 48, 112)
HAZE: Colour = (74, 91, 160)
SIGNAL: Colour = (255, 198, 26)
CORAL: Colour = (255, 120, 102)
MINT: Colour = (143, 224, 194)
WHITE: Colour = (255, 255, 255)


def blend(a: Colour, b: Colour, x: float) -> Colour:
    mixed = [round(p + (q - p) * min(1.0, max(0.0, x))) for p, q in zip(a, b, strict=True)]
    return mixed[0], mixed[1], mixed[2]


# Marks ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Fill:
    points: tuple[Point, ...]
    colour: Colour


@dataclass(frozen=True)
class Text:
    """`anchor` as Pillow has it: "ls" is the left end of the baseline, "mm" the middle."""

    at: Point
    text: str
    size: float
    style: str
    colour: Colour
    opacity: float
    anchor: str


@dataclass(frozen=True)
class Clip:
    """Marks of which only what lies inside `points` is seen."""

    points: tuple[Point, ...]
    marks: tuple[Mark, ...]


Mark = Fill | Text | Clip


@dataclass(frozen=True)
class Turn:
    """Scale by `sx`, `sy` and turn by `angle` around `pivot`, then move by `by`."""

    pivot: Point = (0, 0)
    angle: float = 0
    sx: float = 1
    sy: float = 1
    by: Point = (0, 0)

    def __call__(self, point: Point) -> Point:
        x, y = (point[0] - self.pivot[0]) * self.sx, (point[1] - self.pivot[1]) * self.sy
        c, s = math.cos(math.radians(self.angle)), math.sin(math.radians(self.angle))
        return (
            self.pivot[0] + self.by[0] + x * c - y * s,
            self.pivot[1] + self.by[1] + x * s + y * c,
        )


class Stage:
    """What actors draw on."""

    def __init__(self, ground: Colour = NIGHT) -> None:
        self.ground = ground
        self.marks: list[Mark] = []
        self._turns: list[Turn] = []

    # Where ---------------------------------------------------------------------------------

    @contextmanager
    def turned(
        self,
        x: float = 0,
        y: float = 0,
        *,
        angle: float = 0,
        scale: float = 1,
        squash: float = 0,
        by: Point = (0, 0),
    ) -> Iterator[None]:
        """Draw around (x, y) turned, scaled and moved. `squash` 0.1 is 10 % lower and wider."""
        turn = Turn((x, y), angle, scale * (1 + squash), scale * (1 - squash), by)
        self._turns.append(turn)
        yield
        self._turns.pop()

    @contextmanager
    def clipped(self, points: Points) -> Iterator[None]:
        """Draw only inside `points`."""
        outside, self.marks = self.marks, []
        yield
        inside, self.marks = self.marks, outside
        self.marks.append(Clip(self._placed(points), tuple(inside)))

    def _placed(self, points: Points) -> tuple[Point, ...]:
        placed = list(points)
        for turn in reversed(self._turns):
            placed = [turn(point) for point in placed]
        return tuple(placed)

    # Shapes --------------------------------------------------------------------------------

    def fill(self, points: Points, colour: Colour) -> None:
        self.marks.append(Fill(self._placed(points), colour))

    def disc(self, x: float, y: float, r: float, colour: Colour) -> None:
        if r > 0.3:
            self.fill(arc(x, y, r, 0, 360), colour)

    def slab(self, x: float, y: float, w: float, h: float, colour: Colour, r: float = 0) -> None:
        """A rectangle from its top left corner, its corners rounded."""
        if w > 0.3 and h > 0.3:
            self.fill(slab(x, y, w, h, r), colour)

    def line(self, points: Points, width: float, colour: Colour) -> None:
        """A stroke with round ends and joints."""
        for a, b in itertools.pairwise(points):
            length = math.hypot(b[0] - a[0], b[1] - a[1])
            if length > 0.01:
                dx, dy = (b[1] - a[1]) / length * width / 2, (a[0] - b[0]) / length * width / 2
                self.fill(
                    [
                        (a[0] + dx, a[1] + dy),
                        (b[0] + dx, b[1] + dy),
                        (b[0] - dx, b[1] - dy),
                        (a[0] - dx, a[1] - dy),
                    ],
                    colour,
                )
        for x, y in points:
            self.disc(x, y, width / 2, colour)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        colour: Colour,
        *,
        style: str = "Bold",
        opacity: float = 1,
        anchor: str = "ls",
    ) -> None:
        """Words; they move and grow with what they stand on, but never lean."""
        if opacity > 0.01:
            for turn in self._turns:
                size *= turn.sx
            at = self._placed([(x, y)])[0]
            self.marks.append(Text(at, text, size, style, colour, opacity, anchor))

    # The picture ---------------------------------------------------------------------------

    def frame(self) -> tuple[Colour, tuple[Mark, ...]]:
        """What is drawn; equal frames are equal pictures."""
        return self.ground, tuple(self.marks)

    def painted(self, fine: float = FINE) -> Image.Image:
        """The frame; with `fine` under 1 a small sketch of it, without smooth edges."""
        size = (round(WIDTH * fine), round(HEIGHT * fine))
        image = Image.new("RGB", size, self.ground)
        _Brush(fine).paint(image, self.marks, (0, 0))
        return image.reduce(int(fine)) if fine > 1 else image


# Outlines -------------------------------------------------------------------------------------


def arc(x: float, y: float, r: float, start: float, end: float) -> list[Point]:
    """From angle to angle, 0 at the right, 90 at the bottom."""
    steps = max(4, math.ceil(abs(end - start) / 360 * max(24, 2.6 * math.sqrt(r) * 6)))
    angles = [math.radians(start + (end - start) * i / steps) for i in range(steps + 1)]
    return [(x + r * math.cos(angle), y + r * math.sin(angle)) for angle in angles]


def slab(x: float, y: float, w: float, h: float, r: float = 0) -> list[Point]:
    r = min(r, w / 2, h / 2)
    if r < 0.5:
        return [(x, y), (x + w, y), (x + w, y + h), (x, y + h)]
    return [
        *arc(x + w - r, y + r, r, -90, 0),
        *arc(x + w - r, y + h - r, r, 0, 90),
        *arc(x + r, y + h - r, r, 90, 180),
        *arc(x + r, y + r, r, 180, 270),
    ]


def cubic(a: Point, b: Point, c: Point, d: Point, steps: int = 40) -> list[Point]:
    points = []
    for i in range(steps + 1):
        u = i / steps
        p, q, r, s = (1 - u) ** 3, 3 * u * (1 - u) ** 2, 3 * u * u * (1 - u), u**3
        points.append(
            (
                p * a[0] + q * b[0] + r * c[0] + s * d[0],
                p * a[1] + q * b[1] + r * c[1] + s * d[1],
            )
        )
    return points


def almond(x: float, y: float, a: float, upper: float = 1, lower: float = 1) -> list[Point]:
    """The lids: two arcs that meet in a point. 1 is wide open, 0 closed; `a` half the width."""
    rise, fall = 0.72 * a * upper, 0.72 * a * lower
    left, right = (x - a, y), (x + a, y)
    return [
        *cubic(left, (x - 0.5 * a, y - rise), (x + 0.5 * a, y - rise), right),
        *cubic(right, (x + 0.5 * a, y + fall), (x - 0.5 * a, y + fall), left),
    ]


# Paint ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Brush:
    """Paints marks `fine` times their size."""

    fine: float

    def paint(self, image: Image.Image, marks: Sequence[Mark], origin: tuple[int, int]) -> None:
        """Paint on `image`, whose top left corner is at `origin`, in painted pixels."""
        pen = ImageDraw.Draw(image)
        for mark in marks:
            if isinstance(mark, Fill):
                pen.polygon(self._painted(mark.points, origin), fill=mark.colour)
            elif isinstance(mark, Text):
                self._write(image, mark, origin)
            else:
                self._clip(image, mark, origin)

    def _painted(self, points: Points, origin: tuple[int, int]) -> list[Point]:
        return [(x * self.fine - origin[0], y * self.fine - origin[1]) for x, y in points]

    def _clip(self, image: Image.Image, clip: Clip, origin: tuple[int, int]) -> None:
        points = self._painted(clip.points, origin)
        xs, ys = [x for x, _ in points], [y for _, y in points]
        box = (
            max(0, math.floor(min(xs))),
            max(0, math.floor(min(ys))),
            min(image.width, math.ceil(max(xs)) + 1),
            min(image.height, math.ceil(max(ys)) + 1),
        )
        if box[0] >= box[2] or box[1] >= box[3]:
            return
        part = image.crop(box)
        self.paint(part, clip.marks, (origin[0] + box[0], origin[1] + box[1]))
        mask = Image.new("L", part.size, 0)
        ImageDraw.Draw(mask).polygon([(x - box[0], y - box[1]) for x, y in points], fill=255)
        image.paste(part, box[:2], mask)

    def _write(self, image: Image.Image, mark: Text, origin: tuple[int, int]) -> None:
        size = max(1, round(mark.size * self.fine))
        mask, left, top = _glyphs(mark.text, size, mark.style, mark.anchor)
        if mark.opacity < 1:
            mask = mask.point([round(level * mark.opacity) for level in range(256)])
        x = round(mark.at[0] * self.fine - origin[0]) + left
        y = round(mark.at[1] * self.fine - origin[1]) + top
        image.paste(mark.colour, (x, y, x + mask.width, y + mask.height), mask)


@functools.lru_cache(maxsize=64)
def _glyphs(text: str, size: int, style: str, anchor: str) -> tuple[Image.Image, int, int]:
    """The words as a mask, and where its top left corner stands from the anchor."""
    font = font_of(style, size)
    left, top, right, bottom = (round(v) for v in font.getbbox(text, anchor=anchor))
    mask = Image.new("L", (max(1, right - left), max(1, bottom - top)), 0)
    ImageDraw.Draw(mask).text((-left, -top), text, font=font, fill=255, anchor=anchor)
    return mask, left, top


@functools.lru_cache(maxsize=64)
def font_of(style: str, size: int) -> ImageFont.FreeTypeFont:
    """Marianne."""
    file = fonts_folder() / f"Marianne-{style}.otf"
    return ImageFont.truetype(str(file), size)
