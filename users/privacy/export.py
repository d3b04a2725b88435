"""All that is kept of somebody, given out: for machines and for the person herself.

Both forms read the registry: what it tells is what they hold, and what is kept without being given
out (a password's hash, the number of another row) is named, so that nobody wonders.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext as _

from users.days import long_day, long_moment

from .registry import REST, KeptData, Subject, Table, kept_data

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Chapter:
    """What one entry of the registry holds of a subject, for a reader."""

    entry: KeptData
    parts: list[Part] = field(default_factory=list)

    @property
    def count(self) -> int:
        return sum(part.count for part in self.parts)


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one table: sentences, or lines of (label, value)."""

    title: str
    count: int
    sentences: list[str] = field(default_factory=list)
    rows: list[list[tuple[str, str]]] = field(default_factory=list)


def export_chapters(subject: Subject) -> list[Chapter]:
    """For a page. As many queries as there are tables, whatever the number of rows."""
    return [
        Chapter(entry, [part for table in entry.tables if (part := _part(table, subject))])
        for entry in kept_data()
    ]


def kept_counts(subject: Subject) -> list[tuple[KeptData, int]]:
    """How many rows of each entry are the subject's, of those that would be given out. As many
    queries as there are tables."""
    return [
        (
            entry,
            sum(table.rows(subject).count() for table in entry.tables if table.rows and table.told),
        )
        for entry in kept_data()
    ]


def export_json(subject: Subject, *, at: dt.datetime) -> Iterator[str]:
    """The same as JSON text, in pieces: all rows, with the names and values that the tables use."""
    encode = DjangoJSONEncoder(ensure_ascii=False).encode
    yield f'{{"exported_at": {encode(at)}, "subject": {encode(subject.actor)}, "kept": ['
    for number, entry in enumerate(kept_data()):
        head = {"key": entry.key, "title": str(entry.title), "why": str(entry.why)}
        yield f'{"," if number else ""}\n{encode(head)[:-1]}, "tables": ['
        for place, table in enumerate(one for one in entry.tables if one.rows is not None):
            yield f'{"," if place else ""}\n{{"table": {encode(table.model)}, "rows": ['
            for index, row in enumerate(_rows(table, subject)):
                values = {field.name: _plain(row, field) for field in table.fields}
                yield f"{',' if index else ''}\n{encode(values)}"
            kept_back = [name for name in table.untold.split() if name != REST]
            yield f'], "kept_and_not_given_out": {encode(kept_back)}}}'
        yield "]}"
    yield "\n]}\n"


def _rows(table: Table, subject: Subject) -> Iterator[Any]:
    assert table.rows is not None
    related = [one.name for one in table.fields if isinstance(one, models.ForeignKey)]
    rows = table.rows(subject)
    return (rows.select_related(*related) if related else rows).iterator(chunk_size=CHUNK)


def _part(table: Table, subject: Subject) -> Part | None:
    if table.rows is None:
        return None
    rows = list(_rows(table, subject))
    if not rows:
        return None
    title = str(table.title or table.model_class._meta.verbose_name_plural)
    if table.sentence is not None:
        return Part(title, len(rows), sentences=[table.sentence(row) for row in rows])
    return Part(title, len(rows), rows=[_told(table, row) for row in rows])


def _told(table: Table, row: models.Model) -> list[tuple[str, str]]:
    pairs = ((str(field.verbose_name), _words(row, field)) for field in table.fields)
    return [(label, words) for label, words in pairs if words]


def _words(row: models.Model, field: models.Field[Any, Any]) -> str:
    """A value as a reader writes it; «» for nothing."""
    value = getattr(row, field.name)
    if value is None or value == "":
        return ""
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, dt.datetime):
        return long_moment(value)
    if isinstance(value, dt.date):
        return long_day(value)
    if isinstance(value, dict):
        return " ; ".join(f"{name} : {said}" for name, said in value.items())
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(_plain(row, field))


def _plain(row: models.Model, field: models.Field[Any, Any]) -> Any:
    """A value as JSON holds it: a row that is referred to by its name, JSON as itself."""
    value = getattr(row, field.name)
    if isinstance(field, models.ForeignKey):
        return None if value is None else str(value)
    if isinstance(field, models.BinaryField):
        return bytes(value).decode("utf-8", "replace")
    if isinstance(field, models.FileField):
        return value.name
    return value
