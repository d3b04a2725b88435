"""Assets with real files."""

from __future__ import annotations

import datetime as dt
import functools
from typing import Any

import factory
import wagtail_factories
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from campaign_assets.enums import Theme
from campaign_assets.models import (
    Campaign,
    KitItem,
    KitPage,
    PosterPage,
    ResourcesIndexPage,
    TextAssetPage,
    VideoPage,
)
from content.models import SiteImage, Video
from starter.assets.video import VIDEO
from tests.support.pdf import PDF


class SiteImageFactory(wagtail_factories.ImageFactory):
    description = "Un cadenas dont la serrure est un œil."

    class Meta:
        model = SiteImage


class PdfFactory(wagtail_factories.DocumentFactory):
    file = factory.LazyFunction(lambda: ContentFile(PDF, name="affiche.pdf"))

    class Meta:
        model = get_document_model()


class VideoFactory(factory.django.DjangoModelFactory):
    title = "Une vidéo"
    type = "video"
    duration = VIDEO.duration
    width = VIDEO.width
    height = VIDEO.height
    transcript = "<p>Ce qu’elle montre.</p>"
    file = factory.LazyFunction(lambda: ContentFile(_starter_video(), name="video.mp4"))
    captions = factory.LazyFunction(
        lambda: ContentFile(VIDEO.captions.read_bytes(), name="captions.vtt")
    )

    class Meta:
        model = Video


class ResourcesIndexPageFactory(wagtail_factories.PageFactory):
    title = "Ressources"
    slug = "ressources"

    class Meta:
        model = ResourcesIndexPage


class AssetPageFactory(wagtail_factories.PageFactory):
    title = factory.Sequence("Ressource {}".format)
    slug = factory.Sequence("ressource-{}".format)
    summary = "À quoi elle sert."
    theme = Theme.SESSION
    credit = "Tous cyber vigilant"
    preview = factory.SubFactory(SiteImageFactory)

    class Meta:
        abstract = True


class PosterPageFactory(AssetPageFactory):
    """A poster that comes as a file."""

    words = "Je verrouille, je pars.\nWindows + L ou carte retirée."
    pdf = factory.SubFactory(PdfFactory)

    class Meta:
        model = PosterPage


class DrawnPosterFactory(AssetPageFactory):
    """A poster of the campaign's own design."""

    design = "serie"
    figure = "session"
    world = "night-signal"
    texts = factory.LazyFunction(
        lambda: {
            "headline": "Je verrouille,\nje pars.",
            "gesture": "Windows + L ou carte retirée.",
            "contact": "Un doute ? Appelez.",
        }
    )
    alt = "Un cadenas dont la serrure est un œil."

    class Meta:
        model = PosterPage


class VideoPageFactory(AssetPageFactory):
    video = factory.SubFactory(VideoFactory)

    class Meta:
        model = VideoPage


class CampaignFactory(factory.django.DjangoModelFactory):
    code = factory.Sequence("campagne-{}".format)
    name = factory.Sequence("Campagne {}".format)
    objectives = "<p>Que chacun verrouille sa session.</p>"
    starts_on = dt.date(2026, 10, 1)
    ends_on = dt.date(2026, 12, 31)

    class Meta:
        model = Campaign


class TextAssetPageFactory(AssetPageFactory):
    preview = None
    heading = "Verrouillez votre session"
    text = "<p>Chères et chers collègues,</p><ul><li>Windows + L.</li></ul>"

    class Meta:
        model = TextAssetPage


class KitPageFactory(AssetPageFactory):
    preview = None
    plan = "<p>Une semaine suffit.</p>"

    class Meta:
        model = KitPage


class KitItemFactory(factory.django.DjangoModelFactory):
    moment = factory.Sequence("Semaine {}".format)
    place = "Salle de pause"
    sort_order = factory.Sequence(int)

    class Meta:
        model = KitItem


def resources_index(**fields: Any) -> ResourcesIndexPage:
    """The gallery, below the root page of the default site."""
    from wagtail.models import Site

    root = Site.objects.get(is_default_site=True).root_page
    index: ResourcesIndexPage = ResourcesIndexPageFactory(parent=root, **fields)
    return index


@functools.cache
def _starter_video() -> bytes:
    return VIDEO.file.read_bytes()
