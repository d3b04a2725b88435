"""One click reminds those who are missing: seen before, sent once, and never too often."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from notifications.models import Delivery, Run, Unsubscription
from notifications.services import deliveries_send
from organisation.models import Department, Establishment, Grant, Person
from reporting.models import Reminding
from reporting.reminding import composing
from tests.organisation.factories import (
    AccountFactory,
    AppointmentFactory,
    DepartmentFactory,
    EstablishmentFactory,
    GrantFactory,
    PersonFactory,
    StaffRoleFactory,
)
from tests.reporting.factories import RequirementFactory, TrainableFactory, completed
from tests.support.sober import check_sober
from training.models import Trainable
from training.reminders.composing import EARLY, LATE, reminders_compose
from users.models import AuditEntry, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> Establishment:
    return EstablishmentFactory(
        name="CHU d’Essai",
        security_contact_name="Dominique Le Goff",
        security_contact_email="rssi@chu-essai.test",
        hotline="02 00 00 00 00",
    )


@pytest.fixture
def ward(house: Establishment) -> Department:
    return DepartmentFactory(establishment=house, name="Urgences")


@pytest.fixture
def module() -> Trainable:
    """Late since long for whoever began in January."""
    made = TrainableFactory(title="Reconnaître un message d’hameçonnage")
    RequirementFactory(trainable=made, starts_on=dt.date(2026, 1, 1), due_days=30)
    return made


def manager(**scope: Any) -> User:
    user = GrantFactory(**scope).user
    GrantFactory(**scope, user=user, to_train=True)
    return user


@pytest.fixture
def boss(house: Establishment, client: Client) -> Client:
    client.force_login(manager(establishment=house))
    return client


def agent(house: Establishment, ward: Department | None = None, **fields: Any) -> Person:
    person: Person = PersonFactory(**fields)
    AppointmentFactory(person=person, establishment=house, department=ward)
    return person


def address(place: Establishment | Department) -> str:
    name = "department_remind" if isinstance(place, Department) else "remind"
    return reverse(f"reporting:{name}", args=[place.uid])


def text_of(response: Any) -> str:
    assert response.status_code == 200
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", text.replace("\xa0", " "))


@pytest.fixture
def ask(boss: Client, django_capture_on_commit_callbacks: Any) -> Any:
    """Open the page and press its button, `times`; answers the texts of the mails that left."""

    def press(
        place: Establishment | Department,
        times: int = 1,
        client: Client | None = None,
        **query: str,
    ) -> list[str]:
        client = client or boss
        before = len(mail.outbox)
        page = client.get(address(place), query)
        assert page.status_code == 200
        found = re.search(r'name="uid" value="([^"]+)"', page.content.decode())
        if found is None:  # nobody to be reminded: there is no button
            return []
        for _turn in range(times):
            with django_capture_on_commit_callbacks(execute=True):
                target = address(place) + "?" + "&".join(f"{k}={v}" for k, v in query.items())
                answer = client.post(target, {"uid": found[1]})
            assert answer.status_code == 302
        deliveries_send()
        return [str(one.to[0]) for one in mail.outbox[before:]]

    return press


def test_the_list_leads_there_and_says_how_many_people(
    boss: Client, house: Establishment, module: Trainable
) -> None:
    second = TrainableFactory(title="Mots de passe")
    RequirementFactory(trainable=second)
    agent(house)
    agent(house)
    page = boss.get(reverse("reporting:missing", args=[house.uid]))
    assert "Relancer ces 2 personnes" in text_of(page)  # people, not lines of the list
    assert address(house) in page.content.decode()


def test_a_page_of_the_list_is_short_and_reminds_of_the_whole(
    boss: Client, house: Establishment, module: Trainable, ask: Any
) -> None:
    for _ in range(23):
        agent(house)
    page = boss.get(reverse("reporting:missing", args=[house.uid]), {"page": "2"})
    text = text_of(page)
    assert page.content.decode().count('role="rowheader"') == 3
    assert "23 formations à faire" in text
    assert "Page 2 sur 2" in text
    assert "Relancer ces 23 personnes" in text
    assert f'href="{address(house)}"' in page.content.decode()
    assert len(ask(house)) == 23


def test_of_a_past_day_nobody_is_reminded(
    boss: Client, house: Establishment, module: Trainable
) -> None:
    agent(house)
    page = boss.get(reverse("reporting:missing", args=[house.uid]), {"date": "2026-06-30"})
    text = text_of(page)
    assert "Relancer" not in text.replace("pour relancer", "")
    assert "choisissez la date du jour" in text


def test_the_preview_shows_the_mail_as_it_is_sent_and_sends_nothing(
    boss: Client, house: Establishment, module: Trainable, ask: Any
) -> None:
    agent(house, email="a@hopital.test")
    text = text_of(boss.get(address(house)))
    assert not Delivery.objects.exists()
    assert not Reminding.objects.exists()
    assert "1 personne sur 1 recevra ce courriel" in text
    assert ask(house) == ["a@hopital.test"]
    sent = mail.outbox[0]
    assert sent.subject in text
    assert " ".join(str(sent.body).split()).replace("\xa0", " ") in text
    assert sent.reply_to == ["rssi@chu-essai.test"]


def test_the_mail_looks_like_no_phishing(
    house: Establishment, module: Trainable, ask: Any, settings: Any
) -> None:
    settings.WAGTAILADMIN_BASE_URL = "https://formation.exemple.fr"
    agent(house)
    ask(house)
    sent: Any = mail.outbox[0]
    (html,) = [body for body, kind in sent.alternatives if kind == "text/html"]
    check_sober(
        subject=sent.subject,
        text=sent.body,
        html=str(html),
        host="formation.exemple.fr",
        told=[
            "CHU d’Essai",
            "Dominique Le Goff",
            "02 00 00 00 00",
            "https://formation.exemple.fr/mon-espace/",
            "taper cette adresse vous-même",
            module.title,
        ],
    )


def test_who_cannot_be_written_to_is_counted_by_reason(
    boss: Client, house: Establishment, module: Trainable, ask: Any
) -> None:
    agent(house, email="")
    agent(house, user=AccountFactory(is_active=False))
    lately = agent(house, email="deja@hopital.test")
    agent(house, email="a@hopital.test")
    ask(house, role=StaffRoleFactory(code="infirmier").code)
    Delivery.objects.exclude(recipient=lately.uid).delete()
    text = text_of(boss.get(address(house)))
    assert "1 personne sur 4 recevra" in text
    assert "3 personnes ne le recevront pas" in text
    assert "1 personne sans adresse connue" in text
    assert "1 personne dont le compte est désactivé" in text
    assert "1 personne déjà relancée ces trois derniers jours" in text


def test_after_three_days_the_limit_of_mails_decides(
    boss: Client, house: Establishment, module: Trainable, ask: Any, settings: Any
) -> None:
    settings.NOTIFICATIONS_CAP = 1
    agent(house)
    assert len(ask(house)) == 1
    Delivery.objects.update(created_at=timezone.now() - dt.timedelta(days=4), key="of that day")
    assert "1 personne qui a déjà reçu assez de courriels" in text_of(boss.get(address(house)))
    assert ask(house) == []
    settings.NOTIFICATIONS_CAP = 2
    assert len(ask(house)) == 1


def test_unsubscribing_from_courtesies_holds_until_something_is_late(
    boss: Client, house: Establishment, ask: Any
) -> None:
    today = timezone.localdate()
    soon = TrainableFactory()
    rule = RequirementFactory(trainable=soon, starts_on=today, due_days=60)
    person = agent(house)
    Unsubscription.objects.create(recipient=person.uid, category=EARLY)
    assert "1 personne désabonnée" in text_of(boss.get(address(house)))
    assert ask(house) == []
    rule.starts_on = today - dt.timedelta(days=90)
    rule.save()
    assert ask(house) == [person.email]
    assert Delivery.objects.get().category == LATE


def test_a_double_click_sends_once(house: Establishment, module: Trainable, ask: Any) -> None:
    agent(house, email="a@hopital.test")
    assert ask(house, times=2) == ["a@hopital.test"]
    assert Reminding.objects.count() == 1
    assert AuditEntry.objects.filter(action="coverage.remind").count() == 1


def test_two_managers_on_one_day_send_once(
    house: Establishment, ward: Department, module: Trainable, ask: Any
) -> None:
    agent(house, ward, email="a@hopital.test")
    cadre = Client()
    cadre.force_login(manager(for_department=True, department=ward))
    assert ask(ward, client=cadre) == ["a@hopital.test"]
    assert ask(house) == []


def test_the_daily_reminder_and_this_one_are_one(
    house: Establishment, module: Trainable, ask: Any
) -> None:
    """Whoever was reminded by hand is not told the same by the daily run."""
    today = timezone.localdate()
    rule = module.requirements.get()
    rule.starts_on = today - dt.timedelta(days=30)
    rule.save()
    agent(house)
    run = Run(kind="reminders", period=today.isoformat())
    assert len(reminders_compose(run).messages) == 1
    assert len(ask(house)) == 1
    assert not reminders_compose(run).messages


def test_filters_choose_whom(
    house: Establishment, ward: Department, module: Trainable, ask: Any
) -> None:
    other = TrainableFactory()
    RequirementFactory(trainable=other)
    for email, done in (("a@hopital.test", other), ("b@hopital.test", module)):
        completed(agent(house, ward, email=email), done, dt.date(2026, 2, 1))
    agent(house, email="ailleurs@hopital.test")
    assert ask(ward, module=str(module.uid)) == ["a@hopital.test"]
    assert ask(ward) == ["b@hopital.test"]
    reminding = Reminding.objects.first()
    assert reminding is not None
    assert reminding.department == ward


@pytest.mark.parametrize("query", ["role=x", "module=x", "filiere=x"])
def test_a_filter_that_does_not_exist_reminds_nobody(
    boss: Client, house: Establishment, module: Trainable, query: str
) -> None:
    agent(house)
    target = f"{address(house)}?{query}"
    assert boss.get(target).status_code == 400
    assert boss.post(target, {"uid": str(uuid.uuid4())}).status_code == 400
    assert boss.post(address(house), {"uid": "x"}).status_code == 400
    assert not Reminding.objects.exists()


def test_reading_names_is_not_enough(
    client: Client, house: Establishment, module: Trainable
) -> None:
    agent(house)
    client.force_login(GrantFactory(establishment=house).user)
    assert client.get(address(house)).status_code == 403
    assert client.post(address(house), {"uid": str(uuid.uuid4())}).status_code == 403
    listing = client.get(reverse("reporting:missing", args=[house.uid]))
    assert "Relancer" not in text_of(listing)


def test_whoever_lost_the_right_meanwhile_reminds_nobody(
    boss: Client, house: Establishment, module: Trainable
) -> None:
    """The mails are composed later, and the right is asked again then."""
    agent(house)
    found = re.search(r'name="uid" value="([^"]+)"', boss.get(address(house)).content.decode())
    assert found
    boss.post(address(house), {"uid": found[1]})
    Grant.objects.update(ends_on=timezone.localdate())
    step = composing.reminding_compose(Run.objects.get(kind=composing.KIND))
    assert not step.messages
    assert step.cursor is None


def test_what_was_sent_stands_on_the_list(
    boss: Client, house: Establishment, module: Trainable, ask: Any
) -> None:
    agent(house)
    agent(house, email="")
    ask(house, retard="on")
    text = text_of(boss.get(reverse("reporting:missing", args=[house.uid])))
    today = timezone.localdate()
    assert "1 courriel envoyé" in text
    assert "en retard seulement" in text
    assert "Non relancées : 1 personne sans adresse connue" in text
    assert text.count(f"relance le {today:%d/%m/%Y}") == 1
    entry = AuditEntry.objects.get(action="coverage.remind")
    assert entry.details["people"] == 2


def test_many_steps_reach_everybody_once(
    house: Establishment, module: Trainable, ask: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(composing, "BATCH", 2)
    people = [agent(house) for _ in range(5)]
    assert sorted(ask(house)) == sorted(one.email for one in people)


def test_another_hospitals_reminding_is_not_cut_short(
    boss: Client, house: Establishment, module: Trainable, ask: Any
) -> None:
    """A daily run replaces an earlier one; what somebody asked for stands for itself."""
    waiting = Run.objects.create(kind=composing.KIND, period="0")
    agent(house)
    ask(house)
    waiting.refresh_from_db()
    assert waiting.state == "composing"


def test_queries_do_not_grow_with_the_people(
    boss: Client, house: Establishment, module: Trainable
) -> None:
    counts = []
    for _turn in range(2):
        for _ in range(4):
            agent(house)
        boss.get(address(house))
        with CaptureQueriesContext(connection) as queries:
            boss.get(address(house))
        counts.append(len(queries))
    assert counts[0] == counts[1]
