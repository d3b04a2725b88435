"""Everything that a region or nation reader can get of a month, as one function a source.

A source gives the figures that it shows as (place, role family, training) -> covered, people, or
None where it says «masqué». Names are those of the screens. A new page or file is one more function
in `SOURCES`.
"""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from organisation.models import Establishment, Region
from reporting.models import CoverageMonth

# What a cell is called: (row, column), in words; covered and people, or None where hidden
Shown: TypeAlias = dict[tuple[str, str], tuple[int, int] | None]
VIEWS = ("modules", "filieres")
FAMILIES = ("", "ch", "chu", "ehpad")
NUMBER = re.compile(r"([\d\u202f]+)\xa0/\xa0([\d\u202f]+) \(")


@dataclass(frozen=True)
class Reader:
    client: Client
    month: CoverageMonth

    def get(self, name: str, *args: Any, **query: str) -> Any:
        asked = {"mois": self.month.ends_on.isoformat(), **query}
        response = self.client.get(reverse(f"reporting:{name}", args=args), asked)
        assert response.status_code == 200, (name, args, query)
        return response


def region_files(reader: Reader) -> Iterator[Shown]:
    for region in Region.objects.all():
        for view in VIEWS:
            for family in FAMILIES:
                asked = {"vue": view, "famille": family}
                yield _csv(reader.get("region_file", region.code, "csv", **asked))
                yield _xlsx(reader.get("region_file", region.code, "xlsx", **asked))


def nation_files(reader: Reader) -> Iterator[Shown]:
    for view in VIEWS:
        yield _csv(reader.get("nation_file", "csv", vue=view))
        yield _xlsx(reader.get("nation_file", "xlsx", vue=view))


def region_pages(reader: Reader) -> Iterator[Shown]:
    for region in Region.objects.all():
        for view in VIEWS:
            for family in FAMILIES:
                yield _page(reader.get("region", region.code, vue=view, famille=family))


def nation_pages(reader: Reader) -> Iterator[Shown]:
    for view in VIEWS:
        yield _page(reader.get("nation", vue=view))


def establishment_pages(reader: Reader) -> Iterator[Shown]:
    """Role families by modules: the row is the house's name and the role family's."""
    for house in Establishment.objects.all():
        shown = _page(reader.get("establishment_grid", house.uid))
        yield {(f"{house.name}: {row}", column): cell for (row, column), cell in shown.items()}


def as_known_pages(reader: Reader) -> Iterator[Shown]:
    yield _page(reader.get("nation_revision"))
    for region in Region.objects.all():
        yield _page(reader.get("region_revision", region.code))


SOURCES: list[Callable[[Reader], Iterator[Shown]]] = [
    region_files,
    nation_files,
    region_pages,
    nation_pages,
    establishment_pages,
    as_known_pages,
]


def _csv(response: Any) -> Shown:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return _lines(csv.reader(io.StringIO(text), delimiter=";"))


def _xlsx(response: Any) -> Shown:
    sheet = load_workbook(io.BytesIO(response.content)).worksheets[0]
    return _lines(sheet.iter_rows(values_only=True))


def _lines(rows: Any) -> Shown:
    shown: Shown = {}
    for row, column, covered, expected, _declared, unknown, *_rest in list(rows)[1:]:
        if covered == "masqué":
            assert not any([expected, unknown, *_rest])
            shown[row, column] = None
        elif covered != "non requis":
            shown[row, column] = int(covered), int(expected) + int(unknown or 0)
    return shown


def _page(response: Any) -> Shown:
    """The cells of the matrix of a page."""
    shown: Shown = {}
    table = re.search(r"<table class=\"tcv-matrix.*?</table>", response.content.decode(), re.DOTALL)
    assert table is not None
    for line in re.findall(r"<tr role=\"row\".*?</tr>", table[0], re.DOTALL):
        name = re.search(r"<th scope=\"row\".*?>(.*?)</th>", line)
        for label, content in re.findall(r"<td .*?data-label=\"(.*?)\">(.*?)</td>", line):
            assert name is not None
            key = _text(name[1]), html.unescape(label)
            if "masqué" in content:
                shown[key] = None
            elif (found := NUMBER.search(_text(content))) is not None:
                covered, people = (int(one.replace("\u202f", "")) for one in found.groups())
                shown[key] = covered, people
    return shown


def _text(content: str) -> str:
    return html.unescape(re.sub(r"<.*?>", "", content))


# What shows figures of several months, or beside each other.

MIXED_PAGES = ("nation_trend", "nation_board", "observatory")
OPERATIONS = ("nation_grid", "nation_trend", "nation_series", "nation_objectives")


def mixed(client: Client) -> Iterator[tuple[str, set[tuple[int, int]]]]:
    """(source, covered and people wherever they stand) of trends, the board, the observatory and
    the API."""
    for name in MIXED_PAGES:
        yield name, _anywhere(client.get(reverse(f"reporting:{name}")))
    for name in OPERATIONS:
        yield f"api {name}", set(_in_json(client.get(reverse(f"coverage-api:{name}")).json()))
    for region in Region.objects.all():
        for name in ("region_trend", "region_board"):
            yield name, _anywhere(client.get(reverse(f"reporting:{name}", args=[region.code])))
        for name in ("region_grid", "region_trend"):
            answer = client.get(reverse(f"coverage-api:{name}", args=[region.code]))
            yield f"api {name}", set(_in_json(answer.json()))
    for house in Establishment.objects.all():
        for name in ("establishment_trend", "establishment_observatory"):
            yield name, _anywhere(client.get(reverse(f"reporting:{name}", args=[house.uid])))
        for name in ("establishment_grid", "establishment_trend"):
            answer = client.get(reverse(f"coverage-api:{name}", args=[house.uid]))
            yield f"api {name}", set(_in_json(answer.json()))


def _anywhere(response: Any) -> set[tuple[int, int]]:
    assert response.status_code == 200
    found = NUMBER.findall(_text(response.content.decode()))
    return {(_number(covered), _number(people)) for covered, people in found}


def _number(text: str) -> int:
    return int(text.replace("\u202f", ""))


def _in_json(value: Any) -> Iterator[tuple[int, int]]:
    if isinstance(value, dict):
        if value.get("hidden"):
            assert value == {"hidden": True}
        if "covered" in value:
            yield value["covered"], value["people"]
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _in_json(part)
