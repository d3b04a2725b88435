"""The monthly mail: nobody gets it who did not ask, and nobody who may no longer read."""

from __future__ import annotations

import datetime as dt
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from notifications.enums import SkipReason
from notifications.links import Subscription, subscription_url
from notifications.models import Delivery, Run, Unsubscription
from notifications.services import deliveries_send, run_compose, run_start
from organisation.models import Grant
from organisation.selectors import recipient_of_user
from reporting.models import MonthlyReport
from reporting.monthly import mails
from reporting.monthly.mails import CATEGORY, KIND, monthly_compose, period_of
from reporting.monthly.subscribing import report_of, report_subscribe
from tests.organisation.factories import GrantFactory
from tests.reporting import world as worlds
from tests.support.sober import check_sober
from users.models import User

pytestmark = pytest.mark.django_db

PERIOD = "2026-07"


@pytest.fixture
def world() -> worlds.World:
    return worlds.build()


def subscribed(user: User, place: Any, chosen: str = "screen") -> User:
    report_subscribe(user=user, place=place, chosen=chosen)
    return user


def sent(period: str = PERIOD) -> list[str]:
    """Run a month; the addresses to which something was sent, in order."""
    mail.outbox.clear()
    run = run_compose(run=run_start(kind=KIND, period=period))
    assert run.state != "failed", run.error
    deliveries_send()
    return sorted(message.to[0] for message in mail.outbox)


def body() -> str:
    (message,) = mail.outbox
    return " ".join(str(message.body).replace("\u202f", " ").split())


def page(client: Client, world: worlds.World) -> str:
    address = reverse("reporting:establishment_board", args=[world.house.uid])
    return " ".join(client.get(address).content.decode().replace("\xa0", " ").split())


def change(client: Client, world: worlds.World, **post: str) -> int:
    address = reverse("reporting:establishment_monthly", args=[world.house.uid])
    return client.post(address, post).status_code


def test_nobody_gets_it_who_did_not_ask(world: worlds.World) -> None:
    assert sent() == []
    assert Run.objects.get().counts == {}


def test_one_asks_on_the_page_changes_the_format_and_stops_there(
    world: worlds.World, client: Client
) -> None:
    user = world.users["ciso"]
    client.force_login(user)
    assert "Recevoir ce bilan</button>" in page(client, world).replace(" </button>", "</button>")
    assert not MonthlyReport.objects.exists()
    assert change(client, world, format="pdf") == 302
    assert MonthlyReport.objects.get().format == "pdf"
    text = page(client, world)
    assert "Ne plus le recevoir" in text
    assert user.email in text
    change(client, world, format="screen")
    assert MonthlyReport.objects.get().format == "screen"
    change(client, world, format="screen", action="stop")
    change(client, world, action="stop")
    assert not MonthlyReport.objects.exists()


def test_a_format_that_does_not_exist_is_refused(world: worlds.World, client: Client) -> None:
    client.force_login(world.users["ciso"])
    assert change(client, world, format="docx") == 400
    assert change(client, world) == 400
    assert not MonthlyReport.objects.exists()


def test_who_may_not_read_may_not_subscribe(world: worlds.World, client: Client) -> None:
    client.force_login(world.users["region"])
    assert change(client, world, format="pdf") == 403
    assert not MonthlyReport.objects.exists()


def test_the_mail_says_what_the_page_says_with_links_and_no_attachment(
    world: worlds.World,
) -> None:
    user = subscribed(world.users["ciso"], world.house)
    assert sent() == [user.email]
    (message,) = mail.outbox
    assert message.subject == "Tous cyber vigilant : bilan des formations, juin 2026"
    assert message.attachments == []
    text = body()
    assert "Situation au 30 juin 2026" in text
    assert "2 / 21 personnes à jour (10 %), 9 non recensés" in text
    for heading in ("Où en sommes-nous", "Qu’est-ce qui a bougé", "Qui est en retard", "décider"):
        assert heading in text
    for name in ("establishment_board", "establishment_board_pdf"):
        assert reverse(f"reporting:{name}", args=[world.house.uid]) in text
    assert reverse("reporting:establishment_file", args=[world.house.uid, "xlsx"]) in text


def test_it_names_nobody_and_is_sober(world: worlds.World, settings: Any) -> None:
    settings.WAGTAILADMIN_BASE_URL = "https://formation.exemple.fr"
    subscribed(world.users["ciso"], world.house)
    sent()
    (message,) = mail.outbox
    (html,) = [str(one) for one, kind in message.alternatives if kind == "text/html"]
    check_sober(
        subject=message.subject,
        text=str(message.body),
        html=html,
        host="formation.exemple.fr",
        told=["CHU d’Essai", "Que décider", "taper cette adresse vous-même"],
    )
    for one in world.house.appointments.select_related("person"):
        assert one.person.last_name not in body()
        assert one.person.last_name not in html


def test_the_format_asked_for_comes_first(world: worlds.World) -> None:
    subscribed(world.users["ciso"], world.house, "xlsx")
    sent()
    text = body()
    assert text.index("couverture.xlsx") < text.index("bilan.pdf") < text.index("DOUTE")


