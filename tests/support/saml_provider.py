"""A SAML 2.0 identity provider for tests: our own XML, signed by another library than verifies it.

It answers as it is told, so that each rule of the browser profile can be broken alone.
"""

from __future__ import annotations

import base64
import dataclasses
import datetime as dt
import html
import threading
import uuid
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from defusedxml.ElementTree import fromstring
from lxml import etree
from signxml import XMLSigner, methods

NS = {
    "samlp": "urn:oasis:names:tc:SAML:2.0:protocol",
    "saml": "urn:oasis:names:tc:SAML:2.0:assertion",
    "ds": "http://www.w3.org/2000/09/xmldsig#",
}
PASSWORD = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"
MAIL = "urn:oid:0.9.2342.19200300.100.1.3"
PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"


@dataclasses.dataclass(frozen=True)
class Asked:
    """What an authentication request says."""

    id: str
    acs: str
    audience: str


@dataclasses.dataclass(frozen=True)
class Answer:
    """An answer that is right unless a field says otherwise. None leaves the thing out."""

    name_id: str = "u-1"
    name_id_format: str = PERSISTENT
    attributes: dict[str, list[str]] = dataclasses.field(default_factory=dict)
    audience: str | None = ""
    recipient: str | None = ""
    destination: str | None = ""
    in_response_to: str | None = ""
    confirmed_in_response_to: str | None = ""
    ends: int | None = 300
    starts: int = -5
    issuer: str = ""


class _Sha1Signer(XMLSigner):
    def check_deprecated_methods(self) -> None:
        """It is the weakness that is wanted."""


class SamlProvider:
    def __init__(self, entity_id: str = "https://idp.chu.test/saml", port: int = 0) -> None:
        self.entity_id = entity_id
        self.url = f"http://127.0.0.1:{port}"
        self.key, self.certificate = _key_pair()
        self.reset()

    def reset(self) -> None:
        self.answer = Answer()
        self.forge: Callable[[Asked], bytes] | None = None

    @property
    def bare_certificate(self) -> str:
        return base64.b64encode(self.certificate.public_bytes(serialization.Encoding.DER)).decode()

    def metadata(self, *, entity_id: str | None = None, head: str = "", wish: str = "") -> bytes:
        return f"""{head}<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata"
 xmlns:ds="{NS["ds"]}" entityID="{entity_id or self.entity_id}">
<md:IDPSSODescriptor {wish} protocolSupportEnumeration="{NS["samlp"]}">
<md:KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>
{self.bare_certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>
<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
 Location="{self.url}/sso"/></md:IDPSSODescriptor></md:EntityDescriptor>""".encode()

    def asked(self, address: str) -> Asked:
        """Read the request with which a browser is sent here."""
        packed = base64.b64decode(parse_qs(urlsplit(address).query)["SAMLRequest"][0])
        request = fromstring(zlib.decompress(packed, -15))
        issuer = request.find("saml:Issuer", NS)
        assert issuer is not None
        return Asked(
            request.attrib["ID"],
            request.attrib["AssertionConsumerServiceURL"],
            issuer.text or "",
        )

    def response(self, asked: Asked, answer: Answer | None = None) -> etree._Element:
        """The response with its assertion, unsigned."""
        return etree.fromstring(_response(self, asked, answer or self.answer))

    def signed(
        self, asked: Asked, answer: Answer | None = None, signer: type[XMLSigner] = XMLSigner
    ) -> etree._Element:
        response = self.response(asked, answer)
        assertion = response.find("saml:Assertion", NS)
        assert assertion is not None
        response.replace(assertion, self.sign(assertion, signer))
        return response

    def signed_weakly(self, asked: Asked, answer: Answer) -> etree._Element:
        return self.signed(asked, answer, _Sha1Signer)

    def sign(self, element: etree._Element, kind: type[XMLSigner] = XMLSigner) -> etree._Element:
        """With its signature after the issuer, as the schema wants it."""
        place = etree.Element(f"{{{NS['ds']}}}Signature", Id="placeholder", nsmap={"ds": NS["ds"]})
        issuer = element.find("saml:Issuer", NS)
        assert issuer is not None
        alone = etree.fromstring(etree.tostring(element))
        alone.find("saml:Issuer", NS).addnext(place)
        weak = {"signature_algorithm": "rsa-sha1", "digest_algorithm": "sha1"}
        signer = kind(
            method=methods.enveloped,
            c14n_algorithm="http://www.w3.org/2001/10/xml-exc-c14n#",
            **(weak if kind is _Sha1Signer else {}),
        )
        return signer.sign(
            alone,
            key=self.key,
            cert=[self.certificate],
            reference_uri=f"#{alone.get('ID')}",
            id_attribute="ID",
        )


