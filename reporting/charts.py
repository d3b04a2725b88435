"""A small line of rates by month, drawn as SVG on the server; classes only, no style."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reporting import figures
from reporting.counting import Cell

WIDTH, HEIGHT = 640, 240
LEFT, RIGHT, TOP, BOTTOM = 66, 64, 16, 36
MONTHS = 24  # as many as stay readable


@dataclass(frozen=True)
class Point:
    """A month; `cell` is None where it is hidden."""

    day: dt.date
    cell: Cell | None


def trend_svg(*, points: Sequence[Point], title: str) -> SafeString:
    """The share covered by month, 0 to 100 %. Months without a figure leave a gap."""
    shown = points[-MONTHS:]
    marks = [
        (_x(index, len(shown)), _y(point.cell.rate), point.cell)
        for index, point in enumerate(shown)
        if point.cell is not None and point.cell.rate is not None
    ]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y, _cell in marks)
    dots = "".join(
        f'<circle class="tcv-trend__dot" cx="{x:.1f}" cy="{y:.1f}" r="4"/>' for x, y, _c in marks
    )
    return SafeString(
        f'<svg class="tcv-trend" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{escape(title)}">{_rules()}{_months(shown)}'
        f'<polyline class="tcv-trend__line" points="{line}"/>{dots}{_last_label(marks)}</svg>'
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


def _last_label(marks: Sequence[tuple[float, float, Cell]]) -> str:
    if not marks:
        return ""
    x, y, cell = marks[-1]
    return (
        f'<text class="tcv-trend__value" x="{x + 12:.1f}" y="{y + 6:.1f}">'
        f"{escape(figures.percent(cell))}</text>"
    )


def _x(index: int, count: int) -> float:
    inset = 20
    room = WIDTH - LEFT - RIGHT - 2 * inset
    return LEFT + inset + (room * index / (count - 1) if count > 1 else room / 2)


def _y(share: float) -> float:
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)


def trend_rows(points: Sequence[Point]) -> list[dict[str, str]]:
    """The chart's data as text, latest first."""
    return [
        {
            "month": figures.month_name(point.day),
            "text": figures.cell_text(point.cell) if point.cell else _("masqué"),
            "overdue": (figures.overdue_text(point.cell) or "–") if point.cell else _("masqué"),
        }
        for point in reversed(points[-MONTHS:])
    ]