def test_a_region_gets_the_frozen_month_without_what_is_hidden(world: worlds.World) -> None:
    subscribed(world.users["region"], world.region)
    sent()
    assert "Mois arrêté au 30 juin 2026" in body()
    assert world.small.name not in body()


@pytest.mark.parametrize("who", ["region", "nation"])
def test_who_reads_a_region_or_the_nation_is_not_taken_for_a_hospitals(
    who: str, world: worlds.World
) -> None:
    subscribed(world.users[who], {"region": world.region, "nation": None}[who])
    sent()
    assert "service informatique de l’organisme où vous travaillez, par le numéro" in body()
    assert "votre établissement" not in body()


def test_several_places_go_into_one_mail(world: worlds.World) -> None:
    user = subscribed(world.users["ciso"], world.house)
    GrantFactory(user=user, for_department=True, department=world.ward)
    subscribed(user, world.ward)
    assert sent() == [user.email]
    assert body().count("Où en sommes-nous") == 2


@pytest.mark.parametrize("how", ["grant ended", "account off"])
def test_the_right_is_asked_again_when_it_is_sent(how: str, world: worlds.World) -> None:
    user = subscribed(world.users["ciso"], world.house)
    if how == "grant ended":
        Grant.objects.filter(user=user).update(ends_on=dt.date(2026, 2, 1))
    else:
        User.objects.filter(pk=user.pk).update(is_active=False)
    assert sent() == []
    assert MonthlyReport.objects.exists()  # a grant that comes back finds it again
    if how == "grant ended":
        assert Run.objects.get().counts == {"examined": 1, "refused": 1, "empty": 1}


def test_unsubscribing_from_the_mail_works_without_signing_in(
    world: worlds.World, client: Client
) -> None:
    user = subscribed(world.users["ciso"], world.house)
    sent()
    (message,) = mail.outbox
    recipient = recipient_of_user(user=user)
    address = subscription_url(Subscription(recipient, CATEGORY))
    assert address in str(message.body)
    assert message.extra_headers["List-Unsubscribe"] == f"<{address}>"
    path = address.split("127.0.0.1:8000")[-1]
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 204
    assert sent("2026-08") == []
    assert Delivery.objects.latest("pk").skip_reason == SkipReason.UNSUBSCRIBED
    assert report_of(user=user, place=world.house) is None
    # Asking for it again on the page says that she wants these mails after all.
    client.force_login(user)
    assert "Ne plus le recevoir" not in page(client, world)
    change(client, world, format="screen")
    assert not Unsubscription.objects.exists()
    assert sent("2026-09") == [user.email]


def test_a_month_is_told_once(world: worlds.World) -> None:
    user = subscribed(world.users["ciso"], world.house)
    assert sent() == [user.email]
    Run.objects.all().update(state="composing", cursor="", composed_at=None)
    assert sent() == []


def test_readers_are_gone_through_in_batches(
    world: worlds.World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mails, "BATCH", 1)
    subscribed(world.users["ciso"], world.house)
    subscribed(world.users["region"], world.region)
    assert len(sent()) == 2
    run = Run.objects.get()
    assert run.counts["examined"] == 2


def test_a_place_of_several_readers_is_read_once(
    world: worlds.World, django_assert_max_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[object] = []
    original = mails.board_of_establishment

    def counted(**wanted: Any) -> Any:
        read.append(wanted["establishment"])
        return original(**wanted)

    monkeypatch.setattr(mails, "board_of_establishment", counted)
    for _reader in range(4):
        subscribed(GrantFactory(establishment=world.house).user, world.house)
    step = monthly_compose(run_start(kind=KIND, period=PERIOD))
    assert len(step.messages) == 4
    assert len(read) == 1


# The command ----------------------------------------------------------------------------------


def command(monkeypatch: pytest.MonkeyPatch, day: dt.date) -> str:
    monkeypatch.setattr(
        "reporting.management.commands.send_monthly_reports.timezone.localdate", lambda: day
    )
    out = StringIO()
    call_command("send_monthly_reports", stdout=out)
    return out.getvalue()


def test_the_command_waits_for_the_month_to_be_frozen(
    world: worlds.World, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "waiting" in command(monkeypatch, dt.date(2026, 8, 5))
    assert not Run.objects.exists()
    assert "2026-08: " in command(monkeypatch, dt.date(2026, 8, 6))
    assert "2026-07: " in command(monkeypatch, dt.date(2026, 7, 1))


def test_the_command_begins_in_the_first_days_only(
    world: worlds.World, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "nothing to send" in command(monkeypatch, dt.date(2026, 7, 11))
    assert not Run.objects.exists()
    command(monkeypatch, dt.date(2026, 7, 10))
    assert "2026-07: " in command(monkeypatch, dt.date(2026, 7, 11))


def test_periods_are_months() -> None:
    assert period_of(dt.date(2026, 12, 1)) == "2026-12"