def encoded(document: etree._Element | bytes) -> str:
    raw = document if isinstance(document, bytes) else etree.tostring(document)
    return base64.b64encode(raw).decode()


@contextmanager
def saml_provider_server() -> Iterator[SamlProvider]:
    """The provider with a page of its own, whose button posts the answer to the site."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if not self.path.startswith("/sso"):
                return self._say(provider.metadata(), "application/samlmetadata+xml")
            asked = provider.asked(self.path)
            document = provider.forge(asked) if provider.forge else provider.signed(asked)
            return self._say(_page(asked.acs, encoded(document)), "text/html; charset=utf-8")

        def _say(self, body: bytes, kind: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider = SamlProvider(port=server.server_port)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()


def _page(acs: str, response: str) -> bytes:
    return f"""<!doctype html><html lang="fr"><title>Annuaire</title><h1>Annuaire du CHU</h1>
<form method="post" action="{html.escape(acs)}"><input type="hidden" name="SAMLResponse"
 value="{response}"><button>Se connecter</button></form></html>""".encode()


def _response(provider: SamlProvider, asked: Asked, answer: Answer) -> str:
    said = {**dataclasses.asdict(answer)}
    defaults = {
        "audience": asked.audience,
        "recipient": asked.acs,
        "destination": asked.acs,
        "in_response_to": asked.id,
        "confirmed_in_response_to": asked.id,
        "issuer": provider.entity_id,
    }
    said = {name: defaults.get(name) if value == "" else value for name, value in said.items()}
    since, until = _time(answer.starts), _time(answer.ends or 0)
    ends = f' NotOnOrAfter="{until}"' if answer.ends is not None else ""
    limit = f"<saml:Audience>{said['audience']}</saml:Audience>"
    limits = f"<saml:AudienceRestriction>{limit}</saml:AudienceRestriction>"
    asked_by = _attribute("InResponseTo", said["in_response_to"])
    confirmed = _attribute("Recipient", said["recipient"])
    confirmed += _attribute("InResponseTo", said["confirmed_in_response_to"])
    return f"""<samlp:Response xmlns:samlp="{NS["samlp"]}" xmlns:saml="{NS["saml"]}"
 ID="_{uuid.uuid4().hex}" Version="2.0" IssueInstant="{_time(0)}"
 {_attribute("Destination", said["destination"])}{asked_by}>
<saml:Issuer>{said["issuer"]}</saml:Issuer>
<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>
<saml:Assertion ID="_{uuid.uuid4().hex}" Version="2.0" IssueInstant="{_time(0)}">
<saml:Issuer>{said["issuer"]}</saml:Issuer>
<saml:Subject><saml:NameID Format="{answer.name_id_format}">{answer.name_id}</saml:NameID>
<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">
<saml:SubjectConfirmationData{ends}{confirmed}/>
</saml:SubjectConfirmation></saml:Subject>
<saml:Conditions NotBefore="{since}"{ends}>
{limits if answer.audience is not None else ""}</saml:Conditions>
<saml:AuthnStatement AuthnInstant="{_time(0)}"><saml:AuthnContext>
<saml:AuthnContextClassRef>{PASSWORD}</saml:AuthnContextClassRef>
</saml:AuthnContext></saml:AuthnStatement>
{_attributes(answer.attributes)}</saml:Assertion></samlp:Response>"""


def _attribute(name: str, value: str | None) -> str:
    return f' {name}="{html.escape(value)}"' if value is not None else ""


def _attributes(attributes: dict[str, list[str]]) -> str:
    if not attributes:
        return ""
    each = "".join(
        f'<saml:Attribute Name="{name}">'
        + "".join(f"<saml:AttributeValue>{one}</saml:AttributeValue>" for one in values)
        + "</saml:Attribute>"
        for name, values in attributes.items()
    )
    return f"<saml:AttributeStatement>{each}</saml:AttributeStatement>"


def _time(seconds: int) -> str:
    moment = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=seconds)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _key_pair() -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "annuaire d'essai")])
    now = dt.datetime.now(dt.UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name)
    builder = builder.public_key(key.public_key()).serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(now - dt.timedelta(days=1))
    builder = builder.not_valid_after(now + dt.timedelta(days=30))
    return key, builder.sign(key, hashes.SHA256())
