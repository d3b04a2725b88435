"""The face of the site: home, standard pages, the incident page, and what surrounds every page."""

from .home import HomePage
from .pages import IncidentPage, StandardPage
from .settings import SiteSettings
from .workflow import EditorialApprovalTask

__all__ = ["EditorialApprovalTask", "HomePage", "IncidentPage", "SiteSettings", "StandardPage"]
