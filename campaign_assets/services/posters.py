"""Publishing what is drawn, and a PDF of other makers, with a picture of itself."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any, TypeVar

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.html import format_html, format_html_join
from wagtail.models import Collection, Revision
from wagtail.utils.file import hash_filelike

from campaign_assets.designs import design_get, rendered
from campaign_assets.enums import Theme
from campaign_assets.models import AssetPage, ResourcesIndexPage
from campaign_assets.models.designed import DesignedPage
from campaign_assets.services.files import image_create
from campaign_assets.services.pages import asset_publish
from content.models import Audience, SiteImage
from documents.pdfs import PdfRefused, pdf_look

log = logging.getLogger(__name__)

PREVIEWS = "Aperçus des maquettes"

P = TypeVar("P", bound=DesignedPage)


@transaction.atomic
def designed_publish(
    *,
    model: type[P],
    index: ResourcesIndexPage,
    slug: str,
    title: str,
    theme: Theme,
    summary: str,
    credit: str,
    design: str,
    texts: Mapping[str, str],
    alt: str,
    figure: str = "",
    world: str = "",
    audiences: Iterable[Audience] = (),
    **fields: Any,
) -> P:
    """Publish under `index` a page of `model` that is drawn; `fields` are the model's own.

    :raises ValidationError: a text does not fit, or something is missing.
    """
    page = model(
        slug=slug,
        title=title,
        summary=summary,
        theme=theme,
        credit=credit,
        design=design,
        figure=figure,
        world=world,
        texts=dict(texts),
        alt=alt,
        **fields,
    )
    page.clean()
    asset_publish(index, page, audiences)
    page.refresh_from_db(fields=["preview"])
    return page


def preview_make(*, page: DesignedPage, revision: Revision | None = None) -> None:
    """Give a published page the picture of what it draws now, or of the first page of its PDF;
    `revision` learns of it, so that the next editing begins with it.

    A page draws again into the image it has. One that an editor chose or that another page shows
    is left alone, and is the picture of a PDF.
    """
    image = page.preview
    is_own = image is not None and _is_own(page, image)
    if not page.makes_preview or not (page.is_drawn or is_own or image is None):
        return
    content = _picture(page)
    if not content:
        return
    if image is not None and is_own:
        _redraw(page, image, content)
        return
    page.preview = _preview_create(page, content)
    AssetPage.objects.filter(pk=page.pk).update(preview=page.preview)
    if revision is not None:
        revision.content["preview"] = page.preview.pk
        revision.save(update_fields=["content"])


def html_list(items: Sequence[str]) -> str:
    """Plain texts as a list in rich text."""
    if not items:
        return ""
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((i,) for i in items)))


def _picture(page: DesignedPage) -> bytes:
    if page.is_drawn:
        return rendered(page.work(format=design_get(page.design).formats[0].key), "png")
    assert page.pdf is not None
    try:
        with page.pdf.open_file() as file:
            return pdf_look(file).first_page
    except (PdfRefused, OSError):  # it could be drawn when the page was checked
        log.exception("the PDF of page %s cannot be drawn", page.pk)
        return b""


def _is_own(page: DesignedPage, image: SiteImage) -> bool:
    """Whether the image was made for this page; a copied page begins with that of the other."""
    is_made = image.collection_id == _previews().pk
    return is_made and not AssetPage.objects.filter(preview=image).exclude(pk=page.pk).exists()


def _preview_create(page: DesignedPage, content: bytes) -> SiteImage:
    image = image_create(
        title=page.title,
        alt=page.preview_alt,
        credit=page.credit,
        filename=f"{page.slug}.png",
        content=content,
    )
    image.collection = _previews()
    image.save(update_fields=["collection"])
    return image


def _redraw(page: DesignedPage, image: SiteImage, content: bytes) -> None:
    image.title, image.credit = page.title, page.credit
    if page.is_drawn or not image.description:  # else an editor may have said it better
        image.description = page.preview_alt
    if image.get_file_hash() != hash_filelike(BytesIO(content)):
        storage, old = image.file.storage, image.file.name
        image.file = ContentFile(content, name=f"{page.slug}.png")
        image._set_image_file_metadata()
        image.renditions.all().delete()
        transaction.on_commit(lambda: storage.delete(old))
    image.save()


def _previews() -> Collection:
    """The pictures that are made here, apart from those that editors brought."""
    known: Collection | None = Collection.objects.filter(name=PREVIEWS, depth=2).first()
    return known or Collection.get_first_root_node().add_child(name=PREVIEWS)
