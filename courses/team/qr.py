"""The QR code of a session, to be scanned off the screen."""

from __future__ import annotations

from django.utils.safestring import SafeString

from documents.qr import Correction, qr_code


def session_qr(address: str) -> SafeString:
    """An SVG without any inline style; black on white in both themes, with its quiet zone."""
    return SafeString(qr_code(text=address, correction=Correction.MEDIUM).svg)
