"""The register, one's own data on screen and as files, asking to be erased; the operators' page."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lrs.services import PLATFORM, statements_store
from notifications.services import deliveries_send
from organisation.models import Person, PersonIdentifier
from organisation.privacy import subject_of_account
from tests.organisation.factories import AccountFactory, AppointmentFactory
from tests.training.test_projectors import completed
from training.models import Trainable
from users.models import AuditEntry, ErasureRequest, User
from users.privacy.export import export_chapters, export_json
from users.privacy.registry import kept_data

BACKEND = "organisation.backends.AccountBackend"


@pytest.fixture
def agent(db: None) -> User:
    user: User = AccountFactory(first_name="Nadia", last_name="<b>Le Goff</b>")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    person = AppointmentFactory(person__user=user, person__last_name="Le Goff").person
    PersonIdentifier.objects.create(person=person, kind="rpps", value="10101234567")
    training = Trainable.objects.create(title="Reconnaître un courriel piégé")
    learn(user, training)
    return user


def learn(user: User, training: Trainable, number: int = 1) -> None:
    said = [
        completed(user.person.uid, training.uid, timestamp=f"2026-03-{day:02d}T09:00:00Z")
        for day in range(1, number + 1)
    ]
    for statement in said:
        statements_store(statements=[statement], source=PLATFORM)


def signed_in(user: User) -> Client:
    """As somebody who has just given her password."""
    client = Client()
    client.post("/accounts/login/", {"login": user.email, "password": "vigilance"})
    if "_auth_user_id" not in client.session:
        client.force_login(user, backend=BACKEND)
    return client


def test_the_register_is_for_everybody(client: Client, db: None) -> None:
    text = client.get(reverse("privacy:kept")).content.decode()
    for entry in kept_data():
        assert f'id="{entry.key}"' in text
    assert "Se connecter" in text
    assert reverse("privacy:file_json") not in text


def test_the_json_holds_all_of_it_and_no_secret(agent: User) -> None:
    said = json.loads("".join(export_json(subject_of_account(agent), at=timezone.now())))
    assert [one["key"] for one in said["kept"]] == [entry.key for entry in kept_data()]
    tables = {table["table"]: table for one in said["kept"] for table in one["tables"]}
    (account,) = tables["users.User"]["rows"]
    assert account["email"] == agent.email
    assert "password" not in account
    assert "password" in tables["users.User"]["kept_and_not_given_out"]
    (statement,) = tables["lrs.Statement"]["rows"]
    payload = json.loads(statement["payload"])
    assert payload["actor"]["account"]["name"] == str(agent.person.uid)
    assert tables["organisation.PersonIdentifier"]["rows"][0]["value"] == "10101234567"
    assert agent.password not in json.dumps(said)


def test_the_page_is_readable_and_escaped(agent: User) -> None:
    client = signed_in(agent)
    for name in ("read", "file_html"):
        answer = client.get(reverse(f"privacy:{name}"))
        text = answer.content.decode()
        assert "&lt;b&gt;Le Goff" in text
        assert "<b>Le Goff" not in text
        assert "Reconnaître un courriel piégé" in text
        assert "10101234567" in text
        assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Disposition"].startswith("attachment")
    assert AuditEntry.objects.get(action="personal_data.export").actor == agent


def test_nobody_reads_what_is_anothers(agent: User) -> None:
    other = signed_in(AccountFactory())
    for name in ("read", "file_html", "file_json"):
        answer = other.get(reverse(f"privacy:{name}"))
        text = b"".join(answer).decode() if answer.streaming else answer.content.decode()
        assert "10101234567" not in text
        assert agent.email not in text


def test_queries_do_not_grow_with_what_is_kept(
    agent: User, django_assert_num_queries: Callable[..., Any]
) -> None:
    subject = subject_of_account(agent)
    training = Trainable.objects.get()
    with django_assert_num_queries(100, exact=False) as first:
        export_chapters(subject)
    learn(agent, training, number=9)
    with django_assert_num_queries(len(first)):
        export_chapters(subject)


# Asking to be erased ------------------------------------------------------------------------


def test_asked_told_by_mail_and_withdrawn(agent: User) -> None:
    client = signed_in(agent)
    address = reverse("privacy:erase")
    assert "Ce qui reste, sans votre nom" in client.get(address).content.decode()
    refused = client.post(address)
    assert refused.status_code == 422
    assert "Cochez la case" in refused.content.decode()
    assert not ErasureRequest.objects.exists()
    done = client.post(address, {"understood": "1"}, follow=True)
    assert "Votre identité sera effacée le" in done.content.decode()
    deliveries_send()
    assert [one.to for one in mail.outbox] == [[agent.email]]
    assert "sans autre courriel" in mail.outbox[0].body
    gone = client.post(reverse("privacy:withdraw"), follow=True)
    assert "rien ne sera effacé" in gone.content.decode()
    assert ErasureRequest.objects.get().withdrawn_at is not None
    assert "Faire effacer mon identité" in client.get(reverse("privacy:kept")).content.decode()


def test_an_old_session_has_to_prove_who_it_is(agent: User) -> None:
    client = Client()
    client.force_login(agent, backend=BACKEND)
    answer = client.post(reverse("privacy:erase"), {"understood": "1"})
    assert answer.status_code == 302
    assert "reauthenticate" in answer["Location"]
    assert not ErasureRequest.objects.exists()


# The operators' page ------------------------------------------------------------------------


@pytest.fixture
def operator(db: None) -> Client:
    client = Client()
    client.force_login(AccountFactory(is_superuser=True, is_staff=True), backend=BACKEND)
    return client


def test_operators_apply_the_periods_and_read_what_they_did(operator: Client) -> None:
    assert "pas encore passée" in operator.get(reverse("donnees:index")).content.decode()
    after = operator.post(reverse("donnees:index"), follow=True).content.decode()
    assert "Règles appliquées" in after
    assert "pas encore passée" not in after


def test_operators_give_out_and_erase_for_who_asks_on_paper(operator: Client, agent: User) -> None:
    person = agent.person
    page = operator.get(reverse("donnees:person", args=[person.uid])).content.decode()
    assert "Votre fiche d’agent" in page
    file = operator.get(reverse("donnees:person_file", args=[person.uid]))
    assert json.loads(b"".join(file))["subject"] == str(person.uid)  # type: ignore[arg-type]
    operator.post(reverse("donnees:person", args=[person.uid]))
    assert Person.objects.get(pk=person.pk).erased_at is None  # the box was not ticked
    operator.post(reverse("donnees:person", args=[person.uid]), {"understood": "1"})
    assert Person.objects.get(pk=person.pk).full_name == ""
    assert operator.get(reverse("donnees:person", args=[person.uid])).status_code == 404
    acts = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"people.names_read", "personal_data.export", "identity.erase"} <= acts


def test_the_admin_has_a_way_there(operator: Client, agent: User) -> None:
    page = operator.get(reverse("agents:edit", args=[agent.person.pk])).content.decode()
    assert reverse("donnees:person", args=[agent.person.uid]) in page


# In the browser -----------------------------------------------------------------------------


@pytest.mark.parametrize("width", [1280, 390])
def test_pages_in_a_browser(
    width: int,
    transactional_db: None,
    page_factory: Callable[..., Any],
    login: Callable[..., None],
    axe_check: Callable[[Any], None],
) -> None:
    user = AccountFactory(first_name="Nadia", last_name="Le Goff")
    AppointmentFactory(person__user=user, person__last_name="Le Goff")
    page = page_factory(width)
    page.goto(reverse("privacy:kept"))
    axe_check(page)
    login(page, user)
    page.goto(reverse("privacy:kept"))
    axe_check(page)
    page.get_by_role("link", name="Lire tout ce qui me concerne").press("Enter")
    page.get_by_role("heading", name="Tout ce qui vous concerne").wait_for()
    axe_check(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [1280, 390])
def test_the_operators_page_in_a_browser(
    width: int,
    transactional_db: None,
    page_factory: Callable[..., Any],
    login: Callable[..., None],
    axe_check: Callable[[Any], None],
) -> None:
    person = AppointmentFactory(person__last_name="Le Goff").person
    page = page_factory(width)
    login(page, AccountFactory(is_superuser=True, is_staff=True))
    page.goto(reverse("donnees:index"))
    axe_check(page)
    page.goto(reverse("donnees:person", args=[person.uid]))
    axe_check(page)


def test_the_day_is_in_french(agent: User) -> None:
    client = signed_in(agent)
    client.post(reverse("privacy:erase"), {"understood": "1"})
    due = timezone.localdate() + dt.timedelta(days=7)
    assert str(due.year) in client.get(reverse("privacy:kept")).content.decode()
