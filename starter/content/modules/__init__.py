"""The modules that every site starts with, in their order on the site."""

from .access import MODULE as ACCESS
from .digital import MODULE as DIGITAL
from .patients import MODULE as PATIENTS
from .phishing import MODULE as PHISHING
from .support import MODULE as SUPPORT
from .telework import MODULE as TELEWORK

MODULES = (PHISHING, ACCESS, TELEWORK, SUPPORT, DIGITAL, PATIENTS)

__all__ = ["ACCESS", "DIGITAL", "MODULES", "PATIENTS", "PHISHING", "SUPPORT", "TELEWORK"]
