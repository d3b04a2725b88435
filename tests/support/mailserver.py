"""A mail server in this process, on a real socket, that answers as it is told.

    with running(MailServer()) as server:
        server.answers["a@hopital.test"] = "550 No such user"
        ...
    server.received  # (recipient, message) of each mail it took

What it may be told, by recipient, for all mails or for the first ones (a list):

- `"4xx …"`, `"5xx …"`: the answer to RCPT;
- `"data 4xx …"`, `"data 5xx …"`: the answer to the end of the data;
- `"hang up"`: it closes the connection instead of answering RCPT;
- `"take and hang up"`: it takes the mail and closes the connection without saying so;
- `"take and wait"`: it takes the mail, sets `waiting`, and says so only after `go_on` is set.

`greeting` is what it says first; `per_connection`: after so many mails it says 421.
"""

from __future__ import annotations

import email
import email.policy
import socket
import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage

HANG_UP, TAKE_AND_HANG_UP = "hang up", "take and hang up"
TAKE_AND_WAIT = "take and wait"


@dataclass
class MailServer:
    answers: dict[str, str | list[str]] = field(default_factory=dict)
    greeting: str = "220 ready"
    per_connection: int = 1000
    port: int = 0
    received: list[tuple[str, EmailMessage]] = field(default_factory=list)
    connections: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)
    waiting: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)

    @property
    def recipients(self) -> list[str]:
        return [recipient for recipient, _message in self.received]

    def answer(self, recipient: str) -> str:
        with self.lock:
            told = self.answers.get(recipient, "")
            if isinstance(told, str):
                return told
            return told.pop(0) if told else ""

    def take(self, recipient: str, content: bytes) -> None:
        message = email.message_from_bytes(content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        with self.lock:
            self.received.append((recipient, message))


class HungUp(Exception):
    """The server ends the connection without a word."""


class _Handler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        server: MailServer = self.server.told  # type: ignore[attr-defined]
        with server.lock:
            server.connections += 1
        self._say(server.greeting)
        try:
            self._talk(server)
        except (HungUp, ConnectionError):
            # With what was sent still unread, as a crash leaves it: RST instead of FIN.
            linger = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)

    def _talk(self, server: MailServer) -> None:
        recipient, told, taken = "", "", 0
        for line in self.rfile:
            verb = line[:4].upper().strip()
            if verb in (b"EHLO", b"HELO"):
                self._say("250 here")
            elif verb == b"MAIL":
                if taken >= server.per_connection:
                    self._say("421 Too many messages on this connection")
                    return
                self._say("250 ok")
            elif verb == b"RCPT":
                recipient = line.decode().partition("<")[2].partition(">")[0]
                told = server.answer(recipient)
                if told == HANG_UP:
                    raise HungUp
                self._say(told if told[:1] in ("4", "5") else "250 ok")
            elif verb == b"DATA":
                self._say("354 go on")
                self._data(server, recipient, told)
                taken += 1
            elif verb == b"QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _data(self, server: MailServer, recipient: str, told: str) -> None:
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line[1:] if line.startswith(b"..") else line)
        if told.startswith("data "):
            self._say(told.removeprefix("data "))
            return
        server.take(recipient, b"".join(lines))
        if told == TAKE_AND_HANG_UP:
            raise HungUp
        if told == TAKE_AND_WAIT:
            server.waiting.set()
            server.go_on.wait(30)
        self._say("250 taken")

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@contextmanager
def running(told: MailServer) -> Iterator[MailServer]:
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.told = told  # type: ignore[attr-defined]
        told.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield told
        finally:
            server.shutdown()
            thread.join()
