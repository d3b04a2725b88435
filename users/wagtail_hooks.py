"""What Wagtail's admin learns of accounts."""

from __future__ import annotations

from wagtail import hooks

from users.admin.providers import ProviderViewSet


@hooks.register("register_admin_viewset")
def register_providers() -> ProviderViewSet:
    return ProviderViewSet("fournisseurs", url_prefix="fournisseurs")
