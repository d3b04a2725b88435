"""Names as lists have them."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from meetings.models import Registration

register = template.Library()


@register.filter
def list_name(registration: Registration) -> str:
    """«Curie Marie», as one looks somebody up. A name is kept for a year, being there for ever."""
    name = f"{registration.last_name} {registration.first_name}".strip()
    return name or _("Nom effacé")
