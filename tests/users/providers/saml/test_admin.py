"""Configuring a SAML provider: its description is hostile until it is read."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.support.saml_provider import SamlProvider
from users.models import AuditEntry, IdentityProvider, User

pytestmark = pytest.mark.django_db
NEW = "/admin/fournisseurs/new/"
ENTITY = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("admin@site.test"))
    return client


def form(**changed: Any) -> dict[str, Any]:
    return {
        "name": "CHU d’essai",
        "slug": "chu",
        "kind": "saml",
        "domains": "chu.test",
        "finess_numbers": "760780239",
        "attribute_email": "courriel",
        "is_active": "on",
        **changed,
    }


def handed_over(idp: SamlProvider, way: str) -> dict[str, Any]:
    return {
        "url": {"metadata_url": f"{idp.url}/metadata"},
        "file": {"metadata_file": SimpleUploadedFile("idp.xml", idp.metadata())},
        "text": {"metadata_text": idp.metadata().decode()},
    }[way]


@pytest.mark.parametrize("way", ["url", "file", "text"])
def test_a_provider_is_stored_from_its_description(
    admin: Client, idp: SamlProvider, way: str
) -> None:
    assert admin.post(NEW, form(**handed_over(idp, way))).status_code == 302
    row = IdentityProvider.objects.get()
    assert (row.issuer, row.sso_url, row.form_origin) == (idp.entity_id, f"{idp.url}/sso", idp.url)
    assert row.certificates == [idp.bare_certificate]
    assert (row.establishments, row.attributes) == (["760780239"], {"email": "courriel"})
    entry = AuditEntry.objects.get(action="identity_provider.create")
    assert entry.details["domains"] == ["chu.test"]
    page = admin.get(f"/admin/fournisseurs/edit/{row.pk}/").text
    assert row.metadata_path in page
    assert row.callback_path in page
    assert "valable jusqu’au" in page
    assert 'name="client_id"' not in page


def test_without_a_new_description_the_known_one_stays(admin: Client, idp: SamlProvider) -> None:
    admin.post(NEW, form(**handed_over(idp, "text")))
    row = IdentityProvider.objects.get()
    changed = form(name="CHU renommé", finess_numbers="", attribute_email="")
    assert admin.post(f"/admin/fournisseurs/edit/{row.pk}/", changed).status_code == 302
    row.refresh_from_db()
    assert (row.name, row.certificates) == ("CHU renommé", [idp.bare_certificate])
    assert (row.establishments, row.attributes) == ([], {})


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, "Donnez l’adresse des métadonnées"),
        ({"metadata_text": "<r"}, "document XML lisible"),
        ({"metadata_text": "<r/>"}, "un fournisseur SAML 2.0"),
        ({"metadata_text": "head"}, "sans DTD ni entités"),
        ({"metadata_text": "twice"}, "et un seul"),
        ({"metadata_text": "wish"}, "WantAuthnRequestsSigned"),
        ({"metadata_text": "nameless"}, "entityID"),
        ({"metadata_text": "keyless"}, "certificat"),
        ({"metadata_url": "http://127.0.0.1:9/"}, "ne répond pas"),
        ({"metadata_file": SimpleUploadedFile("idp.xml", b"x" * 500_001)}, "trop volumineux"),
        ({"finess_numbers": "76"}, "numéro FINESS"),
    ],
    ids=str,
)
def test_what_is_wrong_is_told(
    admin: Client, idp: SamlProvider, changed: dict[str, Any], told: str
) -> None:
    one = idp.metadata().decode()
    texts = {
        "head": idp.metadata(head=ENTITY).decode(),
        "twice": f'<m:EntitiesDescriptor xmlns:m="urn:oasis:names:tc:SAML:2.0:metadata">'
        f"{one}{one}</m:EntitiesDescriptor>",
        "wish": idp.metadata(wish='WantAuthnRequestsSigned="true"').decode(),
        "nameless": one.replace("entityID", "autre"),
        "keyless": one.replace(idp.bare_certificate, "QUJD"),
    }
    said = {
        name: texts.get(value, value) for name, value in changed.items() if name != "metadata_file"
    }
    said |= {name: value for name, value in changed.items() if name == "metadata_file"}
    assert told in admin.post(NEW, form(**said)).text
    assert not IdentityProvider.objects.exists()


def test_production_wants_https(admin: Client, idp: SamlProvider, settings: Any) -> None:
    settings.IDENTITY_PROVIDERS_HTTPS_ONLY = True
    for way in ("url", "text"):
        assert "https" in admin.post(NEW, form(**handed_over(idp, way))).text
    assert not IdentityProvider.objects.exists()
