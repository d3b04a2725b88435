"""Making assets."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.html import format_html, format_html_join
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtailmedia.models import MediaType

from campaign_assets.enums import Theme
from campaign_assets.models import AssetPage, PosterPage, ResourcesIndexPage, VideoPage
from campaign_assets.posters.design import TEMPLATE, PosterDesign
from content.models import Audience, SiteImage, Video
from documents.services import pdf_render, png_render

# The files say when the series was drawn, not when this site made them: equal input, equal bytes.
SERIES_DRAWN_AT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
PREVIEW_PPI = 110  # 909 × 1286 pixels


def poster_pdf_render(*, design: PosterDesign) -> bytes:
    """The poster as A4, PDF/UA-1."""
    return pdf_render(template=TEMPLATE, data=dataclasses.asdict(design), timestamp=SERIES_DRAWN_AT)


def poster_png_render(*, design: PosterDesign, ppi: float = PREVIEW_PPI) -> bytes:
    """The poster as a picture, A4 at `ppi` pixels per inch."""
    return png_render(template=TEMPLATE, data=dataclasses.asdict(design), ppi=ppi)


@transaction.atomic
def poster_publish(
    *,
    index: ResourcesIndexPage,
    slug: str,
    design: PosterDesign,
    theme: Theme,
    summary: str,
    placement: Sequence[str],
    credit: str,
    audiences: Iterable[Audience] = (),
) -> PosterPage:
    """Render the poster and publish its page under `index`, with its picture and its PDF."""
    headline = " ".join(design.headline)
    page = PosterPage(
        slug=slug,
        title=headline,
        summary=summary,
        theme=theme,
        headline=headline,
        gesture=" ".join(design.gesture),
        footer=design.footer,
        placement=_html_list(placement),
        credit=credit,
        preview=image_create(
            title=headline,
            alt=design.alt,
            credit=credit,
            filename=f"affiche-{slug}.png",
            content=poster_png_render(design=design),
        ),
        pdf=_document_create(
            title=headline,
            filename=f"affiche-{slug}-a4.pdf",
            content=poster_pdf_render(design=design),
        ),
    )
    _publish(index, page, audiences)
    return page


@transaction.atomic
def video_publish(
    *,
    index: ResourcesIndexPage,
    slug: str,
    title: str,
    theme: Theme,
    summary: str,
    credit: str,
    video: Video,
    preview: SiteImage,
    audiences: Iterable[Audience] = (),
) -> VideoPage:
    """Publish the page of `video` under `index`."""
    page = VideoPage(
        slug=slug,
        title=title,
        summary=summary,
        theme=theme,
        credit=credit,
        video=video,
        preview=preview,
    )
    _publish(index, page, audiences)
    return page


def video_create(
    *,
    title: str,
    file: Path,
    captions: Path,
    thumbnail: Path,
    transcript: str,
    duration: float,
    width: int,
    height: int,
) -> Video:
    """Store a video with all that it must have. `duration` in seconds, sizes in pixels.

    :raises ValidationError: a file is not what it should be, or the transcript is missing."""
    video = Video(
        title=title,
        type=MediaType.VIDEO,
        file=_file(file),
        captions=_file(captions),
        thumbnail=_file(thumbnail),
        transcript=transcript,
        duration=duration,
        width=width,
        height=height,
    )
    video.full_clean()
    video.save()
    video.file.close()
    return video


def image_create(*, title: str, alt: str, credit: str, filename: str, content: bytes) -> SiteImage:
    """Store a picture; `alt` is its text alternative."""
    image = SiteImage(
        title=title, description=alt, credit=credit, file=ContentFile(content, name=filename)
    )
    image.save()
    return image


def _document_create(*, title: str, filename: str, content: bytes) -> AbstractDocument:
    document: AbstractDocument = get_document_model()(
        title=title, file=ContentFile(content, name=filename)
    )
    document._set_document_file_metadata()
    document.save()
    document.file.close()
    return document


def _publish(index: ResourcesIndexPage, page: AssetPage, audiences: Iterable[Audience]) -> None:
    """Add the page, and give it a first revision for editors to come back to."""
    page.audiences = list(audiences)
    index.add_child(instance=page)
    page.save_revision().publish()


def _html_list(items: Sequence[str]) -> str:
    if not items:
        return ""
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((i,) for i in items)))


def _file(path: Path) -> ContentFile[bytes]:
    return ContentFile(path.read_bytes(), name=path.name)
