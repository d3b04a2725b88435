"""References to other statements (Part Two 2.4.4.3.s2)."""

from __future__ import annotations

from lrs.xapi.validation.values import constant, object_of, uuid

statement_ref = object_of(
    {"objectType": constant("StatementRef", "2.4.4.3.s4.b1"), "id": uuid},
    clause="2.4.4.3.s4",
    required=("objectType", "id"),
)
"""Part Two 2.4.4.3.s4: objectType and id, nothing else."""
