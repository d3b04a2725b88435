"""Clients that others wrote, from the registries, against a live server of this project.

Each client does what it can of one plan (`plans.py`); here stands what must come of it, in what the
client says and in what the store then holds. Where a client differs from the standard, its driver
says so.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from typing import Any

import pytest

from lrs.xapi import versions
from lrs.xapi.equality import equivalent

from .clients import CLIENTS, TINCAN, Client
from .conftest import Run
from .plans import FIRST, FOUND, LAST, MORE, PAGES, Plan

pytestmark = pytest.mark.clients

if "XAPI_CLIENTS" not in os.environ:
    pytest.skip("run by make test-clients, which installs the clients", allow_module_level=True)


def with_step(step: str = "get") -> pytest.MarkDecorator:
    """For each client that can do `step`; without one, for all."""
    able = [client for client in CLIENTS if step in client.steps]
    return pytest.mark.parametrize("run", able, indirect=True, ids=str)


@with_step()
def test_every_step_was_taken(run: Run) -> None:
    assert run.results.keys() == run.client.steps


@with_step("about")
def test_about(run: Run) -> None:
    if run.client == TINCAN:
        assert run.results["about"] == "gave up"  # at 2.0.0: it knows none after 1.0.3
    else:
        assert run.results["about"] == list(versions.SUPPORTED)


@with_step()
def test_statements_are_stored_as_they_were_sent(run: Run) -> None:
    plan, held = run.plan, run.store.statements()
    assert run.results["batch"] == [one["id"] for one in plan["batch"]]
    assert run.results["put"] in (200, 204)
    single = {**plan["single"], "id": run.results["single"]}
    for sent in (single, plan["put"], *plan["batch"]):
        assert equivalent(held[sent["id"]][0], sent)


@with_step()
def test_a_statement_comes_back_as_it_was_sent(run: Run) -> None:
    assert equivalent(run.results["get"], run.plan["put"])


@with_step()
def test_other_content_under_the_same_id_is_refused(run: Run) -> None:
    assert run.results["conflict"] == 409
    held, _voided = run.store.statements()[run.plan["put"]["id"]]
    assert equivalent(held, run.plan["put"])


@with_step()
def test_a_batch_with_one_fault_is_refused_with_its_path(run: Run) -> None:
    invalid = run.results["invalid"]
    assert invalid["status"] == 400
    assert [problem["path"] for problem in invalid["problems"]] == ["$[1].verb.id"]
    assert not {one["id"] for one in run.plan["invalid"]} & run.store.statements().keys()


@with_step()
@pytest.mark.parametrize("name", FOUND)
def test_filters(run: Run, name: str) -> None:
    expected = [run.plan["batch"][index]["id"] for index in FOUND[name]]
    assert run.results["filters"][name] == expected


@with_step("idsFormat")
def test_the_format_ids_leaves_identifiers_only(run: Run) -> None:
    found = run.results["idsFormat"]
    assert (found["object"]["id"], "definition" in found["object"]) == (run.plan["activity"], False)
    assert found["verb"]["id"] == run.plan["batch"][6]["verb"]["id"]


@with_step()
def test_more_leads_through_all_pages(run: Run) -> None:
    batch = run.plan["batch"]
    assert run.results["pages"] == [[batch[index]["id"] for index in page] for page in PAGES]


@with_step()
def test_voiding(run: Run) -> None:
    put = run.plan["put"]["id"]
    assert run.results["voiding"] == {"gone": 404, "voided": put}
    assert run.store.statements()[put][1]


DOCUMENTS = {
    "first": FIRST,
    "merged": FIRST | MORE,
    "last": LAST,
    "stale": 412,
    "again": 412,
    "ids": ["kept"],
}


@with_step()
@pytest.mark.parametrize("resource", ["state", "activityProfile", "agentProfile"])
def test_documents(run: Run, resource: str) -> None:
    """Made, read, merged, replaced if it is still the one that was read, listed, deleted."""
    # What a client has not comes as nothing from node, as null from a page.
    results = {name: value for name, value in run.results[resource].items() if value is not None}
    assert re.fullmatch(r'"[0-9a-f]{40}"', results.pop("etag"))
    assert results.pop("gone", None) in (404, None)  # TinCanJS: no document, no error
    # tincan saves a state twice, and the tag holds the first time.
    assert results.pop("replaced", 204) == (
        412 if run.client == TINCAN and resource == "state" else 204
    )
    # Part Three 3.1.s3: without a header a state may be replaced in 1.0; 2.0 has no exception.
    assert results.pop("blind", None) in (None, 409 if run.is_v2 else 204)
    missing = run.client.missing | _cannot(run.client, resource)
    assert results == {name: value for name, value in DOCUMENTS.items() if name not in missing}


def _cannot(client: Client, resource: str) -> set[str]:
    """TinCanJS sends If-None-Match for profiles only, where it does so by itself."""
    return {"again"} if client.name == "tincanjs" and resource == "state" else set()


@with_step()
def test_documents_are_held_as_they_were_last(run: Run) -> None:
    plan, store = run.plan, run.store
    activity, agent = {"activity": plan["activity"]}, {"agent": plan["agent"]}
    # tincan for Python drops the registration of a state that it saves.
    registration = {} if run.client == TINCAN else {"registration": plan["registration"]}
    for held in (
        store.document("state", **activity, **agent, **registration),
        store.document("activity_profile", **activity),
        store.document("agent_profile", **agent),
    ):
        ((name, media_type, content),) = held
        assert (name, json.loads(content)) == ("kept", LAST)
        assert media_type.startswith("application/json")


@with_step("activity")
def test_an_activity_has_the_definition_that_was_told(run: Run) -> None:
    activity = run.results["activity"]
    assert activity["id"] == run.plan["activity"]
    assert activity["definition"] == run.plan["batch"][0]["object"]["definition"]


@with_step("person")
def test_an_agent_is_a_person_with_names(run: Run) -> None:
    agent = run.plan["agent"]
    person = {"objectType": "Person", "name": [agent["name"]], "mbox": [agent["mbox"]]}
    assert run.results["person"] == person


@with_step("attachment")
def test_attachments_come_back_whole(run: Run) -> None:
    attachment = run.plan["attachment"]
    expected = {"sha2": attachment["sha2"], "data": attachment["data"]}
    assert run.results["attachment"] == expected
    assert run.store.attachment(attachment["sha2"]) == attachment["data"].encode()
    held, _voided = run.store.statements()[run.plan["attached"]["id"]]
    assert held["attachments"][0]["length"] == attachment["length"]


@with_step("blob")
def test_an_attachment_under_another_media_type_is_refused(run: Run) -> None:
    """Part Three 1.5: the client says multipart/mixed, and axios says something else for it."""
    assert run.results["blob"] == 400
    assert run.plan["attached"]["id"] not in run.store.statements()


@with_step("twoAttachments")
def test_two_attachments_without_a_line_break_between_them_are_refused(run: Run) -> None:
    """RFC 2046, 5.1.1: a delimiter begins a line. The client writes it into the data."""
    assert run.results["twoAttachments"] == 400
    assert run.plan["twiceAttached"]["id"] not in run.store.statements()
    assert run.store.attachment(run.plan["otherAttachment"]["sha2"]) is None


@with_step()
def test_a_wrong_secret_opens_nothing(run: Run) -> None:
    assert run.results["denied"] == 401


@with_step("long")
def test_a_long_address_in_the_alternate_syntax(run: Run) -> None:
    """Part Three 1.3: the client sends it so from a page where an address would have 2,048."""
    assert run.results["long"] == FIRST
    alternate = {line.split("?")[1] for line in run.asked if "?method=" in line}
    assert alternate == ({"method=PUT", "method=GET"} if run.client.in_page else set())


def test_a_page_of_another_origin_than_allowed_can_send_nothing(
    new_plan: Callable[[Client], Plan], drive_in_a_page: Callable[..., None], store: Any
) -> None:
    """localhost is not 127.0.0.1: the browser asks first, and is not told yes."""
    before = len(store.statements())
    client = CLIENTS[-1]
    with pytest.raises(Exception, match="single: Error: 0"):
        drive_in_a_page(Run(client, new_plan(client), {}, store), host="localhost")
    assert len(store.statements()) == before
