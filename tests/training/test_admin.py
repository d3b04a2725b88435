"""Requirements in the admin: written and ended there, never deleted."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from organisation.scopes import Scope
from tests.organisation.factories import (
    AccountFactory,
    AppointmentFactory,
    EstablishmentFactory,
    StaffRoleFactory,
)
from tests.reporting.factories import completed
from training.concerned import Concerned, requirement_concerns, retraining_concerns
from training.enums import TrainableKind
from training.models import Completion, Requirement, Retraining, Trainable
from training.services import requirement_create, requirement_end, retraining_ask
from training.signals import requirements_changed
from users.models import AuditEntry, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("admin@campagne.test"))
    return client


def fields_of(trainable: Trainable, **changes: Any) -> dict[str, Any]:
    fields = {"trainable": trainable.pk, "scope": "nation", "due_days": 90}
    return {**fields, "starts_on": "2026-01-01", **changes}


def confirmed(admin: Client, address: str, fields: dict[str, Any]) -> tuple[str, Any]:
    """Submit, read the count, submit again: (what the first answer says, the second answer)."""
    counted = admin.post(address, fields)
    assert counted.status_code == 200
    text = counted.content.decode()
    assert counted.context["concerned"], counted.context["form"].errors
    digest = counted.context["counted_as"]
    assert f'name="counted_as" value="{digest}"' in text
    return text, admin.post(address, {**fields, "counted_as": digest})


def test_a_requirement_is_counted_then_written_and_listed(admin: Client) -> None:
    trainable = Trainable.objects.create(title="Hameçonnage")
    here, there = EstablishmentFactory.create_batch(2)
    person = AppointmentFactory(establishment=here).person
    AppointmentFactory(establishment=there, person=person)  # one person in two houses
    AppointmentFactory(establishment=here)
    AppointmentFactory(ended=True)
    text, response = confirmed(admin, "/admin/obligations/new/", fields_of(trainable))
    assert "Concerne aujourd’hui 2 agents dans 2 établissements." in text
    assert response.status_code == 302
    assert Requirement.objects.get().trainable == trainable
    assert "Hameçonnage" in admin.get("/admin/obligations/").content.decode()
    assert AuditEntry.objects.get(action="requirement.create").actor is not None


def test_the_count_follows_scope_and_roles(admin: Client) -> None:
    trainable = Trainable.objects.create(title="Hameçonnage")
    nurse, clerk = (StaffRoleFactory(code=code) for code in ("infirmier", "agent-administratif"))
    house = EstablishmentFactory()
    for role in (nurse, nurse, clerk):
        AppointmentFactory(establishment=house, role=role)
    AppointmentFactory(role=nurse)
    here = {"scope": "establishment", "establishment": house.pk}
    for changes, people in (
        ({}, 3),
        ({"roles": [nurse.pk]}, 2),
        ({"role_families": [clerk.family_id]}, 1),
        ({"role_families": [clerk.family_id], "roles": [nurse.pk]}, 3),
    ):
        fields = fields_of(trainable, **here, **changes)
        counted = admin.post("/admin/obligations/new/", fields)
        assert counted.context["concerned"] == Concerned(people, 1)
    assert not Requirement.objects.exists()


def test_what_was_changed_after_the_count_is_counted_again(admin: Client) -> None:
    trainable = Trainable.objects.create(title="Hameçonnage")
    digest = admin.post("/admin/obligations/new/", fields_of(trainable)).context["counted_as"]
    changed = fields_of(trainable, due_days=30, counted_as=digest)
    again = admin.post("/admin/obligations/new/", changed)
    assert again.status_code == 200
    assert again.context["counted_as"] != digest
    assert not Requirement.objects.exists()


def test_editing_one_tells_those_who_count(admin: Client) -> None:
    trainable = Trainable.objects.create(title="Hameçonnage")
    requirement = requirement_create(trainable=trainable, starts_on=dt.date(2026, 1, 1))
    heard: list[set[int]] = []

    def hear(requirement_ids: set[int], **kwargs: Any) -> None:
        heard.append(requirement_ids)

    requirements_changed.connect(hear)
    address = f"/admin/obligations/edit/{requirement.pk}/"
    confirmed(admin, address, fields_of(trainable, validity_months=12))
    requirements_changed.disconnect(hear)
    requirement.refresh_from_db()
    assert requirement.validity_months == 12
    assert heard == [{requirement.pk}]
    assert AuditEntry.objects.filter(action="requirement.update").exists()


def test_one_that_moves_names_the_place_that_it_leaves_and_the_other(admin: Client) -> None:
    trainable = Trainable.objects.create(title="Hameçonnage")
    old, new = EstablishmentFactory.create_batch(2)
    since = dt.date(2026, 1, 1)
    requirement = requirement_create(trainable=trainable, starts_on=since, place=old)
    heard: list[frozenset[Scope]] = []

    def hear(scopes: frozenset[Scope], **kwargs: Any) -> None:
        heard.append(scopes)

    requirements_changed.connect(hear)
    address = f"/admin/obligations/edit/{requirement.pk}/"
    there = {"scope": "establishment", "establishment": new.pk}
    confirmed(admin, address, fields_of(trainable, **there))
    requirement_end(requirement=requirement, ends_on=dt.date(2026, 6, 1))
    requirements_changed.disconnect(hear)
    assert heard == [
        {Scope.establishment(old), Scope.establishment(new)},
        {Scope.establishment(new)},
    ]


def test_a_retraining_names_the_places_where_the_training_is_asked(admin: Client) -> None:
    trainable = Trainable.objects.create(title="Hameçonnage")
    house, since = EstablishmentFactory(), dt.date(2026, 1, 1)
    requirement_create(trainable=trainable, starts_on=since)
    requirement_create(trainable=trainable, starts_on=since, place=house)
    requirement_create(
        trainable=Trainable.objects.create(title="Autre"),
        starts_on=since,
        place=EstablishmentFactory(),
    )
    heard: list[frozenset[Scope]] = []

    def hear(scopes: frozenset[Scope], **kwargs: Any) -> None:
        heard.append(scopes)

    requirements_changed.connect(hear)
    retraining_ask(
        trainable=trainable,
        changed_on=since,
        required_from=dt.date(2026, 6, 1),
        reason="Nouvelles consignes.",
        actor=AccountFactory(),
        today=dt.date(2026, 3, 1),
    )
    requirements_changed.disconnect(hear)
    assert heard == [{Scope.nation(), Scope.establishment(house)}]


def test_a_fixed_day_that_changes_nothing_is_refused_in_words(admin: Client) -> None:
    trainable = Trainable.objects.create(title="Hameçonnage")
    fields = fields_of(trainable, due_on="2026-02-01")
    response = admin.post("/admin/obligations/new/", fields)
    text = response.content.decode()
    assert "choisissez une date à partir du 01/04/2026, ou un délai plus court" in text


def test_a_retraining_is_counted_asked_and_taken_back(admin: Client) -> None:
    trainable = Trainable.objects.create(title="Hameçonnage")
    today = timezone.localdate()
    old, new = (AppointmentFactory().person for _ in range(2))
    completed(old, trainable, today - dt.timedelta(30))
    for days in (30, 1):
        completed(new, trainable, today - dt.timedelta(days))
    fields = {
        "trainable": trainable.pk,
        "changed_on": (today - dt.timedelta(7)).isoformat(),
        "required_from": (today + dt.timedelta(30)).isoformat(),
        "reason": "La procédure d’alerte a changé.",
    }
    text, response = confirmed(admin, "/admin/nouvelles-formations/new/", fields)
    assert "Concerne aujourd’hui 1 agent dans 1 établissement." in text
    assert response.status_code == 302
    retraining = Retraining.objects.get()
    assert retraining.decided_by.email == "admin@campagne.test"
    assert "/admin/nouvelles-formations/" in admin.get("/admin/").content.decode()
    address = f"/admin/nouvelles-formations/edit/{retraining.pk}/"
    assert "Annuler cette demande" in admin.get(address).content.decode()
    assert admin.post(address, {}).status_code == 302
    retraining.refresh_from_db()
    assert retraining.withdrawn_on == today
    assert Completion.objects.count() == 3


@pytest.mark.parametrize(
    ("changed", "required", "words"),
    [
        (-7, -1, "Choisissez aujourd’hui ou une date à venir."),
        (1, 2, "La modification doit avoir déjà eu lieu."),
    ],
)
def test_a_retraining_does_not_rewrite_the_past(
    admin: Client, changed: int, required: int, words: str
) -> None:
    today = timezone.localdate()
    fields = {
        "trainable": Trainable.objects.create(title="Hameçonnage").pk,
        "changed_on": (today + dt.timedelta(changed)).isoformat(),
        "required_from": (today + dt.timedelta(required)).isoformat(),
        "reason": "La procédure d’alerte a changé.",
    }
    _text, response = confirmed(admin, "/admin/nouvelles-formations/new/", fields)
    assert words in response.content.decode()
    assert not Retraining.objects.exists()


def test_counting_takes_one_query(django_assert_num_queries: Any) -> None:
    trainable = Trainable.objects.create(title="Hameçonnage")
    for _round in range(2):
        AppointmentFactory.create_batch(4)
        day = timezone.localdate()
        with django_assert_num_queries(2):
            requirement_concerns(scope=Scope.nation(), roles=[], role_families=[], day=day)
            retraining_concerns(trainable=trainable, changed_on=day, day=day)


def test_a_scope_without_its_place_is_refused_in_words(admin: Client) -> None:
    trainable = Trainable.objects.create(title="Hameçonnage")
    fields = {"trainable": trainable.pk, "scope": "region", "due_days": 90}
    response = admin.post("/admin/obligations/new/", {**fields, "starts_on": "2026-01-01"})
    assert "À préciser pour cette portée." in response.content.decode()
    assert not Requirement.objects.exists()


def test_nobody_deletes_one(admin: Client) -> None:
    requirement = requirement_create(
        trainable=Trainable.objects.create(title="Hameçonnage"), starts_on=dt.date(2026, 1, 1)
    )
    admin.post(f"/admin/obligations/delete/{requirement.pk}/")
    assert Requirement.objects.filter(pk=requirement.pk).exists()
    assert (
        "/delete/" not in admin.get(f"/admin/obligations/edit/{requirement.pk}/").content.decode()
    )


def test_it_stands_in_the_learning_menu(admin: Client) -> None:
    assert "/admin/obligations/" in admin.get("/admin/").content.decode()


def test_one_made_by_mistake_ends_on_its_first_day_and_asks_nothing() -> None:
    day = dt.date(2026, 1, 1)
    requirement_create(
        trainable=Trainable.objects.create(title="Hameçonnage"), starts_on=day, ends_on=day
    )
    assert not Requirement.objects.at(day).exists()


def test_the_national_team_names_a_participation_and_requires_it(admin: Client) -> None:
    module = Trainable.objects.create(title="Hameçonnage")
    answer = admin.post("/admin/participations/new/", {"title": " Participer à une rencontre "})
    assert answer.status_code == 302
    participation = Trainable.objects.meetings().get()
    assert participation.title == "Participer à une rencontre"
    listed = admin.get("/admin/participations/").content.decode()
    assert participation.title in listed
    assert module.title not in listed
    admin.post(f"/admin/participations/edit/{participation.pk}/", {"title": "Venir"})
    assert Trainable.objects.meetings().get().title == "Venir"
    assert admin.get(f"/admin/participations/edit/{module.pk}/").status_code == 404
    confirmed(admin, "/admin/obligations/new/", fields_of(participation))
    assert Requirement.objects.get().trainable == participation
    acts = AuditEntry.objects.filter(action__startswith="trainable.").order_by("pk")
    assert [one.action for one in acts] == ["trainable.create", "trainable.update"]


def test_a_participation_is_nothing_to_take_again(admin: Client) -> None:
    participation = Trainable.objects.create(title="Participer", kind=TrainableKind.MEETING)
    Trainable.objects.create(title="Hameçonnage")
    page = admin.get("/admin/nouvelles-formations/new/").content.decode()
    assert "Hameçonnage" in page
    assert participation.title not in page
