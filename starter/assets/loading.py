"""Publishes the starter assets; what is there already stays as its editors left it."""

from __future__ import annotations

from io import BytesIO

from wagtail.utils.file import hash_filelike

from campaign_assets.models import PosterPage, ResourcesIndexPage
from campaign_assets.services import (
    designed_publish,
    html_list,
    image_create,
    video_create,
    video_publish,
)
from content.models import Audience, SiteImage, Video
from starter.assets.pictures import PICTURES
from starter.assets.posters import CAMPAIGN, SERIES, StarterPoster
from starter.assets.video import VIDEO

CREDIT = CAMPAIGN
VIDEOS = {video.slug: video for video in (VIDEO,)}


def resources_load(index: ResourcesIndexPage) -> int:
    """Publish under `index` the starter assets whose slug is not taken; how many are new."""
    taken = set(index.get_children().values_list("slug", flat=True))
    audiences = {audience.code: audience for audience in Audience.objects.all()}
    created = 0
    if VIDEO.slug not in taken:
        _video_load(index)
        created += 1
    for poster in SERIES:
        if poster.slug not in taken:
            _poster_load(index, poster, audiences)
            created += 1
    return created


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
    starter = VIDEOS[slug]
    known = Video.objects.filter(title=starter.title).first()
    if known is not None:
        return known
    return video_create(
        title=starter.title,
        file=starter.file,
        captions=starter.captions,
        thumbnail=starter.thumbnail,
        transcript=starter.transcript,
        duration=starter.duration,
        width=starter.width,
        height=starter.height,
    )


def _poster_load(
    index: ResourcesIndexPage, poster: StarterPoster, audiences: dict[str, Audience]
) -> None:
    drawing = poster.drawing
    designed_publish(
        model=PosterPage,
        index=index,
        slug=poster.slug,
        title=poster.title,
        theme=poster.theme,
        summary=poster.summary,
        credit=CREDIT,
        design="serie",
        figure=drawing.figure,
        world=drawing.world,
        texts=drawing.texts,
        alt=drawing.alt,
        audiences=[audiences[code] for code in poster.audiences if code in audiences],
        placement=html_list(poster.placement),
    )


def _video_load(index: ResourcesIndexPage) -> None:
    preview = image_create(
        title=VIDEO.title,
        alt=VIDEO.alt,
        credit=CREDIT,
        filename=VIDEO.thumbnail.name,
        content=VIDEO.thumbnail.read_bytes(),
    )
    video_publish(
        index=index,
        slug=VIDEO.slug,
        title=VIDEO.title,
        theme=VIDEO.theme,
        summary=VIDEO.summary,
        credit=CREDIT,
        video=video_ensure(VIDEO.slug),
        preview=preview,
    )
