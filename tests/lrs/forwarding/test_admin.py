"""The forwarding screens: who sees them, what they show, that all goes through services."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from lrs.models import Forward, Replay
from lrs.services import PLATFORM, forward_run, statements_store
from lrs.xapi.vocabulary import verbs
from tests.lrs.factories import statement
from tests.support.servers import free_port
from users.models import AuditEntry
from users.sealing import unseal

from .stores import ToldStore

pytestmark = pytest.mark.django_db

FORM = {
    "name": "Entrepôt régional",
    "endpoint": "https://lrs.example/xapi/",
    "key": "clé",
    "secret": "s3cret",
    "version": "1.0.3",
    "verbs": f"{verbs.PASSED}\n\n {verbs.COMPLETED} ",
    "activities": "",
}


def account(**fields: Any) -> Any:
    return get_user_model().objects.create_user(email=f"{fields.pop('name', 'a')}@x.test", **fields)


@pytest.fixture
def admin(client: Any) -> Any:
    client.user = account(is_superuser=True, is_staff=True)
    client.force_login(client.user)
    return client


def act(admin: Any, forward: Forward, action: str, **data: Any) -> Any:
    address = reverse("transmission:act", args=[forward.pk])
    return admin.post(address, {"action": action, **data}, follow=True)


def detail(admin: Any, forward: Forward, **query: Any) -> str:
    return admin.get(reverse("transmission:inspect", args=[forward.pk]), query).text


def test_a_destination_is_made_and_changed(admin: Any) -> None:
    answer = admin.post(reverse("transmission:add"), FORM)
    assert answer.status_code == 302, answer.text
    made = Forward.objects.get()
    assert made.verbs == [verbs.PASSED, verbs.COMPLETED]
    assert unseal(made.sealed_secret) == "s3cret"
    edit = reverse("transmission:edit", args=[made.pk])
    page = admin.get(edit).text
    assert "s3cret" not in page
    assert verbs.PASSED in page
    assert admin.post(edit, {**FORM, "name": "Autre", "secret": ""}).status_code == 302
    made.refresh_from_db()
    assert (made.name, unseal(made.sealed_secret)) == ("Autre", "s3cret")
    entries = AuditEntry.objects.order_by("pk")
    assert [(entry.action, entry.actor) for entry in entries] == [
        ("lrs.forward.create", admin.user),
        ("lrs.forward.update", admin.user),
    ]


@pytest.mark.parametrize(
    "wrong", [{"endpoint": "http://lrs.example/"}, {"verbs": "passed"}, {"secret": ""}]
)
def test_what_is_wrong_is_said_in_the_form(admin: Any, wrong: dict[str, str]) -> None:
    answer = admin.post(reverse("transmission:add"), {**FORM, **wrong})
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not Forward.objects.exists()


def test_the_listing_asks_the_same_number_of_queries_for_more(
    admin: Any, make_forward: Any
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert admin.get(reverse("transmission:index")).status_code == 200
        return len(captured)

    def more(start: int, count: int) -> None:
        for number in range(start, start + count):
            make_forward("https://lrs.example/xapi/", name=f"Entrepôt {number}")
            statements_store(statements=[statement()], source=PLATFORM)

    more(0, 3)
    queries()
    few = queries()
    more(3, 3)
    assert queries() == few


def test_the_detail_shows_what_was_refused_and_tries_again(
    admin: Any, store: ToldStore, forward: Forward
) -> None:
    made = [statement() for _one in range(3)]
    statements_store(statements=made, source=PLATFORM)
    store.rule = lambda batch: (400, "<b>no</b> such verb", {}) if made[1] in shown(batch) else None
    forward_run(forward_id=forward.pk)
    page = detail(admin, forward)
    assert "&lt;b&gt;no&lt;/b&gt; such verb" in page
    assert made[1]["id"] in page
    assert made[0]["id"] not in page
    row = forward.outbox.get(state="set_aside")
    store.rule = lambda batch: None
    act(admin, forward, "retry", row=row.pk)
    forward_run(forward_id=forward.pk)
    assert made[1]["id"] in store.kept_ids
    assert AuditEntry.objects.filter(action="lrs.forward.retry", actor=admin.user).exists()


def shown(batch: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{key: one[key] for key in one if key != "version"} for one in batch]


def test_the_detail_asks_the_same_number_of_queries_for_more(admin: Any, forward: Forward) -> None:
    def queries(count: int) -> int:
        made = [statement() for _one in range(count)]
        statements_store(statements=made, source=PLATFORM)
        forward.outbox.update(state="set_aside", answer_text="no", answer_status=400)
        with CaptureQueriesContext(connection) as captured:
            detail(admin, forward)
        return len(captured)

    queries(4)
    assert queries(4) == queries(8)


def test_pause_resume_close_and_test(admin: Any, store: ToldStore, forward: Forward) -> None:
    for action, state in (("pause", "paused"), ("resume", "active"), ("close", "closed")):
        assert act(admin, forward, action).status_code == 200
        forward.refresh_from_db()
        assert forward.state == state
    assert "2.0.0" in act(admin, forward, "test").text
    store.rule = lambda batch: (401, "who are you?", {})
    assert "401 who are you?" in act(admin, forward, "test").text
    store.rule, store.about = (lambda batch: None), (404, "", {})  # some stores have no «about»
    assert "connaît la clé" in act(admin, forward, "test").text
    store.about = (200, '{"version": ["1.0.3"]}', {})
    assert "ne parle pas xAPI 2.0.0" in act(admin, forward, "test").text
    Forward.objects.update(endpoint=f"http://127.0.0.1:{free_port()}/")
    assert "ConnectError" in act(admin, forward, "test").text


def test_a_span_is_counted_first_and_replayed_when_confirmed(admin: Any, forward: Forward) -> None:
    statements_store(statements=[statement() for _one in range(3)], source=PLATFORM)
    now = timezone.localtime()
    span = {
        "since": f"{now - dt.timedelta(days=1):%Y-%m-%dT%H:%M}",
        "until": f"{now - dt.timedelta(minutes=0):%Y-%m-%dT%H:%M:%S}",
    }
    page = detail(admin, forward, **span)
    assert "Lancer le rejeu" in page
    assert not Replay.objects.filter(sends_again=True).exists()
    assert "Le rejeu est lancé" in act(admin, forward, "replay", **span).text
    assert Replay.objects.get(sends_again=True).created_by == admin.user
    wrong = {"since": span["until"], "until": span["since"]}
    assert "Compter les traces" in detail(admin, forward, **wrong)


@pytest.mark.parametrize("name", ["index", "add", "inspect", "edit", "act", "delete"])
def test_an_editor_has_no_business_here(client: Any, forward: Forward, name: str) -> None:
    user = account()
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    arguments = [] if name in ("index", "add") else [forward.pk]
    answer = client.post(reverse(f"transmission:{name}", args=arguments), {"action": "pause"})
    assert answer.status_code in (302, 403)
    forward.refresh_from_db()
    assert forward.state == "active"


def test_nobody_deletes_a_destination(admin: Any, forward: Forward) -> None:
    answer = admin.post(reverse("transmission:delete", args=[forward.pk]))
    assert answer.status_code in (302, 403)
    assert Forward.objects.filter(pk=forward.pk).exists()
