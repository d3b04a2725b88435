"""Draws the starter video «Je verrouille, je pars.» and writes it beside its captions.

Needs `requirements/media.txt` (it brings an ffmpeg). From the root of the project:

    python scripts/make_starter_video.py            # the video and its poster frame
    python scripts/make_starter_video.py --still 7.5 frame.png

The world is that of the posters (documents/packages/local/charte). The story: a screen is left
open and a shape slips to it; we go back; the gesture puts it right; the line appears.
"""

from __future__ import annotations

import argparse
import math
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")

from documents.fonts import fonts_folder  # noqa: E402

WIDTH, HEIGHT, FPS, SECONDS = 1280, 720, 25, 21.0
FINE = 2  # drawn twice as large, then reduced: smooth edges
POSTER_FRAME_AT = 20.0
OUT = ROOT / "starter" / "assets" / "video" / "je-verrouille-je-pars-la-video"

Colour = tuple[int, int, int]
Point = tuple[float, float]
NIGHT: Colour = (15, 27, 76)
DUSK: Colour = (38, 54, 120)
SIGNAL: Colour = (255, 198, 26)
CORAL: Colour = (255, 120, 102)
WHITE: Colour = (255, 255, 255)
FLOOR = 596.0


# Time ---------------------------------------------------------------------------------------


def ease(x: float) -> float:
    """0 to 1, starting and ending gently; clamped outside."""
    x = min(1.0, max(0.0, x))
    return x * x * (3 - 2 * x)


def ramp(t: float, start: float, end: float) -> float:
    return ease((t - start) / (end - start))


def mix(a: float, b: float, x: float) -> float:
    return a + (b - a) * x


def blend(a: Colour, b: Colour, x: float) -> Colour:
    return tuple(round(mix(p, q, x)) for p, q in zip(a, b, strict=True))  # type: ignore[return-value]


# Shapes -------------------------------------------------------------------------------------


class Stage:
    """A frame to draw on, in pixels of the finished video."""

    def __init__(self) -> None:
        self.image = Image.new("RGB", (WIDTH * FINE, HEIGHT * FINE), NIGHT)
        self.pen = ImageDraw.Draw(self.image)

    def disc(self, x: float, y: float, r: float, fill: Colour) -> None:
        self.pen.ellipse([v * FINE for v in (x - r, y - r, x + r, y + r)], fill=fill)

    def slab(self, x: float, y: float, w: float, h: float, r: float, fill: Colour) -> None:
        if w > 1 and h > 1:
            box = [v * FINE for v in (x, y, x + w, y + h)]
            self.pen.rounded_rectangle(box, radius=min(r, w / 2, h / 2) * FINE, fill=fill)

    def polygon(self, points: list[Point], fill: Colour) -> None:
        self.pen.polygon([(x * FINE, y * FINE) for x, y in points], fill=fill)

    def shackle(self, x: float, y: float, w: float, h: float, width: float, fill: Colour) -> None:
        """An arch whose feet stand on `y`, its outside `w` wide and `h` high."""
        self._arch(x, y, w, h, fill)
        self._arch(x, y + 1, w - 2 * width, h - width, NIGHT)

    def _arch(self, x: float, y: float, w: float, h: float, fill: Colour) -> None:
        self.pen.pieslice(
            [v * FINE for v in (x - w / 2, y - h, x + w / 2, y - h + w)], 180, 360, fill=fill
        )
        self.polygon(
            [
                (x - w / 2, y - h + w / 2 - 1),
                (x + w / 2, y - h + w / 2 - 1),
                (x + w / 2, y),
                (x - w / 2, y),
            ],
            fill,
        )

    def almond(self, x: float, y: float, a: float, openness: float, fill: Colour) -> None:
        upper = list(_cubic((x - a, y), (x + a, y), -0.72 * a * openness, a))
        lower = list(_cubic((x + a, y), (x - a, y), 0.72 * a * openness, -a))
        self.polygon(upper + lower, fill)

    def eye(self, x: float, y: float, a: float, iris: Colour, pupil: Colour, look: float) -> None:
        self.almond(x, y, a, 1, WHITE)
        self.disc(x + look, y, 0.46 * a, iris)
        self.disc(x + look, y, 0.2 * a, pupil)

    def keyhole(self, x: float, y: float, size: float, fill: Colour) -> None:
        self.disc(x, y - size * 0.3, size * 0.42, fill)
        self.polygon(
            [
                (x - size * 0.17, y - size * 0.2),
                (x + size * 0.17, y - size * 0.2),
                (x + size * 0.36, y + size * 0.75),
                (x - size * 0.36, y + size * 0.75),
            ],
            fill,
        )

    def cross(self, x: float, y: float, size: float, fill: Colour) -> None:
        arm = size / 3
        self.slab(x - arm / 2, y - size / 2, arm, size, arm / 5, fill)
        self.slab(x - size / 2, y - arm / 2, size, arm, arm / 5, fill)

    def words(self, x: float, y: float, text: str, size: int, fill: Colour, style: str) -> None:
        font = ImageFont.truetype(str(fonts_folder() / f"Marianne-{style}.otf"), size * FINE)
        self.pen.text((x * FINE, y * FINE), text, font=font, fill=fill, anchor="ls")

    def label(self, x: float, y: float, text: str, size: int, fill: Colour) -> None:
        font = ImageFont.truetype(str(fonts_folder() / "Marianne-Bold.otf"), size * FINE)
        self.pen.text((x * FINE, y * FINE), text, font=font, fill=fill, anchor="mm")

    def finished(self) -> Image.Image:
        return self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


