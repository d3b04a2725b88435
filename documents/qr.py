"""QR codes, as vectors, for paper and for screens.

A code is drawn with the quiet zone that ISO/IEC 18004 asks for (four modules on each side), so
whatever stands around it may touch its edge. The correction level is at least the one asked for:
where the same size carries more of it, there is more.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from enum import StrEnum

import segno

QUIET_ZONE = 4  # modules
SMALLEST_MODULE = 0.4  # millimetres: what the phones of a ward read from a printed sheet


class Correction(StrEnum):
    """How much of the code may be dirty, folded or covered."""

    LOW = "l"  # 7 %
    MEDIUM = "m"  # 15 %
    QUARTILE = "q"  # 25 %: paper that goes from hand to hand
    HIGH = "h"  # 30 %


@dataclass(frozen=True, slots=True)
class QrCode:
    """`svg` is a whole SVG document, `modules` the squares across it, quiet zone included."""

    svg: str
    modules: int

    @property
    def smallest_width(self) -> float:
        """The width in millimetres below which it should not be printed."""
        return self.modules * SMALLEST_MODULE


def qr_code(*, text: str, correction: Correction = Correction.QUARTILE) -> QrCode:
    """The QR code of `text`, black on white; equal text gives an equal drawing.

    :raises ValueError: `text` is empty, or more than a code can carry.
    """
    if not text:
        raise ValueError("a QR code of nothing")
    code = segno.make_qr(text, error=correction.value)
    out = io.BytesIO()
    plain = {"xmldecl": False, "svgclass": None, "lineclass": None, "omitsize": True}
    code.save(out, kind="svg", border=QUIET_ZONE, light="#fff", **plain)
    return QrCode(out.getvalue().decode(), int(code.symbol_size(border=QUIET_ZONE)[0]))
