"""Answers that prove nothing. Each is refused, by a page that offers a way on."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Callable
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from lxml import etree

from tests.support.saml_provider import NS, Asked, SamlProvider
from users.models import User

from .site import ask, configured, enter, post, says, signed_in

pytestmark = pytest.mark.django_db
Forge = Callable[[SamlProvider, Asked], Any]
XSLT = "http://www.w3.org/TR/1999/REC-xslt-19991116"


def refused(response: Any, client: Client) -> bool:
    text = response.content.decode()
    assert "La connexion n’a pas abouti" in text
    assert 'href="/accounts/login/"' in text
    return response.status_code == 401 and signed_in(client) is None


@pytest.mark.parametrize(
    "changed",
    [
        {"audience": "https://autre.test/metadata/"},
        {"audience": None},
        {"recipient": "https://autre.test/acs/"},
        {"recipient": "http://testserver/accounts/saml/chu/acs/plus"},
        {"recipient": None},
        {"destination": "http://testserver/accounts/saml/autre/acs/"},
        {"destination": "http://testserver/accounts/saml/chu/acs/plus"},
        {"ends": -61},
        {"ends": None},
        {"starts": 90},
        {"in_response_to": "_autre"},
        {"in_response_to": None},
        {"in_response_to": None, "confirmed_in_response_to": None},
        {"confirmed_in_response_to": "_autre"},
        {"confirmed_in_response_to": None},
        {"in_response_to": "_autre", "confirmed_in_response_to": "_autre"},
        {"issuer": "https://autre.test/saml"},
    ],
    ids=str,
)
def test_an_answer_that_breaks_one_rule(
    client: Client, idp: SamlProvider, changed: dict[str, Any]
) -> None:
    row = configured(idp)
    response = enter(client, idp, row, dataclasses.replace(says(), **changed))
    assert refused(response, client)
    assert not User.objects.exists()


def unsigned(idp: SamlProvider, asked: Asked) -> Any:
    return idp.response(asked, says())


def response_signed_alone(idp: SamlProvider, asked: Asked) -> Any:
    return idp.sign(idp.response(asked, says()))


def changed_after_signing(idp: SamlProvider, asked: Asked) -> Any:
    text = etree.tostring(idp.signed(asked, says())).replace(b"dominique@", b"directrice@")
    assert b"directrice@" in text
    return text


def signed_by_another(idp: SamlProvider, asked: Asked) -> Any:
    return SamlProvider(idp.entity_id).signed(asked, says())


def signed_in_sha1(idp: SamlProvider, asked: Asked) -> Any:
    return idp.signed_weakly(asked, says())


def asks_for_a_stylesheet(idp: SamlProvider, asked: Asked) -> Any:
    text = etree.tostring(idp.signed(asked, says()))
    exclusive = b'Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"'
    assert exclusive in text
    return text.replace(exclusive, f'Transform Algorithm="{XSLT}"'.encode())


def _wrapped(
    idp: SamlProvider, asked: Asked, place: Callable[[Any, Any, Any], None], evil_id: str | None
) -> Any:
    """XSW: the signed assertion is kept where it verifies, and another one stands to be read."""
    document = idp.signed(asked, says())
    signed = document.find("saml:Assertion", NS)
    evil = copy.deepcopy(signed)
    evil.remove(evil.find("ds:Signature", NS))
    for one in evil.iter(f"{{{NS['saml']}}}AttributeValue"):
        one.text = (one.text or "").replace("dominique@", "directrice@")
    if evil_id is not None:
        evil.set("ID", evil_id)
    document.remove(signed)
    place(document, signed, evil)
    assert b"directrice@" in etree.tostring(document)
    return document


def _beside(document: Any, signed: Any, evil: Any) -> None:
    document.append(evil)
    document.append(signed)


def _behind(document: Any, signed: Any, evil: Any) -> None:
    document.append(signed)
    document.append(evil)


def _inside(document: Any, signed: Any, evil: Any) -> None:
    evil.append(signed)
    document.append(evil)


def _around_the_signature(document: Any, signed: Any, evil: Any) -> None:
    signature = signed.find("ds:Signature", NS)
    signed.remove(signature)
    etree.SubElement(signature, f"{{{NS['ds']}}}Object").append(signed)
    evil.find("saml:Issuer", NS).addnext(signature)
    document.append(evil)


def _in_extensions(document: Any, signed: Any, evil: Any) -> None:
    extensions = etree.Element(f"{{{NS['samlp']}}}Extensions")
    extensions.append(signed)
    document.find("saml:Issuer", NS).addnext(extensions)
    document.append(evil)


def wrapping(place: Callable[[Any, Any, Any], None], evil_id: str | None) -> Forge:
    def forge(idp: SamlProvider, asked: Asked) -> Any:
        return _wrapped(idp, asked, place, evil_id)

    return forge


PLACES = (_beside, _behind, _inside, _around_the_signature, _in_extensions)
WRAPPED = [
    pytest.param(wrapping(place, evil_id), id=f"{place.__name__} {evil_id or 'same id'}")
    for place in PLACES
    for evil_id in (None, "_evil")
]

ENTITY = b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
BOMB = b"<!DOCTYPE r [<!ENTITY a0 'ha'>%s]>" % b"".join(
    b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12)
)


def headed(head: bytes, text: bytes = b"") -> Forge:
    def forge(idp: SamlProvider, asked: Asked) -> Any:
        document = etree.tostring(idp.signed(asked, says()))
        return head + (document.replace(b"Dominique", text) if text else document)

    return forge


@pytest.mark.parametrize(
    "forge",
    [
        unsigned,
        response_signed_alone,
        changed_after_signing,
        signed_by_another,
        signed_in_sha1,
        asks_for_a_stylesheet,
        *WRAPPED,
        pytest.param(headed(b"<!DOCTYPE r>"), id="document type"),
        pytest.param(headed(ENTITY, b"&x;"), id="external entity"),
        pytest.param(headed(BOMB, b"&a11;"), id="entity bomb"),
        pytest.param(lambda idp, asked: b"<r/>", id="another document"),
        pytest.param(lambda idp, asked: b"<r", id="no document"),
        pytest.param(lambda idp, asked: "%%%", id="no base64"),
    ],
)
def test_an_answer_that_its_signature_does_not_hold(
    client: Client, idp: SamlProvider, forge: Forge
) -> None:
    row = configured(idp)
    asked = ask(client, idp, row)
    assert refused(post(client, row, forge(idp, asked)), client)
    assert not User.objects.exists()
    # The request is still open: whoever forges does not keep its owner out.
    assert post(client, row, idp.signed(asked, says())).status_code == 302
    assert signed_in(client) is not None


def test_an_answer_holds_once(client: Client, idp: SamlProvider) -> None:
    row = configured(idp)
    answer = idp.signed(ask(client, idp, row), says())
    assert post(client, row, answer).status_code == 302
    client.post("/accounts/logout/")
    assert refused(post(client, row, answer), client)


def test_an_answer_holds_in_the_browser_that_asked(client: Client, idp: SamlProvider) -> None:
    row = configured(idp)
    stolen = idp.signed(ask(client, idp, row), says())
    victim = Client()
    ask(victim, idp, row)
    assert refused(post(victim, row, stolen), victim)


def test_an_answer_for_another_provider(client: Client, idp: SamlProvider) -> None:
    """Two hospitals behind one server: the same keys, the same issuer."""
    row, other = configured(idp), configured(idp, slug="ch", domain="ch.test")
    asked = ask(client, idp, row)
    assert refused(post(client, other, idp.signed(asked, says())), client)
    for_other = dataclasses.replace(
        asked,
        acs=asked.acs.replace("/chu/", "/ch/"),
        audience=asked.audience.replace("/chu/", "/ch/"),
    )
    assert refused(post(client, other, idp.signed(for_other, says())), client)
    assert not SocialAccount.objects.exists()


def test_a_provider_that_changes_its_key_names_both(client: Client, idp: SamlProvider) -> None:
    new = SamlProvider(idp.entity_id)
    row = configured(idp, certificates=[new.bare_certificate, idp.bare_certificate])
    assert enter(client, idp, row, says()).status_code == 302


@pytest.mark.parametrize("data", [{}, {"SAMLResponse": "A" * 300_001}])
def test_nothing_and_too_much_are_not_kept(
    client: Client, idp: SamlProvider, data: dict[str, str]
) -> None:
    row = configured(idp)
    answer = client.post(row.callback_path, data)
    assert refused(answer, client)
    assert "saml-acs-session" not in answer.cookies


def test_a_finish_without_an_answer_is_told(client: Client, idp: SamlProvider) -> None:
    row = configured(idp)
    assert refused(client.get(f"{row.callback_path}finish/"), client)


def test_whoever_posts_to_nobody_finds_nothing(client: Client, idp: SamlProvider) -> None:
    assert client.post("/accounts/saml/inconnu/acs/", {"SAMLResponse": "x"}).status_code == 404
    configured(idp, is_active=False)
    assert client.post("/accounts/saml/chu/acs/", {"SAMLResponse": "x"}).status_code == 404
