"""A line of rates by month, drawn as SVG on the server; classes only, no style. A month without a
figure breaks the line and says why in a word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reporting import figures
from reporting.counting import Cell
from reporting.selectors.grid import TrendPoint

WIDTH, HEIGHT = 640, 240
LEFT, RIGHT, TOP, BOTTOM = 66, 64, 16, 36
MONTHS = 24  # as many as stay readable


@dataclass(frozen=True)
class Point:
    """A month. Without figures (`cell` None, or nothing required) the `word` says why."""

    day: dt.date
    cell: Cell | None
    word: str = ""

    @classmethod
    def of(cls, month: TrendPoint) -> Point:
        if month.cell is None:
            return cls(month.ends_on, None, _("non arrêté"))
        if month.is_silent:
            return cls(month.ends_on, month.cell.cell, _("silencieux"))
        return cls(month.ends_on, month.cell.cell)

    @property
    def rate(self) -> float | None:
        return self.cell.rate if self.cell is not None else None

    @property
    def reason(self) -> str:
        """Why there is no rate."""
        if self.word:
            return self.word
        return _("masqué") if self.cell is None else _("non requis")


@dataclass(frozen=True, slots=True)
class _Mark:
    x: float
    y: float
    cell: Cell


def trend_svg(*, points: Sequence[Point], title: str) -> SafeString:
    """The share covered by month, 0 to 100 %. Months without a figure leave a gap."""
    shown = points[-MONTHS:]
    runs = _runs(shown)
    marks = [mark for run in runs for mark in run]
    lines = "".join(_line(run) for run in runs if len(run) > 1)
    dots = "".join(
        f'<circle class="tcv-trend__dot" cx="{m.x:.1f}" cy="{m.y:.1f}" r="4"/>' for m in marks
    )
    return SafeString(
        f'<svg class="tcv-trend" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{escape(title)}">{_rules()}{_months(shown)}{_gaps(shown)}'
        f"{lines}{dots}{_last_label(marks, len(shown))}</svg>"
    )


def _runs(points: Sequence[Point]) -> list[list[_Mark]]:
    """The months with a rate, as stretches without a gap."""
    runs: list[list[_Mark]] = []
    is_open = False
    for index, point in enumerate(points):
        if point.cell is None or point.rate is None:
            is_open = False
            continue
        if not is_open:
            runs.append([])
        is_open = True
        runs[-1].append(_Mark(_x(index, len(points)), _y(point.rate), point.cell))
    return runs


def _line(run: Sequence[_Mark]) -> str:
    points = " ".join(f"{mark.x:.1f},{mark.y:.1f}" for mark in run)
    return f'<polyline class="tcv-trend__line" points="{points}"/>'


def _gaps(points: Sequence[Point]) -> str:
    """Each stretch of months without a rate for one reason: a dashed band with its word."""
    bands = []
    numbered = enumerate(points)
    for reason, group in groupby(numbered, lambda at: at[1].rate is None and at[1].reason):
        if reason:
            places = [index for index, _point in group]
            bands.append(_band(places[0], places[-1], len(points), str(reason)))
    return "".join(bands)


def _band(first: int, last: int, count: int, word: str) -> str:
    half = 9.0
    left, right = _x(first, count) - half, _x(last, count) + half
    x, y = (left + right) / 2, (TOP + HEIGHT - BOTTOM) / 2
    turned = f' transform="rotate(-90 {x:.1f} {y:.1f})"' if right - left < 110 else ""
    return (
        f'<rect class="tcv-trend__gap" x="{left:.1f}" y="{TOP}" width="{right - left:.1f}" '
        f'height="{HEIGHT - TOP - BOTTOM}"/><text class="tcv-trend__word" x="{x:.1f}" '
        f'y="{y:.1f}" dy="0.36em" text-anchor="middle"{turned}>{escape(word)}</text>'
    )


def _rules() -> str:
    return "".join(
        f'<line class="tcv-trend__rule" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{_y(share):.1f}" '
        f'y2="{_y(share):.1f}"/><text class="tcv-trend__text" x="{LEFT - 8}" '
        f'y="{_y(share) + 5:.1f}" text-anchor="end">{share * 100:.0f}{figures.NBSP}%</text>'
        for share in (0.0, 0.5, 1.0)
    )


def _months(points: Sequence[Point]) -> str:
    """A month written below every so many, so that they never touch."""
    step = max(1, -(-len(points) // 7))
    return "".join(
        f'<text class="tcv-trend__text" x="{_x(index, len(points)):.1f}" y="{HEIGHT - 10}" '
        f'text-anchor="middle">{point.day:%m/%y}</text>'
        for index, point in enumerate(points)
        if (len(points) - 1 - index) % step == 0
    )


def _last_label(marks: Sequence[_Mark], count: int) -> str:
    """Right of the last point; above it, or below where there is no room, if months follow."""
    if not marks:
        return ""
    last = marks[-1]
    x, y, anchor = last.x + 12, last.y + 6, ""
    if last.x < _x(count - 1, count):
        x, anchor = last.x + 8, ' text-anchor="end"'
        y = last.y - 14 if last.y > TOP + 24 else last.y + 28
    return (
        f'<text class="tcv-trend__value" x="{x:.1f}" y="{y:.1f}"{anchor}>'
        f"{escape(figures.percent(last.cell))}</text>"
    )


def _x(index: int, count: int) -> float:
    inset = 20
    room = WIDTH - LEFT - RIGHT - 2 * inset
    return LEFT + inset + (room * index / (count - 1) if count > 1 else room / 2)


def _y(share: float) -> float:
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)


def trend_rows(points: Sequence[Point]) -> list[dict[str, str]]:
    """The chart's data as text, latest first, with how the rate moved since the month before."""
    shown = points[-MONTHS:]
    before = [None, *shown[:-1]]
    return [
        _trend_row(point, previous)
        for point, previous in reversed(list(zip(shown, before, strict=True)))
    ]


def _trend_row(point: Point, previous: Point | None) -> dict[str, str]:
    month = figures.month_name(point.day)
    if point.cell is None or point.rate is None:
        return {"month": month, "text": point.reason, "overdue": "–", "moved": "–"}
    return {
        "month": month,
        "text": figures.cell_text(point.cell),
        "overdue": figures.overdue_text(point.cell) or "–",
        "moved": figures.moved_text(previous.cell if previous else None, point.cell),
    }
