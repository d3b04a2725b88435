"""Versions of the standard: which ones are spoken, and how they are negotiated.

Part Three 3.3: a client names its version in `X-Experience-API-Version`. All 1.0.x share one data
model, and so do all 2.0.x.
"""

from __future__ import annotations

import re

V1 = "1.0.3"
V2 = "2.0.0"
SUPPORTED = (V1, V2)
HEADER = "X-Experience-API-Version"
CONSISTENT_THROUGH_HEADER = "X-Experience-API-Consistent-Through"

_V1 = re.compile(r"1\.0(?:\.\d+)?")
_V2 = re.compile(r"2\.0(?:\.\d+)?")
_STATEMENT_V1 = re.compile(r"1\.0\.\d+")
_STATEMENT_V2 = re.compile(r"(?:1|2)\.0\.\d+")


def negotiate(header: str) -> str | None:
    """The version that answers a request header: `V1`, `V2`, or None when neither is meant.

    ``1.0`` counts as ``1.0.0`` (Part Three 3.3), and ``2.0`` likewise.
    """
    if _V1.fullmatch(header):
        return V1
    if _V2.fullmatch(header):
        return V2
    return None


def is_v2(version: str) -> bool:
    """Whether `version` is one of xAPI 2.0."""
    return version.startswith("2.")


def statement_version(version: str) -> str:
    """What a statement's `version` becomes when it came without (Part Two 2.4.10)."""
    return "2.0.0" if is_v2(version) else "1.0.0"


def statement_version_is_accepted(value: str, version: str) -> bool:
    """Whether a statement that names `value` is accepted under `version` (Part Two 2.4.10)."""
    pattern = _STATEMENT_V2 if is_v2(version) else _STATEMENT_V1
    return pattern.fullmatch(value) is not None
