"""The first step: an address leads to the provider of its domain, or to a password."""

from __future__ import annotations

import pytest
from django.test import Client

from .server import ProviderServer

pytestmark = pytest.mark.django_db


def test_without_providers_the_page_asks_for_the_password_at_once(client: Client) -> None:
    assert 'name="password"' in client.get("/accounts/login/").text


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("Claire@CHU.test", "/accounts/oidc/chu/login/?next=%2Fmodules%2F"),
        ("claire@autre.test", "/accounts/login/?next=%2Fmodules%2F&etape=mot-de-passe"),
        ("claire@pas-chu.test", "/accounts/login/?next=%2Fmodules%2F&etape=mot-de-passe"),
        ("claire", "/accounts/login/?next=%2Fmodules%2F&adresse=illisible"),
    ],
)
def test_the_domain_decides(
    client: Client, provider: ProviderServer, address: str, leads_to: str
) -> None:
    provider.configured(domain="chu.test")
    first = client.get("/accounts/login/?next=/modules/").text
    assert 'name="address"' in first
    assert 'name="password"' not in first
    response = client.post("/accounts/adresse/", {"address": address, "next": "/modules/"})
    assert response["Location"] == leads_to
    assert client.get(leads_to).status_code == 200


def test_the_address_is_not_typed_twice(client: Client, provider: ProviderServer) -> None:
    row = provider.configured(domain="chu.test")
    client.post("/accounts/adresse/", {"address": "a@autre.test"})
    assert 'value="a@autre.test"' in client.get("/accounts/login/?etape=mot-de-passe").text
    assert "login_hint" not in client.post(row.login_path)["Location"]
    client.post("/accounts/adresse/", {"address": "a@chu.test"})
    assert "login_hint=a%40chu.test" in client.post(row.login_path)["Location"]


def test_only_the_page_with_the_button_may_send_a_form_there(
    client: Client, provider: ProviderServer
) -> None:
    row = provider.configured(domain="chu.test")
    page = client.get(row.login_path)
    assert f"form-action 'self' {provider.url}" in page["Content-Security-Policy"]
    assert provider.url not in client.get("/accounts/login/")["Content-Security-Policy"]
