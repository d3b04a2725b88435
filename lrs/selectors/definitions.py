"""The canonical definition of an activity (Part Two 2.4.4.1, Part Three 2.5)."""

from __future__ import annotations

from typing import Any


def activity_definition_get(iri: str) -> dict[str, Any] | None:
    """The canonical definition of the activity `iri`, or None if the record has none.

    TODO(lead): a placeholder, to be replaced at the merge by the selector over the table of
    definitions. The resource of activities is written against this name and is complete.
    """
    return None
