"""Boxes of quartiles and the map of the regions, drawn as SVG on the server; classes only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from organisation import maps
from reporting import figures
from reporting.counting import Cell
from reporting.observatory.quartiles import Quartiles, Spread
from reporting.selectors.grid import GridCell

WIDTH = 420  # narrow, so that its words can be read on a phone
LEFT, RIGHT = 10, 10
ROW, AXIS = 92, 30
PILL = (48.0, 24.0)


@dataclass(frozen=True, slots=True)
class Box:
    """A line of the chart: a group, its quartiles, and the rate marked upon them (None: none)."""

    title: str
    spread: Spread
    mark: Cell | None = None


@dataclass(frozen=True, slots=True)
class Land:
    """A region of the map. `url` for who may open it."""

    code: str
    name: str
    cell: GridCell
    known: int
    url: str = ""

    @property
    def short(self) -> str:
        """«68 %», or why there is none."""
        if self.cell.cell is None:
            return "···"
        return figures.percent(self.cell.cell)

    @property
    def text(self) -> str:
        return group_text(self.cell, self.known)

    @property
    def css(self) -> str:
        if self.cell.cell is None:
            return "hidden"
        return str(figures.level(self.cell.cell)) if self.cell.cell.is_required else "none"


def group_text(cell: GridCell, known: int) -> str:
    """«412 / 610 (68 %)», or why there is no figure; `known` establishments are not silent."""
    if cell.cell is None:
        return _("masqué")
    return figures.cell_text(cell.cell) if known else _("aucun établissement renseigné")


def boxes_svg(*, boxes: Sequence[Box], title: str, mark: str) -> SafeString:
    """0 to 100 % across; a box from the first to the third quartile, a bar at the median, a diamond
    at the marked rate, which `mark` names."""
    height = ROW * len(boxes) + AXIS
    rows = "".join(_box(box, number, mark) for number, box in enumerate(boxes))
    return SafeString(
        f'<svg class="tcv-boxes" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-label="{escape(title)}">{_axis(height)}{rows}</svg>'
    )


def _axis(height: int) -> str:
    marks = []
    for share, anchor in (
        (0.0, "start"),
        (0.25, "middle"),
        (0.5, "middle"),
        (0.75, "middle"),
        (1.0, "end"),
    ):
        x = _x(share)
        marks.append(
            f'<line class="tcv-boxes__rule" x1="{x:.1f}" x2="{x:.1f}" y1="0" y2="{height - AXIS}"/>'
            f'<text class="tcv-boxes__text" x="{x:.1f}" y="{height - 10}" '
            f'text-anchor="{anchor}">{share * 100:.0f}{figures.NBSP}%</text>'
        )
    return "".join(marks)


def _box(box: Box, number: int, mark: str) -> str:
    top = number * ROW
    middle = top + 64.0
    parts = [
        f'<text class="tcv-boxes__title" x="{LEFT}" y="{top + 22}">{escape(box.title)}</text>'
        f'<text class="tcv-boxes__text" x="{LEFT}" y="{top + 41}">'
        f"{escape(_summary(box, mark))}</text>"
    ]
    parts.append(
        f'<line class="tcv-boxes__line" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{middle}" '
        f'y2="{middle}"/>'
    )
    if box.spread.quartiles is not None:
        parts.append(_quartiles(box.spread.quartiles, middle))
    if box.mark is not None and box.mark.rate is not None:
        parts.append(_diamond(_x(box.mark.rate), middle))
    return "".join(parts)


def _summary(box: Box, mark: str) -> str:
    """«médiane 62 %, ici 68 %»."""
    quartiles = box.spread.quartiles
    parts = []
    if quartiles is not None:
        parts.append(_("médiane %(rate)s") % {"rate": share_text(quartiles.median)})
    if box.mark is not None and box.mark.rate is not None:
        parts.append(f"{mark} {figures.percent(box.mark)}")
    return ", ".join(parts) or _("trop peu de chiffres")


def _quartiles(quartiles: Quartiles, y: float) -> str:
    low, high, median = _x(quartiles.low), _x(quartiles.high), _x(quartiles.median)
    return (
        f'<rect class="tcv-boxes__box" x="{low:.1f}" y="{y - 11}" '
        f'width="{max(high - low, 2):.1f}" height="22"/>'
        f'<line class="tcv-boxes__median" x1="{median:.1f}" x2="{median:.1f}" y1="{y - 15}" '
        f'y2="{y + 15}"/>'
    )


def _diamond(x: float, y: float) -> str:
    return (
        f'<path class="tcv-boxes__mark" d="M{x:.1f} {y - 9:.1f}L{x + 9:.1f} {y:.1f}'
        f'L{x:.1f} {y + 9:.1f}L{x - 9:.1f} {y:.1f}Z"/>'
    )


def _x(share: float) -> float:
    return LEFT + 9 + share * (WIDTH - LEFT - RIGHT - 18)


def share_text(share: float) -> str:
    """A share in whole percent, as the cells round: never 100 % nor 0 % unless it is."""
    rounded = int(100 * share + 0.5)
    if share < 1:
        rounded = min(rounded, 99)
    return f"{max(rounded, 1) if share else rounded}{figures.NBSP}%"


def map_svg(*, lands: Sequence[Land], title: str) -> SafeString:
    """The 18 regions, those overseas in boxes below: a shade and a figure each, read aloud as a
    list."""
    by_code = {land.code: land for land in lands}
    drawn = [(shape, by_code[shape.code]) for shape in maps.shapes() if shape.code in by_code]
    regions = "".join(_region(shape, land) for shape, land in drawn)
    labels = "".join(_label(shape, land) for shape, land in drawn)
    return SafeString(
        f'<svg class="tcv-regions" viewBox="-4 -4 {maps.WIDTH + 8:.0f} {maps.HEIGHT + 8:.0f}" '
        f'role="list" aria-label="{escape(title)}">{regions}'
        f'<g class="tcv-regions__labels" aria-hidden="true">{labels}</g></svg>'
    )


def _region(shape: maps.Shape, land: Land) -> str:
    name = escape(f"{land.name}{figures.NBSP}: {land.text}")
    box = ""
    if shape.box is not None:
        x, y = shape.box
        box = (
            f'<rect class="tcv-regions__box" x="{x:.1f}" y="{y:.1f}" width="92" height="104" '
            f'rx="10"/>'
        )
    drawing = (
        f'{box}<path class="tcv-regions__land tcv-regions__land--{land.css}" d="{shape.path}"/>'
    )
    if land.url:
        return (
            f'<g role="listitem"><a class="tcv-regions__link" href="{escape(land.url)}" '
            f'aria-label="{name}">{drawing}</a></g>'
        )
    return f'<g role="listitem"><g role="img" aria-label="{name}">{drawing}</g></g>'


def _label(shape: maps.Shape, land: Land) -> str:
    lines = maps.LINES.get(shape.code) or (land.name,)
    beside = shape.box is not None or shape.code == maps.CORSICA
    css = "tcv-regions__name tcv-regions__name--beside" if beside else "tcv-regions__name"
    names = "".join(
        f'<text class="{css}" x="{line.x:.1f}" y="{line.y:.1f}" '
        f'text-anchor="{line.anchor}">{escape(line.text)}</text>'
        for line in maps.name_lines(shape, lines)
    )
    at = _figure_place(shape, lines)
    width, height = PILL
    return (
        f'{names}<rect class="tcv-regions__pill" x="{at.x - width / 2:.1f}" '
        f'y="{at.y - height / 2:.1f}" width="{width}" height="{height}" rx="12"/>'
        f'<text class="tcv-regions__figure" x="{at.x:.1f}" y="{at.y:.1f}" dy="0.36em" '
        f'text-anchor="middle">{escape(land.short)}</text>'
    )


def _figure_place(shape: maps.Shape, lines: Sequence[str]) -> maps.Line:
    """Beside what is too small to carry it: at the foot of an island, in the sea off Corsica."""
    if shape.box is not None:
        return maps.Line("", shape.x, shape.box[1] + 71)
    if shape.code == maps.CORSICA:
        return maps.Line("", shape.x - 48, shape.y + 24)
    return maps.figure_place(shape, lines)
