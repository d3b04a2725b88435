"""What every client is asked to do, and what must come of it.

A plan is JSON for a driver in `drivers/`: names and ids of its own, so that clients can share one
store. Its batch of seven is made so that each filter finds other ones of them.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from typing import Any

Plan = dict[str, Any]

VERBS = "http://adlnet.gov/expapi/verbs/"
FIRST = {"bookmark": "page 1", "titre": "Hameçonnage – éviter"}
MORE = {"score": 3}
LAST = ["a", "b", "ç"]
"""The documents: made, merged into it, put in its place. An array, for some clients PUT only it."""
LIMIT = 2
PAGES = [[6, 4], [3, 2], [1, 0]]
"""Of the batch, by index: the statements about the activity, newest first."""
FOUND = {
    "agent": [4, 3, 2, 1, 0],
    "verb": [3, 1],
    "registration": [2, 1],
    "related_activities": [6, 5, 4, 3, 2, 1, 0],
    "related_agents": [6, 4, 3, 2, 1, 0],
    "ascending": [0, 1, 2, 3, 4, 6],
    "since": [6, 4, 3, 2, 1, 0],
    "until": [],
}


def make_plan() -> Plan:
    mark = uuid.uuid4().hex[:8]
    plan: Plan = {
        "agent": _agent(mbox=f"mailto:ann-{mark}@example.org", name="Ann"),
        "otherAgent": _agent(account={"homePage": "https://example.org", "name": f"ben-{mark}"}),
        "activity": f"https://example.org/activities/{mark}/é?n=1&m=2",
        "otherActivity": f"https://example.org/activities/{mark}/other",
        "registration": str(uuid.uuid4()),
        "voidingVerb": {"id": f"{VERBS}voided", "display": {"en-US": "voided"}},
        "documents": [FIRST, MORE, LAST],
        "limit": LIMIT,
    }
    return plan | _statements(plan) | {"filters": _filters(plan)} | _attachments(mark)


def _agent(**fields: Any) -> dict[str, Any]:
    """With its objectType, as all objects here: two of the clients add what is missing."""
    return {"objectType": "Agent", **fields}


def _statement(plan: Plan, verb: str = "experienced", **fields: Any) -> dict[str, Any]:
    return {
        "id": str(uuid.uuid4()),
        "actor": plan["agent"],
        "verb": {"id": f"{VERBS}{verb}", "display": {"en-US": verb}},
        "object": {"objectType": "Activity", "id": plan["otherActivity"]},
        "timestamp": "2026-11-20T08:30:00.000Z",
        **fields,
    }


def _statements(plan: Plan) -> Plan:
    # Written as tincan for Python would write it anew.
    put = _statement(plan, result={"score": {"scaled": 0.86}, "duration": "PT01M05S"})
    single = _statement(plan)
    del single["id"]
    invalid = _statement(plan)
    invalid["verb"] = {"id": "no-iri", "display": {"en-US": "none"}}
    return {
        "single": single,
        "put": put,
        "conflicting": _statement(plan, "failed", id=put["id"]),
        "invalid": [_statement(plan), invalid],
        "batch": [_of_batch(plan, index) for index in range(7)],
        "attached": _statement(plan),
        "twiceAttached": _statement(plan),
    }


def _of_batch(plan: Plan, index: int) -> dict[str, Any]:
    """By turns completed; two with a registration; one beside, one by somebody else."""
    definition = {"name": {"fr-FR": "Hameçonnage"}, "type": "http://example.org/types/module"}
    activity = {"objectType": "Activity", "id": plan["activity"], "definition": definition}
    statement = _statement(plan, "completed" if index % 2 else "attempted", object=activity)
    if index in (1, 2):
        statement["context"] = {"registration": plan["registration"]}
    if index == 5:
        parent = {"objectType": "Activity", "id": plan["activity"]}
        statement |= {
            "object": {"objectType": "Activity", "id": plan["otherActivity"]},
            "context": {"contextActivities": {"parent": [parent]}},
        }
    if index == 6:
        statement |= {"actor": plan["otherAgent"], "context": {"instructor": plan["agent"]}}
    return statement


def _filters(plan: Plan) -> dict[str, dict[str, Any]]:
    about = {"activity": plan["activity"]}
    an_hour_ago = (dt.datetime.now(dt.UTC) - dt.timedelta(hours=1)).isoformat(
        timespec="milliseconds"
    )
    start = an_hour_ago.replace("+00:00", "Z")
    return {
        "agent": {**about, "agent": plan["agent"]},
        "verb": {**about, "verb": f"{VERBS}completed"},
        "registration": {"registration": plan["registration"]},
        "related_activities": {**about, "related_activities": True},
        "related_agents": {**about, "agent": plan["agent"], "related_agents": True},
        "ascending": {**about, "ascending": True},
        "since": {**about, "since": start},
        "until": {**about, "until": start},
    }


def _attachments(mark: str) -> Plan:
    data = f"Attestation d’achèvement {mark}"
    return {
        "attachment": {
            "usageType": "http://id.tincanapi.com/attachment/certificate-of-completion",
            "display": {"fr-FR": "Attestation"},
            "contentType": "text/plain; charset=utf-8",
            "length": len(data.encode()),
            "sha2": hashlib.sha256(data.encode()).hexdigest(),
            "data": data,
        },
        "otherAttachment": {"length": 5, "sha2": hashlib.sha256(b"other").hexdigest()},
    }
