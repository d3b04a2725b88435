"""Publishing what is drawn, with a picture of itself."""

from __future__ import annotations

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
    """Give a published page the picture of what it draws now; `revision` learns of it, so that
    the next editing begins with it.

    A page draws again into the image it has. One that an editor chose or that another page shows
    is left alone.
    """
    if not page.is_drawn:
        return
    content = rendered(page.work(format=design_get(page.design).formats[0].key), "png")
    image = page.preview
    if image is not None and _is_own(page, image):
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


def _is_own(page: DesignedPage, image: SiteImage) -> bool:
    """Whether the image was made for this page; a copied page begins with that of the other."""
    is_made = image.collection_id == _previews().pk
    return is_made and not AssetPage.objects.filter(preview=image).exclude(pk=page.pk).exists()


def _preview_create(page: DesignedPage, content: bytes) -> SiteImage:
    image = image_create(
        title=page.title,
        alt=page.alt,
        credit=page.credit,
        filename=f"{page.slug}.png",
        content=content,
    )
    image.collection = _previews()
    image.save(update_fields=["collection"])
    return image


def _redraw(page: DesignedPage, image: SiteImage, content: bytes) -> None:
    image.title, image.description, image.credit = page.title, page.alt, page.credit
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
