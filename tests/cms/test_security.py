"""Headers, in the settings that every environment shares."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from cms.models import HomePage
from tests.cms.test_frame import PUBLIC_PAGES


def policy(response: Any) -> dict[str, str]:
    parts = response["Content-Security-Policy"].split(";")
    return dict(part.strip().partition(" ")[::2] for part in parts)


@pytest.mark.parametrize("address", PUBLIC_PAGES)
def test_public_pages_allow_nothing_inline_and_no_other_host(
    home: HomePage, client: Client, address: str
) -> None:
    response = client.get(address)
    found = policy(response)
    assert found["default-src"] == "'self'"
    assert found["img-src"] == "'self' data:"
    assert "unsafe" not in response["Content-Security-Policy"]
    assert "script-src" not in found
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert response["Referrer-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]


def test_admin_has_a_policy_of_its_own(home: HomePage, admin_client: Client) -> None:
    found = policy(admin_client.get("/admin/"))
    assert found["default-src"] == "'self'"
    assert "'unsafe-inline'" in found["style-src"]
    assert "http" not in " ".join(found.values())


def test_refused_form_says_what_to_do(home: HomePage) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/accounts/login/", {"login": "a@b.fr"})
    assert response.status_code == 403
    assert "Rien n’a été envoyé" in response.text
