"""One connection to the mail server, and what its answers mean for a mail.

The question behind each failure is whether the server may have taken the mail. It has for certain
not while no content was sent (RFC 5321 3.3: it takes responsibility with its answer to the end of
the data). Once content is under way and no answer comes, nobody can say, and it must not be sent
again by itself.
"""

from __future__ import annotations

import smtplib
from enum import Enum, auto
from typing import Any, NamedTuple

from django.core.mail import EmailMessage, get_connection

MAX_TEXT = 500
"""Characters of an error that are kept."""

SHUTTING_DOWN = 421  # RFC 5321 4.2.3: the server closes the connection


class Verdict(Enum):
    """`REFUSED`: for good, and because of this mail; `LATER`: this mail, not now; `OUTAGE`: no
    mail will go through now; `UNCERTAIN`: it may have been taken."""

    SENT = auto()
    REFUSED = auto()
    LATER = auto()
    OUTAGE = auto()
    UNCERTAIN = auto()


class Answer(NamedTuple):
    verdict: Verdict
    text: str = ""


class Transport:
    """Opens the connection with the first mail, and anew after one that ended it.

    with Transport() as transport:
        answer = transport.send(message)
    """

    def __init__(self) -> None:
        self._backend: Any = None
        self._is_handed_over = False

    def __enter__(self) -> Transport:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def send(self, message: EmailMessage) -> Answer:
        self._is_handed_over = False
        try:
            self._open()
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            return Answer(Verdict.OUTAGE, told(error))
        try:
            accepted = self._backend.send_messages([message])
        except Exception as error:  # whatever a backend raises: the mail has to have a state
            answer = self._judge(error)
            if answer.verdict in (Verdict.OUTAGE, Verdict.UNCERTAIN):
                self.close()
            return answer
        return Answer(Verdict.SENT) if accepted else Answer(Verdict.REFUSED, "no recipient")

    def close(self) -> None:
        backend, self._backend = self._backend, None
        if backend is not None:
            try:
                backend.close()
            except (smtplib.SMTPException, OSError):  # it was broken already
                return

    def _open(self) -> None:
        if self._backend is None:
            backend = get_connection(fail_silently=False)
            backend.open()
            self._watch(getattr(backend, "connection", None))
            self._backend = backend

    def _watch(self, client: Any) -> None:
        """Notice when content begins to travel; backends without SMTP hand over at once."""
        if not isinstance(client, smtplib.SMTP):
            return
        send_data = client.data

        def data(content: Any) -> Any:
            self._is_handed_over = True
            return send_data(content)

        client.data = data  # type: ignore[method-assign,assignment]

    def _judge(self, error: Exception) -> Answer:
        return Answer(_verdict(error, is_handed_over=self._is_handed_over), told(error))


def told(error: BaseException) -> str:
    """An error in one line."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, text = next(iter(error.recipients.values()))
        return _line(f"{code} {_decoded(text)}")
    if isinstance(error, smtplib.SMTPResponseException):
        return _line(f"{error.smtp_code} {_decoded(error.smtp_error)}")
    return _line(f"{type(error).__name__}: {error}")


def _verdict(error: Exception, *, is_handed_over: bool) -> Verdict:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = next(iter(error.recipients.values()))[0]
        return _of_code(code)
    if isinstance(error, smtplib.SMTPDataError):
        return _of_code(error.smtp_code)
    if isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPAuthenticationError):
        return Verdict.OUTAGE  # our own address or account, whoever the mail is for
    if isinstance(error, smtplib.SMTPException | OSError):
        return Verdict.UNCERTAIN if is_handed_over else Verdict.OUTAGE
    if isinstance(error, ValueError):  # an address or header that cannot be written (UnicodeError)
        return Verdict.REFUSED
    return Verdict.UNCERTAIN


def _of_code(code: int) -> Verdict:
    if code == SHUTTING_DOWN:
        return Verdict.OUTAGE
    return Verdict.REFUSED if code >= 500 else Verdict.LATER


def _decoded(text: bytes | str) -> str:
    return text.decode("utf-8", "replace") if isinstance(text, bytes) else text


def _line(text: str) -> str:
    return " ".join(text.replace("\x00", "�").split())[:MAX_TEXT]
