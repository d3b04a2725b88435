"""The modules that every site starts with, in their order on the site."""

from .access import MODULE as ACCESS
from .health_data import MODULE as HEALTH_DATA
from .management import MODULE as MANAGEMENT
from .phishing import MODULE as PHISHING
from .ransomware import MODULE as RANSOMWARE
from .reporting import MODULE as REPORTING
from .safety import MODULE as SAFETY

MODULES = (SAFETY, PHISHING, ACCESS, HEALTH_DATA, RANSOMWARE, REPORTING, MANAGEMENT)

__all__ = [
    "ACCESS",
    "HEALTH_DATA",
    "MANAGEMENT",
    "MODULES",
    "PHISHING",
    "RANSOMWARE",
    "REPORTING",
    "SAFETY",
]
