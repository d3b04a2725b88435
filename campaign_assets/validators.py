"""Checks of what an editor attaches: the bytes, not the name."""

from __future__ import annotations

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument

from content.models import Video
from content.validators import validate_pdf_file


def validate_pdf_document(document: AbstractDocument) -> None:
    """Accept a document that exists and is a PDF."""
    if document.file_extension.lower() != "pdf":
        raise ValidationError(_("Ce document n’est pas un PDF."))
    fine = f"campaign_assets.pdf.{document.file_hash}"  # an editor saves a page many times
    if document.file_hash and cache.get(fine):
        return
    try:
        with document.open_file() as file:
            validate_pdf_file(file)
    except OSError as error:
        raise ValidationError(_("Le fichier de ce document est introuvable.")) from error
    if document.file_hash:
        cache.set(fine, True)


def validate_video_complete(video: Video) -> None:
    """Accept a video with its captions and its transcript."""
    if not video.captions or not video.transcript.strip():
        raise ValidationError(
            _("Cette vidéo n’a pas encore ses sous-titres et sa transcription : ajoutez-les.")
        )
