"""What operators see of the mails, and who may do what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from lrs.services import OPERATORS
from notifications.models import Delivery, Run
from notifications.registry import Kind, Step, kind_register
from notifications.services import operators_may_follow_mails
from users.models import AuditEntry, User

from .factories import OPTIONAL, message, queued

pytestmark = pytest.mark.django_db

RUNS, MAILS = "/admin/envois/suivi/", "/admin/envois/courriels/"
SEE, RETRY = "view_delivery", "change_delivery"

ClientFor = Callable[..., Client]


@pytest.fixture
def client_for() -> ClientFor:
    """`client_for(*codenames)`: someone who may enter the admin, with these rights."""

    def make(*codenames: str) -> Client:
        user = User.objects.create_user(f"{'-'.join(codenames) or 'plume'}@campagne.test")
        wanted = Permission.objects.filter(codename__in=["access_admin", *codenames])
        user.user_permissions.set(wanted)
        client = Client()
        client.force_login(user)
        return client

    return make


@pytest.fixture
def operator(client_for: ClientFor) -> Client:
    return client_for(SEE, RETRY)


def failed(*addresses: str) -> list[Delivery]:
    deliveries = queued(*addresses, category=OPTIONAL)
    Delivery.objects.filter(pk__in=[one.pk for one in deliveries]).update(
        state="failed", last_error="550 No such user"
    )
    return deliveries


def stalled_run(period: str = "2026-11-24") -> Run:
    kind_register(Kind("test", "Rappels d’essai", lambda run: Step([message()], None)))
    silent = timezone.now() - dt.timedelta(days=1)
    return Run.objects.create(kind="test", period=period, heartbeat_at=silent, started_at=silent)


@pytest.mark.parametrize(("rights", "opens"), [((), False), ((SEE,), True), ((RETRY,), True)])
def test_the_pages_are_for_those_with_a_right(
    client_for: ClientFor, rights: tuple[str, ...], opens: bool
) -> None:
    client = client_for(*rights)
    (delivery,) = failed("a@hopital.test")
    for address in (RUNS, MAILS, f"{MAILS}inspect/{delivery.pk}/"):
        assert (client.get(address).status_code == 200) is opens, address
    assert ("Envois" in client.get("/admin/").content.decode()) is opens


def test_only_who_may_retry_makes_mails_leave(client_for: ClientFor) -> None:
    (delivery,) = failed("a@hopital.test")
    run = stalled_run()
    reader = client_for(SEE)
    for address in (
        f"{MAILS}reessayer/",
        f"{MAILS}{delivery.pk}/reessayer/",
        f"{RUNS}{run.pk}/reprendre/",
    ):
        assert reader.post(address).status_code in (302, 403)
        assert reader.get(address).status_code in (302, 403, 405)
    delivery.refresh_from_db()
    run.refresh_from_db()
    assert (delivery.state, run.state) == ("failed", "composing")


def test_nobody_writes_or_deletes_a_mail_by_hand() -> None:
    (delivery,) = failed("a@hopital.test")
    client = Client()
    client.force_login(User.objects.create_superuser("admin@campagne.test"))
    for name in ("new", f"edit/{delivery.pk}", f"delete/{delivery.pk}"):
        assert client.post(f"{MAILS}{name}/").status_code == 404


def test_the_operators_group_learns_of_the_mails() -> None:
    for _turn in range(2):
        operators_may_follow_mails()
    names = Group.objects.get(name=OPERATORS).permissions.values_list("codename", flat=True)
    assert {SEE, RETRY, "view_statement"} <= set(names)


def test_a_stalled_run_stands_on_top_and_goes_on_when_asked(operator: Client) -> None:
    run = stalled_run()
    content = operator.get(RUNS).content.decode()
    assert content.index("Sans signe de vie") < content.index("Derniers envois")
    home = operator.get("/admin/").content.decode()
    assert "Des courriels ne partent plus" in home
    operator.post(f"{RUNS}{run.pk}/reprendre/")
    run.refresh_from_db()
    assert run.state == "finished"
    assert AuditEntry.objects.filter(action="notifications.resume").exists()
    assert "Des courriels ne partent plus" not in operator.get("/admin/").content.decode()
    assert "Aucun envoi en échec" in operator.get(RUNS).content.decode()


def test_editors_are_not_told_of_trouble(client_for: ClientFor) -> None:
    stalled_run()
    assert "Des courriels ne partent plus" not in client_for().get("/admin/").content.decode()


def test_a_failed_run_shows_its_error(operator: Client) -> None:
    run = stalled_run()
    Run.objects.update(state="failed", error="RuntimeError: au milieu")
    content = operator.get(RUNS).content.decode()
    assert "RuntimeError: au milieu" in content
    assert f"{run.pk}/reprendre/" in content


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"a@hopital.test", "b@clinique.test", "c@clinique.test"}),
        ("?state=failed", {"a@hopital.test", "b@clinique.test"}),
        ("?address=clinique", {"b@clinique.test", "c@clinique.test"}),
        (f"?category={OPTIONAL}", {"a@hopital.test", "b@clinique.test"}),
        ("?state=failed&address=clinique", {"b@clinique.test"}),
        ("?run=999", set()),
    ],
)
def test_mails_are_found_by_state_category_and_address(
    operator: Client, query: str, found: set[str]
) -> None:
    failed("a@hopital.test", "b@clinique.test")
    queued("c@clinique.test")
    content = operator.get(f"{MAILS}{query}").content.decode()
    addresses = ("a@hopital.test", "b@clinique.test", "c@clinique.test")
    assert {one for one in addresses if one in content} == found


def test_one_mail_is_tried_again(operator: Client) -> None:
    chosen, other = failed("a@hopital.test", "b@hopital.test")
    assert "Réessayer" in operator.get(f"{MAILS}inspect/{chosen.pk}/").content.decode()
    operator.post(f"{MAILS}{chosen.pk}/reessayer/")  # the task runs at once here
    states = Delivery.objects.in_bulk([chosen.pk, other.pk])
    assert (states[chosen.pk].state, states[other.pk].state) == ("sent", "failed")
    assert AuditEntry.objects.filter(action="notifications.retry").exists()


def test_all_that_failed_is_tried_again_and_nothing_uncertain(operator: Client) -> None:
    failed("a@hopital.test", "b@hopital.test")
    (uncertain,) = queued("c@hopital.test")
    Delivery.objects.filter(pk=uncertain.pk).update(state="uncertain")
    operator.post(f"{MAILS}reessayer/")
    states = Delivery.objects.order_by("address").values_list("state", flat=True)
    assert list(states) == ["sent", "sent", "uncertain"]
    assert "Renvoyer quand même" in operator.get(f"{MAILS}inspect/{uncertain.pk}/").content.decode()


def test_queries_do_not_grow_with_the_data(
    operator: Client, django_assert_max_num_queries: Any
) -> None:
    def more(turn: int) -> None:
        run = stalled_run(f"2026-11-{turn:02}")
        for one in failed(*(f"a{turn}-{i}@hopital.test" for i in range(5))):
            Delivery.objects.filter(pk=one.pk).update(run=run)

    counts = []
    for turn in (1, 2, 3, 4):
        more(turn)
        for address in (RUNS, MAILS):
            operator.get(address)
            with django_assert_max_num_queries(40) as captured:
                operator.get(address)
            counts.append((address, len(captured)))
    assert len(set(counts)) == 2, counts


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [1280, 390])
def test_screens_have_no_violation(
    page_factory: Any, login: Any, axe_check: Any, width: int
) -> None:
    run = stalled_run()
    (delivery,) = failed("a-avec-un-nom-assez-long.comme-il-y-en-a@hopital-de-la-ville.test")
    Delivery.objects.update(run=run)
    Run.objects.create(kind="test", period="2026-11-25", state="finished", counts={"examined": 9})
    page = page_factory(width)
    login(page, User.objects.create_superuser("operatrice@campagne.test"))
    for address in (RUNS, MAILS, f"{MAILS}inspect/{delivery.pk}/", "/admin/"):
        assert page.goto(address).status == 200
        axe_check(page)
        expect(page.locator("h1")).to_have_count(1)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
