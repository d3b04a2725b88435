"""Publishes the starter assets; what is there already stays as its editors left it."""

from __future__ import annotations

from io import BytesIO

from wagtail.utils.file import hash_filelike

from campaign_assets.enums import Theme
from campaign_assets.models import CardPage, PosterPage, ResourcesIndexPage, VisualPage
from campaign_assets.models.designed import DesignedPage
from campaign_assets.services import (
    designed_publish,
    html_list,
    image_create,
    video_create,
    video_publish,
)
from content.models import Audience, SiteImage, Video
from courses.models import ModulePage
from starter.assets.cards import CARDS
from starter.assets.drawings import CAMPAIGN, Drawing
from starter.assets.pictures import PICTURES
from starter.assets.posters import SERIES
from starter.assets.video import VIDEOS, StarterVideo
from starter.assets.visuals import VISUALS
from starter.assets.wording import kits_load, texts_load
from starter.content import modules
from starter.typography import french

CREDIT = CAMPAIGN
DRAWN: tuple[tuple[type[DesignedPage], tuple[Drawing, ...]], ...] = (
    (PosterPage, SERIES),
    (VisualPage, VISUALS),
    (CardPage, CARDS),
)
LEADS_TO = {
    Theme.SESSION: modules.ACCESS,
    Theme.PHISHING: modules.PHISHING,
    Theme.PASSWORDS: modules.ACCESS,
    Theme.CARD: modules.ACCESS,
    Theme.USB: modules.TELEWORK,
    Theme.MESSAGING: modules.HEALTH_DATA,
    Theme.RANSOMWARE: modules.RANSOMWARE,
    Theme.REPORTING: modules.REPORTING,
    Theme.TELEWORK: modules.TELEWORK,
    Theme.DEVICES: modules.TELEWORK,
    Theme.VISITORS: modules.SUPPORT,
    Theme.GOVERNANCE: modules.MANAGEMENT,
}
"""The module that a drawing's code makes one begin."""
BY_SLUG = {video.slug: video for video in VIDEOS}


def resources_load(index: ResourcesIndexPage) -> int:
    """Publish under `index` the starter assets whose slug is not taken; how many are new."""
    taken = set(index.get_children().values_list("slug", flat=True))
    audiences = {audience.code: audience for audience in Audience.objects.all()}
    created = 0
    for video in VIDEOS:
        if video.slug not in taken:
            _video_load(index, video)
            created += 1
    for model, drawings in DRAWN:
        for drawing in drawings:
            if drawing.slug not in taken:
                _drawing_load(index, model, drawing, audiences)
                created += 1
    created += texts_load(index, taken, audiences)
    return created + kits_load(index, taken, audiences)


def picture_ensure(name: str) -> SiteImage:
    """The starter picture of this name; stored with its text alternative unless its file is there.

    :raises KeyError: there is no such picture.
    """
    picture = PICTURES[name]
    content = picture.file.read_bytes()
    known = SiteImage.objects.filter(file_hash=hash_filelike(BytesIO(content))).first()
    if known is not None:
        return known
    image = image_create(
        title=picture.title,
        alt=picture.alt,
        credit=CREDIT,
        filename=picture.file.name,
        content=content,
    )
    image.get_file_hash()  # which Wagtail would store later, and which is how it is known
    return image


def video_ensure(slug: str) -> Video:
    """The starter video of this slug; stored unless one of its title is there.

    The gallery and a lesson show the same one, whichever is loaded first.

    :raises KeyError: there is no such video.
    """
    starter = BY_SLUG[slug]
    known = Video.objects.filter(title=starter.title).first()
    if known is not None:
        return known
    return video_create(
        title=starter.title,
        file=starter.file,
        webm=starter.webm,
        captions=starter.captions,
        descriptions=starter.descriptions,
        thumbnail=starter.thumbnail,
        transcript=starter.transcript,
    )


def _drawing_load(
    index: ResourcesIndexPage,
    model: type[DesignedPage],
    drawing: Drawing,
    audiences: dict[str, Audience],
) -> None:
    module = ModulePage.objects.live().filter(slug=LEADS_TO[drawing.theme].slug).first()
    besides = {
        "post": drawing.post,
        "placement": html_list(drawing.placement),
        "leads_to": module and module.page_ptr,
    }
    own = {field.name for field in model._meta.get_fields()}
    designed_publish(
        model=model,
        index=index,
        slug=drawing.slug,
        title=drawing.title,
        theme=drawing.theme,
        summary=drawing.summary,
        credit=CREDIT,
        design=drawing.design,
        figure=drawing.figure,
        world=drawing.world,
        texts=drawing.texts,
        alt=drawing.alt,
        audiences=[audiences[code] for code in drawing.audiences if code in audiences],
        **{name: value for name, value in besides.items() if name in own},
    )


def _video_load(index: ResourcesIndexPage, starter: StarterVideo) -> None:
    preview = image_create(
        title=starter.title,
        alt=starter.alt,
        credit=CREDIT,
        filename=starter.thumbnail.name,
        content=starter.thumbnail.read_bytes(),
    )
    video_publish(
        index=index,
        slug=starter.slug,
        title=starter.title,
        theme=starter.theme,
        summary=french(starter.summary),
        credit=CREDIT,
        video=video_ensure(starter.slug),
        preview=preview,
    )
