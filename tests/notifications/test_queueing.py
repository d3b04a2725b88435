"""Which mails are sent at all."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from notifications.models import Delivery, Said, Unsubscription
from notifications.services import deliveries_queue, recipient_forget
from notifications.services.forgetting import log_prune, said_prune

from .factories import OPTIONAL, message, queued

pytestmark = pytest.mark.django_db


def reasons() -> list[str]:
    return list(Delivery.objects.order_by("pk").values_list("skip_reason", flat=True))


def test_a_mail_waits_with_its_bodies() -> None:
    sent = message("Camille.Martin@Hopital.Test", subject="Un\n objet ")
    assert deliveries_queue(messages=[sent]) == {"queued": 1}
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.address) == ("queued", "camille.martin@hopital.test")
    assert (delivery.subject, delivery.text) == ("Un objet", sent.text)
    assert list(delivery.said.values_list("key", flat=True)) == list(sent.covers)


def test_the_same_key_is_queued_once() -> None:
    first = message()
    deliveries_queue(messages=[first, first])
    again = message(key=first.key, covers=("something new",))
    assert deliveries_queue(messages=[again]) == {}
    assert Delivery.objects.count() == 1


def test_what_was_said_is_not_said_again() -> None:
    first = message(covers=("a", "b"))
    same = message(covers=("b", "a"))
    more = message(covers=("a", "c"))
    deliveries_queue(messages=[first, same])
    deliveries_queue(messages=[same, more])
    assert set(Delivery.objects.values_list("key", flat=True)) == {first.key, more.key}
    assert set(Said.objects.values_list("key", flat=True)) == {"a", "b", "c"}


def test_the_database_refuses_a_second_mail_of_a_key() -> None:
    """Whatever the code above believes."""
    (delivery,) = queued("a@hopital.test")
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.create(key=delivery.key, recipient=uuid.uuid4(), expires_at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Said.objects.create(key=delivery.said.get().key, delivery=delivery)


def test_nobody_gets_more_than_the_limit_and_what_is_held_back_may_be_said_later(
    settings: Any,
) -> None:
    settings.NOTIFICATIONS_CAP, settings.NOTIFICATIONS_CAP_DAYS = 2, 7
    reader = uuid.uuid4()
    mails = [message(recipient=reader) for _one in range(3)]
    assert deliveries_queue(messages=[*mails, message()]) == {"queued": 3, "capped": 1}
    assert reasons() == ["", "", "capped", ""]
    assert not Said.objects.filter(key__in=mails[2].covers).exists()
    assert not Delivery.objects.get(skip_reason="capped").text
    later = message(recipient=reader, covers=mails[2].covers)
    assert deliveries_queue(messages=[later]) == {"capped": 1}
    eight_days_ago = timezone.now() - dt.timedelta(days=8)
    Delivery.objects.filter(recipient=reader).update(created_at=eight_days_ago)
    assert deliveries_queue(messages=[message(recipient=reader, covers=mails[2].covers)]) == {
        "queued": 1
    }


def test_what_was_never_sent_does_not_count_against_the_limit(settings: Any) -> None:
    settings.NOTIFICATIONS_CAP = 1
    reader = uuid.uuid4()
    deliveries_queue(messages=[message("", recipient=reader)])
    (failed,) = queued("a@hopital.test", recipient=reader)
    Delivery.objects.filter(pk=failed.pk).update(state="failed")
    assert deliveries_queue(messages=[message(recipient=reader)]) == {"queued": 1}


@pytest.mark.parametrize("address", ["", "sans arobase", "a@b", "a@hopital.test\nBcc: x@y.test"])
def test_no_address_is_written_to(address: str) -> None:
    assert deliveries_queue(messages=[message(address)]) == {"no_address": 1}
    assert Delivery.objects.get().address == ""


def test_whoever_unsubscribed_gets_nothing_of_that_category_only() -> None:
    reader = uuid.uuid4()
    Unsubscription.objects.create(recipient=reader, category=OPTIONAL)
    mails = [message(recipient=reader, category=OPTIONAL), message(recipient=reader)]
    assert deliveries_queue(messages=mails) == {"unsubscribed": 1, "queued": 1}
    assert Said.objects.filter(key__in=mails[0].covers).exists()  # not asked again every day


def test_queries_do_not_grow_with_the_mails(django_assert_num_queries: Any) -> None:
    for number in (20, 40):
        mails = [message(covers=(f"{number}:{i}", f"{number}:{i}b")) for i in range(number)]
        with django_assert_num_queries(8):  # with the two of the savepoint
            deliveries_queue(messages=mails)


def test_forgetting_somebody_leaves_only_that_mails_went_out() -> None:
    reader = uuid.uuid4()
    (waiting,) = queued("a@hopital.test", recipient=reader)
    Unsubscription.objects.create(recipient=reader, category=OPTIONAL)
    recipient_forget(recipient=reader)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.address, waiting.subject, waiting.text) == (
        "skipped",
        "",
        "",
        "",
    )
    assert not Said.objects.exists()
    assert not Unsubscription.objects.exists()


def test_the_log_is_kept_for_a_time_and_what_waits_is_kept() -> None:
    ages = {"old": 101, "old waiting": 101, "aged": 99, "aged said": 61, "fresh": 1}
    rows = dict(zip(ages, queued(*(f"a{i}@hopital.test" for i in range(5))), strict=True))
    for name, days in ages.items():
        created_at = timezone.now() - dt.timedelta(days=days)
        state = "queued" if "waiting" in name else "failed"
        Delivery.objects.filter(pk=rows[name].pk).update(created_at=created_at, state=state)
    now = timezone.now()
    assert said_prune(now - dt.timedelta(days=60)) == 4
    assert log_prune(now - dt.timedelta(days=100)) == 1
    kept = set(Delivery.objects.values_list("pk", flat=True))
    assert {name for name, row in rows.items() if row.pk in kept} == set(ages) - {"old"}
    assert [one.delivery for one in Said.objects.all()] == [rows["fresh"]]


def test_a_delivery_says_why_it_was_skipped() -> None:
    (delivery,) = queued("a@hopital.test")
    delivery.state = "skipped"
    with pytest.raises(ValidationError):
        delivery.validate_constraints()
