"""National identifiers of health professionals.

RPPS: eleven digits, the last a Luhn key. ADELI, which it replaces: nine, the first two a department
(«2A» and «2B» exist). Pro Santé Connect and professional cards put the kind in front (IDNPS): «8»
before an RPPS, «0» before an ADELI.
"""

from __future__ import annotations

import re

from organisation.enums import IdentifierKind

_SEPARATORS = re.compile(r"[\s.\-]+")
_RPPS = re.compile(r"\d{11}")
_ADELI = re.compile(r"\d[0-9AB]\d{7}")


def national_identifier(text: str) -> tuple[IdentifierKind, str]:
    """Kind and number, without separators or prefix. Raises ValueError if it is neither."""
    value = _SEPARATORS.sub("", text).upper()
    if (len(value) == 12 and value.startswith("8")) or (len(value) == 10 and value.startswith("0")):
        value = value[1:]
    if _RPPS.fullmatch(value) and luhn_holds(value):
        return IdentifierKind.RPPS, value
    if _ADELI.fullmatch(value):
        return IdentifierKind.ADELI, value
    raise ValueError(text)


def luhn_holds(digits: str) -> bool:
    """Whether the last digit is the Luhn key (ISO/IEC 7812-1, annex B) of the others."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
