"""How a statement says that it was declared and not observed: a context extension.

Its IRI stands under the platform's fixed base, its value is the code of a `Provenance`. Whoever
declared is the statement's `context.instructor`.
"""

from __future__ import annotations

from typing import Any

from lrs.identifiers import home_page
from training.enums import Provenance


def provenance_iri() -> str:
    return f"{home_page()}/extensions/provenance"


def provenance_of(payload: dict[str, Any]) -> Provenance:
    """What a statement says of itself; observed by its source unless it names another way."""
    extensions = payload.get("context", {}).get("extensions", {})
    code = extensions.get(provenance_iri())
    return Provenance(code) if code in Provenance.values else Provenance.OBSERVED
