"""What is kept of a page of coverage is never what it no longer says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from organisation.models import Person, RoleFamily, StaffRole
from organisation.scopes import Scope
from organisation.services import appointment_start, headcount_declare
from reporting.figures import NBSP
from reporting.ledger.running import ledger_run
from reporting.objectives.services import Target, objective_set
from reporting.services import snapshots_freeze
from tests.organisation.factories import AccountFactory, GrantFactory, PersonFactory
from training.models import Completion
from training.services import requirement_create
from training.signals import completions_changed

from . import world as worlds
from .factories import TrainableFactory, completed

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world() -> worlds.World:
    cache.clear()
    world = worlds.build()
    assert ledger_run()
    return world


@pytest.fixture
def page(world: worlds.World) -> Callable[[], str]:
    """What the security officer reads."""
    client = Client()
    client.force_login(world.users["ciso"])
    return lambda: text_of(client, world)


def text_of(client: Client, world: worlds.World, asked: str = "") -> str:
    address = reverse("reporting:establishment", args=[world.house.uid])
    return str(client.get(address + asked).content.decode())


def reads(page: Callable[[], str]) -> tuple[int, str]:
    with CaptureQueriesContext(connection) as queries:
        text = page()
    return len(queries), text


def test_the_second_reader_gets_the_same_for_four_reads(
    world: worlds.World, page: Callable[[], str]
) -> None:
    first, text = reads(page)
    second, again = reads(page)
    assert second == 4 < first
    assert main_of(again) == main_of(text)


def main_of(text: str) -> str:
    return text[text.index("<main") : text.index("</main>")]


def rename(row: Model, **values: str) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def completes(world: worlds.World) -> None:
    """Somebody who had not; the page said 4 of her twelve colleagues."""
    person = Person.objects.filter(
        appointments__establishment=world.house, completions__isnull=True
    ).first()
    assert person
    completed(person, world.modules[0], timezone.localdate() - dt.timedelta(days=1))
    completions_changed.send(
        sender=Completion, person_ids={person.pk}, trainable_ids={world.modules[0].pk}
    )


# What is done, and what the page says from then on
CHANGES: dict[str, tuple[Callable[[worlds.World], object], str]] = {
    "somebody completes a module": (completes, f"5{NBSP}/{NBSP}"),
    "somebody is appointed": (
        lambda world: appointment_start(
            person=PersonFactory(),
            establishment=world.house,
            role=StaffRole.objects.get(code="psychologue"),
            starts_on=timezone.localdate(),
        ),
        "Psychologue",
    ),
    "a headcount is declared": (
        lambda world: headcount_declare(
            establishment=world.house,
            role=StaffRole.objects.get(code="medecin"),
            as_of=timezone.localdate(),
            people=777,
        ),
        "775 non recensés",
    ),
    "a module is renamed": (
        lambda world: rename(world.modules[0], title="Un tout autre titre"),
        "Un tout autre titre",
    ),
    "a role is renamed": (
        lambda world: rename(StaffRole.objects.get(code="medecin"), name="Doctoresse"),
        "Doctoresse",
    ),
    "a role family is renamed": (
        lambda world: rename(
            RoleFamily.objects.get(roles__code="medecin"), name="Une autre filière"
        ),
        "Une autre filière",
    ),
    "an objective is set": (
        lambda world: objective_set(
            scope=Scope.establishment(world.house),
            target=Target(),
            percent=83,
            due_on=timezone.localdate() + dt.timedelta(days=60),
            actor=AccountFactory(),
            now=timezone.now(),
        ),
        f"83{NBSP}%",
    ),
    "a month is frozen": (
        lambda world: snapshots_freeze(month_end=dt.date(2026, 7, 31)),
        "juillet 2026",
    ),
    "another training is required": (
        lambda world: requirement_create(
            trainable=TrainableFactory(title="Demandé depuis"), starts_on=timezone.localdate()
        ),
        "Demandé depuis",
    ),
}


@pytest.mark.parametrize("is_folded", [False, True], ids=["at once", "once it is folded"])
@pytest.mark.parametrize(("change", "says"), CHANGES.values(), ids=CHANGES)
def test_what_changes_is_said(
    world: worlds.World,
    page: Callable[[], str],
    change: Callable[[worlds.World], object],
    says: str,
    is_folded: bool,
) -> None:
    assert says not in main_of(page())
    assert says not in main_of(page())
    change(world)
    if is_folded:
        assert ledger_run()
    assert says in main_of(page())
    assert says in main_of(page())


def test_another_filter_is_another_page(world: worlds.World) -> None:
    client = Client()
    client.force_login(world.users["ciso"])
    whole = text_of(client, world)
    one = text_of(client, world, f"?module={world.modules[0].uid}")
    assert main_of(one) != main_of(whole)
    assert main_of(text_of(client, world, f"?module={world.modules[0].uid}")) == main_of(one)
    assert "Ces quatre chiffres suivent les filtres." in main_of(one)
    assert main_of(text_of(client, world)) == main_of(whole)


def test_the_way_back_from_a_filter_stands_where_there_is_one(world: worlds.World) -> None:
    client = Client()
    client.force_login(world.users["ciso"])
    for asked, is_there in (("", False), (f"?date={timezone.localdate()}", True), ("", False)):
        assert ("Effacer les filtres" in text_of(client, world, asked)) is is_there


def test_an_error_is_said_each_time(world: worlds.World) -> None:
    client = Client()
    client.force_login(world.users["ciso"])
    for _time in range(2):
        assert "fr-error-text" in text_of(client, world, "?module=rien")
    assert "fr-error-text" not in text_of(client, world)


def test_who_may_not_read_gets_nothing_that_was_kept(
    world: worlds.World, page: Callable[[], str]
) -> None:
    page()
    for name in ("learner", "former ciso", "region", "nation", "other ciso"):
        client = Client()
        client.force_login(world.users[name])
        address = reverse("reporting:establishment", args=[world.house.uid])
        assert client.get(address).status_code == 403


def test_what_only_some_may_do_is_offered_to_them_alone(
    world: worlds.World, page: Callable[[], str]
) -> None:
    attestations = reverse("reporting:establishment_attestations", args=[world.house.uid])
    assert attestations not in page()
    trainer = GrantFactory(establishment=world.house).user
    GrantFactory(user=trainer, establishment=world.house, to_train=True)
    client = Client()
    client.force_login(trainer)
    assert attestations in text_of(client, world)
    assert attestations not in page()


def test_inside_a_transaction_nothing_is_kept(world: worlds.World, page: Callable[[], str]) -> None:
    with transaction.atomic():
        rename(world.modules[0], title="Jamais enregistré")
        assert "Jamais enregistré" in page()
        transaction.set_rollback(True)
    assert "Jamais enregistré" not in page()
