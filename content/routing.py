"""Finding the page of an address at once, where Wagtail asks for each step on the way to it.

What is kept is the same for every reader: the public pages of the site as they are published. A
request gets a copy of its own.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.url_routing import RouteResult

from content.models import BasePage
from content.published import Published


class Route:
    """Which page has an address, and what stands above it below the home page."""

    def __init__(self, page_id: int, model: type[BasePage], trail: tuple[dict[str, str], ...]):
        self.page_id = page_id
        self.model = model
        self.trail = trail
        self._page: BasePage | None = None

    def page(self) -> BasePage | None:
        """The page, read once and copied from then on; None if it is not there any more."""
        if self._page is None:
            related = self.model.route_related
            found = self.model.objects.select_related(*related).filter(pk=self.page_id).first()
            if found is None:
                return None
            found.trail = self.trail
            for name in self.model.route_kept:
                getattr(found, name)
            self._page = found
        return copy.copy(self._page)


@dataclass(frozen=True, slots=True)
class Routes:
    """The only site and its public pages by address; of several sites, none."""

    site: Site | None = None
    by_address: dict[str, Route] = field(default_factory=dict)


def route_preset(request: HttpRequest, path: str) -> None:
    """Let Wagtail find the page of `path`, such as ``modules/phishing/``, without looking for it.

    Wagtail keeps the site and the route of a request on the request.
    """
    routes = _routes.get()
    route = routes.by_address.get(path)
    page = route.page() if route else None
    if page is not None:
        request._wagtail_site = routes.site  # type: ignore[attr-defined]
        request._wagtail_route_for_request = RouteResult(page, [], {})  # type: ignore[attr-defined]


def _build() -> Routes:
    sites = list(Site.objects.select_related("root_page")[:2])
    if len(sites) != 1:
        return Routes()
    (site,) = sites
    return Routes(site, dict(_public_routes(site.root_page)))


def _public_routes(root: Page) -> Iterator[tuple[str, Route]]:
    restricted = tuple(PageViewRestriction.objects.values_list("page__path", flat=True))
    fields = ("pk", "path", "url_path", "title", "content_type_id", "alias_of_id")
    steps: dict[str, dict[str, str]] = {}
    for row in Page.objects.live().descendant_of(root).order_by("path").values(*fields):
        path: str = row["path"]
        address: str = row["url_path"].removeprefix(root.url_path)
        steps[path] = {"title": row["title"], "url": f"/{address}"}
        model: Any = ContentType.objects.get_for_id(row["content_type_id"]).model_class()
        is_plain = row["alias_of_id"] is None and not path.startswith(restricted)
        if is_plain and issubclass(model, BasePage):
            yield address, Route(row["pk"], model, _trail(path, root.path, steps))


def _trail(path: str, root: str, steps: dict[str, dict[str, str]]) -> tuple[dict[str, str], ...]:
    """The live pages between the home page and this one."""
    above = range(len(root) + Page.steplen, len(path), Page.steplen)
    return tuple(steps[path[:length]] for length in above if path[:length] in steps)


_routes = Published(_build)
