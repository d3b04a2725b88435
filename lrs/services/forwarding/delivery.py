"""Sending one batch, and finding the statement for which it was refused.

A refused batch is split, and its halves are sent in their order, until the statement at fault is
alone; that one is set aside with the answer it got, and the others go on. What says nothing about
the statements (no answer, an overload, wrong credentials) leaves them waiting.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass, field

import httpx
from django.utils import timezone
from django.utils.translation import gettext as _

from lrs.client import LrsClient
from lrs.enums import DeliveryState, ForwardState
from lrs.models import Forward
from lrs.selectors import attachments_by_hash
from lrs.services.forwarding.answers import MAX_TEXT, Answer, Verdict, failure, judge
from lrs.services.forwarding.lease import Lease
from lrs.services.forwarding.payload import Parcel

MAX_BATCH = 500
FIRST_WAIT = 1.0
LONGEST_WAIT = 900.0
"""Seconds."""

PATIENCE = 3
"""How often a whole batch may fail before parts of it are tried."""

SUSPECT_ATTEMPTS = 5
"""How often one statement may get a 5xx alone, while others go through, before it is set aside."""

REFUSED_IN_A_ROW = 500
REFUSED_AT_FIRST = 20
"""After so many refusals without one success (ever), the destination is at fault."""

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_OVERLOAD = frozenset({502, 503, 504})


def wait_seconds(failures: int, *, asked: float | None = None) -> float:
    """How long to wait after so many failures: doubling, capped, between half and the whole.

    At least as long as the store asked for.
    """
    whole = min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** min(max(failures - 1, 0), 30))
    jittered = whole * (0.5 + random.random() / 2)  # noqa: S311 - spreads load, keeps no secret
    return max(jittered, asked or 0.0)


def batch_limit(forward: Forward) -> int:
    """How many statements to send at once; few when whole batches get no answer in time."""
    is_slow = forward.last_status is None or forward.last_status in _OVERLOAD
    beyond = forward.failures - PATIENCE
    if not is_slow or beyond < 0:
        return MAX_BATCH
    return max(1, MAX_BATCH >> (2 * min(beyond + 1, 8)))


@dataclass
class Delivery:
    """A pass of one worker over what waits for `forward`.

    `limit` is how many go at once; a batch that is too large lowers its `ceiling` for this pass.
    `is_searching`: this batch is being split to find what breaks the store; `is_doubtful`: one was
    found, and nothing went through since. `is_over`: the pass has to end.
    """

    forward: Forward
    client: LrsClient
    lease: Lease
    limit: int = field(init=False)
    ceiling: int = field(init=False)
    is_searching: bool = False
    is_doubtful: bool = False
    is_over: bool = False

    def __post_init__(self) -> None:
        self.limit = batch_limit(self.forward)
        self.ceiling = MAX_BATCH

    def send_batch(self, parcels: Sequence[Parcel]) -> bool:
        """Send them in their order; answers whether the pass may go on with other statements."""
        self.is_searching = False
        self._send(parcels)
        return not self.is_over

    def _send(self, parcels: Sequence[Parcel]) -> bool:
        """Answers whether what follows in the batch may be sent."""
        if not self.lease.extend():
            return self._end()
        answer = self._offer(parcels)
        if not self.lease.extend():  # too slow, or paused: whoever sends next gets the same answer
            return self._end()
        return self._react(parcels, answer)

    def _end(self) -> bool:
        self.is_over = True
        return False

    def _split(self, parcels: Sequence[Parcel]) -> bool:
        middle = len(parcels) // 2
        return self._send(parcels[:middle]) and self._send(parcels[middle:])

    def set_aside(self, item: Parcel, text: str, status: int | None = None) -> None:
        """Take a statement out of the way, with the reason."""
        self._note(item, text, status, state=DeliveryState.SET_ASIDE, next_attempt_at=None)

    def _offer(self, parcels: Sequence[Parcel]) -> Answer:
        hashes: set[str] = set().union(*(item.hashes for item in parcels))
        data = attachments_by_hash(hashes=hashes) if hashes else []
        try:
            response = self.client.statements_offer([item.document for item in parcels], data)
        except httpx.RequestError as error:
            return failure(error)
        return judge(response, {item.statement_id for item in parcels})

    def _react(self, parcels: Sequence[Parcel], answer: Answer) -> bool:
        if answer.verdict is Verdict.DELIVERED:
            return self._delivered(parcels, answer)
        if answer.verdict is Verdict.TOO_LARGE:
            self.limit = self.ceiling = max(1, len(parcels) // 2)
        if answer.verdict in (Verdict.REFUSED, Verdict.TOO_LARGE):
            return self._refused(parcels, answer)
        # Part Two 2.3.2: a store may forbid this credential to void, and take all the rest.
        if answer.verdict is Verdict.FORBIDDEN and any(item.is_voiding for item in parcels):
            return self._refused(parcels, answer)
        if answer.verdict is Verdict.LATER:
            return self._later(parcels, answer)
        return self._stop(answer)

    def _delivered(self, parcels: Sequence[Parcel], answer: Answer) -> bool:
        now = timezone.now()
        rows = self.forward.outbox.filter(pk__in=[item.row.pk for item in parcels])
        rows.update(
            state=DeliveryState.SENT,
            sent_at=now,
            next_attempt_at=None,
            answer_status=answer.status,
            answer_text="",
            answered_at=now,
        )
        self.limit = min(self.ceiling, self.limit * 4)
        self.is_doubtful = False
        self._keep(failures=0, next_attempt_at=None, last_success_at=now, last_status=answer.status)
        return True

    def _refused(self, parcels: Sequence[Parcel], answer: Answer) -> bool:
        if len(parcels) > 1:
            return self._split(parcels)
        self.set_aside(parcels[0], answer.text, answer.status)
        most = REFUSED_IN_A_ROW if self.forward.last_success_at else REFUSED_AT_FIRST
        if self._refused_in_a_row() < most:
            return True
        said_of_all = _("%(count)d traces de suite refusées ; la dernière : %(answer)s")
        text = said_of_all % {"count": most, "answer": answer.text}
        return self._stop(Answer(Verdict.STOP, answer.status, text))

    def _refused_in_a_row(self) -> int:
        since = max(self.forward.active_since, self.forward.last_success_at or _EPOCH)
        rows = self.forward.outbox.filter(
            state=DeliveryState.SET_ASIDE, answer_status__isnull=False, answered_at__gt=since
        )
        return rows.count()

    def _later(self, parcels: Sequence[Parcel], answer: Answer) -> bool:
        """No statement is at fault, unless the store breaks on one, again and again."""
        is_broken = (answer.status or 0) >= 500 and answer.status not in _OVERLOAD
        is_lasting = self.forward.failures >= PATIENCE or parcels[0].row.attempts > 0
        if is_broken and (is_lasting or self.is_searching):
            self.is_searching = True
            if len(parcels) > 1:
                return self._split(parcels)
            self._suspect(parcels[0], answer)
            if not self.is_doubtful:
                self.is_doubtful = True
                return False  # it waits by itself; the next batch shows whether the store works
        failures = self.forward.failures + 1
        self._fail(answer, failures=failures, wait=wait_seconds(failures, asked=answer.retry_after))
        return self._end()

    def _suspect(self, item: Parcel, answer: Answer) -> None:
        attempts = item.row.attempts + 1
        before, success = item.row.answered_at, self.forward.last_success_at
        others_go = before is not None and success is not None and success > before
        if attempts >= SUSPECT_ATTEMPTS and others_go:
            return self.set_aside(item, answer.text, answer.status)
        at = timezone.now() + dt.timedelta(seconds=wait_seconds(attempts + PATIENCE))
        return self._note(item, answer.text, answer.status, next_attempt_at=at)

    def _note(self, item: Parcel, text: str, status: int | None, **changes: object) -> None:
        rows = self.forward.outbox.filter(pk=item.row.pk, state=DeliveryState.WAITING)
        rows.update(
            attempts=item.row.attempts + 1,
            answer_status=status,
            answer_text=text,
            answered_at=timezone.now(),
            **changes,
        )

    def _fail(self, answer: Answer, *, failures: int, wait: float) -> None:
        now = timezone.now()
        self._keep(
            failures=failures,
            next_attempt_at=now + dt.timedelta(seconds=wait),
            last_error=said(answer),
            last_error_at=now,
            last_status=answer.status,
        )

    def _stop(self, answer: Answer) -> bool:
        forward_halt(self.forward, said(answer), status=answer.status)
        return self._end()

    def _keep(self, **values: object) -> None:
        """Written field by field: an operator may change the destination meanwhile."""
        for name, value in values.items():
            setattr(self.forward, name, value)
        Forward.objects.filter(pk=self.forward.pk).update(**values)


def forward_halt(forward: Forward, text: str, *, status: int | None = None) -> None:
    """Send nothing more until somebody has looked at it; what waits, waits."""
    Forward.objects.filter(pk=forward.pk, state=ForwardState.ACTIVE).update(
        state=ForwardState.HALTED,
        last_error=text,
        last_error_at=timezone.now(),
        last_status=status,
    )


def said(answer: Answer) -> str:
    """An answer in one text, with its code."""
    return f"{answer.status} {answer.text}".strip()[:MAX_TEXT] if answer.status else answer.text
