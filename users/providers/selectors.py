"""Reading the identity providers."""

from __future__ import annotations

from allauth.socialaccount.models import SocialApp
from django.db.models import Q, QuerySet

from users.models import IdentityProvider, ProviderDomain, ProviderKind
from users.providers.claims import STRONG_ACR, email_domain
from users.providers.discovery import document_address
from users.sealing import unseal


def providers_offered() -> QuerySet[IdentityProvider]:
    """Those with a button for everybody, on the sign-in page."""
    return IdentityProvider.objects.filter(is_active=True, kind=ProviderKind.NATIONAL)


def has_domains() -> bool:
    """Whether it is worth asking for the address first."""
    return ProviderDomain.objects.filter(provider__is_active=True).exists()


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
    if provider and provider != "openid_connect":
        rows = rows.filter(slug=provider)
    if client_id:
        rows = rows.filter(Q(client_id=client_id))
    return [_social_app(row) for row in rows]


def _social_app(row: IdentityProvider) -> SocialApp:
    is_national = row.kind == ProviderKind.NATIONAL
    return SocialApp(
        provider="openid_connect",
        provider_id=row.slug,
        name=row.name,
        client_id=row.client_id,
        secret=unseal(row.sealed_secret),
        settings={
            "server_url": document_address(row.discovery_url),
            "issuer": row.issuer,
            "kind": row.kind,
            "is_strong": row.is_strong,
            "domains": [one.domain for one in row.domains.all()],
            "scope": ["openid", "scope_all"] if is_national else ["openid", "profile", "email"],
            "auth_params": {"acr_values": STRONG_ACR} if is_national else {},
            "oauth_pkce_enabled": True,
            "fetch_userinfo": True,
        },
    )
