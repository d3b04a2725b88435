"""Single parameters and headers of the resources other than statements, judged strictly.

Part Three 3.2.s2.b1 and s3.b7: what is missing, malformed or unknown is a 400 that says so.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from lrs.preconditions import PreconditionMalformed, Preconditions, preconditions_read
from lrs.views.errors import ApiError
from lrs.views.parameters import uuid_parameter
from lrs.xapi import timestamps, versions
from lrs.xapi.agents import identifier_key
from lrs.xapi.jsontext import JsonError, loads
from lrs.xapi.validation import Problem, formats, validate_agent

_NOT_TEXT = (
    "\x00",
    "\ufffd",
)  # no database keeps the one, bytes that are no UTF-8 become the other


def refused(name: str, clause: str, message: str) -> ApiError:
    """A 400 that names the parameter."""
    problem = Problem(name, clause, message)
    return ApiError(400, f"The parameter {name} {message}.", problems=[problem])


def required(values: Mapping[str, str], name: str, clause: str) -> str:
    """A parameter that must be there, in UTF-8 and not empty."""
    text = values.get(name, "")
    if not text:
        raise refused(name, clause, "is required")
    if any(character in text for character in _NOT_TEXT):
        raise refused(name, "Part Three 1.4", "must be text in UTF-8")
    return text


def activity_parameter(values: Mapping[str, str], clause: str) -> str:
    """The IRI of `activityId`."""
    iri = required(values, "activityId", clause)
    if not formats.is_iri(iri):
        raise refused("activityId", clause, "must be an IRI with a scheme")
    return iri


def agent_parameter(
    values: Mapping[str, str], clause: str, *, version: str, groups: bool = False
) -> dict[str, Any]:
    """The Agent of `agent`, from JSON; with `groups`, an identified group too."""
    text = required(values, "agent", clause)
    try:
        agent = loads(text)
    except JsonError as error:
        raise refused("agent", clause, f"must be an agent as JSON: {error}") from error
    problems = validate_agent(agent, version)
    if problems:
        raise ApiError(400, "The parameter agent is no agent.", problems=problems)
    if agent.get("objectType") == "Group" and not groups:
        raise refused("agent", clause, "must be an agent, not a group")
    if identifier_key(agent) is None:
        raise refused("agent", clause, "must have an identifier")
    result: dict[str, Any] = agent
    return result


def registration_parameter(values: Mapping[str, str]) -> uuid.UUID | None:
    """The UUID of `registration`, if there is one."""
    return uuid_parameter(values, "registration") if "registration" in values else None


def since_parameter(values: Mapping[str, str], clause: str, *, version: str) -> dt.datetime | None:
    """The timestamp of `since`, if there is one."""
    if "since" not in values:
        return None
    try:
        return timestamps.parse(values["since"], strict=versions.is_v2(version))
    except ValueError as error:
        raise refused("since", clause, f"must be a timestamp: {error}") from error


def preconditions_of(request: HttpRequest) -> Preconditions:
    """What If-Match and If-None-Match say (Part Three 3.1)."""
    try:
        return preconditions_read(
            request.META.get("HTTP_IF_MATCH"), request.META.get("HTTP_IF_NONE_MATCH")
        )
    except PreconditionMalformed as error:
        raise ApiError(400, f"If-Match or If-None-Match cannot be read: {error}.") from error
