"""The parameters of GET statements (Part Three 2.1.3), judged as strictly as statements.

Part Three 2.1.3 and Part Two 2.2.s4.b4: unknown, repeated and malformed parameters are refused.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from lrs.keys import agent_key
from lrs.selectors import StatementFilter
from lrs.views.errors import ApiError
from lrs.views.presentation import Presentation
from lrs.xapi import timestamps, versions
from lrs.xapi.jsontext import JsonError, loads
from lrs.xapi.validation import Problem, formats, validate_agent

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


def single_values(params: QueryDict, *, allowed: frozenset[str]) -> dict[str, str]:
    """The parameters as plain texts. Raises a 400 for an unknown or repeated one."""
    for name, values in params.lists():
        if name not in allowed:
            raise _refused(name, "is no parameter of this resource")
        if len(values) != 1:
            raise _refused(name, "stands more than once")
    return {name: str(params[name]) for name in params}


def query_from(params: QueryDict, *, version: str) -> SingleQuery | ListQuery:
    """What a GET asks for. Raises a 400."""
    values = single_values(params, allowed=_ALL)
    if _SINGLE & values.keys():
        return _single_query(values)
    return _list_query(params, values, version)


def uuid_parameter(values: Mapping[str, str], name: str) -> uuid.UUID:
    """A UUID in standard string form. Raises a 400."""
    if not formats.is_uuid(values[name]):
        raise _refused(name, "must be a UUID in standard string form")
    return uuid.UUID(values[name])


def _single_query(values: dict[str, str]) -> SingleQuery:
    """Part Three 2.1.3.s2.b1 and b2: one of the two, and no filter beside it."""
    if values.keys() >= _SINGLE:
        raise _refused("voidedStatementId", "cannot stand beside statementId")
    for name in sorted(_FILTERS & values.keys()):
        raise _refused(name, "cannot stand beside an id")
    name = next(iter(_SINGLE & values.keys()))
    statement_id = uuid_parameter(values, name)
    return SingleQuery(_presentation(values), statement_id, is_voided=name == "voidedStatementId")


def _list_query(params: QueryDict, values: dict[str, str], version: str) -> ListQuery:
    registration = uuid_parameter(values, "registration") if "registration" in values else None
    wanted = StatementFilter(
        agent=_agent(values, version),
        verb=_iri(values, "verb"),
        activity=_iri(values, "activity"),
        registration=registration,
        since=_timestamp(values, "since", version),
        until=_timestamp(values, "until", version),
        related_agents=_boolean(values, "related_agents"),
        related_activities=_boolean(values, "related_activities"),
        ascending=_boolean(values, "ascending"),
    )
    return ListQuery(_presentation(values), params, wanted, _limit(values))


def _presentation(values: dict[str, str]) -> Presentation:
    kind = values.get("format", "exact")
    if kind not in ("exact", "ids", "canonical"):
        raise _refused("format", "must be ids, exact or canonical")
    return Presentation(format=kind, attachments=_boolean(values, "attachments"))


def _boolean(values: Mapping[str, str], name: str) -> bool:
    text = values.get(name, "false")
    if text not in ("true", "false"):
        raise _refused(name, "must be true or false")
    return text == "true"


def _iri(values: Mapping[str, str], name: str) -> str | None:
    if name not in values:
        return None
    if not formats.is_iri(values[name]):
        raise _refused(name, "must be an IRI with a scheme")
    return values[name]


def _timestamp(values: Mapping[str, str], name: str, version: str) -> dt.datetime | None:
    if name not in values:
        return None
    try:
        return timestamps.parse(values[name], strict=versions.is_v2(version))
    except ValueError as error:
        raise _refused(name, f"must be a timestamp: {error}") from error


def _limit(values: Mapping[str, str]) -> int:
    text = values.get("limit", "0")
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise _refused("limit", "must be a whole number, 0 or more")
    return int(text)


def _agent(values: Mapping[str, str], version: str) -> str | None:
    """Part Three 2.1.3: an agent or identified group, as JSON."""
    if "agent" not in values:
        return None
    try:
        agent = loads(values["agent"])
    except JsonError as error:
        raise _refused("agent", f"must be an agent as JSON: {error}") from error
    problems = validate_agent(agent, version)
    if problems:
        raise ApiError(400, "The parameter agent is no agent.", problems=problems)
    key = agent_key(agent)
    if not key:
        raise _refused("agent", "must be an agent or an identified group")
    return key


def _refused(name: str, message: str) -> ApiError:
    problem = Problem(name, "Part Three 2.1.3", message)
    return ApiError(400, f"The parameter {name} {message}.", problems=[problem])
