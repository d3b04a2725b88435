"""Browsers by the names that people know."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _
from ua_parser import parse

register = template.Library()

_BROWSERS = {
    "Chrome Mobile": "Chrome",
    "Chrome Mobile iOS": "Chrome",
    "Chrome Mobile WebView": "Chrome",
    "Edge Mobile": "Edge",
    "Firefox Mobile": "Firefox",
    "Firefox iOS": "Firefox",
    "Mobile Safari": "Safari",
    "Mobile Safari UI/WKWebView": "Safari",
    "Samsung Internet": "Internet Samsung",
}
_SYSTEMS = {"Mac OS X": "macOS", "Chrome OS": "ChromeOS", "Ubuntu": "Linux", "iOS": "iOS"}


@register.filter
def browser_name(user_agent: str) -> str:
    """«Firefox sous Windows»; what a browser calls itself is never shown."""
    found = parse(user_agent)
    browser = found.user_agent.family if found.user_agent else ""
    system = found.os.family if found.os else ""
    browser, system = _BROWSERS.get(browser, browser), _SYSTEMS.get(system, system)
    if browser and system:
        return _("%(browser)s sous %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Navigateur inconnu")
