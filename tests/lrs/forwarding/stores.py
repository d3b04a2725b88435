"""Servers that answer as a test tells them: a small store, and a proxy that cuts connections."""

from __future__ import annotations

import contextlib
import json
import random
import socket
import socketserver
import struct
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Statement = dict[str, Any]
Reply = tuple[int, str, dict[str, str]]
"""Status, body, headers."""

Rule = Callable[[list[Statement]], Reply | None]
"""What to answer to a batch instead of storing it; None stores it."""


class ToldStore(ThreadingHTTPServer):
    """Keeps batches that no rule answers; `requests` has the ids of each POST, in order."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.rule: Rule = lambda batch: None
        self.requests: list[list[str]] = []
        self.kept: list[Statement] = []
        self.versions: list[str | None] = []
        self.about: Reply = (200, '{"version": ["1.0.3", "2.0.0"]}', {})

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/xapi/"

    @property
    def kept_ids(self) -> list[str]:
        return [statement["id"] for statement in self.kept]

    def answer(self, batch: list[Statement]) -> Reply:
        self.requests.append([statement["id"] for statement in batch])
        told = self.rule(batch)
        if told is not None:
            return told
        self.kept += batch
        return 200, json.dumps(self.requests[-1]), {}


class _Handler(BaseHTTPRequestHandler):
    server: ToldStore

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.versions.append(self.headers["X-Experience-API-Version"])
        self._reply(self.server.answer(json.loads(body)))

    def do_GET(self) -> None:
        if self.path.endswith("/about"):
            self._reply(self.server.about)
        else:
            self._reply(self.server.rule([]) or (200, '{"statements": [], "more": ""}', {}))

    def log_message(self, *arguments: Any) -> None:
        """Quiet."""

    def _reply(self, reply: Reply) -> None:
        status, text, headers = reply
        body = text.encode()
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


class CuttingProxy(socketserver.ThreadingTCPServer):
    """Passes requests on to `port`, and cuts some connections.

    `cuts(count)` says for each connection what happens to it: "pass", "before" (the request never
    arrives), "middle" (half of the answer arrives) or "after" (nothing of it does).
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, port: int, cuts: Callable[[int], str]) -> None:
        super().__init__(("127.0.0.1", 0), _Passing)
        self.target = port
        self.cuts = cuts
        self.seen: list[str] = []
        self.lock = threading.Lock()

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/xapi/"

    def next_cut(self) -> str:
        with self.lock:
            self.seen.append(self.cuts(len(self.seen)))
            return self.seen[-1]


def at_random(seed: int) -> Callable[[int], str]:
    chance = random.Random(seed)
    return lambda count: chance.choice(("pass", "before", "middle", "after", "pass"))


class _Passing(socketserver.BaseRequestHandler):
    server: CuttingProxy

    def handle(self) -> None:
        cut = self.server.next_cut()
        request = _read_request(self.request)
        if cut == "before" or not request:
            return self._reset()
        answer = self._pass_on(request)
        if cut == "pass":
            return self.request.sendall(answer)
        if cut == "middle":
            self.request.sendall(answer[: len(answer) // 2])
        return self._reset()

    def _pass_on(self, request: bytes) -> bytes:
        """The whole answer: by then the store has committed."""
        with socket.create_connection(("127.0.0.1", self.server.target), timeout=20) as store:
            head, end, body = request.partition(b"\r\n\r\n")
            lines = [line for line in head.split(b"\r\n") if b"onnection:" not in line]
            store.sendall(b"\r\n".join([*lines, b"Connection: close"]) + end + body)
            parts = []
            while part := store.recv(65536):
                parts.append(part)
        return b"".join(parts)

    def _reset(self) -> None:
        """Not a polite end: the peer sees its connection reset."""
        linger = struct.pack("ii", 1, 0)
        with contextlib.suppress(OSError):
            self.request.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)


def _read_request(connection: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        part = connection.recv(65536)
        if not part:
            return b""
        data += part
    head, _end, body = data.partition(b"\r\n\r\n")
    length = next(
        (
            int(line.split(b":")[1])
            for line in head.lower().split(b"\r\n")
            if line.startswith(b"content-length:")
        ),
        0,
    )
    while len(body) < length:
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


@contextlib.contextmanager
def running(server: Any) -> Iterator[Any]:
    """Serve from a thread until the end of the block."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
