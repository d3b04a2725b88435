"""The pages that every site starts with, modules apart."""

from .audiences import AUDIENCE_PAGES, AUDIENCES_PAGE
from .campaign import CAMPAIGN_PAGE
from .home import HOME
from .incident import INCIDENT
from .legal import ACCESSIBILITY, LEGAL_NOTICE, PERSONAL_DATA
from .site_map import SITE_MAP

__all__ = [
    "ACCESSIBILITY",
    "AUDIENCES_PAGE",
    "AUDIENCE_PAGES",
    "CAMPAIGN_PAGE",
    "HOME",
    "INCIDENT",
    "LEGAL_NOTICE",
    "PERSONAL_DATA",
    "SITE_MAP",
]
