"""Storing the files that assets are made of."""

from __future__ import annotations

from pathlib import Path

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtailmedia.models import MediaType

from content.models import SiteImage, Video


def image_create(*, title: str, alt: str, credit: str, filename: str, content: bytes) -> SiteImage:
    """Store a picture; `alt` is its text alternative."""
    image = SiteImage(
        title=title, description=alt, credit=credit, file=ContentFile(content, name=filename)
    )
    image.save()
    return image


def document_create(*, title: str, filename: str, content: bytes) -> AbstractDocument:
    """Store a document such as a PDF."""
    document: AbstractDocument = get_document_model()(
        title=title, file=ContentFile(content, name=filename)
    )
    document._set_document_file_metadata()
    document.save()
    document.file.close()
    return document


def video_create(
    *,
    title: str,
    file: Path,
    captions: Path,
    thumbnail: Path,
    transcript: str,
    webm: Path | None = None,
    descriptions: Path | None = None,
) -> Video:
    """Store a video with all that it must have; its duration and size are read from the file.

    :raises ValidationError: a file is not what it should be, or the transcript is missing."""
    video = Video(
        title=title,
        type=MediaType.VIDEO,
        file=_file(file),
        captions=_file(captions),
        thumbnail=_file(thumbnail),
        transcript=transcript,
        webm=_file(webm) if webm else "",
        descriptions=_file(descriptions) if descriptions else "",
    )
    video.full_clean()
    video.save()
    video.file.close()
    return video


def _file(path: Path) -> ContentFile[bytes]:
    return ContentFile(path.read_bytes(), name=path.name)
