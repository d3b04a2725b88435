"""Figures on screen."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def percent(share: float | None) -> str:
    """«68 %»; empty for None."""
    return "" if share is None else f"{round(100 * share)}\u00a0%"


@register.filter
def plain(value: float) -> str:
    """As HTML attributes take it, whatever the language."""
    return f"{value:.4f}"
