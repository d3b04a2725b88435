"""Requirements in the admin: written and ended there, never deleted."""

import datetime as dt

import pytest
from django.test import Client

from training.models import Requirement, Trainable
from training.services import requirement_create
from users.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("admin@campagne.test"))
    return client


def test_a_requirement_is_written_and_listed(admin: Client) -> None:
    trainable = Trainable.objects.create(title="Hameçonnage")
    fields = {"trainable": trainable.pk, "scope": "nation", "due_days": 90}
    response = admin.post("/admin/obligations/new/", {**fields, "starts_on": "2026-01-01"})
    assert response.status_code == 302, response.context["form"].errors
    assert Requirement.objects.get().trainable == trainable
    assert "Hameçonnage" in admin.get("/admin/obligations/").content.decode()


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
