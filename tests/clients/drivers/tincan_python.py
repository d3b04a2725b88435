"""tincan, by Rustici Software, in an environment of its own: 1.0.3, no data of attachments.

The plan comes from standard input, the results go to standard output. Nothing of this project is
imported here.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

from tincan import (
    Activity,
    ActivityProfileDocument,
    Agent,
    AgentProfileDocument,
    RemoteLRS,
    StateDocument,
    Statement,
    StatementRef,
    StatementsResult,
)
from tincan.lrs_response import LRSResponse

Plan = dict[str, Any]


class Driver:
    """A step is a method; `perform` runs them in their order."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.lrs = self.client(plan["secret"])
        self.agent = Agent(plan["agent"])
        self.activity_object = Activity(id=plan["activity"])

    def client(self, secret: str) -> RemoteLRS:
        plan = self.plan
        return RemoteLRS(
            endpoint=plan["endpoint"],
            version=plan["version"],
            username=plan["key"],
            password=secret,
        )

    def perform(self) -> dict[str, Any]:
        steps: list[Callable[[], Any]] = [
            self.about,
            self.single,
            self.put,
            self.batch,
            self.conflict,
            self.invalid,
            self.get,
            self.filters,
            self.pages,
            self.voiding,
            self.state,
            self.activityProfile,
            self.agentProfile,
            self.denied,
        ]
        return {step.__name__: step() for step in steps}

    def about(self) -> str:
        """The client knows no version after 1.0.3, and gives up where a store names one."""
        try:
            return str(self.lrs.about().content.version)
        except ValueError:
            return "gave up"

    def single(self) -> str:
        return str(done(self.lrs.save_statement(Statement(self.plan["single"]))).content.id)

    def put(self) -> int:
        return status(self.lrs.save_statement(Statement(self.plan["put"])))

    def batch(self) -> list[str]:
        sent = [Statement(one) for one in self.plan["batch"]]
        return [str(one.id) for one in done(self.lrs.save_statements(sent)).content]

    def conflict(self) -> int:
        return status(self.lrs.save_statement(Statement(self.plan["conflicting"])))

    def invalid(self) -> dict[str, Any]:
        answer = self.lrs.save_statements([Statement(one) for one in self.plan["invalid"]])
        return {"status": status(answer), "problems": json.loads(answer.data)["problems"]}

    def get(self) -> Any:
        content = done(self.lrs.retrieve_statement(self.plan["put"]["id"])).content
        return json.loads(content.to_json(self.plan["version"]))

    def filters(self) -> dict[str, list[str]]:
        return {name: self._query(**params) for name, params in self.plan["filters"].items()}

    def pages(self) -> list[list[str]]:
        query = {"activity": self.activity_object, "limit": self.plan["limit"]}
        result = done(self.lrs.query_statements(query)).content
        pages = [ids(result)]
        while result.more:
            result = done(self.lrs.more_statements(result)).content
            pages.append(ids(result))
        return pages

    def voiding(self) -> dict[str, Any]:
        target = self.plan["put"]["id"]
        voiding = Statement(
            actor=self.plan["agent"],
            verb=self.plan["voidingVerb"],
            object=StatementRef(id=target),
        )
        done(self.lrs.save_statement(voiding))
        gone = status(self.lrs.retrieve_statement(target))
        voided = done(self.lrs.retrieve_voided_statement(target)).content
        return {"gone": gone, "voided": str(voided.id)}

    def state(self) -> dict[str, Any]:
        """The client drops the registration of a state that it saves or deletes.

        And it saves each state twice, so that If-Match holds the first time only.
        """
        place = {"activity": self.activity_object, "agent": self.agent}
        return self._documents(
            make=lambda **fields: StateDocument(**place, **fields),
            save=self.lrs.save_state,
            get=lambda name: self.lrs.retrieve_state(state_id=name, **place),
            ids=lambda: self.lrs.retrieve_state_ids(**place),
            delete=self.lrs.delete_state,
        )

    def activityProfile(self) -> dict[str, Any]:
        activity = self.activity_object
        return self._documents(
            make=lambda **fields: ActivityProfileDocument(activity=activity, **fields),
            save=self.lrs.save_activity_profile,
            get=lambda name: self.lrs.retrieve_activity_profile(activity, name),
            ids=lambda: self.lrs.retrieve_activity_profile_ids(activity),
            delete=self.lrs.delete_activity_profile,
        )

    def agentProfile(self) -> dict[str, Any]:
        agent = self.agent
        return self._documents(
            make=lambda **fields: AgentProfileDocument(agent=agent, **fields),
            save=self.lrs.save_agent_profile,
            get=lambda name: self.lrs.retrieve_agent_profile(agent, name),
            ids=lambda: self.lrs.retrieve_agent_profile_ids(agent),
            delete=self.lrs.delete_agent_profile,
        )

    def denied(self) -> int:
        return status(self.client("wrong").query_statements({"limit": 1}))

    def _query(self, **params: Any) -> list[str]:
        """The client wants objects, and would write a truth value as «True»."""
        if "agent" in params:
            params["agent"] = Agent(params["agent"])
        for name in ("verb", "activity"):
            if name in params:
                params[name] = Activity(id=params[name])
        texts = {name: "true" for name, value in params.items() if value is True}
        return ids(done(self.lrs.query_statements(params | texts)).content)

    def _documents(
        self,
        *,
        make: Callable[..., Any],
        save: Callable[[Any], LRSResponse],
        get: Callable[[str], LRSResponse],
        ids: Callable[[], LRSResponse],
        delete: Callable[[Any], LRSResponse],
    ) -> dict[str, Any]:
        """The client has PUT only, and never finds the entity tag: here it is taken by hand."""
        first, _more, last = (json.dumps(one) for one in self.plan["documents"])
        put = {"content_type": "application/json", "id": "kept"}
        save(make(content=first, **put))
        before = done(get("kept"))
        etag = before.response.getheader("ETag")
        assert before.content.etag is None
        replaced = status(save(make(content=last, etag=etag, **put)))
        stale = status(save(make(content=first, etag=etag, **put)))
        gone = make(content=first, content_type="application/json", id="gone")
        save(gone)
        done(delete(gone))
        return {
            "etag": etag,
            "first": json.loads(before.data),
            "last": json.loads(done(get("kept")).data),
            "replaced": replaced,
            "stale": stale,
            "gone": status(get("gone")),
            "ids": done(ids()).content,
        }


def done(answer: LRSResponse) -> LRSResponse:
    assert answer.success, (answer.response.status, answer.data)
    return answer


def status(answer: LRSResponse) -> int:
    number: int = answer.response.status
    return number


def ids(result: StatementsResult) -> list[str]:
    return [str(one.id) for one in result.statements]


if __name__ == "__main__":
    results = Driver(json.load(sys.stdin)).perform()
    json.dump(results, sys.stdout)
