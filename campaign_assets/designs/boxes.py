"""What a printer's machine reads: where the sheet is cut, and how far the ink goes beyond."""

from __future__ import annotations

import io

import pikepdf

POINTS_PER_MILLIMETRE = 72 / 25.4


def bleed_box_set(pdf: bytes, bleed: float) -> bytes:
    """Say that the ink goes `bleed` millimetres beyond the TrimBox (ISO 32000-1, 14.11.2).

    Typst draws as far as the crop marks reach and takes all of it for bleed."""
    beyond = bleed * POINTS_PER_MILLIMETRE
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            left, bottom, right, top = map(float, page.trimbox.as_list())
            box = (left - beyond, bottom - beyond, right + beyond, top + beyond)
            page.bleedbox = pikepdf.Array([round(one, 3) for one in box])
        document.save(out, deterministic_id=True)
    return out.getvalue()
