"""Lookup numbers: what the filters compare, eight bytes each, whatever the length of the text.

An IRI may be of any length, and an account name may hold any character; an index row may not. So
the store compares the first 64 bits of a BLAKE2b of the text and of what it names. No table of
numbers has to be kept, no writer waits for another to number an IRI, and no cache can be wrong.
Ten million different texts meet by chance in one of 370,000 stores; a filter would then answer a
statement too many. Nothing but filters trusts these numbers.
"""

from __future__ import annotations

import enum
import functools
import hashlib
from collections.abc import Mapping
from typing import Any

from lrs.xapi.agents import identifier_key
from lrs.xapi.relations import relations

MAX_LENGTH = 255


class Kind(enum.StrEnum):
    """What a text names, and in which part of a statement: a namespace of numbers each."""

    VERB = "verb"
    AGENT = "agent"  # what the parameter `agent` finds
    AGENT_RELATED = "related agent"  # what `related_agents` finds beside it
    ACTIVITY = "activity"
    ACTIVITY_RELATED = "related activity"
    ACTIVITY_VERB = "activity and verb"  # of a direct activity: who completed this module?
    REGISTRATION = "registration"


_RELATION_KINDS = (Kind.AGENT, Kind.AGENT_RELATED, Kind.ACTIVITY, Kind.ACTIVITY_RELATED)
"""In the order of `lrs.xapi.relations.Relations`."""


@functools.lru_cache(maxsize=50_000)
def lookup_number(kind: Kind, text: str) -> int:
    """A signed 64-bit integer for `text` as a `kind`."""
    digest = hashlib.blake2b(f"{kind.value} {text}".encode(), digest_size=8)
    return int.from_bytes(digest.digest(), "big", signed=True)


def relation_numbers(statement: dict[str, Any]) -> list[int]:
    """The numbers of the agents and activities that a valid statement is about."""
    found = relations(statement)
    verb = statement["verb"]["id"]
    return [
        *(
            lookup_number(kind, text)
            for kind, texts in zip(_RELATION_KINDS, found, strict=True)
            for text in texts
        ),
        *(activity_verb_number(activity, verb) for activity in found.activities_direct),
    ]


def activity_verb_number(activity: str, verb: str) -> int:
    """The number of the two together, for a pair that is rare may stand among many of each."""
    return lookup_number(Kind.ACTIVITY_VERB, f"{verb} {activity}")


def lookup_key(text: str) -> str:
    """`text` itself, or its hash if it is longer than 255 characters or holds a NUL.

    For tables of documents, which are few and may spell out what they belong to.
    """
    if len(text) <= MAX_LENGTH and "\x00" not in text:
        return text
    return "sha256 " + hashlib.sha256(text.encode()).hexdigest()


def agent_key(agent: Mapping[str, Any]) -> str:
    """The identifier of an agent or identified group as text; empty for an anonymous group."""
    return identifier_key(agent) or ""
