"""The audit log: final in the model and in the database, and one list of acts."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError

from tests.consistency.rooms import levels
from tests.organisation.factories import AccountFactory
from users.audit import ACTS, ActKind, actions_of, sentence_of
from users.models import AuditEntry, EntryIsFinal
from users.services import audit_record

ROOT = Path(__file__).resolve().parent.parent.parent
WORD = re.compile(r"[a-z_]+(\.[a-z_]+){1,2}")
RECORDERS = {"audit_record", "_audit", "_record", "_announce", "_account"}


@pytest.fixture
def entry(db: None) -> AuditEntry:
    return audit_record(actor=AccountFactory(), action="grant.give", target="grant:1")


def test_the_model_refuses_every_change(entry: AuditEntry) -> None:
    entry.target = "grant:2"
    rows = AuditEntry.objects.filter(pk=entry.pk)
    for change in (
        entry.save,
        entry.delete,
        lambda: rows.update(target="x"),
        rows.delete,
        lambda: AuditEntry.objects.bulk_update([entry], ["target"]),
    ):
        with pytest.raises(EntryIsFinal):
            change()
    assert AuditEntry.objects.get().target == "grant:1"


@pytest.mark.database
@pytest.mark.parametrize(
    "command",
    [
        "UPDATE users_auditentry SET target = 'x'",
        "UPDATE users_auditentry SET actor_id = NULL",
        "DELETE FROM users_auditentry",
        "TRUNCATE users_auditentry",
    ],
)
def test_the_database_refuses_every_change(entry: AuditEntry, command: str) -> None:
    """Also after every migration: one that makes the table anew on SQLite drops the triggers."""
    connection.check_constraints()  # those that wait would stop a TRUNCATE before the trigger does
    expected: type[Exception] = IntegrityError
    if command.startswith("TRUNCATE") and connection.vendor == "sqlite":
        expected = DatabaseError  # it does not know the word
    with pytest.raises(expected), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(command)
    assert AuditEntry.objects.get().target == "grant:1"


def test_an_account_with_entries_stays(entry: AuditEntry) -> None:
    assert entry.actor is not None
    with pytest.raises(IntegrityError):
        entry.actor.delete()


def test_only_acts_of_the_list_are_kept(db: None) -> None:
    with pytest.raises(ValueError, match="no act"):
        audit_record(actor=None, action="grant.lend", target="grant:1")


def test_each_act_has_its_own_sentence_and_a_kind() -> None:
    sentences = [str(act.sentence) for act in ACTS.values()]
    assert len(set(sentences)) == len(sentences)
    assert {name for kind in ActKind for name in actions_of(kind)} == set(ACTS)
    assert sentence_of("a.word.of.old") == "a.word.of.old"


def words_recorded() -> Iterator[tuple[str, str]]:
    """(file, word) of each dotted word that is given as an `action`, or to a function that records;
    or that such a parameter is without one."""
    for room in levels():
        for file in (ROOT / room).rglob("*.py"):
            if "migrations" not in file.parts:
                for node in ast.walk(ast.parse(file.read_text())):
                    for argument in _arguments(node):
                        yield from ((file.name, word) for word in _words(argument))


def _arguments(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Call):
        yield from (one.value for one in node.keywords if one.arg == "action")
        if _name(node.func) in RECORDERS:
            yield from node.args
    elif isinstance(node, ast.arguments):
        for parameter, value in zip(node.kwonlyargs, node.kw_defaults, strict=True):
            if parameter.arg == "action" and value is not None:
                yield value


def _name(function: Any) -> str:
    return str(getattr(function, "id", getattr(function, "attr", "")))


def _words(argument: ast.AST) -> Iterator[str]:
    """A literal, or either of two."""
    if isinstance(argument, ast.IfExp):
        yield from (*_words(argument.body), *_words(argument.orelse))
    elif isinstance(argument, ast.Constant) and WORD.fullmatch(str(argument.value)):
        yield str(argument.value)


def test_every_act_that_is_recorded_is_in_the_list_and_the_other_way_round() -> None:
    recorded = {word for _file, word in words_recorded()}
    assert recorded == set(ACTS)
