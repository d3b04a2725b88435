"""What the sign-in page offers beside a password."""

from __future__ import annotations

from django import template

from users.forms import AddressForm
from users.models import IdentityProvider
from users.providers.selectors import sign_in_offer

register = template.Library()


@register.simple_tag
def offered_providers() -> tuple[IdentityProvider, ...]:
    return sign_in_offer().providers


@register.simple_tag
def address_form(step: str | None) -> AddressForm | None:
    """The first step, where an address may lead elsewhere; None once that is decided."""
    return AddressForm() if not step and sign_in_offer().asks_address else None
