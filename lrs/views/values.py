"""Parameters and headers, one by one and judged strictly; what each resource asks for is its own.

Part Three 3.2.s2.b1, s3.b7 and s3.b8: what is missing, malformed, repeated or unknown is a 400 that
says so.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, QueryDict

from lrs.preconditions import PreconditionMalformed, Preconditions, preconditions_read
from lrs.views.errors import ApiError
from lrs.xapi import timestamps, versions
from lrs.xapi.agents import identifier_key
from lrs.xapi.jsontext import JsonError, loads
from lrs.xapi.validation import Problem, formats, validate_agent

_CLAUSE = "Part Three 3.2"
_NOT_TEXT = (
    "\x00",
    "\ufffd",
)  # no database keeps the one, bytes that are no UTF-8 become the other


def refused(name: str, clause: str, message: str) -> ApiError:
    """A 400 that names the parameter."""
    problem = Problem(name, clause, message)
    return ApiError(400, f"The parameter {name} {message}.", problems=[problem])


def single_values(params: QueryDict, *, allowed: frozenset[str]) -> dict[str, str]:
    """The parameters as plain texts. Raises a 400 for an unknown or repeated one."""
    for name, values in params.lists():
        if name not in allowed:
            raise refused(name, _CLAUSE, "is no parameter of this resource")
        if len(values) != 1:
            raise refused(name, _CLAUSE, "stands more than once")
    return {name: str(params[name]) for name in params}


def required(values: Mapping[str, str], name: str, clause: str) -> str:
    """A parameter that must be there, in UTF-8 and not empty."""
    text = values.get(name, "")
    if not text:
        raise refused(name, clause, "is required")
    if any(character in text for character in _NOT_TEXT):
        raise refused(name, "Part Three 1.4", "must be text in UTF-8")
    return text


def activity_parameter(values: Mapping[str, str], clause: str) -> str:
    """The IRI of `activityId`, which must be there."""
    required(values, "activityId", clause)
    return iri_parameter(values, "activityId", clause) or ""


def agent_parameter(
    values: Mapping[str, str], clause: str, *, version: str, groups: bool = False
) -> dict[str, Any]:
    """The Agent of `agent`, which must be there; with `groups`, an identified group too."""
    agent = identified_agent(required(values, "agent", clause), clause, version=version)
    if agent.get("objectType") == "Group" and not groups:
        raise refused("agent", clause, "must be an agent, not a group")
    return agent


def identified_agent(text: str, clause: str, *, version: str) -> dict[str, Any]:
    """The agent or identified group that the parameter `agent` holds as JSON. Raises a 400."""
    try:
        agent = loads(text)
    except JsonError as error:
        raise refused("agent", clause, f"must be an agent as JSON: {error}") from error
    problems = validate_agent(agent, version)
    if problems:
        raise ApiError(400, "The parameter agent is no agent.", problems=problems)
    if identifier_key(agent) is None:
        raise refused("agent", clause, "must have an identifier")
    result: dict[str, Any] = agent
    return result


def iri_parameter(values: Mapping[str, str], name: str, clause: str) -> str | None:
    """An IRI, if there is one. Raises a 400."""
    if name not in values:
        return None
    if not formats.is_iri(values[name]):
        raise refused(name, clause, "must be an IRI with a scheme")
    return values[name]


def uuid_parameter(values: Mapping[str, str], name: str, clause: str) -> uuid.UUID | None:
    """A UUID in standard string form, if there is one. Raises a 400."""
    if name not in values:
        return None
    if not formats.is_uuid(values[name]):
        raise refused(name, clause, "must be a UUID in standard string form")
    return uuid.UUID(values[name])


def timestamp_parameter(
    values: Mapping[str, str], name: str, clause: str, *, version: str
) -> dt.datetime | None:
    """A timestamp, if there is one, in the form that `version` asks for. Raises a 400."""
    if name not in values:
        return None
    try:
        return timestamps.parse(values[name], strict=versions.is_v2(version))
    except ValueError as error:
        raise refused(name, clause, f"must be a timestamp: {error}") from error


def preconditions_of(request: HttpRequest) -> Preconditions:
    """What If-Match and If-None-Match say (Part Three 3.1)."""
    try:
        return preconditions_read(
            request.META.get("HTTP_IF_MATCH"), request.META.get("HTTP_IF_NONE_MATCH")
        )
    except PreconditionMalformed as error:
        raise ApiError(400, f"If-Match or If-None-Match cannot be read: {error}.") from error
