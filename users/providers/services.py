"""Configuring identity providers."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from users.models import IdentityProvider, ProviderDomain, User
from users.providers.discovery import discovery_read
from users.providers.saml.metadata import metadata_fetch, metadata_read
from users.providers.selectors import sign_in_offer_forget
from users.sealing import seal
from users.services import audit_record


@sensitive_variables("secret")
def provider_save(
    *,
    provider: IdentityProvider,
    domains: Sequence[str],
    secret: str = "",
    metadata: bytes = b"",
    actor: User,
) -> IdentityProvider:
    """Store a provider, new or changed; an empty secret, or no metadata, keeps what is known.

    Raises ValidationError if its description cannot be used, or a domain is another's.
    """
    # Before the transaction: it may take long.
    if provider.is_saml:
        _describe_saml(provider, metadata)
    else:
        discovery = discovery_read(provider.discovery_url)
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
                **_details(provider),
                "domains": list(domains),
                "has_new_secret": bool(secret),
            },
        )
    sign_in_offer_forget()
    return provider


def _describe_saml(provider: IdentityProvider, document: bytes) -> None:
    """A document that is handed over goes before the address; with neither, nothing changes."""
    if document:
        found = metadata_read(document)
    elif provider.metadata_url:
        found = metadata_fetch(provider.metadata_url)
    elif provider.certificates:
        return
    else:
        raise ValidationError(_("Donnez l’adresse des métadonnées, ou le document."))
    provider.issuer, provider.form_origin = found.entity_id, found.form_origin
    provider.sso_url, provider.certificates = found.sso_url, list(found.certificates)


def _details(provider: IdentityProvider) -> dict[str, Any]:
    common = {
        "kind": provider.kind,
        "issuer": provider.issuer,
        "is_active": provider.is_active,
        "is_strong": provider.is_strong,
    }
    if not provider.is_saml:
        return common | {"client_id": provider.client_id}
    return common | {
        "establishments": provider.establishments,
        "attributes": provider.attributes,
        "certificates": [sha256(b64decode(one)).hexdigest() for one in provider.certificates],
    }


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
