"""What the campaign gives to take away: what it draws, videos, texts, and kits of them.

Every asset has one page under the resources index. `AssetPage` is what assets share, in a table of
its own, so that the gallery lists and filters all formats with one query; it is never created by
itself. An asset is published only with a picture of itself and the files it promises. It may belong
to a `Campaign`; what a newer one replaces leads to it.
"""

from .archives import KitArchive
from .assets import AssetPage
from .branding import BrandState
from .campaigns import Campaign
from .designed import DesignedPage
from .index import ResourcesIndexPage
from .kits import KitItem, KitPage
from .posters import CardPage, PosterPage, VisualPage
from .reach import ReachEvent
from .texts import TextAssetPage
from .videos import VideoPage
from .workshop import Adaptation, ShortLink

__all__ = [
    "Adaptation",
    "AssetPage",
    "BrandState",
    "Campaign",
    "CardPage",
    "DesignedPage",
    "KitArchive",
    "KitItem",
    "KitPage",
    "PosterPage",
    "ReachEvent",
    "ResourcesIndexPage",
    "ShortLink",
    "TextAssetPage",
    "VideoPage",
    "VisualPage",
]
