"""The QR code of a session, to be scanned off the screen."""

from __future__ import annotations

import segno
from django.utils.safestring import SafeString


def session_qr(address: str) -> SafeString:
    """An SVG without any inline style; black on white in both themes, with its quiet zone."""
    drawing = segno.make_qr(address, error="m").svg_inline(
        border=4, light="#fff", omitsize=True, svgclass=None, lineclass=None
    )
    return SafeString(drawing)
