"""Runs: composed step by step, taken up again, seen when they stop."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management.base import CommandError
from django.utils import timezone

from notifications.commands import RunCommand
from notifications.models import Delivery, Run
from notifications.registry import Kind, Step, kind_register
from notifications.selectors import runs_in_trouble
from notifications.services import deliveries_retry, deliveries_send, run_compose, run_start
from tests.support.mailserver import MailServer

from .factories import message

pytestmark = pytest.mark.django_db

KIND, STEPS = "test", 4


class Killed(BaseException):
    """What a SIGKILL looks like from inside: nothing after it runs."""


class Composer:
    """Four steps of two mails each; `stop_at` a step, it fails or is killed."""

    def __init__(self) -> None:
        self.stop_at: int | None = None
        self.error: type[BaseException] = Killed

    def __call__(self, run: Run) -> Step:
        number = int(run.cursor or 0)
        if number == self.stop_at:
            raise self.error("au milieu")
        mails = [
            message(f"a{number}-{one}@hopital.test", key=f"{run.period}:{number}:{one}")
            for one in range(2)
        ]
        cursor = str(number + 1) if number + 1 < STEPS else None
        return Step(mails, cursor, {"examined": 10})


@pytest.fixture
def composer() -> Composer:
    made = Composer()
    kind_register(Kind(KIND, "Essai", made, {"examined": "examinés"}))
    return made


class Command(RunCommand):
    kind = KIND
    day = "2026-11-25"

    def period(self, day: dt.date) -> str:
        return self.day


Call = Callable[..., str]


@pytest.fixture
def call(capsys: Any) -> Call:
    """`call("2026-11-25", send=True)`: the command's output."""

    def run(period: str, *, send: bool = True) -> str:
        command = Command()
        command.day = period
        command.handle(send=send)
        return str(capsys.readouterr().out)

    return run


def silent_for(minutes: int) -> None:
    Run.objects.update(heartbeat_at=timezone.now() - dt.timedelta(minutes=minutes))


def test_a_run_composes_all_its_steps_and_sends(
    composer: Composer, server: MailServer, call: Call
) -> None:
    assert "finished; mails: 8 sent" in call("2026-11-25")
    run = Run.objects.get()
    assert run.counts == {"examined": 40, "queued": 8}
    assert run.finished_at is not None
    assert len(set(server.recipients)) == 8


def test_running_twice_sends_nothing_twice(
    composer: Composer, server: MailServer, call: Call
) -> None:
    for _turn in range(3):
        call("2026-11-25")
    assert len(server.received) == 8
    assert Run.objects.count() == 1


@pytest.mark.parametrize("stop_at", range(STEPS))
def test_a_run_that_was_killed_goes_on_where_it_stopped(
    composer: Composer, server: MailServer, call: Call, stop_at: int
) -> None:
    composer.stop_at = stop_at
    with pytest.raises(Killed):
        call("2026-11-25")
    assert Delivery.objects.count() == stop_at * 2
    composer.stop_at = None
    call("2026-11-25")
    assert Run.objects.get().state == "finished"
    assert len(server.received) == len(set(server.recipients)) == STEPS * 2


def test_a_step_that_fails_after_writing_leaves_nothing_of_itself(
    composer: Composer, server: MailServer, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed between the cursor and the mails: both are of one transaction."""
    from notifications.services import runs

    def killed(**kwargs: Any) -> dict[str, int]:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(runs, "deliveries_queue", killed)
        with pytest.raises(Killed):
            call("2026-11-25")
    assert Run.objects.get().cursor == ""
    call("2026-11-25")
    assert len(set(server.recipients)) == STEPS * 2


def test_a_run_that_fails_says_so_in_the_exit_status_and_on_the_page(
    composer: Composer, server: MailServer, call: Call
) -> None:
    composer.stop_at, composer.error = 2, RuntimeError
    with pytest.raises(CommandError, match=r"test 2026-11-25 has failed.*RuntimeError: au milieu"):
        call("2026-11-25")
    assert [run.state for run in runs_in_trouble()] == ["failed"]
    composer.stop_at = None
    with pytest.raises(CommandError, match="taken up by this run"):
        call("2026-11-25")  # this once
    assert runs_in_trouble() == []
    assert "finished" in call("2026-11-25")
    assert len(server.received) == len(set(server.recipients)) == STEPS * 2


def test_a_failed_run_of_an_earlier_day_is_told_once_and_replaced_by_the_next(
    composer: Composer, server: MailServer, call: Call
) -> None:
    composer.stop_at, composer.error = 2, RuntimeError
    with pytest.raises(CommandError):
        call("2026-11-24")
    composer.stop_at = None
    with pytest.raises(CommandError, match=r"test 2026-11-24 has failed.*taken up by this run"):
        call("2026-11-25")
    assert "finished" in call("2026-11-25")
    states = Run.objects.order_by("started_at").values_list("state", flat=True)
    assert list(states) == ["replaced", "finished"]


def test_mails_that_nobody_sends_are_a_stalled_run(
    composer: Composer, server: MailServer, asleep: None, call: Call
) -> None:
    assert "sending; mails: 8 queued" in call("2026-11-25", send=False)
    silent_for(59)
    assert runs_in_trouble() == []
    silent_for(61)
    assert runs_in_trouble() == [Run.objects.get()]
    with pytest.raises(CommandError, match="has stalled"):
        call("2026-11-25", send=False)
    with pytest.raises(CommandError, match=r"test 2026-11-25 has stalled.*taken up"):
        call("2026-11-26")
    assert len(server.received) == 16


def test_a_mail_server_that_is_down_stalls_the_run_with_its_error(
    composer: Composer, server: MailServer, call: Call, settings: Any
) -> None:
    settings.EMAIL_PORT = 9
    call("2026-11-25")
    silent_for(61)
    with pytest.raises(CommandError, match="Connection refused"):
        call("2026-11-25")
    assert Run.objects.get().is_stalled  # an attempt that reached nobody is no sign of life


def test_a_run_of_which_no_mail_got_through_has_failed(
    composer: Composer, server: MailServer, call: Call
) -> None:
    server.answers = {
        f"a{step}-{one}@hopital.test": "550 No" for step in range(STEPS) for one in range(2)
    }
    with pytest.raises(CommandError, match="has failed"):
        call("2026-11-25")
    server.answers = {}
    assert deliveries_retry(actor=None) == 8
    deliveries_send()
    assert Run.objects.get().state == "finished"
    assert len(server.received) == 8


def test_one_refused_address_does_not_fail_a_run(
    composer: Composer, server: MailServer, call: Call
) -> None:
    server.answers["a0-0@hopital.test"] = "550 No such user"
    assert "finished; mails: 1 failed, 7 sent" in call("2026-11-25")


def test_a_run_without_a_mail_is_finished_at_once() -> None:
    kind_register(Kind(KIND, "Essai", lambda run: Step([], None, {"examined": 3})))
    run = run_compose(run=run_start(kind=KIND, period="1"))
    assert (run.state, run.counts) == ("finished", {"examined": 3})


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(KeyError):
        run_start(kind="unknown", period="1")


def test_an_uncertain_mail_is_only_sent_again_when_it_is_named(
    composer: Composer, server: MailServer, call: Call
) -> None:
    call("2026-11-25")
    delivery = Delivery.objects.earliest("pk")
    Delivery.objects.filter(pk=delivery.pk).update(state="uncertain", sent_at=None, text="Texte")
    assert deliveries_retry(actor=None) == 0
    assert deliveries_retry(actor=None, deliveries=[delivery.pk]) == 1
    assert deliveries_retry(actor=None, deliveries=[delivery.pk]) == 0
