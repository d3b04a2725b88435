"""Checks of uploaded media: what the bytes are, not what the name says.

A file that is two things at once (a PDF that unpacks as a ZIP, a picture that a browser could read
as a page) is refused: nobody draws one by mistake. What is looked at is bounded, whatever the size.
"""

from __future__ import annotations

import warnings
import zipfile
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

from content.probing import ProbeError, VideoFacts, video_probe
from documents.pdfs import PdfLook, PdfRefused, Verdict, pdf_look

MAX_VIDEO_BYTES = 500 * 1024 * 1024
MAX_CAPTIONS_BYTES = 1024 * 1024
MAX_PDF_BYTES = 50 * 1024 * 1024
MP4_BRAND_OFFSET = 4  # ISO/IEC 14496-12: a file begins with a box size, then «ftyp»
EBML_MAGIC = b"\x1a\x45\xdf\xa3"  # RFC 8794, the container of WebM
PDF_MAGIC = b"%PDF-"  # ISO 32000-1, 7.5.2
PDF_READERS_LOOK = 1024  # bytes at both ends in which readers accept the marks
SCAN_CHUNK = 1024 * 1024
PDF_ACTIVE = (b"/JavaScript", b"/Launch", b"/EmbeddedFile")
MARKUP = (b"<html", b"<script", b"<!doctype", b"<svg", b"<?php")
PICTURES = {"PNG": ("png",), "JPEG": ("jpg", "jpeg"), "WEBP": ("webp",), "GIF": ("gif",)}


def _head(file: File[bytes], size: int) -> bytes:
    file.open("rb")
    file.seek(0)
    head = file.read(size)
    file.seek(0)
    return head


def _tail(file: File[bytes], size: int) -> bytes:
    file.open("rb")
    file.seek(max(0, file.size - size))
    tail = file.read(size)
    file.seek(0)
    return tail


def validate_video_file(file: File[bytes]) -> VideoFacts:
    """Accept MP4 and WebM up to 500 MB, by what is in them, and say how long they are."""
    if file.size > MAX_VIDEO_BYTES:
        raise ValidationError({"file": _("La vidéo dépasse 500 Mo. Réduisez-la avant l’envoi.")})
    head = _head(file, 12)
    is_mp4 = head[MP4_BRAND_OFFSET : MP4_BRAND_OFFSET + 4] == b"ftyp"
    if not (is_mp4 or head.startswith(EBML_MAGIC)):
        raise ValidationError(
            {"file": _("Ce fichier n’est ni un MP4 ni un WebM, quel que soit son nom.")}
        )
    try:
        return video_probe(file)
    except ProbeError as error:
        raise ValidationError(
            {"file": _("Cette vidéo est incomplète ou abîmée : exportez-la de nouveau.")}
        ) from error
    finally:
        file.seek(0)


def validate_webm_file(file: File[bytes]) -> None:
    """Accept WebM alone, beside a video in MP4."""
    try:
        validate_video_file(file)
        if not _head(file, 4).startswith(EBML_MAGIC):
            raise ValidationError(_("Ce fichier n’est pas un WebM."))
    except ValidationError as error:
        raise ValidationError({"webm": error.messages}) from error


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


_PDF_REFUSED = {
    Verdict.BROKEN: _("Ce PDF est incomplet ou abîmé : exportez-le de nouveau."),
    Verdict.ENCRYPTED: _("Ce PDF est protégé par un mot de passe : retirez-le."),
    Verdict.ACTIVE: _("Ce PDF contient un programme ou une pièce jointe : exportez-le sans eux."),
}


def validate_pdf_file(file: File[bytes]) -> PdfLook:
    """Accept a whole PDF up to 50 MB that anybody can open, and that does nothing by itself; show
    its first page."""
    if file.size > MAX_PDF_BYTES:
        raise ValidationError(_("Ce PDF dépasse 50 Mo. Réduisez ses images avant l’envoi."))
    if not _head(file, len(PDF_MAGIC)).startswith(PDF_MAGIC):
        raise ValidationError(_("Ce fichier n’est pas un PDF, quel que soit son nom."))
    tail = _tail(file, PDF_READERS_LOOK)
    if b"%%EOF" not in tail or b"startxref" not in tail:
        raise ValidationError(_PDF_REFUSED[Verdict.BROKEN])
    if b"/Encrypt" in tail:
        raise ValidationError(_PDF_REFUSED[Verdict.ENCRYPTED])
    _refuse_two_things(file)
    if _has(file, PDF_ACTIVE):  # in what an older state of the file left behind, too
        raise ValidationError(_PDF_REFUSED[Verdict.ACTIVE])
    try:
        return pdf_look(file)
    except PdfRefused as refusal:
        raise ValidationError(_PDF_REFUSED[refusal.verdict]) from refusal
    finally:
        file.seek(0)


def validate_picture_file(file: File[bytes]) -> None:
    """Accept a PNG, JPEG, WebP or GIF that is whole and whose name ends as it should."""
    if file.size > settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE:
        raise ValidationError(_("Cette image dépasse 15 Mo. Réduisez-la avant l’envoi."))
    kind, width, height = _picture_facts(file)
    extension = str(file.name or "").rpartition(".")[2].lower()
    if extension not in PICTURES.get(kind, ()):
        raise ValidationError(
            _("Cette image n’est pas ce que dit son nom : PNG, JPEG, WebP ou GIF.")
        )
    if width * height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
        raise ValidationError(_("Cette image a plus de 50 millions de pixels. Réduisez-la."))
    if PDF_MAGIC in _head(file, PDF_READERS_LOOK):
        raise ValidationError(_TWO_THINGS)
    _refuse_two_things(file)


_TWO_THINGS = _("Ce fichier est deux choses à la fois : exportez-le de nouveau.")


def _picture_facts(file: File[bytes]) -> tuple[str, int, int]:
    """Format and size, from the head alone; then every byte is checked, none decoded."""
    file.open("rb")
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture: Any = Image.open(file, formats=list(PICTURES))
            facts = str(picture.format), int(picture.width), int(picture.height)
            picture.verify()
    except Image.DecompressionBombError:
        return "PNG", settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS, 2
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise ValidationError(
            _("Cette image ne se lit pas : envoyez un PNG, un JPEG, un WebP ou un GIF.")
        ) from error
    finally:
        file.seek(0)
    return facts


def _refuse_two_things(file: File[bytes]) -> None:
    head = _head(file, PDF_READERS_LOOK).lower()
    if any(mark in head for mark in MARKUP):
        raise ValidationError(_TWO_THINGS)
    file.seek(0)
    is_zip = zipfile.is_zipfile(file)  # looks at the last 64 KB
    file.seek(0)
    if is_zip:
        raise ValidationError(_TWO_THINGS)


def _has(file: File[bytes], marks: tuple[bytes, ...]) -> bool:
    """Whether any of the marks stands in the file, read a piece at a time."""
    overlap = max(map(len, marks))
    kept = b""
    file.seek(0)
    try:
        while piece := file.read(SCAN_CHUNK):
            piece = kept + piece
            if any(mark in piece for mark in marks):
                return True
            kept = piece[-overlap:]
    finally:
        file.seek(0)
    return False
