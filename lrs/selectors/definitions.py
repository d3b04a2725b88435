"""What the store knows of activities and verbs (Part Two 2.4.4.1, Part Three 2.5)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lrs.keys import Kind, lookup_number
from lrs.models import ActivityDefinition, VerbDisplay

Json = dict[str, Any]


def activity_definition_get(iri: str) -> Json | None:
    """The canonical definition of the activity `iri`, or None if the record has none."""
    return activity_definitions([iri]).get(iri)


def activity_definitions(iris: Iterable[str]) -> dict[str, Json]:
    """The canonical definitions of those activities that have one, by IRI."""
    return _known(ActivityDefinition, Kind.ACTIVITY, iris)


def verb_displays(iris: Iterable[str]) -> dict[str, Json]:
    """The canonical displays of those verbs that have one, by IRI."""
    return _known(VerbDisplay, Kind.VERB, iris)


def _known(
    model: type[ActivityDefinition] | type[VerbDisplay], kind: Kind, iris: Iterable[str]
) -> dict[str, Json]:
    wanted = {lookup_number(kind, iri): iri for iri in iris}
    found = model._default_manager.filter(number__in=wanted)
    return {row.iri: row.payload for row in found if row.iri == wanted[row.number]}
