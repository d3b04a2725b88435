"""The parameters of GET statements (Part Three 2.1.3), judged as strictly as statements.

Part Three 2.1.3 and Part Two 2.2.s4.b4: unknown, repeated and malformed parameters are refused.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from lrs.keys import agent_key
from lrs.selectors import StatementFilter
from lrs.views.presentation import Presentation
from lrs.views.values import (
    identified_agent,
    iri_parameter,
    refused,
    single_values,
    timestamp_parameter,
    uuid_parameter,
)

CLAUSE = "Part Three 2.1.3"

_LONGEST_LIMIT = 100  # digits; whatever is more than a page is a page
_FILTERS = frozenset(
    {
        "agent",
        "verb",
        "activity",
        "registration",
        "related_activities",
        "related_agents",
        "since",
        "until",
        "limit",
        "ascending",
    }
)
_PRESENTATION = frozenset({"format", "attachments"})
_SINGLE = frozenset({"statementId", "voidedStatementId"})
_ALL = _FILTERS | _PRESENTATION | _SINGLE


@dataclass(frozen=True, slots=True)
class SingleQuery:
    """One statement by its id."""

    presentation: Presentation
    statement_id: uuid.UUID
    is_voided: bool


@dataclass(frozen=True, slots=True)
class ListQuery:
    """A filter and the length of a page, 0 for the longest; all of it was read from `params`."""

    presentation: Presentation
    params: QueryDict
    wanted: StatementFilter
    limit: int


def query_from(params: QueryDict, *, version: str) -> SingleQuery | ListQuery:
    """What a GET asks for. Raises a 400."""
    values = single_values(params, allowed=_ALL)
    if _SINGLE & values.keys():
        return _single_query(values)
    return _list_query(params, values, version)


def _single_query(values: dict[str, str]) -> SingleQuery:
    """Part Three 2.1.3.s2.b1 and b2: one of the two, and no filter beside it."""
    if values.keys() >= _SINGLE:
        raise refused("voidedStatementId", CLAUSE, "cannot stand beside statementId")
    for name in sorted(_FILTERS & values.keys()):
        raise refused(name, CLAUSE, "cannot stand beside an id")
    name = next(iter(_SINGLE & values.keys()))
    statement_id = uuid_parameter(values, name, CLAUSE)
    assert statement_id is not None  # it is among the values
    return SingleQuery(_presentation(values), statement_id, is_voided=name == "voidedStatementId")


def _list_query(params: QueryDict, values: dict[str, str], version: str) -> ListQuery:
    wanted = StatementFilter(
        agent=_agent(values, version),
        verb=iri_parameter(values, "verb", CLAUSE),
        activity=iri_parameter(values, "activity", CLAUSE),
        registration=uuid_parameter(values, "registration", CLAUSE),
        since=timestamp_parameter(values, "since", CLAUSE, version=version),
        until=timestamp_parameter(values, "until", CLAUSE, version=version),
        related_agents=_boolean(values, "related_agents"),
        related_activities=_boolean(values, "related_activities"),
        ascending=_boolean(values, "ascending"),
    )
    return ListQuery(_presentation(values), params, wanted, _limit(values))


def _presentation(values: dict[str, str]) -> Presentation:
    kind = values.get("format", "exact")
    if kind not in ("exact", "ids", "canonical"):
        raise refused("format", CLAUSE, "must be ids, exact or canonical")
    return Presentation(format=kind, attachments=_boolean(values, "attachments"))


def _boolean(values: Mapping[str, str], name: str) -> bool:
    text = values.get(name, "false")
    if text not in ("true", "false"):
        raise refused(name, CLAUSE, "must be true or false")
    return text == "true"


def _limit(values: Mapping[str, str]) -> int:
    text = values.get("limit", "0")
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_LIMIT):
        raise refused("limit", CLAUSE, "must be a whole number, 0 or more")
    return int(text)


def _agent(values: Mapping[str, str], version: str) -> str | None:
    """The key of an agent or identified group."""
    if "agent" not in values:
        return None
    return agent_key(identified_agent(values["agent"], CLAUSE, version=version))
