"""Against this very store in another process, and against somebody else's, on a bad line."""

from __future__ import annotations

import hashlib
import os
import subprocess
import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from lrs.client import LrsClient
from lrs.models import Forward
from lrs.services import PLATFORM, connection_test, forward_run, statements_store
from lrs.xapi.equality import equivalent
from lrs.xapi.multipart import AttachmentData
from tests.lrs.factories import statement, voiding
from tests.support.ralph import ralph_python
from tests.support.servers import Server, free_port, wait_for_port

from .stores import CuttingProxy, at_random, running

pytestmark = pytest.mark.django_db

RALPH_SERVER = """
import sys, uvicorn
from ralph.backends.data.base import BaseOperationType
from ralph.backends.data.fs import FSDataBackend

# Else its file system backend answers 500 to all but the very first write.
FSDataBackend.default_operation_type = BaseOperationType.APPEND
uvicorn.run("ralph.api:app", port=int(sys.argv[1]))
"""


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, str, str]]:
    server = Server(tmp_path_factory.mktemp("target"))
    try:
        server.start(wait=False)
        key, secret = server.credential()
        server.ready()
        yield server, key, secret
    finally:
        server.stop()


def history(count: int) -> list[dict[str, Any]]:
    """Statements of a few registrations, mixed, a voiding among them."""
    registrations = [str(uuid.uuid4()) for _one in range(5)]
    made = [
        statement(context={"registration": registrations[n % 5], "platform": f"n° {n}"})
        for n in range(count - 1)
    ]
    made.insert(count // 2, voiding(made[0]["id"]))
    for start in range(0, count, 7):
        statements_store(statements=made[start : start + 7], source=PLATFORM)
    return made


def run(forward: Forward) -> bool:
    """One pass, as if the wait were over; answers whether anything is left."""
    Forward.objects.filter(pk=forward.pk).update(next_attempt_at=None)
    return forward_run(forward_id=forward.pk) is not None


def run_until_empty(forward: Forward, *, passes: int = 80) -> None:
    for _pass in range(passes):
        if not run(forward):
            return
    raise AssertionError(f"{forward.outbox.filter(state='waiting').count()} still wait")


def received(server: Server, key: str, secret: str, made: list[dict[str, Any]]) -> list[Any]:
    """What `server` has of `made`, voided ones included, oldest first."""
    with LrsClient(server.endpoint, key, secret) as client:
        found = list(client.statements(ascending="true", limit="0"))
        ids = {one["id"] for one in made}
        return [one for one in found if one["id"] in ids]


def test_nothing_is_lost_and_nothing_comes_twice_on_a_bad_line(
    target: tuple[Server, str, str], make_forward: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Connections are cut before, in and after the answer, and the store is killed once."""
    server, key, secret = target
    monkeypatch.setattr("lrs.services.forwarding.delivery.MAX_BATCH", 10)
    with running(CuttingProxy(server.port, at_random(1))) as proxy:
        forward = make_forward(proxy.endpoint, key=key, secret=secret)
        made = history(90)
        for _pass in range(4):
            run(forward)
        server.kill()
        run(forward)
        forward.refresh_from_db()
        assert forward.failures
        assert forward.outbox.filter(state="sent").exists()
        server.start()
        run_until_empty(forward)
    assert {"before", "middle", "after"} <= set(proxy.seen)
    assert not forward.outbox.exclude(state="sent").exists()
    voided = made[45]["object"]["id"]
    got = received(server, key, secret, made)
    expected = [one for one in made if one["id"] != voided]
    assert [one["id"] for one in got] == [one["id"] for one in expected]
    assert all(equivalent(one, two) for one, two in zip(got, expected, strict=True))
    with LrsClient(server.endpoint, key, secret) as client:
        assert client.ask("statements", voidedStatementId=voided).status_code == 200


def test_a_conflict_in_the_middle_is_set_aside_and_the_rest_arrives(
    target: tuple[Server, str, str], make_forward: Any
) -> None:
    server, key, secret = target
    forward = make_forward(server.endpoint, key=key, secret=secret)
    report = connection_test(forward=forward)
    assert (report.is_good, "2.0.0" in report.text) == (True, True)
    made = history(20)
    with LrsClient(server.endpoint, key, secret) as client:
        client.statement_put({**made[3], "actor": {"mbox": "mailto:other@example.org"}})
    run_until_empty(forward)
    row = forward.outbox.exclude(state="sent").get()
    assert (row.state, row.answer_status) == ("set_aside", 409)
    assert made[3]["id"] in row.answer_text
    assert len(received(server, key, secret, made)) == 19  # the other one, and without the voided


def test_attachments_go_with_their_data(target: tuple[Server, str, str], make_forward: Any) -> None:
    server, key, secret = target
    data = b"\x00\r\n--certificate"
    sha2 = hashlib.sha256(data).hexdigest()
    attachment = {
        "usageType": "http://id.tincanapi.com/attachment/certificate-of-completion",
        "display": {"fr": "Attestation"},
        "contentType": "application/pdf",
        "length": len(data),
        "sha2": sha2,
    }
    forward = make_forward(server.endpoint, key=key, secret=secret)
    made = [statement(), statement(attachments=[attachment]), statement()]
    received = {sha2: AttachmentData(sha2, "application/pdf", data)}
    statements_store(statements=made, source=PLATFORM, attachments=received)
    run_until_empty(forward)
    assert not forward.outbox.exclude(state="sent").exists()
    with LrsClient(server.endpoint, key, secret) as client:
        answer = client.ask("statements", statementId=made[1]["id"], attachments="true")
    assert data in answer.content


@pytest.fixture(scope="module")
def ralph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int]]:
    """Ralph's server on its file system backend, in an environment of its own in var/."""
    folder = tmp_path_factory.mktemp("ralph")
    python = ralph_python()
    users = (
        "import bcrypt, json; print(json.dumps([{'username': 'forward', 'scopes': ['all'],"
        " 'agent': {'mbox': 'mailto:forward@example.org'},"
        " 'hash': bcrypt.hashpw(b'secret', bcrypt.gensalt(4)).decode()}]))"
    )
    made = subprocess.run([python, "-c", users], capture_output=True, check=True)
    (folder / "auth.json").write_bytes(made.stdout)
    (folder / "data").mkdir()
    environment = {
        **os.environ,
        "RALPH_APP_DIR": str(folder),
        "RALPH_AUTH_FILE": str(folder / "auth.json"),
        "RALPH_RUNSERVER_BACKEND": "fs",
        "RALPH_BACKENDS__LRS__FS__DEFAULT_DIRECTORY_PATH": str(folder / "data"),
    }
    port, log = free_port(), folder / "log"
    with log.open("wb") as file:
        process = subprocess.Popen(
            [python, "-c", RALPH_SERVER, str(port)],
            cwd=folder,
            env=environment,
            stdout=file,
            stderr=file,
        )
    try:
        wait_for_port(port, process, log)
        yield f"http://127.0.0.1:{port}/xAPI/", port
    finally:
        process.terminate()
        process.wait(10)


class TestRalph:
    """It speaks 1.0.3, has no «about», and answers 204 to a batch that it had."""

    def test_everything_arrives_once_though_the_line_is_cut(
        self, ralph: tuple[str, int], make_forward: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        endpoint, port = ralph
        monkeypatch.setattr("lrs.services.forwarding.delivery.MAX_BATCH", 7)
        with running(CuttingProxy(port, at_random(3))) as proxy:
            address = proxy.endpoint.replace("/xapi/", "/xAPI/")
            forward = make_forward(address, key="forward", secret="secret", version="1.0.3")
            made = [statement(context={"platform": f"n° {n}"}) for n in range(40)]
            statements_store(statements=made, source=PLATFORM)
            run_until_empty(forward)
        assert {"before", "middle", "after"} & set(proxy.seen)
        assert not forward.outbox.exclude(state="sent").exists()
        with LrsClient(endpoint, "forward", "secret", version="1.0.3") as client:
            got = [one["id"] for one in client.statements(ascending="true")]
        assert sorted(got) == sorted(one["id"] for one in made)

    def test_its_refusal_is_set_aside(self, ralph: tuple[str, int], make_forward: Any) -> None:
        """The same id with another content: Ralph answers 409."""
        endpoint, _port = ralph
        made = [statement() for _one in range(9)]
        with LrsClient(endpoint, "forward", "secret", version="1.0.3") as client:
            client.statements_post([{**made[4], "timestamp": "2026-04-01T08:00:00Z"}])
            client.statements_post([{**made[5], "verb": {"id": "http://example.org/other"}}])
        forward = make_forward(endpoint, key="forward", secret="secret", version="1.0.3")
        assert connection_test(forward=forward).is_good
        statements_store(statements=made, source=PLATFORM)
        run_until_empty(forward)
        refused = forward.outbox.filter(state="set_aside").select_related("statement")
        assert made[5]["id"] in {str(row.statement.statement_id) for row in refused}
        assert {row.answer_status for row in refused} == {409}