def _cubic(start: Point, end: Point, rise: float, a: float, steps: int = 40) -> Iterator[Point]:
    (x0, y0), (x3, y3) = start, end
    x1, x2, y1 = x0 + 0.5 * a, x3 - 0.5 * a, y0 + rise
    for i in range(steps + 1):
        u = i / steps
        p, q, r, s = (1 - u) ** 3, 3 * u * (1 - u) ** 2, 3 * u * u * (1 - u), u**3
        yield p * x0 + q * x1 + r * x2 + s * x3, p * y0 + (q + r) * y1 + s * y3


# Actors -------------------------------------------------------------------------------------


def floor(stage: Stage, gone: float) -> None:
    stage.slab(0, FLOOR, WIDTH * (1 - gone), 6, 0, DUSK)


def screen(stage: Stage, *, locked: float, alarm: float, sheet_out: float, finale: float) -> None:
    """The workstation. Locked, its frame turns into the body of a padlock."""
    x, y = mix(640, 975, finale), mix(346, 440, finale)
    w, h = mix(580, 780, finale), mix(360, 450, finale)
    frame = blend(blend(WHITE, CORAL, alarm), SIGNAL, locked)
    if finale < 1:
        foot = blend(blend(WHITE, CORAL, alarm), NIGHT, ramp(finale, 0, 0.5))
        stage.slab(x - 34, y + h / 2 - 10, 68, max(0, FLOOR - y - h / 2 + 10), 0, foot)
        stage.slab(x - 110, FLOOR - 18, 220, 18, 9, foot)
    if locked > 0:
        drop = mix(-340, 0, ramp(locked, 0.25, 1))
        width, height = mix(280, 470, finale), mix(150, 330, finale)
        stage.shackle(x, y - h / 2 + 24 + drop, width, height, mix(50, 92, finale), WHITE)
    stage.slab(x - w / 2, y - h / 2, w, h, mix(28, 76, finale), frame)
    if locked < 1:
        inset = mix(20, w / 2, ramp(locked, 0, 0.5))
        stage.slab(x - w / 2 + inset, y - h / 2 + 20, w - 2 * inset, h - 40, 12, DUSK)
    if locked < 0.3:
        _record(stage, x, y, sheet_out)
    if locked > 0.45:
        grown = ramp(locked, 0.45, 0.85)
        _lock_eye(stage, x - 36 * finale, y, mix(146, 232, finale), grown)


