"""Every line of a file into rows of the database, part by part."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from documents.archives.packing import private_storage
from documents.tables import Bounds, Row, Table, TableRefused, table_open, text_of, too_long
from documents.work import Lease
from organisation.enums import ValueKind
from organisation.models import RosterImport, RosterLine
from organisation.sheets.layouts import Layout
from organisation.sheets.roles import word_fold
from organisation.sheets.spans import RowSpans

from .columns import Field
from .mapping import MOST_WORDS, too_many_words
from .values import LineRefused, identifiers_readable, values_of

MEGABYTE = 1024 * 1024
BOUNDS = Bounds(size=30 * MEGABYTE, unpacked=150 * MEGABYTE, lines=120_000, columns=60)
"""The largest hospital has some 100,000 people."""

BATCH = 1000
_FIELDS = {
    ValueKind.ROLE: Field.ROLE,
    ValueKind.DEPARTMENT: Field.DEPARTMENT,
    ValueKind.SITE: Field.SITE,
}


def roster_table(roster: RosterImport) -> Table:
    """The file, open. Raises TableRefused."""
    content = private_storage().open(roster.file, "rb")
    return table_open(name=roster.file_name, content=content, bounds=BOUNDS)


def lines_read(roster: RosterImport, lease: Lease, deadline: float) -> bool:
    """Go on reading from the line after the last one kept, until `deadline` on the monotonic clock;
    whether all is read. Raises TableRefused."""
    layout = Layout.of_json(roster.layout)
    table = roster_table(roster)
    try:
        last = roster.lines.order_by("-number").values_list("number", flat=True).first()
        merged = RowSpans(table.merged_rows())
        rows = _rows_below(table, max(layout.header, last or 0))
        while batch := list(islice(rows, BATCH)):
            lines = [_line(roster, number, row, layout, merged) for number, row in batch]
            with transaction.atomic():
                RosterLine.objects.bulk_create(lines)
                done = roster.lines.count()
                if done > BOUNDS.lines:
                    raise too_long(BOUNDS)
                lease.update(done=done, total=max(done, roster.total), attempts=0)
            if time.monotonic() > deadline:
                return False
    finally:
        table.content.close()
    if not roster.lines.exists():
        raise TableRefused(_("Ce fichier n’a pas de ligne à importer sous ses titres."))
    return True


def words_collect(roster: RosterImport) -> dict[str, dict[str, tuple[str, int]]]:
    """{kind: {folded word: (as it is written, on how many lines)}}. Raises TableRefused."""
    found: dict[str, dict[str, tuple[str, int]]] = {kind.value: {} for kind in ValueKind}
    rows = roster.lines.filter(problem="").order_by("number").values_list("values", flat=True)
    for values in rows.iterator(BATCH):
        for kind, field in _FIELDS.items():
            label = values.get(field.value, "")
            source = word_fold(label)
            if source:
                words = found[kind.value]
                first, lines = words.get(source, (label, 0))
                words[source] = min(first, label), lines + 1
    for kind in ValueKind:
        if len(found[kind.value]) > MOST_WORDS:
            raise TableRefused(too_many_words(kind))
    return found


def _rows_below(table: Table, last: int) -> Iterator[tuple[int, Row]]:
    for number, row in table.rows():
        if number > last and any(text_of(cell) for cell in row):
            yield number, row


def _line(
    roster: RosterImport, number: int, row: Sequence[Any], layout: Layout, merged: RowSpans
) -> RosterLine:
    line = RosterLine(roster=roster, number=number)
    try:
        if number in merged:
            raise LineRefused(_("des cellules fusionnées couvrent cette ligne : défusionnez-les"))
        line.values = values_of(row, layout, as_of=roster.as_of)
    except LineRefused as refusal:
        line.values = identifiers_readable(row, layout)
        line.problem = str(refusal)
    return line
