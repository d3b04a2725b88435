"""Signed statements (Part Two 2.6), with keys and certificates made here."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
from typing import Any

import jwt
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

from lrs.xapi.signatures import USAGE_TYPE, is_signed, signature_problems
from lrs.xapi.validation import validate_statement

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
ELLIPTIC_KEY = ec.generate_private_key(ec.SECP256R1())
PLAIN: dict[str, Any] = {
    "id": "33cff416-e331-4c9d-969e-5373a1756120",
    "actor": {"mbox": "mailto:example@example.com"},
    "verb": {"id": "http://adlnet.gov/expapi/verbs/experienced", "display": {"fr": "é"}},
    "object": {"id": "https://www.example.com/watch?v=x"},
    "timestamp": "2013-04-01T12:00:00Z",
    "version": "1.0.0",
}


def certificate(key: Any, signer: Any = KEY) -> str:
    """A certificate of `key` as x5c wants it; expired, which the standard does not mind."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Example")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(dt.datetime(2013, 4, 4))
        .not_valid_after(dt.datetime(2014, 4, 4))
        .sign(signer, hashes.SHA256())
    )
    return base64.b64encode(made.public_bytes(serialization.Encoding.DER)).decode()


CHAIN = [certificate(KEY)]


def jws(payload: Any = PLAIN, *, key: Any = KEY, algorithm: str = "RS256", **header: Any) -> bytes:
    raw = payload if isinstance(payload, bytes) else json.dumps(payload, indent=1).encode()
    return jwt.PyJWS().encode(raw, key, algorithm, headers=header).encode()


def without_signature(header: Any, payload: Any = PLAIN) -> bytes:
    """A JWS that no library would make."""
    raw = header if isinstance(header, bytes) else json.dumps(header).encode()
    parts = (raw, json.dumps(payload).encode(), b"signature")
    return b".".join(base64.urlsafe_b64encode(part).rstrip(b"=") for part in parts)


def signed(content: bytes, statement: Any = PLAIN, **changes: Any) -> tuple[Any, dict[str, bytes]]:
    sha2 = hashlib.sha256(content).hexdigest()
    attachment = {
        "usageType": USAGE_TYPE,
        "display": {"fr": "Signature"},
        "contentType": "application/octet-stream",
        "length": len(content),
        "sha2": sha2.upper(),
        **changes,
    }
    return {**statement, "attachments": [attachment]}, {sha2: content}


@pytest.mark.parametrize("algorithm", ["RS256", "RS384", "RS512"])
@pytest.mark.parametrize("header", [{}, {"x5c": CHAIN}, {"x5c": [*CHAIN, certificate(OTHER_KEY)]}])
def test_signature_is_accepted(algorithm: str, header: dict[str, Any]) -> None:
    statement, contents = signed(jws(algorithm=algorithm, **header))
    assert validate_statement(statement, "1.0.3") == []
    assert is_signed(statement)
    assert signature_problems(statement, contents, "1.0.3") == []
    assert signature_problems(statement, contents, "2.0.0") == []


@pytest.mark.parametrize(
    "payload",
    [
        {key: value for key, value in PLAIN.items() if key != "id"},
        {key: value for key, value in PLAIN.items() if key != "timestamp"},
        {**PLAIN, "verb": {"id": PLAIN["verb"]["id"]}},
        {**PLAIN, "timestamp": "2013-04-01T14:00:00.000+02:00"},
        {**PLAIN, "id": PLAIN["id"].upper()},
        json.dumps(PLAIN, indent=4).replace("\n", "\r\n").encode(),
    ],
)
def test_payload_may_differ_as_equal_statements_do(payload: Any) -> None:
    statement, contents = signed(jws(payload, x5c=CHAIN))
    assert signature_problems(statement, contents) == []


