"""Tags of brand cards: a field's name and what a state says in it."""

from __future__ import annotations

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from campaign_assets.models import BrandState

register = template.Library()


@register.simple_tag
def brand_label(name: str) -> str:
    """The field's name as the card shows it."""
    label = str(BrandState._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return label[:1].upper() + label[1:]


@register.simple_tag
def brand_value(state: BrandState | None, name: str) -> str:
    """What a state says: words, the logo as a picture, or that there is nothing."""
    value = getattr(state, name) if state else ""
    if not value or state is None:
        return _("vide")
    if name == "logo":
        address = reverse(
            "campaign_assets:brand_logo", args=[state.establishment.uid, state.number]
        )
        return format_html('<img class="tcv-logo__small" src="{}" alt="{}">', address, _("Logo"))
    return str(value)
