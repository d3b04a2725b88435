"""The registry names every table and every column that could say something of a person."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models

from organisation.models import Person
from users.privacy.registry import (
    REST,
    KeptData,
    impersonal,
    kept_data,
    kept_data_declare,
    retention_of,
    retentions,
)
from users.privacy.words import duration

TABLES = {table.model: table for entry in kept_data() for table in entry.tables}


def columns(model: type[models.Model]) -> dict[str, models.Field[Any, Any]]:
    """A table's own columns, without what links it to its parent and its number."""
    return {
        field.name: field
        for field in model._meta.local_concrete_fields
        if not (field.primary_key and (field.is_relation or isinstance(field, models.AutoField)))
    }


def says_who(field: models.Field[Any, Any]) -> bool:
    """Columns that point at somebody, whatever else stands in the table."""
    points = field.is_relation and field.related_model in (get_user_model(), Person)
    return points or isinstance(field, models.EmailField | models.GenericIPAddressField)


@pytest.mark.parametrize("model", apps.get_models(), ids=lambda model: model._meta.label)
def test_every_table_has_its_place(model: type[models.Model]) -> None:
    """Whoever adds a table or a column says here what becomes of it: see `users/privacy`."""
    label, own = model._meta.label, columns(model)
    if label in impersonal():
        assert label not in TABLES
        assert not [name for name, field in own.items() if says_who(field)]
        return
    table = TABLES[label]
    named = set(f"{table.told} {table.untold}".split())
    wanted = own if REST not in named else {n: f for n, f in own.items() if says_who(f)}
    assert set(wanted) <= named
    assert named - {REST} <= {field.name for field in model._meta.concrete_fields}


def test_nothing_is_declared_that_does_not_exist() -> None:
    known = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    assert set(TABLES) <= known
    missing = impersonal() - known
    assert all(label.startswith("wagtailsearch.") for label in missing), missing  # SQLite's only


def test_what_is_told_can_be_traced() -> None:
    """A table with columns to give out says which rows are somebody's."""
    for table in TABLES.values():
        assert bool(table.told) <= (table.rows is not None), table.model


@pytest.mark.parametrize("entry", kept_data(), ids=lambda entry: entry.key)
def test_every_entry_says_all_of_it_in_sentences(entry: KeptData) -> None:
    for text in (entry.what, entry.why, entry.who, entry.how_long, entry.stays):
        assert not text or str(text).endswith("."), text
    assert all((str(entry.what), str(entry.why), str(entry.who), str(entry.how_long)))
    assert bool(entry.goes) == (entry.erase is not None or entry.key in OF_THE_ACCOUNT)
    erasable = [table for table in entry.tables if table.rows is not None]
    assert not erasable or entry.erase or entry.stays or entry.key in OF_THE_ACCOUNT


OF_THE_ACCOUNT = {"sign_in", "sessions"}
"""They go with the account, which the entry «account» erases."""


def test_a_key_is_taken_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        kept_data_declare(kept_data()[0])


def test_rules_have_names_of_their_own_and_are_the_operators(settings: Any) -> None:
    keys = [rule.key for rule in retentions()]
    assert len(keys) == len(set(keys))
    settings.RETENTION_DAYS = {"leavers": 400}
    assert retention_of("leavers").kept.days == 400
    assert retention_of("codes").kept.days == 90


@pytest.mark.parametrize(
    ("days", "words"),
    [(1, "1 jour"), (90, "90 jours"), (365, "1 an"), (366, "366 jours"), (400, "400 jours"),
     (1096, "3 ans"), (1825, "5 ans")],
)  # fmt: skip
def test_durations(days: int, words: str) -> None:
    assert duration(days) == words
