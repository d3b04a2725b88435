"""Configuring identity providers."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from users.models import IdentityProvider, ProviderDomain, User
from users.providers.discovery import discovery_read
from users.providers.selectors import sign_in_offer_forget
from users.sealing import seal
from users.services import audit_record


@sensitive_variables("secret")
def provider_save(
    *,
    provider: IdentityProvider,
    domains: Sequence[str],
    secret: str,
    actor: User,
) -> IdentityProvider:
    """Store a provider, new or changed; an empty secret keeps the one that is known.

    Raises ValidationError if its discovery document cannot be used, or a domain is another's.
    """
    discovery = discovery_read(provider.discovery_url)  # before the transaction: it may take long
    provider.issuer, provider.form_origin = discovery.issuer, discovery.form_origin
    if secret:
        provider.sealed_secret = seal(secret)
    with transaction.atomic():
        is_new = provider.pk is None
        provider.save()
        _domains_set(provider, domains)
        audit_record(
            actor=actor,
            action="identity_provider.create" if is_new else "identity_provider.update",
            target=provider.slug,
            details={
                "issuer": provider.issuer,
                "client_id": provider.client_id,
                "domains": list(domains),
                "is_active": provider.is_active,
                "is_strong": provider.is_strong,
                "has_new_secret": bool(secret),
            },
        )
    sign_in_offer_forget()
    return provider


def _domains_set(provider: IdentityProvider, domains: Sequence[str]) -> None:
    taken = ProviderDomain.objects.filter(domain__in=domains).exclude(provider=provider).first()
    if taken is not None:
        raise ValidationError(
            _("Le domaine %(domain)s est déjà celui d’un autre fournisseur."),
            params={"domain": taken.domain},
        )
    provider.domains.exclude(domain__in=domains).delete()
    known = set(provider.domains.values_list("domain", flat=True))
    ProviderDomain.objects.bulk_create(
        ProviderDomain(provider=provider, domain=domain)
        for domain in domains
        if domain not in known
    )
