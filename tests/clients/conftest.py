"""A live server, and each client driven once against it."""

from __future__ import annotations

import contextlib
import functools
import json
import sqlite3
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from lrs.keys import agent_key, lookup_key
from tests.support.servers import Server

from .clients import FOLDER, TINCAN_PYTHON, Client
from .plans import Plan, make_plan


class StoreForPages(Server):
    """A server that lets pages of one origin track to it."""

    origin = ""

    @property
    def environment(self) -> dict[str, str]:
        return {**super().environment, "XAPI_CORS_ORIGINS": self.origin}

    def rows(self, query: str, *parameters: str) -> list[tuple[Any, ...]]:
        """What its database holds, past everything that answers requests."""
        file = self.database_url.removeprefix("sqlite:///")
        with contextlib.closing(sqlite3.connect(file)) as connection:
            return connection.execute(query, parameters).fetchall()

    def statements(self) -> dict[str, tuple[Any, bool]]:
        """Every statement by its id, with whether it is voided."""
        rows = self.rows("SELECT statement_id, payload, is_voided FROM lrs_statement")
        return {_dashed(one): (json.loads(text), bool(voided)) for one, text, voided in rows}

    def document(self, kind: str, **context: Any) -> list[tuple[str, str, bytes]]:
        """Ids, media types and contents of the documents of a kind and context."""
        return self.rows(
            "SELECT document_id, content_type, content FROM lrs_document"
            " WHERE kind = ? AND activity_key = ? AND agent_key = ? AND"
            " COALESCE(registration, '') = ?",
            kind,
            lookup_key(context["activity"]) if "activity" in context else "",
            lookup_key(agent_key(context["agent"])) if "agent" in context else "",
            context.get("registration", "").replace("-", ""),
        )

    def attachment(self, sha2: str) -> bytes | None:
        rows = self.rows("SELECT content FROM lrs_attachment WHERE sha2 = ?", sha2)
        return rows[0][0] if rows else None


def _dashed(text: str) -> str:
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


@dataclass(frozen=True)
class Run:
    client: Client
    plan: Plan
    results: dict[str, Any]
    store: StoreForPages
    asked: list[str] = field(default_factory=list)
    """What a page asked the store: methods and addresses."""

    @property
    def is_v2(self) -> bool:
        return self.client.version.startswith("2.")


@pytest.fixture(scope="session")
def pages() -> Iterator[int]:
    """The port of a plain web server for this folder: an origin that is not the store's."""
    handler = functools.partial(QuietHandler, directory=str(FOLDER))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (its own name)
        pass


@pytest.fixture(scope="session")
def store(pages: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[StoreForPages]:
    server = StoreForPages(tmp_path_factory.mktemp("store"))
    server.origin = f"http://127.0.0.1:{pages}"
    with server:
        yield server


@pytest.fixture(scope="session")
def new_plan(store: StoreForPages) -> Callable[[Client], Plan]:
    key, secret = store.credential()

    def make(client: Client) -> Plan:
        access = {"endpoint": store.endpoint, "key": key, "secret": secret}
        return make_plan() | access | {"version": client.version, "adapter": client.adapter}

    return make


@pytest.fixture(scope="session")
def _runs() -> dict[Client, Run]:
    return {}


@pytest.fixture
def run(
    request: pytest.FixtureRequest,
    _runs: dict[Client, Run],
    store: StoreForPages,
    new_plan: Callable[[Client], Plan],
) -> Run:
    """What came of all steps of the client that the test is for; done once."""
    client: Client = request.param
    if client not in _runs:
        new = _runs[client] = Run(client, new_plan(client), {}, store)
        if client.in_page:
            request.getfixturevalue("drive_in_a_page")(new)
        else:
            new.results.update(client.drive(new.plan))
    if not _runs[client].results:
        pytest.fail(f"{client} failed, as its first test tells", pytrace=False)
    return _runs[client]


@pytest.fixture
def drive_in_a_page(browser: Any, pages: int) -> Callable[..., None]:
    """Drive a client in a page from `host`, which has not the store's origin."""

    def drive(run: Run, *, host: str = "127.0.0.1") -> None:
        with contextlib.closing(browser.new_context()) as context:
            page = context.new_page()
            page.on("request", lambda request: run.asked.append(f"{request.method} {request.url}"))
            page.goto(f"http://{host}:{pages}/page.html")
            page.add_script_tag(url=f"/drivers/{run.client.driver}", type="module")
            run.results.update(page.evaluate("plan => drive(plan)", run.plan))

    return drive


@pytest.fixture(autouse=True, scope="session")
def _installed() -> None:
    missing = [path for path in (FOLDER / "node_modules", TINCAN_PYTHON) if not Path(path).exists()]
    assert not missing, f"{missing} is not there: make test-clients installs the clients"
