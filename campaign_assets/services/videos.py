"""Publishing videos."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from campaign_assets.enums import Theme
from campaign_assets.models import ResourcesIndexPage, VideoPage
from campaign_assets.services.pages import asset_publish
from content.models import Audience, SiteImage, Video


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
    asset_publish(index, page, audiences)
    return page
