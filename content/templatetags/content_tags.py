"""Tags of listings and blocks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.core.paginator import Page

register = template.Library()


@register.simple_tag(takes_context=True)
def page_address(context: template.Context, number: int) -> str:
    """The present address with another page number, filters kept."""
    query = context["request"].GET.copy()
    query["page"] = number
    return f"?{query.urlencode()}"


@register.simple_tag
def page_numbers(page_obj: Page) -> Iterable[int | str]:
    """Page numbers around the present one, with an ellipsis where some are left out."""
    return page_obj.paginator.get_elided_page_range(page_obj.number, on_each_side=1, on_ends=1)


@register.inclusion_tag("content/partials/pictogram.html")
def pictogram(path: str, css: str = "") -> dict[str, Any]:
    """A DSFR pictogram such as ``health/hospital``, decorative, following the theme."""
    return {"path": f"dsfr/dist/artwork/pictograms/{path}.svg", "css": css}


@register.filter
def headings_below_title(text: object) -> SafeString:
    """Rich text with its headings one level up: «h3» is the first level that editors have, and it
    stands right below the page's h1. `text` comes from Wagtail's `richtext` filter, already safe.
    """
    html = str(text)
    for written, shown in (("h3", "h2"), ("h4", "h3")):
        html = html.replace(f"<{written}", f"<{shown}").replace(f"</{written}>", f"</{shown}>")
    return mark_safe(html)  # noqa: S308
