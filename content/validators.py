"""Checks of uploaded media: what the bytes are, not what the name says."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

MAX_VIDEO_BYTES = 500 * 1024 * 1024
MAX_CAPTIONS_BYTES = 1024 * 1024
MP4_BRAND_OFFSET = 4  # ISO/IEC 14496-12: a file begins with a box size, then «ftyp»
EBML_MAGIC = b"\x1a\x45\xdf\xa3"  # RFC 8794, the container of WebM


def _head(file: File[bytes], size: int) -> bytes:
    file.open("rb")
    file.seek(0)
    head = file.read(size)
    file.seek(0)
    return head


def validate_video_file(file: File[bytes]) -> None:
    """Accept MP4 and WebM up to 500 MB, by their first bytes."""
    if file.size > MAX_VIDEO_BYTES:
        raise ValidationError({"file": _("La vidéo dépasse 500 Mo. Réduisez-la avant l’envoi.")})
    head = _head(file, 12)
    is_mp4 = head[MP4_BRAND_OFFSET : MP4_BRAND_OFFSET + 4] == b"ftyp"
    if not (is_mp4 or head.startswith(EBML_MAGIC)):
        raise ValidationError(
            {"file": _("Ce fichier n’est ni un MP4 ni un WebM, quel que soit son nom.")}
        )


def validate_webvtt_file(file: File[bytes]) -> None:
    """Accept WebVTT up to 1 MB: UTF-8, the «WEBVTT» signature, at least one cue."""
    if file.size > MAX_CAPTIONS_BYTES:
        raise ValidationError(_("Le fichier de sous-titres dépasse 1 Mo."))
    try:
        text = _head(file, MAX_CAPTIONS_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError(_("Les sous-titres doivent être en UTF-8.")) from error
    if not text.startswith("WEBVTT") or "-->" not in text:
        raise ValidationError(_("Ce fichier n’est pas un WebVTT avec au moins un sous-titre."))
