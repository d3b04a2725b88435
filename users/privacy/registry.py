"""The registry: what rooms declare when the site starts."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.functional import Promise

from users.models import User

from .words import duration

Text = str | Promise
REST = "*"
"""In `Table.untold`: the other columns say nothing of a person."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose data it is: an account, a member of staff, or one who is both.

    `actor` is the uid that stands in statements, or None for an account that learns nothing;
    `former` are those that stand in older ones, of rows that turned out to be hers; `recipients`
    are the uids under which mails to it are logged.
    """

    user: User | None
    actor: uuid.UUID | None = None
    recipients: frozenset[uuid.UUID] = frozenset()
    former: frozenset[uuid.UUID] = frozenset()

    @property
    def actors(self) -> list[uuid.UUID]:
        """Every uid that stands in statements about her."""
        return sorted(self.former | ({self.actor} if self.actor else set()))


Rows = Callable[[Subject], "models.QuerySet[Any]"]


def of_account(model: type[models.Model], path: str = "user") -> Rows:
    """The rows of an account, by the path from a row to it; none without an account."""
    return lambda subject: _reached(model, path, subject.user and subject.user.pk)


def of_actor(model: type[models.Model], path: str = "person__uid") -> Rows:
    """The rows of a member of staff, by the path from a row to her uid; none without one."""
    return lambda subject: _reached(model, path, subject.actor)


def _reached(model: type[models.Model], path: str, value: Any) -> models.QuerySet[Any]:
    rows: models.QuerySet[Any] = model._default_manager.order_by("pk")
    return rows.none() if value is None else rows.filter(**{path: value})


@dataclass(frozen=True, slots=True)
class Table:
    """A table that holds something of people.

    :param model: its label, such as «organisation.Person».
    :param rows: the rows of a subject; None where no row can be traced to one.
    :param told: the columns that are given out, in this order, separated by spaces.
    :param untold: those that are kept and not given out: secrets, numbers of other rows, what
        says something of others. `REST` stands for columns that say nothing of a person.
    :param sentence: a row in words, for a reader; without it its columns are shown.
    :param title: what readers call the rows, where the table's own name says it badly.
    """

    model: str
    rows: Rows | None = None
    told: str = ""
    untold: str = ""
    sentence: Callable[[Any], str] | None = None
    title: Text = ""

    @property
    def model_class(self) -> type[models.Model]:
        return apps.get_model(self.model)

    @property
    def fields(self) -> list[models.Field[Any, Any]]:
        """The columns that are given out."""
        meta = self.model_class._meta
        return [meta.get_field(name) for name in self.told.split()]  # type: ignore[misc]


@dataclass(frozen=True, slots=True)
class Retention:
    """What goes by itself after some days.

    :param forget: deletes what is older than a moment, and says how many rows or files it was. It
        may be called again at any time, and after an interruption.
    """

    key: str
    what: Text
    days: int
    forget: Callable[[dt.datetime], int]

    @property
    def kept(self) -> dt.timedelta:
        """As the operators set it, or as the room proposes."""
        return dt.timedelta(days=settings.RETENTION_DAYS.get(self.key, self.days))

    @property
    def period(self) -> str:
        """In words."""
        return duration(self.kept.days)


@dataclass(frozen=True, slots=True)
class KeptData:
    """One entry of the registry, in words that a nurse understands.

    :param goes: what an erasure takes away, as items of a list; empty if it takes nothing.
    :param stays: what an erasure leaves, and why; empty if it leaves nothing.
    :param erase: takes the identity of a subject away; runs inside the transaction of the erasure.
    :param order: where the page shows it; the nearest to the reader first.
    """

    key: str
    order: int
    title: Text
    what: Text
    why: Text
    who: Text
    how_long: Text
    tables: tuple[Table, ...] = ()
    goes: Text = ""
    stays: Text = ""
    erase: Callable[[Subject, dt.datetime], None] | None = None
    retention: tuple[Retention, ...] = ()


SubjectOf = Callable[[User], Subject]


@dataclass(slots=True)
class _Registry:
    subject_of: SubjectOf = Subject
    kept: dict[str, KeptData] = field(default_factory=dict)
    impersonal: set[str] = field(default_factory=set)


_registry = _Registry()


def kept_data_declare(*entries: KeptData) -> None:
    """Raises ValueError if a key is taken."""
    for entry in entries:
        if entry.key in _registry.kept:
            raise ValueError(f"{entry.key} is declared twice")
        _registry.kept[entry.key] = entry


def impersonal_declare(*labels: str) -> None:
    """These tables hold nothing of a person."""
    _registry.impersonal.update(labels)


def subject_of_declare(subject_of: SubjectOf) -> None:
    """The room that knows the staff says who stands behind an account."""
    _registry.subject_of = subject_of


def subject_of(user: User) -> Subject:
    return _registry.subject_of(user)


def kept_data() -> list[KeptData]:
    """All entries, as the page shows them."""
    return sorted(_registry.kept.values(), key=lambda entry: (entry.order, entry.key))


def kept_data_upper_first() -> Iterator[KeptData]:
    """All entries, those of upper rooms first: they refer to the lower ones."""
    yield from _registry.kept.values()


def retentions() -> list[Retention]:
    return [rule for entry in kept_data() for rule in entry.retention]


def retention_of(key: str) -> Retention:
    """Raises KeyError for a rule that nobody declared."""
    return {rule.key: rule for rule in retentions()}[key]


def impersonal() -> frozenset[str]:
    return frozenset(_registry.impersonal)
