"""The formats of single values: does this text have the form that the standard asks for?

Each function takes a text and answers yes or no. IRIs and language tags are judged with best effort
where the standard allows it (Part Two 2.2.s4.b6 and b7).
"""

from __future__ import annotations

import re

UUID = re.compile(
    r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}", re.ASCII
)
IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>\"{}|\\^`\x00-\x20\x7f-\x9f]+")
_MAILTO = re.compile(
    r"mailto:[^@\s<>\"(),:;\\\[\]\x00-\x20\x7f]+"  # as RFC 5322 has it, beyond ASCII too
    r"@(?:[^@\s<>\"(),:;\\\[\]\x00-\x20\x7f/?#.]+(?:\.[^@\s<>\"(),:;\\\[\]\x00-\x20\x7f/?#.]+)*"
    r"|\[[0-9A-Za-z:.]+\])"
)
_SHA1 = re.compile(r"[0-9a-fA-F]{40}")
_SHA2 = re.compile(r"[0-9a-fA-F]{56}|[0-9a-fA-F]{64}|[0-9a-fA-F]{96}|[0-9a-fA-F]{128}")
_MEDIA_TYPE = re.compile(
    r"[A-Za-z0-9!#$&^_.+\-]+/[A-Za-z0-9!#$&^_.+\-]+"
    r"(?:[ \t]*;[ \t]*[^;=\s\"\x00-\x1f\x7f]+="
    r"(?:\"[^\"\x00-\x08\x0a-\x1f\x7f]*\"|[^;\s\"\x00-\x1f\x7f]+))*"
)

_NUMBER = r"\d+(?:[.,]\d+)?"
_DURATION = re.compile(
    rf"P(?:{_NUMBER}W|(?=[\dT])(?:{_NUMBER}Y)?(?:{_NUMBER}M)?(?:{_NUMBER}D)?"
    rf"(?:T(?=\d)(?:{_NUMBER}H)?(?:{_NUMBER}M)?(?:{_NUMBER}S)?)?)"
)
_FRACTION_BEFORE_LAST = re.compile(r"[.,]\d+[A-Z].*\d")

_LANGUAGE_TAG = re.compile(
    r"""
    (?:
      (?: [a-z]{2,3} (?:-[a-z]{3}){0,3} | [a-z]{4} | [a-z]{5,8} )   # language, extended languages
      (?: -[a-z]{4} )?                                              # script
      (?: -(?: [a-z]{2} | [0-9]{3} ) )?                             # region
      (?: -(?: [a-z0-9]{5,8} | [0-9][a-z0-9]{3} ) )*                # variants
      (?: -[0-9a-wy-z](?:-[a-z0-9]{2,8})+ )*                        # extensions
      (?: -x(?:-[a-z0-9]{1,8})+ )?                                  # private use
    | x(?:-[a-z0-9]{1,8})+
    | en-GB-oed | i-(?:ami|bnn|default|enochian|hak|klingon|lux|mingo|navajo|pwn|tao|tay|tsu)
    | sgn-(?:BE-FR|BE-NL|CH-DE)
    )""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)


def is_uuid(text: str) -> bool:
    """Standard string form (Part Two 4.4); neither version nor variant is judged.

    The standard's own first example has another variant than RFC 4122's.
    """
    return UUID.fullmatch(text) is not None


def is_iri(text: str) -> bool:
    """An absolute IRI: a scheme, and no character that RFC 3987 forbids (Part Two 4.3)."""
    return IRI.fullmatch(text) is not None


def is_mailto(text: str) -> bool:
    """``mailto:`` and one mail address (Part Two 2.4.2.3)."""
    return _MAILTO.fullmatch(text) is not None


def is_sha1(text: str) -> bool:
    """A SHA-1 in hexadecimal (Part Two 2.4.2.3)."""
    return _SHA1.fullmatch(text) is not None


def is_sha2(text: str) -> bool:
    """A SHA-224, 256, 384 or 512 in hexadecimal (Part Two 2.4.11)."""
    return _SHA2.fullmatch(text) is not None


def is_media_type(text: str) -> bool:
    """An internet media type, with or without parameters (Part Two 2.4.11)."""
    return _MEDIA_TYPE.fullmatch(text) is not None


def is_duration(text: str) -> bool:
    """ISO 8601:2004 4.4.3.2: designators, a fraction only in the last part (Part Two 4.6).

    «P16559.14S», which the standard's own table prints, lacks the T that ISO 8601 demands.
    """
    return _DURATION.fullmatch(text) is not None and not _FRACTION_BEFORE_LAST.search(text)


def is_language_tag(text: str) -> bool:
    """The token lengths and their order as RFC 5646 has them (Part Two 2.2.s4.b2)."""
    return _LANGUAGE_TAG.fullmatch(text) is not None
