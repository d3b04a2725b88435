"""References to other statements (Part Two 2.4.4.3.s2)."""

from __future__ import annotations

from typing import Any

from lrs.xapi.validation.problems import Findings
from lrs.xapi.validation.values import check_object, check_uuid, constant

_PROPERTIES = {"objectType": constant("StatementRef", "2.4.4.3.s4.b1"), "id": check_uuid}


def check_statement_ref(value: Any, path: str, found: Findings) -> None:
    """Part Two 2.4.4.3.s4: objectType and id, nothing else."""
    check_object(
        value,
        path,
        found,
        clause="2.4.4.3.s4",
        properties=_PROPERTIES,
        required=("objectType", "id"),
    )
