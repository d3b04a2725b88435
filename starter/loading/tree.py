"""Creating the pages that are missing.

A page is known by an identity that comes from its path in the starter tree, kept as Wagtail's
`translation_key`: one that an editor has rewritten, renamed or moved is recognised and left alone.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from wagtail.models import Page, Site

from starter.loading.links import PageIds

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:tous-cyber-vigilant:starter")
HOME_PATH = "/"

Fill = Callable[[Page, PageIds], None]


@dataclass(frozen=True)
class PagePlan:
    """A page to create at `path`.

    `new` makes it without its body; `fill` writes the body once every page has an id to link to.
    `is_part` says that it comes with its parent only: a lesson taken out of a module stays out.
    """

    path: str
    new: Callable[[], Page]
    fill: Fill
    is_part: bool = False

    @property
    def parent_path(self) -> str:
        return self.path.rstrip("/").rpartition("/")[0] + "/"

    @property
    def slug(self) -> str:
        return self.path.strip("/").rpartition("/")[2]


@dataclass
class Outcome:
    """What a load did: page ids by starter path, and which of them are new."""

    pages: dict[str, int] = field(default_factory=dict)
    created: set[str] = field(default_factory=set)

    @property
    def kept(self) -> int:
        return len(self.pages) - len(self.created)


def identity(path: str) -> uuid.UUID:
    """The lasting identity of what the starter content has at `path`."""
    return uuid.uuid5(NAMESPACE, path)


def pages_ensure(plans: Iterable[PagePlan]) -> Outcome:
    """Create and publish the pages of `plans` that are missing; parents come before children."""
    outcome = Outcome()
    to_fill: list[PagePlan] = []
    for plan in plans:
        found = _find(plan, outcome)
        if found is None and _may_create(plan, outcome):
            found = _create(plan, outcome)
            outcome.created.add(plan.path)
            to_fill.append(plan)
        if found is not None:
            outcome.pages[plan.path] = found.pk
    for plan in to_fill:
        # Read again: what was created below has changed the tree fields of this row.
        page = Page.objects.get(pk=outcome.pages[plan.path]).specific
        plan.fill(page, outcome.pages)
        page.save_revision().publish()
    return outcome


def _find(plan: PagePlan, outcome: Outcome) -> Page | None:
    known = Page.objects.filter(translation_key=identity(plan.path)).first()
    if known is not None:
        return known
    if plan.path == HOME_PATH:
        root = Site.objects.get(is_default_site=True).root_page.specific
        return root if isinstance(root, type(plan.new())) else None
    parent = Page.objects.filter(pk=outcome.pages.get(plan.parent_path)).first()
    return parent.get_children().filter(slug=plan.slug).first() if parent else None


def _may_create(plan: PagePlan, outcome: Outcome) -> bool:
    return not plan.is_part or plan.parent_path in outcome.created


def _create(plan: PagePlan, outcome: Outcome) -> Page:
    page = plan.new()
    page.translation_key = identity(plan.path)
    page.live = False
    if plan.path == HOME_PATH:
        return _create_home(page)
    page.slug = plan.slug
    return Page.objects.get(pk=outcome.pages[plan.parent_path]).add_child(instance=page)


def _create_home(page: Page) -> Page:
    """Put `page` at the root of the default site, instead of the welcome page of Wagtail."""
    site = Site.objects.get(is_default_site=True)
    welcome = site.root_page
    page.slug = "accueil"
    root = Page.get_first_root_node()
    assert root is not None
    home = root.add_child(instance=page)
    site.root_page = home
    site.site_name = page.title
    site.save()
    if welcome.specific_class is Page and welcome.depth > 1 and not welcome.get_children_count():
        Page.objects.get(pk=welcome.pk).delete()
    return home
