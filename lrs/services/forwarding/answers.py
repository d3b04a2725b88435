"""What the answer of another store means for the statements that were sent (Part Three 2.1.2)."""

from __future__ import annotations

import datetime as dt
import email.utils
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

import httpx
from django.utils.translation import gettext as _

MAX_TEXT = 2000
"""Characters of an answer that are kept."""

_LONGEST_WAIT = 24 * 3600.0
_LATER = frozenset({408, 425, 429})
_STOP = frozenset({401, 404, 405, 406, 407, 410, 421, 426})


class Verdict(Enum):
    """`REFUSED`: at least one of the statements is at fault; `LATER`: none is; `STOP`: nothing will
    go through until somebody corrects the destination."""

    DELIVERED = auto()
    REFUSED = auto()
    TOO_LARGE = auto()
    FORBIDDEN = auto()
    LATER = auto()
    STOP = auto()


@dataclass(frozen=True, slots=True)
class Answer:
    """`status` is None if no answer came; `retry_after` is in seconds."""

    verdict: Verdict
    status: int | None
    text: str
    retry_after: float | None = None


def failure(error: httpx.RequestError) -> Answer:
    """No answer, or half of one. The statements may have been stored: their ids stay the same."""
    return Answer(Verdict.LATER, None, f"{type(error).__name__}: {error}"[:MAX_TEXT])


def judge(response: httpx.Response, sent: Collection[uuid.UUID]) -> Answer:
    """The verdict on a batch of statements with the ids `sent`."""
    status = response.status_code
    text = clean(response.text)
    if response.is_success:
        return _judge_success(response, sent, text)
    if response.is_redirect:
        where = response.headers.get("Location", "")
        return Answer(Verdict.STOP, status, _("Redirection refusée vers %s") % where[:200])
    if status in _LATER or status >= 500:
        return Answer(Verdict.LATER, status, text, retry_after(response))
    if status in _STOP:
        return Answer(Verdict.STOP, status, text)
    by_status = {403: Verdict.FORBIDDEN, 413: Verdict.TOO_LARGE}
    return Answer(by_status.get(status, Verdict.REFUSED), status, text)


def retry_after(response: httpx.Response) -> float | None:
    """Seconds that the store asks to wait (RFC 9110 10.2.3), a day at most."""
    value = response.headers.get("Retry-After", "").strip()
    if value.isascii() and value.isdigit():
        return min(float(value[:9]), _LONGEST_WAIT)
    try:
        date = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return None
    if date.tzinfo is None:
        date = date.replace(tzinfo=dt.UTC)
    seconds = (date - dt.datetime.now(dt.UTC)).total_seconds()
    return min(max(seconds, 0.0), _LONGEST_WAIT)


def clean(text: str) -> str:
    """An answer as it can be kept: not endless, and without NUL, which PostgreSQL refuses."""
    return text[:MAX_TEXT].replace("\x00", "�")


def _judge_success(response: httpx.Response, sent: Collection[uuid.UUID], text: str) -> Answer:
    """A page of a proxy is no proof: the answer has to name statements that were sent.

    Some stores answer 204 when they had all of them, or name only those that are new.
    """
    if response.status_code == 204 or _names_only(response, sent):
        return Answer(Verdict.DELIVERED, response.status_code, text)
    said = _("Réponse inattendue, sans identifiants de traces : %s") % text
    return Answer(Verdict.LATER, response.status_code, said[:MAX_TEXT])


def _names_only(response: httpx.Response, sent: Collection[uuid.UUID]) -> bool:
    try:
        ids: Any = response.json()
        return isinstance(ids, list) and bool(ids) and {uuid.UUID(one) for one in ids} <= set(sent)
    except (ValueError, TypeError, AttributeError):
        return False
