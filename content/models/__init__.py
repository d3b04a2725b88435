"""The content kit: what every page of the site is made of.

Every page type derives from `BasePage`, which carries a summary and an accent-folded search text.
Pictures need a text alternative, videos need captions and a transcript: neither can be stored
without, so no page can show one that half of its readers cannot use.
"""

from .audiences import Audience
from .media import SiteImage, SiteRendition, Video
from .pages import AudiencePage, BasePage, ListingPage

__all__ = [
    "Audience",
    "AudiencePage",
    "BasePage",
    "ListingPage",
    "SiteImage",
    "SiteRendition",
    "Video",
]