def _record(stage: Stage, x: float, y: float, out: float) -> None:
    """The patient's record, a sheet with its cross; `out` takes it from the screen."""
    x, y, turn = x - 330 * out, y + 22 * out, -0.16 * out

    def corner(dx: float, dy: float) -> Point:
        c, s = math.cos(turn), math.sin(turn)
        return x + dx * c - dy * s, y + dx * s + dy * c

    def bar(x0: float, y0: float, x1: float, y1: float, fill: Colour) -> None:
        stage.polygon([corner(x0, y0), corner(x1, y0), corner(x1, y1), corner(x0, y1)], fill)

    bar(-84, -112, 84, 112, WHITE)
    bar(-10, -92, 10, -36, SIGNAL)
    bar(-28, -74, 28, -54, SIGNAL)
    for i, right in enumerate((60, 60, 34, 52)):
        bar(-60, -8 + i * 28, right, 4 + i * 28, NIGHT)


def _lock_eye(stage: Stage, x: float, y: float, a: float, openness: float) -> None:
    stage.almond(x, y, a, openness, WHITE)
    if openness > 0.6:
        grown = ramp(openness, 0.6, 1)
        stage.disc(x, y, 0.42 * a * grown, NIGHT)
        stage.keyhole(x, y - 0.01 * a, 0.4 * a * grown, SIGNAL)
        stage.cross(x + 0.25 * a, y - 0.25 * a, 0.15 * a * grown, WHITE)


def colleague(stage: Stage, x: float, t: float, walking: float) -> None:
    """Somebody of the ward: a head, shoulders, a card."""
    lift = abs(math.sin(t * 9)) * 9 * walking
    stage.disc(x, 352 - lift, 52, SIGNAL)
    stage.pen.pieslice(
        [v * FINE for v in (x - 100, 418 - lift, x + 100, 618 - lift)], 180, 360, fill=SIGNAL
    )
    stage.polygon(
        [(x - 100, 517 - lift), (x + 100, 517 - lift), (x + 100, FLOOR), (x - 100, FLOOR)], SIGNAL
    )
    stage.slab(x - 62, 478 - lift, 46, 60, 7, WHITE)
    stage.cross(x - 39, 500 - lift, 22, NIGHT)
    stage.slab(x - 52, 520 - lift, 26, 6, 3, NIGHT)


def stranger(stage: Stage, x: float, t: float) -> None:
    """The shape that should not be there: it rolls, its eye stays level."""
    stage.disc(x, FLOOR - 92, 92, CORAL)
    stage.eye(x + 14, FLOOR - 104, 60, NIGHT, CORAL, 10 + 4 * math.sin(t * 5))


def keys(stage: Stage, t: float, start: float) -> None:
    """Windows + L, pressed one after the other."""
    shown = ramp(t, start, start + 0.4) * (1 - ramp(t, start + 2.3, start + 2.7))
    if shown <= 0:
        return
    y = mix(HEIGHT + 60, 662, shown)
    for x, width, text, at in ((560, 190, "Windows", 0.7), (770, 84, "L", 1.0)):
        down = 8 * ramp(t, start + at, start + at + 0.15) * (1 - ramp(t, start + 1.5, start + 1.7))
        stage.slab(x - width / 2, y - 36 + 10, width, 76, 14, DUSK)
        stage.slab(x - width / 2, y - 36 + down, width, 72, 14, WHITE)
        stage.label(x, y + down, text, 30, NIGHT)
    stage.label(692, y, "+", 34, WHITE)


def line(stage: Stage, t: float, start: float) -> None:
    """The line of the poster."""
    for i, (text, size, style, y) in enumerate(
        (
            ("Je verrouille,", 76, "Bold", 330),
            ("je pars.", 76, "Bold", 416),
            ("Windows + L ou carte retirée,", 29, "Medium", 486),
            ("chaque fois que je m’éloigne.", 29, "Medium", 524),
        )
    ):
        shown = ramp(t, start + i * 0.35, start + i * 0.35 + 0.5)
        if shown > 0:
            stage.words(72 - 30 * (1 - shown), y, text, size, blend(NIGHT, WHITE, shown), style)
    shown = ramp(t, start + 1.6, start + 2.1)
    if shown > 0:
        ink = blend(NIGHT, WHITE, shown)
        stage.almond(91, 76, 19, 1, ink)
        stage.disc(91, 76, 7, NIGHT)
        stage.words(122, 84, "Tous cyber vigilant", 24, ink, "Bold")


