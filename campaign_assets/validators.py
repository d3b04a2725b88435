"""Checks of what an editor attaches: the bytes, not the name."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument

from content.models import Video

PDF_MAGIC = b"%PDF-"  # ISO 32000-1, 7.5.2


def validate_pdf_document(document: AbstractDocument) -> None:
    """Accept a document that exists and is a PDF."""
    try:
        with document.open_file() as file:
            head = file.read(len(PDF_MAGIC))
    except OSError as error:
        raise ValidationError(_("Le fichier de ce document est introuvable.")) from error
    if head != PDF_MAGIC or document.file_extension.lower() != "pdf":
        raise ValidationError(_("Ce document n’est pas un PDF."))


def validate_video_complete(video: Video) -> None:
    """Accept a video with its captions and its transcript."""
    if not video.captions or not video.transcript.strip():
        raise ValidationError(
            _("Cette vidéo n’a pas encore ses sous-titres et sa transcription : ajoutez-les.")
        )
