"""Reading the identity providers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from allauth.socialaccount.models import SocialApp
from django.conf import settings
from django.core.cache import cache
from django.db.models import Q

from users.models import IdentityProvider, ProviderDomain, ProviderKind
from users.providers.claims import STRONG_ACR, email_domain
from users.providers.discovery import document_address
from users.sealing import unseal

_OFFER = "users.sign_in_offer"


@dataclass(frozen=True, slots=True)
class Offer:
    """What the sign-in page shows beside a password."""

    providers: tuple[IdentityProvider, ...]
    """Those with a button for everybody."""
    asks_address: bool
    """Whether some address leads to a provider."""


def sign_in_offer() -> Offer:
    """Kept in the cache for a minute, like the rest of what every page shows."""
    offer: Offer | None = cache.get(_OFFER)
    if offer is None:
        offer = _offer()
        cache.set(_OFFER, offer, 60)
    return offer


def sign_in_offer_forget() -> None:
    cache.delete(_OFFER)


def _offer() -> Offer:
    active = IdentityProvider.objects.filter(is_active=True)
    return Offer(
        providers=tuple(active.filter(kind=ProviderKind.NATIONAL)),
        asks_address=ProviderDomain.objects.filter(provider__in=active).exists(),
    )


def provider_of_address(email: str) -> IdentityProvider | None:
    """The provider that gives out addresses of this domain."""
    return IdentityProvider.objects.filter(
        is_active=True, domains__domain=email_domain(email)
    ).first()


def provider_named(slug: str) -> IdentityProvider | None:
    return IdentityProvider.objects.filter(slug=slug, is_active=True).first()


def social_apps(*, provider: str | None, client_id: str | None) -> list[SocialApp]:
    """The active providers in the form that allauth works with; they stand in no table of its."""
    rows = IdentityProvider.objects.filter(is_active=True).prefetch_related("domains")
    if provider == "saml":
        rows = rows.filter(kind=ProviderKind.SAML)
        return [_saml_app(row) for row in (rows.filter(slug=client_id) if client_id else rows)]
    if provider == "openid_connect":
        rows = rows.exclude(kind=ProviderKind.SAML)
    elif provider:
        rows = rows.filter(slug=provider)
    if client_id:  # a SAML provider knows this site by its address; there the slug stands for it
        rows = rows.filter(Q(client_id=client_id) | Q(kind=ProviderKind.SAML, slug=client_id))
    return [_social_app(row) for row in rows]


def social_app_before_offer(*, slug: str) -> SocialApp | None:
    """Of a SAML provider, offered or not: its team needs this site's description first."""
    row = IdentityProvider.objects.filter(slug=slug, kind=ProviderKind.SAML).first()
    return _saml_app(row) if row is not None else None


def _saml_app(row: IdentityProvider) -> SocialApp:
    return SocialApp(
        provider="saml",
        provider_id=row.slug,
        name=row.name,
        client_id=row.slug,
        settings={
            **_common(row),
            "establishments": row.establishments,
            "attributes": row.attributes,
            "certificates": row.certificates,
            "idp": {
                "entity_id": row.issuer,
                "sso_url": row.sso_url,
                "x509cert": row.certificates[0],
            },
            # A name that does not change with the host by which a browser came.
            "sp": {"entity_id": f"{settings.WAGTAILADMIN_BASE_URL}{row.metadata_path}"},
            "advanced": {
                "strict": True,
                "want_assertion_signed": True,
                "reject_deprecated_algorithm": True,
                "reject_idp_initiated_sso": True,
                "want_attribute_statement": False,  # an address may be all that is said
                "allow_single_label_domains": True,  # as hospitals name their servers
            },
        },
    )


def _common(row: IdentityProvider) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "is_strong": row.is_strong,
        "domains": [one.domain for one in row.domains.all()],
    }


def _social_app(row: IdentityProvider) -> SocialApp:
    if row.is_saml:
        return _saml_app(row)
    is_national = row.kind == ProviderKind.NATIONAL
    return SocialApp(
        provider="openid_connect",
        provider_id=row.slug,
        name=row.name,
        client_id=row.client_id,
        secret=unseal(row.sealed_secret),
        settings={
            **_common(row),
            "server_url": document_address(row.discovery_url),
            "issuer": row.issuer,
            "scope": ["openid", "scope_all"] if is_national else ["openid", "profile", "email"],
            "auth_params": {"acr_values": STRONG_ACR} if is_national else {},
            "oauth_pkce_enabled": True,
            "fetch_userinfo": True,
        },
    )
