"""The migrations make what the models say, and a test that commits leaves no trace."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from wagtail.models import Page, Site

from .rooms import levels

pytestmark = pytest.mark.database


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_every_migration_is_applied_to_the_test_database() -> None:
    """The template is named after the migrations; this fails if the name ever misses one."""
    call_command("migrate", check_unapplied=True, plan=True, verbosity=0)


@pytest.mark.django_db
def test_every_model_can_be_read() -> None:
    for model in apps.get_models():
        if model._meta.app_label in levels():
            assert list(model._default_manager.all()[:1]) is not None


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_a_test_that_commits_leaves_no_trace(turn: int) -> None:
    """Twice: the second would meet the first one's row, and the pages that migrations make."""
    assert not get_user_model().objects.filter(email="passage@demo.test").exists()
    assert Page.objects.filter(depth=1).exists()
    assert Site.objects.exists()
    get_user_model().objects.create_user(email="passage@demo.test", password="x")
    assert not connection.in_atomic_block


@pytest.mark.django_db
def test_ten_thousand_are_not_looked_for_by_reading_a_million() -> None:
    """How PostgreSQL is told to plan: ADR 0006."""
    if connection.vendor != "postgresql":
        pytest.skip("of PostgreSQL alone")
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('jit'), current_setting('random_page_cost')")
        assert cursor.fetchone() == ("off", "1.1")
