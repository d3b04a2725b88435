"""What templates say of sessions on shared computers."""

from __future__ import annotations

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def idle_minutes() -> int:
    """After how many minutes without activity such a session ends."""
    minutes: int = settings.SHARED_IDLE_MINUTES
    return minutes
