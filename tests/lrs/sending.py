"""What systems send at once: singles, batches, voidings, references, attachments, the same ids.

Each sending is made before it leaves, so that it can be sent again as it was; whoever sends keeps
an account of what was answered.
"""

from __future__ import annotations

import hashlib
import json
import random
import threading
import uuid
from dataclasses import dataclass, field
from typing import Any

import httpx

from lrs.identifiers import account_agent
from tests.lrs.factories import statement, voiding

BOUNDARY = "boundary-of-the-test"
FILES = [f"file n° {number}".encode() for number in range(3)]
USAGE = "https://example.org/usage/file"


@dataclass
class Sending:
    """One request. `own` are the ids that no other sending has."""

    statements: list[dict[str, Any]]
    files: list[bytes] = field(default_factory=list)
    own: set[str] = field(default_factory=set)
    is_acknowledged: bool = False

    @property
    def ids(self) -> list[str]:
        return [one["id"] for one in self.statements]

    def content(self) -> tuple[str, bytes]:
        """The type and the body of the request."""
        body = json.dumps(self.statements).encode()
        if not self.files:
            return "application/json", body
        parts = [b"Content-Type: application/json\r\n\r\n" + body]
        for data in self.files:
            head = (
                "Content-Type: text/plain\r\nContent-Transfer-Encoding: binary\r\n"
                f"X-Experience-API-Hash: {hashlib.sha256(data).hexdigest()}\r\n\r\n"
            )
            parts.append(head.encode() + data)
        line = f"--{BOUNDARY}".encode()
        whole = b"".join(line + b"\r\n" + part + b"\r\n" for part in parts) + line + b"--\r\n"
        return f"multipart/mixed; boundary={BOUNDARY}", whole


class Workload:
    """Sendings of many writers. `subjects` are (person uid, module IRI) that make completions."""

    def __init__(self, seed: int, subjects: list[tuple[uuid.UUID, str]], *, pool: int = 60) -> None:
        self.seed = seed
        self.subjects = subjects
        chance = random.Random(seed)
        self.pool = [self._plain(chance) for _one in range(pool)]
        self.pool += [voiding(one["id"]) for one in self.pool[:5]]
        self._known: list[str] = [one["id"] for one in self.pool[10:30]]
        self._lock = threading.Lock()

    def sending(self, chance: random.Random) -> Sending:
        """Something that a writer may send, of a random kind."""
        kind = chance.choice(("single", "batch", "batch", "overlap", "void", "refer", "file"))
        match kind:
            case "single":
                made = [self._plain(chance)]
            case "batch":
                made = [self._plain(chance) for _one in range(chance.randint(2, 20))]
            case "void":
                made = [voiding(self._some(chance)), self._plain(chance)]
            case "refer":
                target = {"objectType": "StatementRef", "id": self._some(chance)}
                made = [self._plain(chance, object=target)]
            case "file":
                return self._with_files(chance)
            case _:
                made = [self._plain(chance)]
        own = {one["id"] for one in made}
        with self._lock:
            self._known += own
        if kind == "overlap":
            made += chance.sample(self.pool, 12)
            chance.shuffle(made)
        return Sending(made, own=own)

    def _some(self, chance: random.Random) -> str:
        """An id that somebody may be sending at this very moment, or that nobody ever sends."""
        with self._lock:
            recent = self._known[-30:]
        return chance.choice([*recent, str(uuid.uuid4())])

    def _with_files(self, chance: random.Random) -> Sending:
        files = chance.sample(FILES, 2)
        made = self._plain(chance, attachments=[_attachment(data) for data in files])
        return Sending([made], files=files, own={made["id"]})

    def _plain(self, chance: random.Random, **changes: Any) -> dict[str, Any]:
        """Often a completion; definitions that all writers state, each in a language of its own."""
        if chance.random() < 0.4:
            person, module = chance.choice(self.subjects)
            result = {"score": {"scaled": chance.randint(0, 100) / 100}, "completion": True}
            facts: dict[str, Any] = {
                "actor": account_agent(person), "object": {"id": module}, "result": result
            }  # fmt: skip
        else:
            number = chance.randrange(40)
            language = chance.choice(("fr", "en", "de", "it"))
            facts = {
                "actor": {"mbox": f"mailto:person{chance.randrange(9)}@example.org"},
                "verb": {"id": f"https://example.org/verbs/{self.seed}/{number % 7}",
                         "display": {language: f"verb {number % 7}"}},
                "object": {"id": f"https://example.org/activities/{self.seed}/{number}",
                           "definition": {"name": {language: f"activity {number}"}}},
            }  # fmt: skip
        context = {"registration": str(uuid.UUID(int=chance.randrange(5) + 1))}
        return statement(context=context, **{**facts, **changes})


def _attachment(data: bytes) -> dict[str, Any]:
    return {
        "usageType": USAGE,
        "display": {"en": "a file"},
        "contentType": "text/plain",
        "length": len(data),
        "sha2": hashlib.sha256(data).hexdigest(),
    }


def send(client: httpx.Client, sending: Sending, *, by_put: bool = False) -> int:
    """Send it once and note whether it was acknowledged; answers the status."""
    kind, body = sending.content()
    headers = {"Content-Type": kind}
    if by_put and len(sending.statements) == 1 and not sending.files:
        response = client.put(
            "statements",
            params={"statementId": sending.ids[0]},
            content=json.dumps(sending.statements[0]),
            headers=headers,
        )
    else:
        response = client.post("statements", content=body, headers=headers)
    if response.status_code == 200:
        assert response.json() == sending.ids
    sending.is_acknowledged |= response.status_code in (200, 204)
    return response.status_code
