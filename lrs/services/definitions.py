"""How the store's own picture of activities and verbs grows with statements (Part Three 2.5).

Only statements of sources that may define change it. Most statements repeat what is known: each
process remembers what it last read or wrote for an IRI, for a minute, and asks the database about
the rest only.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from lrs import selectors
from lrs.keys import Kind, lookup_number
from lrs.models import ActivityDefinition, VerbDisplay
from lrs.services.insertion import Row
from lrs.sources import StatementSource
from lrs.xapi import definitions, presentation

Json = dict[str, Any]
_REMEMBERED_FOR = 60.0  # seconds
_REMEMBERED = 10_000  # IRIs


@dataclass(frozen=True)
class _Picture:
    """One of the two tables, how it is read from statements, and how it grows."""

    model: type[Any]
    kind: Kind
    stated: Callable[[Json], Iterator[tuple[str, Json]]]
    known: Callable[[Sequence[str]], dict[str, Json]]
    merged: Callable[[Json | None, Json], Json]
    remembered: dict[str, tuple[Json | None, float]] = field(default_factory=dict)


_PICTURES = (
    _Picture(
        ActivityDefinition,
        Kind.ACTIVITY,
        definitions.activity_definitions,
        selectors.activity_definitions,
        presentation.definitions_merged,
    ),
    _Picture(
        VerbDisplay,
        Kind.VERB,
        definitions.verb_displays,
        selectors.verb_displays,
        presentation.displays_merged,
    ),
)


def definitions_learn(new: Sequence[Row], *, source: StatementSource) -> None:
    """Take over what new statements say of activities and verbs, if their source may define."""
    if not source.may_define:
        return
    for picture in _PICTURES:
        news = _news(picture, new)
        if news:
            _learn(picture, news)


def _news(picture: _Picture, rows: Sequence[Row]) -> dict[str, list[Json]]:
    """What is not remembered, by IRI in the order of the statements."""
    news: dict[str, list[Json]] = {}
    now = time.monotonic()
    for row in rows:
        for iri, stated in picture.stated(row.document):
            remembered, until = picture.remembered.get(iri, (None, now))
            if until <= now or remembered != stated:
                news.setdefault(iri, []).append(stated)
    return news


def _learn(picture: _Picture, news: dict[str, list[Json]]) -> None:
    grown = _grown(picture, news)
    if grown and connection.vendor == "postgresql":  # on SQLite the transaction is the only writer
        # Insert what is new; of the rest only hold the rows, which others may have changed since.
        _write(picture, grown, ["iri"])
        grown = _grown(picture, {iri: news[iri] for iri in grown})
    if grown:
        _write(picture, grown, ["iri", "payload"])
    transaction.on_commit(lambda: _remember(picture, news))


def _grown(picture: _Picture, news: dict[str, list[Json]]) -> dict[str, Json]:
    """What is known of IRIs together with the news, of those where that is more."""
    known = picture.known(list(news))
    grown = {}
    for iri, stated in news.items():
        result = known.get(iri)
        for one in stated:
            result = picture.merged(result, _storable(one))
        if result is not None and result != known.get(iri):
            grown[iri] = result
    return grown


def _storable(value: Any) -> Any:
    """`value` without the character U+0000, which PostgreSQL's JSON cannot hold."""
    if isinstance(value, dict):
        return {key.replace("\x00", ""): _storable(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_storable(part) for part in value]
    return value.replace("\x00", "") if isinstance(value, str) else value


def _write(picture: _Picture, grown: dict[str, Json], fields: list[str]) -> None:
    """Insert what is not there; replace `fields` of what is."""
    rows = [
        picture.model(number=lookup_number(picture.kind, iri), iri=iri, payload=payload)
        for iri, payload in grown.items()
    ]
    rows.sort(key=lambda row: row.number)  # writers lock rows in one order
    picture.model.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["number"], update_fields=fields
    )


def _remember(picture: _Picture, news: dict[str, list[Json]]) -> None:
    if len(picture.remembered) > _REMEMBERED:
        picture.remembered.clear()
    until = time.monotonic() + _REMEMBERED_FOR
    for iri, stated in news.items():
        picture.remembered[iri] = (stated[-1], until)
