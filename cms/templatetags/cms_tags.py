"""Tags of the site's frame."""

from __future__ import annotations

from django import template
from django.contrib.messages.storage.base import Message
from wagtail.models import Page

from cms.search import page_kind

register = template.Library()

ALERT_KINDS = {"debug": "info", "info": "info", "success": "success", "warning": "warning"}


@register.simple_tag(takes_context=True)
def breadcrumb_trail(context: template.Context) -> list[dict[str, str]]:
    """Steps after «Accueil», the current page last: `breadcrumb` of the context, or the ancestors
    of its Wagtail `page`. Empty on the home page."""
    given: list[dict[str, str]] | None = context.get("breadcrumb")
    if given is not None:
        return given
    page = context.get("page")
    if not isinstance(page, Page) or page.depth is None or page.depth <= 2:
        return []
    if (trail := getattr(page, "trail", None)) is not None:
        return [*trail, {"title": page.title, "url": ""}]
    above = page.get_ancestors().filter(depth__gt=2)
    steps = [{"title": step.title, "url": step.url or ""} for step in above]
    return [*steps, {"title": page.title, "url": ""}]


register.filter("page_kind", page_kind)


@register.filter
def alert_kind(message: Message) -> str:
    """The DSFR's kind of alert for a Django message."""
    return ALERT_KINDS.get(message.level_tag, "error")
