"""This site as a provider knows it."""

from __future__ import annotations

from typing import Any

from django.test import Client

from tests.support.saml_provider import MAIL, Answer, Asked, SamlProvider, encoded
from users.models import IdentityProvider, ProviderDomain, ProviderKind, User


def configured(
    idp: SamlProvider, *, slug: str = "chu", domain: str = "chu.test", **fields: Any
) -> IdentityProvider:
    """The provider as the admin's form stores it."""
    values = {
        "name": "CHU d’essai",
        "issuer": idp.entity_id,
        "form_origin": idp.url,
        "sso_url": f"{idp.url}/sso",
        "certificates": [idp.bare_certificate],
    }
    row = IdentityProvider.objects.create(slug=slug, kind=ProviderKind.SAML, **{**values, **fields})
    ProviderDomain.objects.create(provider=row, domain=domain)
    return row


def ask(client: Client, idp: SamlProvider, row: IdentityProvider, **form: Any) -> Asked:
    start = client.post(row.login_path, form)
    assert start.status_code == 302, start.content.decode()
    return idp.asked(start["Location"])


def post(client: Client, row: IdentityProvider, document: Any) -> Any:
    """Post an answer, and go where that leads; the site's answer there."""
    text = document if isinstance(document, str) else encoded(document)
    posted = client.post(row.callback_path, {"SAMLResponse": text})
    return client.get(posted["Location"]) if posted.status_code == 302 else posted


def enter(client: Client, idp: SamlProvider, row: IdentityProvider, answer: Answer) -> Any:
    return post(client, row, idp.signed(ask(client, idp, row), answer))


def says(email: str = "dominique@chu.test", **attributes: str) -> Answer:
    names = {"urn:oid:2.5.4.42": "Dominique", "urn:oid:2.5.4.4": "Petit", MAIL: email}
    return Answer(attributes={name: [value] for name, value in {**names, **attributes}.items()})


def signed_in(client: Client) -> User | None:
    pk = client.session.get("_auth_user_id")
    return User.objects.get(pk=pk) if pk else None