# The story ----------------------------------------------------------------------------------


def scene(t: float) -> Image.Image:
    """The frame at `t` seconds."""
    stage = Stage()
    finale = ramp(t, 15.6, 16.8)
    floor(stage, finale)
    if t < 10.0:
        _left_open(stage, t if t < 8.0 else mix(8.0, 1.6, ramp(t, 8.2, 9.6)))
        _rewind_sign(stage, t)
    else:
        _locked(stage, t, finale)
    return stage.finished()


def _left_open(stage: Stage, t: float) -> None:
    """The colleague leaves, the screen stays open, the record goes."""
    taken = ramp(t, 6.1, 7.4)
    screen(stage, locked=0, alarm=ramp(t, 5.6, 6.4), sheet_out=taken, finale=0)
    if t < 4.6:
        walking = 1.0 if 2.4 < t < 4.4 else 0.0
        colleague(stage, mix(1072, 1480, ramp(t, 2.4, 4.4)), t, walking)
    if t > 4.2:
        stranger(stage, mix(-120, 150, ramp(t, 4.2, 6.0)), t)


def _rewind_sign(stage: Stage, t: float) -> None:
    if 8.2 < t < 9.7:
        for x in (600, 650):
            stage.polygon([(x, 84), (x + 46, 56), (x + 46, 112)], WHITE)


def _locked(stage: Stage, t: float, finale: float) -> None:
    """Keys first, then off; the stranger finds a padlock."""
    bump = math.exp(-6 * max(0.0, t - 14.1)) * math.sin(40 * max(0.0, t - 14.1)) * 7
    screen(stage, locked=ramp(t, 11.1, 12.1), alarm=0, sheet_out=0, finale=finale)
    keys(stage, t, 10.1)
    if t < 14.4:
        walking = 1.0 if 12.4 < t < 14.2 else 0.0
        colleague(stage, mix(1072, 1480, ramp(t, 12.4, 14.2)), t, walking)
    if 12.9 < t < 15.6:
        near = mix(-120, 256, ramp(t, 12.9, 14.1))
        stranger(stage, mix(near, -160, ramp(t, 14.15, 15.3)) + bump, t)
    if t > 16.6:
        line(stage, t, 16.7)


# Files --------------------------------------------------------------------------------------


def video_write(path: Path, draw: Callable[[float], Image.Image]) -> None:
    """H.264 in yuv420p, silent, its index first so that it plays while it loads."""
    import imageio_ffmpeg

    writer = imageio_ffmpeg.write_frames(
        str(path),
        (WIDTH, HEIGHT),
        fps=FPS,
        codec="libx264",
        pix_fmt_out="yuv420p",
        quality=None,
        macro_block_size=16,
        output_params=[
            *("-crf", "23", "-preset", "veryslow", "-tune", "animation"),
            *("-movflags", "+faststart", "-map_metadata", "-1", "-fflags", "+bitexact"),
            *("-flags:v", "+bitexact"),
        ],
    )
    writer.send(None)
    for i in range(round(SECONDS * FPS)):
        writer.send(draw(i / FPS).tobytes())
    writer.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--still", nargs=2, metavar=("SECONDS", "FILE"))
    arguments = parser.parse_args()
    if arguments.still:
        scene(float(arguments.still[0])).save(arguments.still[1])
        return
    scene(POSTER_FRAME_AT).save(OUT.with_suffix(".png"), optimize=True)
    video_write(OUT.with_suffix(".mp4"), scene)
    for file in (OUT.with_suffix(".mp4"), OUT.with_suffix(".png")):
        print(file.relative_to(ROOT), file.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
