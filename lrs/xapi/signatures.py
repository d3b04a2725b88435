"""Signed statements (Part Two 2.6): is a signature well formed, and of this very statement?

The check catches mistakes of the sender; whom to trust is another question, and outside the
standard (note in 2.6.s5). So certificates are taken as they come: no chain, no expiry.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from lrs.xapi import equality, versions
from lrs.xapi.jsontext import JsonError, loads
from lrs.xapi.multipart import media_type
from lrs.xapi.validation import Problem, validate_statement

USAGE_TYPE = "http://adlnet.gov/expapi/attachments/signature"
CONTENT_TYPE = "application/octet-stream"

_CLAUSE = "2.6.s5.b3"
_ALGORITHMS: dict[str, hashes.HashAlgorithm] = {
    "RS256": hashes.SHA256(),
    "RS384": hashes.SHA384(),
    "RS512": hashes.SHA512(),
}


class _Malformed(ValueError):
    """Why a signature is refused, and by which clause."""

    def __init__(self, clause: str, message: str) -> None:
        super().__init__(message)
        self.clause = clause


def signature_problems(
    statement: dict[str, Any],
    contents: Mapping[str, bytes],
    version: str = versions.V2,
    *,
    path: str = "$",
) -> list[Problem]:
    """What is wrong with the signatures of a valid `statement` at `path` in the request.

    `contents` are the data of attachments by their SHA-2 in lower case. A signature that came as a
    fileUrl alone cannot be judged here and is refused: it must be an attachment (2.6.s4.b1).
    """
    problems = []
    for index, attachment in enumerate(statement.get("attachments", ())):
        if attachment["usageType"] == USAGE_TYPE:
            try:
                _check(statement, attachment, contents, version)
            except _Malformed as error:
                place = f"{path}.attachments[{index}]"
                problems.append(Problem(place, error.clause, str(error)))
    return problems


def is_signed(statement: dict[str, Any]) -> bool:
    """Whether the statement has a signature among its attachments."""
    return any(item["usageType"] == USAGE_TYPE for item in statement.get("attachments", ()))


def _check(
    statement: dict[str, Any],
    attachment: dict[str, Any],
    contents: Mapping[str, bytes],
    version: str,
) -> None:
    if media_type(attachment["contentType"]) != CONTENT_TYPE:
        raise _Malformed("2.6.s4.b1", f"the contentType of a signature must be {CONTENT_TYPE}")
    content = contents.get(attachment["sha2"].lower())
    if content is None:
        raise _Malformed("2.6.s4.b1", "the signature must come with the statement")
    header, payload, signed, signature = _parts_of_jws(content)
    algorithm = _algorithm(header)
    _check_payload(statement, payload, version)
    if "x5c" in header:
        _check_signature(_public_key(header["x5c"]), algorithm, signed, signature)


def _parts_of_jws(content: bytes) -> tuple[dict[str, Any], bytes, bytes, bytes]:
    """Header, payload, what was signed, and the signature (RFC 7515 7.1).

    2.6.s4.b2: the compact serialization alone; 1.0.3 discourages the other, 2.0 forbids it.
    """
    parts = content.strip(b"\r\n").split(b".")
    if len(parts) != 3:
        raise _Malformed("2.6.s4.b2", "the signature is no JWS in compact serialization")
    raw_header, payload, signature = (_base64url(part) for part in parts)
    try:
        header = loads(raw_header)
    except JsonError as error:
        raise _Malformed(_CLAUSE, f"the header of the JWS cannot be read: {error}") from error
    if not isinstance(header, dict):
        raise _Malformed(_CLAUSE, "the header of the JWS must be an object")
    if "crit" in header:
        raise _Malformed(_CLAUSE, "the JWS demands extensions (crit), and none is known here")
    return header, payload, b".".join(parts[:2]), signature


def _base64url(text: bytes) -> bytes:
    """RFC 7515 2: URL-safe alphabet, no padding."""
    try:
        if b"=" in text or b"+" in text or b"/" in text:
            raise binascii.Error("padding or another alphabet")
        standard = text.translate(bytes.maketrans(b"-_", b"+/"))
        return base64.b64decode(standard + b"=" * (-len(text) % 4), validate=True)
    except binascii.Error as error:
        raise _Malformed(_CLAUSE, f"a part of the JWS is not base64url: {error}") from error


def _algorithm(header: dict[str, Any]) -> hashes.HashAlgorithm:
    name = header.get("alg")
    algorithm = _ALGORITHMS.get(name) if isinstance(name, str) else None
    if algorithm is None:
        raise _Malformed("2.6.s4.b4", "the algorithm must be one of " + ", ".join(_ALGORITHMS))
    return algorithm


def _check_payload(statement: dict[str, Any], payload: bytes, version: str) -> None:
    """2.6.s4.b3 and s5.b3.b2: a statement, and the same as the one that is signed."""
    try:
        original = loads(payload)
    except JsonError as error:
        raise _Malformed("2.6.s4.b3", f"the payload of the JWS is no JSON: {error}") from error
    problems = validate_statement(original, version)
    if problems:
        where, why = problems[0].path, problems[0].message
        raise _Malformed("2.6.s4.b3", f"the payload of the JWS is no statement: {where} {why}")
    ids = {item["id"].lower() for item in (original, statement) if "id" in item}
    if len(ids) > 1 or not equality.equivalent(original, statement):
        raise _Malformed(f"{_CLAUSE}.b2", "the payload of the JWS is another statement")


def _public_key(chain: Any) -> rsa.RSAPublicKey:
    """The key of the first certificate of an x5c header (RFC 7515 4.1.6: base64 DER, not url)."""
    try:
        first = x509.load_der_x509_certificate(base64.b64decode(chain[0], validate=True))
        key = first.public_key()
    except (LookupError, TypeError, ValueError, UnsupportedAlgorithm) as error:
        raise _Malformed(f"{_CLAUSE}.b3", "x5c holds no X.509 certificate") from error
    if not isinstance(key, rsa.RSAPublicKey):
        raise _Malformed(f"{_CLAUSE}.b3", "the certificate's key must be an RSA key")
    return key


def _check_signature(
    key: rsa.RSAPublicKey, algorithm: hashes.HashAlgorithm, signed: bytes, signature: bytes
) -> None:
    try:
        key.verify(signature, signed, padding.PKCS1v15(), algorithm)
    except InvalidSignature as error:
        message = "the signature was not made with the certificate's key"
        raise _Malformed(f"{_CLAUSE}.b3", message) from error
