"""What the campaign gives to take away: what it draws, and videos.

Every asset has one page under the resources index. `AssetPage` is what assets share, in a table of
its own, so that the gallery lists and filters all formats with one query; it is never created by
itself. An asset is published only with a picture of itself and the files it promises.
"""

from .assets import AssetPage
from .branding import BrandState
from .designed import DesignedPage
from .index import ResourcesIndexPage
from .posters import CardPage, PosterPage, VisualPage
from .videos import VideoPage
from .workshop import Adaptation, ShortLink

__all__ = [
    "Adaptation",
    "AssetPage",
    "BrandState",
    "CardPage",
    "DesignedPage",
    "PosterPage",
    "ResourcesIndexPage",
    "ShortLink",
    "VideoPage",
    "VisualPage",
]
