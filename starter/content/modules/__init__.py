"""The two modules that every site starts with, in their order on the site."""

from .access import MODULE as ACCESS
from .phishing import MODULE as PHISHING

MODULES = (PHISHING, ACCESS)

__all__ = ["ACCESS", "MODULES", "PHISHING"]
