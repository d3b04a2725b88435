"""Configuring providers in the admin: what is checked, and that a secret never comes out."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from users.models import AuditEntry, IdentityProvider, User
from users.sealing import unseal

from .server import ProviderServer

pytestmark = pytest.mark.django_db
NEW = "/admin/fournisseurs/new/"


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("admin@site.test"))
    return client


def form(provider: ProviderServer, **changed: Any) -> dict[str, Any]:
    return {
        "name": "CHU d’essai",
        "slug": "chu",
        "kind": "own",
        "discovery_url": provider.url,
        "client_id": "site",
        "secret": "très-s3cret",
        "domains": "chu.test\n@CHU-Essai.test",
        "is_active": "on",
        **changed,
    }


def edit_address(row: IdentityProvider) -> str:
    return f"/admin/fournisseurs/edit/{row.pk}/"


def test_a_provider_is_stored_and_its_secret_never_shown(
    admin: Client, provider: ProviderServer
) -> None:
    assert admin.post(NEW, form(provider)).status_code == 302
    row = IdentityProvider.objects.get()
    assert (row.issuer, row.form_origin) == (provider.url, provider.url)
    assert sorted(one.domain for one in row.domains.all()) == ["chu-essai.test", "chu.test"]
    assert unseal(row.sealed_secret) == "très-s3cret"
    assert "s3cret" not in row.sealed_secret
    page = admin.get(edit_address(row)).text
    assert "s3cret" not in page
    assert row.sealed_secret not in page
    entry = AuditEntry.objects.get(action="identity_provider.create")
    assert "s3cret" not in str(entry.details)


def test_an_empty_secret_keeps_the_one_that_is_known(
    admin: Client, provider: ProviderServer
) -> None:
    admin.post(NEW, form(provider))
    row = IdentityProvider.objects.get()
    changed = form(provider, secret="", name="CHU renommé", domains="chu.test", slug="autre")
    assert admin.post(edit_address(row), changed).status_code == 302
    row.refresh_from_db()
    assert (row.name, unseal(row.sealed_secret), row.slug) == ("CHU renommé", "très-s3cret", "chu")
    assert [one.domain for one in row.domains.all()] == ["chu.test"]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"secret": ""}, "Indiquez le secret"),
        ({"domains": "chu"}, "n’est pas un domaine"),
        ({"slug": "saml"}, "réservé"),
        ({"kind": "psc"}, "n’attribue pas d’adresses"),
        ({"discovery_url": "http://127.0.0.1:9/"}, "ne répond pas"),
        ({"discovery_url": "ftp://127.0.0.1/"}, "ne répond pas"),
    ],
)
def test_what_is_wrong_is_told(
    admin: Client, provider: ProviderServer, changed: dict[str, Any], told: str
) -> None:
    assert told in admin.post(NEW, form(provider, **changed)).text
    assert not IdentityProvider.objects.exists()


def test_an_address_without_a_document_is_told(admin: Client, provider: ProviderServer) -> None:
    other = f"{provider.url}/jwks?/.well-known/"
    assert "ne dit pas" in admin.post(NEW, form(provider, discovery_url=other)).text


def test_production_wants_https(admin: Client, provider: ProviderServer, settings: Any) -> None:
    settings.IDENTITY_PROVIDERS_HTTPS_ONLY = True
    assert "https://" in admin.post(NEW, form(provider)).text
    assert not IdentityProvider.objects.exists()


def test_a_domain_is_of_one_provider(admin: Client, provider: ProviderServer) -> None:
    provider.configured(slug="premier", domain="chu.test")
    answer = admin.post(NEW, form(provider))
    assert "déjà celui d’un autre" in answer.text
    assert IdentityProvider.objects.count() == 1


def test_an_editor_does_not_see_them(client: Client) -> None:
    from django.contrib.auth.models import Group

    editor = User.objects.create_user("e@site.test")
    editor.groups.set(Group.objects.filter(name="Editors"))
    client.force_login(editor)
    assert client.get("/admin/fournisseurs/").status_code == 302
