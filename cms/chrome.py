"""What surrounds every page: names, navigation, legal links.

It is the same for every reader, so it is computed once and kept in the cache; nothing personal may
ever enter it. It is forgotten with all that follows from published pages, and when the settings are
saved.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from cms.models import IncidentPage, SiteSettings
from content.published import KEEP_SECONDS, published_generation

# Where the incident page stands; editors may move it.
INCIDENT_URL = "/signaler-un-incident/"


@dataclass(frozen=True)
class Link:
    """A link; `current` is the value of its aria-current, or empty. One with `entries` is the name
    of a group: it opens, and leads nowhere itself."""

    title: str
    url: str
    current: str = ""
    entries: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Chrome:
    """The frame of the site, without anything personal. `key` names this state of it."""

    key: str
    name: str
    tagline: str
    brand_lines: tuple[str, ...]
    footer_text: str
    contact_email: str
    national_portal_url: str
    navigation: tuple[Link, ...]
    legal_links: tuple[Link, ...]
    incident_url: str


def chrome_for_request(request: HttpRequest) -> Chrome:
    """The frame for the site that the request's host names, from the cache if it is there."""
    found: Chrome | None = cache.get(_key(request))
    if found is None:
        site = Site.find_for_request(request)
        # Whoever asks first makes their row, which forgets what was kept: the key comes after it.
        texts = SiteSettings.for_site(site) if site else SiteSettings()
        found = _build(_key(request), site, texts)
        cache.set(found.key, found, KEEP_SECONDS)
    return found


def _key(request: HttpRequest) -> str:
    return f"cms.chrome.{published_generation()}.{request.get_host()}.{get_language()}"


def mark_current(links: tuple[Link, ...], path: str) -> list[Link]:
    """The same links; the one of `path` says «page», the one above it «true», as does its group."""
    return [_marked(link, path) for link in links]


def _marked(link: Link, path: str) -> Link:
    if not link.entries:
        return replace(link, current=_current(link.url, path))
    entries = tuple(_marked(entry, path) for entry in link.entries)
    return replace(link, entries=entries, current="true" if any(e.current for e in entries) else "")


def _current(url: str, path: str) -> str:
    if path == url:
        return "page"
    return "true" if url != "/" and path.startswith(url) else ""


def _build(key: str, site: Site | None, texts: SiteSettings) -> Chrome:
    return Chrome(
        key=key,
        name=texts.campaign_name,
        tagline=texts.tagline,
        brand_lines=tuple(texts.brand.splitlines()),
        footer_text=texts.footer_text,
        contact_email=texts.contact_email,
        national_portal_url=texts.national_portal_url,
        navigation=_navigation(site),
        legal_links=_legal_links(texts),
        incident_url=_incident_url(),
    )


def _navigation(site: Site | None) -> tuple[Link, ...]:
    if site is None:
        return ()
    pages = site.root_page.get_children().live().public().in_menu()
    return tuple(Link(page.title, page.url) for page in pages)


def _legal_links(texts: SiteSettings) -> tuple[Link, ...]:
    status = texts.get_accessibility_status_display()
    wanted = [
        (_("Accessibilité : %(status)s") % {"status": status}, texts.accessibility_page),
        (_("Mentions légales"), texts.legal_notice_page),
        (_("Données personnelles et cookies"), texts.personal_data_page),
    ]
    return tuple(Link(title, page.url) for title, page in wanted if page and page.live and page.url)


def _incident_url() -> str:
    page: Page | None = IncidentPage.objects.live().first()
    return (page.url if page else None) or INCIDENT_URL