@pytest.mark.parametrize(
    ("content", "clause"),
    [
        (b"", "2.6.s4.b2"),
        (b"a.b", "2.6.s4.b2"),
        (b'{"payload":"","signatures":[]}', "2.6.s4.b2"),
        (b"!.!.!", "2.6.s5.b3"),
        (b"e30=.e30.e30", "2.6.s5.b3"),
        (without_signature(b"{"), "2.6.s5.b3"),
        (without_signature([]), "2.6.s5.b3"),
        (without_signature({"alg": "RS256", "crit": ["b64"], "b64": False}), "2.6.s5.b3"),
        (without_signature({}), "2.6.s4.b4"),
        (without_signature({"alg": 256}), "2.6.s4.b4"),
        (without_signature({"alg": "none"}), "2.6.s4.b4"),
        (without_signature({"alg": "rs256"}), "2.6.s4.b4"),
        (jws(key="s" * 64, algorithm="HS256"), "2.6.s4.b4"),
        (jws(algorithm="PS256", x5c=CHAIN), "2.6.s4.b4"),
        (jws(key=ELLIPTIC_KEY, algorithm="ES256"), "2.6.s4.b4"),
        (jws(b"no JSON"), "2.6.s4.b3"),
        (jws({**PLAIN, "actor": {}}), "2.6.s4.b3"),
        (jws([PLAIN]), "2.6.s4.b3"),
        (jws({**PLAIN, "actor": {"mbox": "mailto:other@example.com"}}), "2.6.s5.b3.b2"),
        (jws({**PLAIN, "id": "00000000-0000-4000-8000-000000000000"}), "2.6.s5.b3.b2"),
        (jws({**PLAIN, "timestamp": "2013-04-01T12:00:01Z"}), "2.6.s5.b3.b2"),
        (jws(x5c=[certificate(OTHER_KEY)]), "2.6.s5.b3.b3"),
        (jws(x5c=[certificate(ELLIPTIC_KEY)]), "2.6.s5.b3.b3"),
        (jws(x5c=[]), "2.6.s5.b3.b3"),
        (jws(x5c=[1]), "2.6.s5.b3.b3"),
        (jws(x5c=["é"]), "2.6.s5.b3.b3"),
        (jws(x5c=["AAAA"]), "2.6.s5.b3.b3"),
        (jws(x5c=CHAIN[0]), "2.6.s5.b3.b3"),
        (without_signature({"alg": "RS256", "x5c": CHAIN}), "2.6.s5.b3.b3"),
    ],
)
def test_malformed_signature_is_refused(content: bytes, clause: str) -> None:
    statement, contents = signed(content)
    (problem,) = signature_problems(statement, contents, path="$[2]")
    assert (problem.path, problem.clause) == ("$[2].attachments[0]", clause)
    assert problem.message


def test_signature_of_changed_text_is_refused() -> None:
    header, _payload, signature = jws(x5c=CHAIN).split(b".")
    same_but_rewritten = base64.urlsafe_b64encode(json.dumps(PLAIN).encode()).rstrip(b"=")
    statement, contents = signed(b".".join((header, same_but_rewritten, signature)))
    (problem,) = signature_problems(statement, contents)
    assert problem.clause == "2.6.s5.b3.b3"


@pytest.mark.parametrize(
    "changes",
    [{"contentType": "text/plain"}, {"sha2": "0" * 64}, {"sha2": "0" * 64, "fileUrl": "http://a"}],
)
def test_signature_must_be_an_attachment_of_octets(changes: dict[str, Any]) -> None:
    """2.6.s4.b1."""
    statement, contents = signed(jws(), **changes)
    (problem,) = signature_problems(statement, contents)
    assert problem.clause == "2.6.s4.b1"


def test_other_attachments_are_left_alone() -> None:
    statement, contents = signed(b"no JWS", usageType="http://example.org/u")
    assert not is_signed(statement)
    assert not is_signed(PLAIN)
    assert signature_problems(statement, contents) == []
    assert signature_problems(PLAIN, {}) == []
