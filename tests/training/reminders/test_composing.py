"""The reminders of a day: who gets one, what it says, and that nobody gets it twice."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.core.management.base import CommandError

from notifications.models import Delivery, Run, Unsubscription
from notifications.registry import category_of
from notifications.services import deliveries_send, run_compose, run_start
from organisation.models import Establishment
from tests.organisation.factories import (
    AccountFactory,
    AppointmentFactory,
    EstablishmentFactory,
    PersonFactory,
)
from tests.reporting.factories import RequirementFactory, TrainableFactory, completed
from tests.support.sober import check_sober
from training.models import Retraining, Trainable
from training.reminders import composing
from training.reminders.composing import EARLY, KIND, LATE, reminders_compose

pytestmark = pytest.mark.django_db

DUE = dt.date(2026, 6, 1)
START = DUE - dt.timedelta(30)
BEFORE, AFTER = DUE - dt.timedelta(14), DUE + dt.timedelta(14)


@pytest.fixture
def house() -> Establishment:
    return EstablishmentFactory(
        name="CHU d’Essai & Cie",
        security_contact_name="Dominique Le Goff",
        security_contact_email="rssi@chu-essai.test",
        hotline="02 00 00 00 00",
    )


@pytest.fixture
def trainable() -> Trainable:
    """Due on DUE for whoever is there since START."""
    made = TrainableFactory(title="Reconnaître un message d’hameçonnage")
    RequirementFactory(trainable=made, starts_on=START, due_days=30, validity_months=12)
    return made


def agent(house: Establishment, **fields: Any) -> Any:
    person = PersonFactory(**fields)
    AppointmentFactory(person=person, establishment=house, starts_on=START)
    return person


def reminded(day: dt.date) -> list[str]:
    """Run a day; the addresses to which something was sent on it, in order."""
    mail.outbox.clear()
    run = run_compose(run=run_start(kind=KIND, period=day.isoformat()))
    assert run.state != "failed", run.error
    deliveries_send()
    return sorted(message.to[0] for message in mail.outbox)


def days(first: dt.date, number: int) -> list[dt.date]:
    return [first + dt.timedelta(one) for one in range(number)]


def test_one_mail_a_stage_over_half_a_year(house: Establishment, trainable: Trainable) -> None:
    agent(house)
    sent = [day for day in days(START, 250) if reminded(day)]
    assert sent == [DUE + dt.timedelta(one) for one in (-14, 0, 14, 44, 74, 104, 134, 164)]


@pytest.fixture(autouse=True)
def _no_limit(settings: Any) -> None:
    """All days of a test are one for the clock: the limit has a test of its own."""
    settings.NOTIFICATIONS_CAP = 1000


def test_a_completion_ends_the_reminders_until_the_renewal(
    house: Establishment, trainable: Trainable
) -> None:
    person = agent(house)
    assert reminded(BEFORE)
    done_on = BEFORE + dt.timedelta(3)
    completed(person, trainable, done_on)
    sent = [day for day in days(BEFORE + dt.timedelta(4), 385) if reminded(day)]
    end = dt.date(done_on.year + 1, done_on.month, done_on.day)
    assert sent == [end + dt.timedelta(one) for one in (-30, 0, 14)]


def test_several_trainings_go_into_one_mail(house: Establishment, trainable: Trainable) -> None:
    agent(house)
    other = TrainableFactory(title="Mots de passe")
    RequirementFactory(trainable=other, starts_on=START, due_days=30)
    assert len(reminded(DUE)) == 1
    body = mail.outbox[0].body
    assert trainable.title in body
    assert other.title in body
    assert Delivery.objects.get().said.count() == 2


def test_a_day_that_was_missed_is_made_up_for_once(
    house: Establishment, trainable: Trainable
) -> None:
    agent(house)
    assert reminded(DUE + dt.timedelta(3))
    assert not reminded(DUE + dt.timedelta(4))


def test_nothing_is_written_for_nothing(house: Establishment, trainable: Trainable) -> None:
    agent(house)
    reminded(DUE)
    assert not reminders_compose(Run(kind=KIND, period=str(DUE + dt.timedelta(1)))).messages


def test_a_day_that_tells_of_something_late_is_compulsory_until_it_was_said(
    house: Establishment, trainable: Trainable
) -> None:
    """Also when something early is told with it; alone, the early is a courtesy again."""
    agent(house)
    early = TrainableFactory(title="Mots de passe")
    RequirementFactory(trainable=early, starts_on=START, due_days=30 + 14 + 1)
    reminded(DUE)
    reminded(DUE + dt.timedelta(1))
    assert list(Delivery.objects.order_by("pk").values_list("category", flat=True)) == [LATE, EARLY]


def test_what_the_limit_held_back_comes_later(
    house: Establishment, trainable: Trainable, settings: Any
) -> None:
    settings.NOTIFICATIONS_CAP = 0
    agent(house)
    assert not reminded(DUE)
    settings.NOTIFICATIONS_CAP = 1
    assert reminded(DUE + dt.timedelta(1))


def test_a_day_that_is_composed_twice_is_sent_once(
    house: Establishment, trainable: Trainable
) -> None:
    agent(house)
    assert reminded(DUE)
    Run.objects.all().update(state="composing", cursor="", composed_at=None)
    assert not reminded(DUE)
    assert Delivery.objects.count() == 1


def test_a_run_goes_through_everybody_in_batches(
    house: Establishment, trainable: Trainable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(composing, "BATCH", 4)
    for _one in range(9):
        agent(house)
    assert len(reminded(DUE)) == 9
    assert Run.objects.get().counts["examined"] == 9


def test_who_gets_no_mail_and_why(house: Establishment, trainable: Trainable) -> None:
    agent(house, email="a@hopital.test")
    agent(house, email="")  # also how somebody who was erased looks
    agent(house, email="", user=AccountFactory())  # an address that nobody proved
    proved = AccountFactory(email="p@hopital.test", address__verified=True)
    agent(house, email="", user=proved)
    agent(house, email="off@hopital.test", user=AccountFactory(is_active=False))
    AppointmentFactory(establishment=house, starts_on=START, ends_on=DUE)
    closed = EstablishmentFactory(closed_on=DUE)
    AppointmentFactory(establishment=closed, starts_on=START)
    PersonFactory()
    assert reminded(DUE) == ["a@hopital.test", "p@hopital.test"]
    counts = Run.objects.get().counts
    assert counts == {"examined": 8, "ended": 3, "addressless": 2, "switched_off": 1, "queued": 2}


def test_early_reminders_may_be_refused_and_those_of_what_is_late_not(
    house: Establishment, trainable: Trainable
) -> None:
    person = agent(house)
    for category in (EARLY, LATE):
        Unsubscription.objects.create(recipient=person.uid, category=category)
    Unsubscription.objects.filter(category=LATE).delete()
    assert not reminded(BEFORE)
    assert Delivery.objects.get().skip_reason == "unsubscribed"
    assert reminded(DUE)
    assert not category_of(LATE).is_optional
    assert "on ne peut pas s’en désabonner" in mail.outbox[0].body


@pytest.mark.parametrize("day", [BEFORE, DUE, AFTER])
def test_it_does_not_look_like_phishing(
    house: Establishment, trainable: Trainable, settings: Any, day: dt.date
) -> None:
    settings.WAGTAILADMIN_BASE_URL = "https://formation.exemple.fr"
    agent(house)
    reminded(day)
    (message,) = mail.outbox
    (html,) = [body for body, kind in message.alternatives if kind == "text/html"]  # type: ignore[attr-defined]
    check_sober(
        subject=message.subject,
        text=message.body,
        html=str(html),
        host="formation.exemple.fr",
        told=[
            "CHU d’Essai & Cie",
            "Dominique Le Goff",
            "02 00 00 00 00",
            "https://formation.exemple.fr/mon-espace/",
            "taper cette adresse vous-même",
            trainable.title,
            "1er juin 2026",
            "Nous ne demandons jamais un mot de passe",
        ],
    )
    assert message.reply_to == ["rssi@chu-essai.test"]


def test_without_a_known_contact_it_names_the_hospital(trainable: Trainable) -> None:
    agent(EstablishmentFactory(name="CH sans référent"))
    reminded(DUE)
    assert (
        "au service informatique de votre établissement (CH sans référent)" in mail.outbox[0].body
    )


def test_a_title_with_markup_stays_text(house: Establishment, trainable: Trainable) -> None:
    Trainable.objects.update(title="<b>Gras</b> & <img src=x>")
    agent(house)
    reminded(DUE)
    (html,) = [str(body) for body, _kind in mail.outbox[0].alternatives]  # type: ignore[attr-defined]
    assert "<img" not in html
    assert "<b>Gras</b> & <img src=x>" in mail.outbox[0].body


def test_a_training_that_changed_says_why_it_is_asked_again(
    house: Establishment, trainable: Trainable
) -> None:
    person = agent(house)
    completed(person, trainable, START)
    Retraining.objects.create(
        trainable=trainable,
        changed_on=START + dt.timedelta(5),
        required_from=DUE,
        reason="Une fraude nouvelle vise les hôpitaux",
        decided_by=AccountFactory(),
    )
    assert reminded(DUE - dt.timedelta(30))  # it will not count any more, as with any end
    assert reminded(DUE)
    assert "1er juin 2026\u00a0: Une fraude nouvelle vise les hôpitaux" in mail.outbox[0].body


def test_of_two_places_the_one_she_came_to_last_is_named(
    house: Establishment, trainable: Trainable
) -> None:
    person = agent(house)
    AppointmentFactory(
        person=person,
        establishment=EstablishmentFactory(name="CH d’Après"),
        starts_on=START + dt.timedelta(2),
    )
    reminded(DUE)
    assert "CH d’Après" in mail.outbox[0].body


def test_queries_do_not_grow_with_the_people(
    house: Establishment, trainable: Trainable, django_assert_num_queries: Any
) -> None:
    run = Run(kind=KIND, period=DUE.isoformat())
    for _turn in range(2):
        for _one in range(10):
            agent(EstablishmentFactory())
            agent(house, email="", user=AccountFactory(address__verified=True))
        with django_assert_num_queries(10):
            step = reminders_compose(run)
        assert step.messages


def test_the_command_for_a_timer(
    house: Establishment, trainable: Trainable, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    agent(house)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args, **kwargs: DUE)
    call_command("send_reminders")
    call_command("send_reminders", "--send")
    assert len(mail.outbox) == 1
    assert "reminders 2026-06-01: finished; mails: 1 sent" in capsys.readouterr().out
    Run.objects.update(state="failed", error="RuntimeError")
    with pytest.raises(CommandError) as failure:
        call_command("send_reminders")
    assert failure.value.returncode == 1
    assert "reminders 2026-06-01 has failed" in str(failure.value)
