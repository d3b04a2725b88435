"""The agents resource (Part Three 2.4)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from lrs.keys import agent_key
from lrs.selectors import agent_names
from lrs.views.answers import json_answer
from lrs.views.protocol import Resource
from lrs.views.values import agent_parameter, single_values
from lrs.xapi.agents import IDENTIFIERS


class AgentsResource(Resource):
    """GET and HEAD of /xapi/agents: the Person that an Agent is.

    The record knows no other identifier of an agent than the one that is asked with: who is behind
    two of them is nothing that statements say. What it knows is names.
    """

    def get(self, request: HttpRequest) -> HttpResponse:
        """Part Three 2.4.s3.b3: an agent that nobody knows is answered with what was asked."""
        own_only = self.reading_limit()
        values = single_values(request.GET, allowed=frozenset({"agent"}))
        agent = agent_parameter(values, "Part Three 2.4", version=self.version)
        names = agent_names(key=agent_key(agent), credential_id=own_only)
        return json_answer(request, person_of(agent, names))


def person_of(agent: dict[str, Any], names: list[str]) -> dict[str, Any]:
    """The Person object (Part Three 2.4.s5): every property but the type is an array."""
    person: dict[str, Any] = {"objectType": "Person"}
    asked = [agent["name"]] if "name" in agent else []
    all_names = list(dict.fromkeys([*asked, *names]))
    if all_names:
        person["name"] = all_names
    return person | {name: [agent[name]] for name in IDENTIFIERS if name in agent}
