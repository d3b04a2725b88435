"""Which column of a file is what."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from itertools import islice
from typing import Any, TypeAlias

from django.utils.translation import gettext as _

from documents.folding import fold
from documents.tables import Table, TableRefused, text_of

from .days import DayOrder, guess_order
from .titles import titles_matched

HEADER_WITHIN = 25  # lines: what stands above the titles is a name, a date, a logo
SHOWN_LINES = 5
PEEKED_LINES = 200

Known: TypeAlias = Mapping[Any, Sequence[str]]
"""{field: its titles}; a field is a word, mostly of a TextChoices."""


@dataclasses.dataclass(frozen=True, slots=True)
class Layout:
    """Where a file has what: `columns` are {field: index}; the titles are in line `header`.
    `guessed` are the fields whose title is only like one that we know."""

    header: int
    titles: tuple[str, ...]
    columns: dict[str, int]
    day_order: DayOrder
    encoding: str
    delimiter: str
    samples: tuple[tuple[str, ...], ...]
    guessed: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            **dataclasses.asdict(self),
            "columns": {str(field): at for field, at in self.columns.items()},
        }

    @classmethod
    def of_json(cls, data: Mapping[str, Any]) -> Layout:
        return cls(
            header=data["header"],
            titles=tuple(data["titles"]),
            columns=dict(data["columns"]),
            day_order=DayOrder(data["day_order"]),
            encoding=data["encoding"],
            delimiter=data["delimiter"],
            samples=tuple(tuple(row) for row in data["samples"]),
            guessed=tuple(data.get("guessed", ())),
        )

    def confirmed(self, columns: Mapping[Any, int], day_order: DayOrder) -> Layout:
        """The same file, with the columns that somebody has said; nothing is guessed any more."""
        return dataclasses.replace(
            self,
            columns={str(field): at for field, at in columns.items()},
            day_order=day_order,
            guessed=(),
        )


def layout_guessed(
    table: Table,
    *,
    titles: Known,
    days: Collection[str],
    kept: Mapping[str, str],
    kept_order: str,
) -> Layout:
    """What a file seems to be, from its first lines.

    :param titles: those of each field, folded, the likeliest first.
    :param days: the fields that hold dates.
    :param kept: {field: folded title} as it was confirmed for an earlier file.
    Raises TableRefused if there is no table in it.
    """
    rows = [
        (number, [text_of(cell) for cell in row], row)
        for number, row in islice(table.rows(), PEEKED_LINES)
        if any(text_of(cell) for cell in row)
    ]
    if len(rows) < 2:
        raise TableRefused(_("Ce fichier n’a pas de ligne à importer sous ses titres."))
    known = {
        field: ([kept[field]] if kept.get(field) else []) + list(names)
        for field, names in titles.items()
    }
    at = _header(rows, known)
    header, found, _raw = rows[at]
    columns, guessed = titles_matched(found, known)
    below = rows[at + 1 :]
    places = [columns[field] for field in days if field in columns]
    return Layout(
        header=header,
        titles=tuple(found),
        columns={str(field): place for field, place in columns.items()},
        day_order=_day_order(below, places, kept_order),
        encoding=table.encoding,
        delimiter=table.delimiter,
        samples=tuple(tuple(texts) for _number, texts, _raw in below[:SHOWN_LINES]),
        guessed=tuple(map(str, guessed)),
    )


def titles_chosen(layout: Layout) -> dict[str, str]:
    """{field: folded title}, to be remembered for the next file."""
    return {field: fold(layout.titles[at]) for field, at in layout.columns.items()}


def _header(rows: Sequence[tuple[int, list[str], Any]], known: Known) -> int:
    """The line with most titles that we know; without any, the first with several cells."""
    head = rows[:HEADER_WITHIN]
    for matched in (_count_same, _count_alike):
        counts = [matched(texts, known) for _number, texts, _raw in head]
        if max(counts) >= 2:
            return counts.index(max(counts))
    several = (at for at, (_n, texts, _r) in enumerate(head) if sum(map(bool, texts)) >= 3)
    return next(several, 0)


def _count_same(texts: Sequence[str], known: Known) -> int:
    folded = {fold(text) for text in texts}
    return sum(bool(folded & set(names)) for names in known.values())


def _count_alike(texts: Sequence[str], known: Known) -> int:
    return len(titles_matched(texts, known)[0])


def _day_order(
    rows: Sequence[tuple[int, list[str], Sequence[Any]]], places: Sequence[int], kept: str
) -> DayOrder:
    values = [row[at] for _number, _texts, row in rows for at in places if at < len(row)]
    return guess_order(values, DayOrder(kept) if kept else DayOrder.DAY_FIRST)
