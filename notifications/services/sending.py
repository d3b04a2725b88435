"""Sending what is queued, each mail at most once.

A worker claims a mail, sends it and writes down the answer. If it is killed in between, the claim
stays; nobody can know whether the mail server took the mail, so it becomes «uncertain» and is left
to an operator. What certainly was not taken is tried again, later and later.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import F, Min, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from notifications.enums import DeliveryState, RunState
from notifications.mails import mail_of
from notifications.models import Delivery, Run
from notifications.services.settling import runs_settle
from notifications.transport import Answer, Transport, Verdict, told

RUN_SECONDS = 20.0
"""How long one task may take, so that other tasks have their turn."""

CLAIM = dt.timedelta(minutes=15)
"""Longer than the slowest mail takes; after that its worker is taken for dead."""

FIRST_WAIT = dt.timedelta(minutes=5)
LONGEST_WAIT = dt.timedelta(minutes=45)
OUTAGE_WAIT = dt.timedelta(minutes=2)
MAX_ATTEMPTS = 12
_PAGE = 50
_PULSE = 10.0  # seconds


def deliveries_send(*, seconds: float = RUN_SECONDS) -> dt.datetime | None:
    """Send what is due, for `seconds` at most; answers when there is something to do again.

    Any number of workers may do so side by side. Not to be called inside a transaction: a claim
    has to be known to others before the mail leaves.
    """
    claims_give_up()
    with Transport() as transport:
        _Pass(transport, time.monotonic() + seconds).run()
    runs_settle()
    return _next_at()


def claims_give_up() -> None:
    """Claims of dead workers become uncertain; what waited too long is given up."""
    now = timezone.now()
    Delivery.objects.filter(state=DeliveryState.SENDING, claimed_at__lt=now - CLAIM).update(
        state=DeliveryState.UNCERTAIN,
        last_error=_("L’envoi a été interrompu : le serveur a pu accepter ce courriel, ou non."),
    )
    Delivery.objects.filter(state=DeliveryState.QUEUED, expires_at__lte=now).update(
        state=DeliveryState.FAILED, last_error=_("Abandonné : resté trop longtemps en attente.")
    )


@dataclass
class _Pass:
    """One worker's pass. `alive`: the runs whose mails the server answered about."""

    transport: Transport
    deadline: float
    alive: set[int] = field(default_factory=set)
    pulse_at: float = 0.0

    def run(self) -> None:
        for delivery in self._claimed():
            answer = self._send(delivery)
            self._note(delivery, answer)
            if answer.verdict is Verdict.OUTAGE:
                break
        self._pulse()

    def _send(self, delivery: Delivery) -> Answer:
        try:
            mail = mail_of(delivery)
        except Exception as error:  # one mail that cannot be written must not stop the others
            return Answer(Verdict.REFUSED, told(error))
        return self.transport.send(mail)

    def _claimed(self) -> Iterator[Delivery]:
        """Mails that nobody else will send, as long as there is time."""
        while due := list(_due().values_list("pk", flat=True)[:_PAGE]):
            for pk in due:
                if time.monotonic() >= self.deadline:
                    return
                delivery = _claim(pk)
                if delivery is not None:
                    yield delivery

    def _note(self, delivery: Delivery, answer: Answer) -> None:
        # Also one that was taken for dead meanwhile: this is who knows.
        mine = Delivery.objects.filter(
            pk=delivery.pk,
            claimed_at=delivery.claimed_at,
            state__in=(DeliveryState.SENDING, DeliveryState.UNCERTAIN),
        )
        mine.update(**_outcome(delivery, answer))
        if delivery.run_id is None:
            return
        if answer.verdict is Verdict.OUTAGE:
            error = _("Serveur de messagerie : %s") % answer.text
            Run.objects.filter(pk=delivery.run_id, state=RunState.SENDING).update(error=error)
            return
        self.alive.add(delivery.run_id)
        if time.monotonic() >= self.pulse_at:
            self._pulse()

    def _pulse(self) -> None:
        self.pulse_at = time.monotonic() + _PULSE
        if self.alive:
            Run.objects.filter(pk__in=self.alive).update(heartbeat_at=timezone.now())
            self.alive.clear()


def _due() -> QuerySet[Delivery]:
    return Delivery.objects.filter(
        state=DeliveryState.QUEUED, next_attempt_at__lte=timezone.now()
    ).order_by("next_attempt_at", "pk")


def _claim(pk: int) -> Delivery | None:
    """The mail, if it was still free: two workers cannot both change its state."""
    now = timezone.now()
    taken = Delivery.objects.filter(pk=pk, state=DeliveryState.QUEUED).update(
        state=DeliveryState.SENDING, claimed_at=now, attempts=F("attempts") + 1
    )
    return Delivery.objects.get(pk=pk) if taken else None


def _outcome(delivery: Delivery, answer: Answer) -> dict[str, object]:
    now = timezone.now()
    match answer.verdict:
        case Verdict.SENT:
            return {
                "state": DeliveryState.SENT,
                "sent_at": now,
                "last_error": "",
                "text": "",
                "html": "",
            }
        case Verdict.OUTAGE:  # no fault of this mail: the attempt does not count
            return {
                "state": DeliveryState.QUEUED,
                "attempts": delivery.attempts - 1,
                "next_attempt_at": now + OUTAGE_WAIT,
                "last_error": answer.text,
            }
        case Verdict.LATER if delivery.attempts < MAX_ATTEMPTS:
            return {
                "state": DeliveryState.QUEUED,
                "next_attempt_at": now + wait_after(delivery.attempts),
                "last_error": answer.text,
            }
        case Verdict.UNCERTAIN:
            return {"state": DeliveryState.UNCERTAIN, "last_error": answer.text}
        case _:
            return {"state": DeliveryState.FAILED, "last_error": answer.text}


def wait_after(attempts: int) -> dt.timedelta:
    """How long to wait after so many attempts: doubling, capped."""
    doublings = min(max(attempts - 1, 0), 10)
    return min(LONGEST_WAIT, FIRST_WAIT * (1 << doublings))


def _next_at() -> dt.datetime | None:
    """When something is due again, or a claim has to be looked at; None if nothing is pending."""
    queued = Delivery.objects.filter(state=DeliveryState.QUEUED).aggregate(
        at=Min("next_attempt_at")
    )
    claimed = Delivery.objects.filter(state=DeliveryState.SENDING).aggregate(at=Min("claimed_at"))
    times = [queued["at"], claimed["at"] and claimed["at"] + CLAIM]
    return min((at for at in times if at is not None), default=None)
