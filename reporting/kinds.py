"""Modules and meetings, apart: meetings stand last, under a heading of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from training.enums import TrainableKind
from training.models import Trainable


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading over some columns."""

    title: str
    columns: list[str]


def in_order(trainables: QuerySet[Trainable]) -> list[Trainable]:
    """Modules by title, then meetings by title."""
    found = trainables.order_by("title", "pk")
    return sorted(found, key=lambda one: one.kind == TrainableKind.MEETING)


def titled(trainable: Trainable) -> str:
    """Its title where no heading says what it is."""
    if trainable.kind != TrainableKind.MEETING:
        return trainable.title
    return _("Rencontre : %(title)s") % {"title": trainable.title}


def headings(trainables: Sequence[Trainable]) -> list[Heading]:
    """The headings over such columns, given in order; none where all are modules."""
    if not has_meetings(trainables):
        return []
    names = {TrainableKind.MODULE.value: _("Modules"), TrainableKind.MEETING.value: _("Rencontres")}
    return [
        Heading(names[kind], [one.title for one in group])
        for kind, group in groupby(trainables, key=lambda one: one.kind)
    ]


def has_meetings(trainables: Sequence[Trainable]) -> bool:
    return any(one.kind == TrainableKind.MEETING for one in trainables)


def all_of(trainables: Sequence[Trainable]) -> str:
    """What the total over them is called."""
    return _("Toutes les formations") if has_meetings(trainables) else _("Tous les modules")
