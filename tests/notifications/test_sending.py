"""Sending over a real socket: what the server answers, and what becomes of the mail."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from notifications.models import Delivery, Wake
from notifications.services import deliveries_send, deliveries_wake, sending
from notifications.services.sending import LONGEST_WAIT, MAX_ATTEMPTS, wait_after
from notifications.tasks import deliveries_send_pending
from tests.support.mailserver import HANG_UP, TAKE_AND_HANG_UP, MailServer

from .factories import COMPULSORY, OPTIONAL, queued

pytestmark = pytest.mark.django_db


def state(delivery: Delivery) -> tuple[str, int]:
    delivery.refresh_from_db()
    return delivery.state, delivery.attempts


def come_due() -> None:
    """As if the waits were over."""
    Delivery.objects.update(next_attempt_at=timezone.now())


def test_a_mail_arrives_once_in_two_versions_with_its_headers(
    server: MailServer, settings: Any
) -> None:
    settings.WAGTAILADMIN_BASE_URL = "https://site.example"
    (delivery,) = queued("a@hopital.test", category=OPTIONAL, reply_to="rssi@hopital.test")
    assert deliveries_send() is None
    assert deliveries_send() is None
    ((recipient, message),) = server.received
    assert recipient == message["To"] == "a@hopital.test"
    assert message["From"] == "Tous cyber vigilant <ne-pas-repondre@localhost>"
    assert message["Reply-To"] == "rssi@hopital.test"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"] == f"<{delivery.uid}@site.example>"
    assert (
        message["List-Unsubscribe"]
        .strip()
        .startswith("<https://site.example/courriels/abonnement/")
    )
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for version, body in (("plain", delivery.text), ("html", delivery.html)):
        part = message.get_body((version,))
        assert part is not None
        assert part.get_content().strip() == body.strip()
    assert state(delivery) == ("sent", 1)
    assert (delivery.text, delivery.html, delivery.subject) == ("", "", message["Subject"])


def test_a_compulsory_mail_offers_no_unsubscribing() -> None:
    queued("a@hopital.test", category=COMPULSORY)
    deliveries_send()
    assert "List-Unsubscribe" not in mail.outbox[0].extra_headers


def test_one_connection_carries_many_mails(server: MailServer) -> None:
    queued(*(f"a{i}@hopital.test" for i in range(30)))
    deliveries_send()
    assert (len(server.received), server.connections) == (30, 1)


def test_a_server_that_ends_the_connection_now_and_then_gets_them_all(server: MailServer) -> None:
    server.per_connection = 4
    queued(*(f"a{i}@hopital.test" for i in range(10)))
    for _turn in range(5):
        deliveries_send()
        come_due()
    assert sorted(server.recipients) == [f"a{i}@hopital.test" for i in range(10)]


@pytest.mark.parametrize("answer", ["550 5.1.1 No such user", "data 554 5.7.1 Refused"])
def test_a_refusal_for_good_is_kept_and_the_others_go_on(server: MailServer, answer: str) -> None:
    server.answers["a@hopital.test"] = answer
    refused, other = queued("a@hopital.test", "b@hopital.test")
    assert deliveries_send() is None
    assert state(refused) == ("failed", 1)
    assert refused.last_error == answer.removeprefix("data ")
    assert refused.text  # so that it can be tried again
    assert state(other) == ("sent", 1)


@pytest.mark.parametrize("answer", ["451 4.7.1 Greylisted", "data 452 4.3.1 Full"])
def test_a_refusal_for_now_is_tried_again_later(server: MailServer, answer: str) -> None:
    server.answers["a@hopital.test"] = [answer, answer]
    later, other = queued("a@hopital.test", "b@hopital.test")
    next_at = deliveries_send()
    assert next_at is not None
    assert state(later) == ("queued", 1)
    assert dt.timedelta(minutes=4) < later.next_attempt_at - timezone.now() <= wait_after(1)
    assert state(other) == ("sent", 1)
    for _turn in range(2):
        come_due()
        deliveries_send()
    assert state(later) == ("sent", 3)
    assert server.recipients.count("a@hopital.test") == 1


def test_waits_grow_and_have_a_limit() -> None:
    waits = [wait_after(attempts) for attempts in range(1, 40)]
    assert waits[0] == dt.timedelta(minutes=5)
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_WAIT


def test_after_many_attempts_it_has_failed(server: MailServer) -> None:
    server.answers["a@hopital.test"] = "451 Never"
    (delivery,) = queued("a@hopital.test")
    for _turn in range(MAX_ATTEMPTS):
        come_due()
        deliveries_send()
    assert state(delivery) == ("failed", MAX_ATTEMPTS)


def test_a_connection_lost_before_the_content_is_no_fault_of_the_mail(server: MailServer) -> None:
    server.answers["a@hopital.test"] = [HANG_UP]
    first, second = queued("a@hopital.test", "b@hopital.test")
    assert deliveries_send() is not None
    assert state(first) == ("queued", 0)
    assert state(second) == ("queued", 0)  # no mail would go through now
    come_due()
    deliveries_send()
    assert sorted(server.recipients) == ["a@hopital.test", "b@hopital.test"]


def test_a_connection_lost_after_the_content_leaves_it_uncertain_and_unrepeated(
    server: MailServer,
) -> None:
    server.answers["a@hopital.test"] = [TAKE_AND_HANG_UP]
    lost, other = queued("a@hopital.test", "b@hopital.test")
    for _turn in range(3):
        deliveries_send()
        come_due()
    assert state(lost) == ("uncertain", 1)
    assert state(other) == ("sent", 1)
    assert server.recipients.count("a@hopital.test") == 1  # it had arrived, indeed


def test_without_a_server_everything_waits(settings: Any, server: MailServer) -> None:
    settings.EMAIL_PORT = 9  # nothing listens there
    deliveries = queued("a@hopital.test", "b@hopital.test")
    assert deliveries_send() is not None
    assert [state(one) for one in deliveries] == [("queued", 0)] * 2
    assert "Connection refused" in deliveries[0].last_error
    settings.EMAIL_PORT = server.port
    come_due()
    deliveries_send()
    assert len(server.received) == 2


def test_a_server_that_refuses_us_is_an_outage(server: MailServer) -> None:
    server.greeting = "554 Go away"
    (delivery,) = queued("a@hopital.test")
    deliveries_send()
    assert state(delivery) == ("queued", 0)
    assert delivery.last_error == "554 Go away"


def test_a_mail_that_cannot_be_written_does_not_stop_the_others(server: MailServer) -> None:
    broken, other = queued("a@hopital.test", "b@hopital.test")
    Delivery.objects.filter(pk=broken.pk).update(category="of-a-room-that-is-gone")
    deliveries_send()
    assert state(broken) == ("failed", 1)
    assert state(other) == ("sent", 1)


def test_what_waited_too_long_is_given_up(server: MailServer) -> None:
    (delivery,) = queued("a@hopital.test")
    Delivery.objects.update(expires_at=timezone.now())
    deliveries_send()
    assert state(delivery) == ("failed", 0)
    assert not server.received


def test_the_claim_of_a_killed_worker_becomes_uncertain_and_is_not_sent(server: MailServer) -> None:
    fresh, dead = queued("a@hopital.test", "b@hopital.test")
    now = timezone.now()
    Delivery.objects.filter(pk=fresh.pk).update(state="sending", claimed_at=now)
    Delivery.objects.filter(pk=dead.pk).update(state="sending", claimed_at=now - sending.CLAIM * 2)
    next_at = deliveries_send()
    assert state(fresh)[0] == "sending"
    assert state(dead)[0] == "uncertain"
    assert next_at is not None  # somebody has to look at the claim again
    assert not server.received


def test_a_slow_worker_that_was_taken_for_dead_says_how_it_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (delivery,) = queued("a@hopital.test")
    send = sending.Transport.send

    def slow(self: Any, message: Any) -> Any:
        monkeypatch.setattr(sending, "CLAIM", -dt.timedelta(seconds=1))
        sending.claims_give_up()
        assert state(delivery)[0] == "uncertain"
        return send(self, message)

    monkeypatch.setattr(sending.Transport, "send", slow)
    deliveries_send()
    assert state(delivery) == ("sent", 1)


def test_a_pass_ends_in_time_and_leaves_the_rest(server: MailServer) -> None:
    queued("a@hopital.test")
    next_at = deliveries_send(seconds=0)
    assert next_at is not None
    assert next_at <= timezone.now()
    assert not server.received


def task_times() -> list[dt.datetime]:
    from django_tasks_db.models import DBTaskResult

    return list(DBTaskResult.objects.order_by("run_after").values_list("run_after", flat=True))


def test_a_task_sends_and_queues_itself_again_for_what_has_to_wait(
    server: MailServer, asleep: None
) -> None:
    server.answers["a@hopital.test"] = ["451 Later"]
    queued("a@hopital.test")
    deliveries_wake()
    Wake.objects.update(at=timezone.now())  # the time has come
    deliveries_send_pending.func()
    waits = task_times()
    assert len(waits) == 2
    assert waits[1] > timezone.now() + dt.timedelta(minutes=4)
    deliveries_send_pending.func()  # one too many does not become two chains
    assert task_times() == waits


def test_many_wakes_queue_one_task_and_an_earlier_one_comes_first(asleep: None) -> None:
    now = timezone.now()
    for _turn in range(5):
        deliveries_wake(now + dt.timedelta(minutes=5))
    for _turn in range(5):
        deliveries_wake()
    soon, later = task_times()
    assert soon < now + dt.timedelta(seconds=10)
    assert later == now + dt.timedelta(minutes=5)
    Wake.objects.update(at=now)  # that task was lost with its worker
    deliveries_wake()
    assert len(task_times()) == 3
