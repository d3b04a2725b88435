"""The modules that every site starts with, in their order on the site."""

from .access import MODULE as ACCESS
from .digital import MODULE as DIGITAL
from .health_data import MODULE as HEALTH_DATA
from .management import MODULE as MANAGEMENT
from .patients import MODULE as PATIENTS
from .phishing import MODULE as PHISHING
from .ransomware import MODULE as RANSOMWARE
from .reporting import MODULE as REPORTING
from .safety import MODULE as SAFETY
from .support import MODULE as SUPPORT
from .telework import MODULE as TELEWORK

MODULES = (
    SAFETY,
    PHISHING,
    ACCESS,
    HEALTH_DATA,
    RANSOMWARE,
    REPORTING,
    TELEWORK,
    SUPPORT,
    MANAGEMENT,
    DIGITAL,
    PATIENTS,
)

__all__ = [
    "ACCESS",
    "DIGITAL",
    "HEALTH_DATA",
    "MANAGEMENT",
    "MODULES",
    "PATIENTS",
    "PHISHING",
    "RANSOMWARE",
    "REPORTING",
    "SAFETY",
    "SUPPORT",
    "TELEWORK",
]
