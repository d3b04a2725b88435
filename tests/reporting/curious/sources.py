"""Everything that a region or nation reader can get of the frozen months, as one function a source.

A source yields, for each page, file or answer that the reader is let in to, the cells that it
shows. A new page or file is one more function in `SOURCES`; `test_reader` fails for an address that
none of them asks for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from .cells import NATION, At, Place, Shown, Words
from .parsing import (
    known_in,
    lines_of,
    of_grid_answer,
    of_grid_file,
    of_months_answer,
    of_objectives_answer,
    of_observatory_file,
    of_page,
    of_paper,
    of_sentence,
    rows_of,
)

VIEWS = ("modules", "filieres")
Query = dict[str, str]


@dataclass
class Reader:
    """Somebody with a browser, who tries the address of every region (by code) and establishment
    (by uid)."""

    client: Client
    regions: Sequence[str]
    houses: Sequence[str]
    asked: set[str] = field(default_factory=set)  # names of addresses that she was let in to
    _files: dict[object, list[list[Any]]] = field(default_factory=dict)

    def get(self, name: str, *args: str, **query: str) -> Any:
        """None where she is refused."""
        full = name if ":" in name else f"reporting:{name}"
        response = self.client.get(reverse(full, args=args), query)
        if response.status_code == 429:  # she waits a minute
            cache.clear()
            response = self.client.get(reverse(full, args=args), query)
        if response.status_code == 403:
            return None
        assert response.status_code == 200, (name, args, query, response.status_code)
        self.asked.add(full)
        return response

    def lines_of(self, name: str, *args: str, **query: str) -> list[list[Any]]:
        """Of a file; read once."""
        key = (name, args, tuple(query.items()))
        if key not in self._files:
            self._files[key] = lines_of(self.get(name, *args, **query))
        return self._files[key]

    def page(self, at: At, name: str, *args: str, **query: str) -> Iterator[Shown]:
        if (response := self.get(name, *args, **query)) is not None:
            yield of_page(response.content.decode(), at)

    def paper(self, name: str, *args: str, **chosen: str) -> str:
        """Ask for a paper; its uid."""
        self.asked.add(f"reporting:{name}")
        listed = self.client.post(reverse(f"reporting:{name}", args=args), chosen, follow=True)
        return re.findall(r"preuve/([0-9a-f-]{36})\.pdf", listed.content.decode())[0]

    def json(self, name: str, *args: str, **query: str) -> Any:
        response = self.get(f"coverage-api:{name}", *args, **query)
        return None if response is None else response.json()

    @cached_property
    def words(self) -> Words:
        pages = [self.get("nation"), *(self.get("region", code) for code in self.regions)]
        first = next(page for page in pages if page is not None)
        return Words.of_form(first.content.decode())

    @cached_property
    def places(self) -> list[tuple[str, list[str], Place]]:
        """(kind, arguments of its address, the place) that she is let in to."""
        found: list[tuple[str, list[str], Place]] = []
        tried = [("nation", []), *(("region", [code]) for code in self.regions)]
        for kind, args in [*tried, *(("establishment", [uid]) for uid in self.houses)]:
            if (answer := self.json(f"{kind}_grid", *args)) is not None:
                name = answer["place"]["name"]
                found.append((kind, args, NATION if kind == "nation" else Place(kind, name)))
        return found

    def at(self, place: Place, **query: str) -> At:
        """What an address with these filters asks for."""
        words, family, size = self.words, query.get("famille"), query.get("taille")
        top = place
        if place == NATION and bool(family) != bool(size):
            top = (
                Place("family", words.famille[family])
                if family
                else Place("size", words.taille[str(size)])
            )
        return At(
            words,
            query.get("mois", max(words.mois)),
            place,
            words.filiere.get(query.get("filiere", ""), ""),
            words.module.get(query.get("module", ""), ""),
            top,
        )

    # The filters

    @property
    def months(self) -> list[Query]:
        return [{"mois": day} for day in self.words.mois]

    @property
    def cells(self) -> list[Query]:
        """Every cell that the filters choose."""
        families = [{}, *({"filiere": one} for one in self.words.filiere)]
        modules = [{}, *({"module": one} for one in self.words.module)]
        return [family | module for family in families for module in modules]

    @property
    def lines(self) -> list[Query]:
        """Each filter of cells alone, and two together: a page shows the lines through them."""
        alone = [cell for cell in self.cells if len(cell) < 2]
        return [*alone, self.cells[-1]]

    @staticmethod
    def seen(cells: Sequence[Query]) -> list[Query]:
        """These cells, with the columns that show most beside them."""
        return [
            {**cell, "vue": view}
            for cell in cells
            for view in VIEWS
            if not cell or ("module" in cell) == (view == "filieres")
        ]

    @cached_property
    def families(self) -> list[Query]:
        """The families of establishments in which there are any."""
        return self._rows("famille", "family", self.words.famille)

    @cached_property
    def sizes(self) -> list[Query]:
        return self._rows("taille", "size", self.words.taille)

    @property
    def rows(self) -> list[Query]:
        """Families and sizes, each alone, and two together."""
        return [*self.families, *self.sizes, self.families[0] | self.sizes[0]]

    def _rows(self, name: str, kind: str, words: dict[str, str]) -> list[Query]:
        there = {place.name for _month, place in self.known if place.kind == kind}
        return [{name: value} for value, title in words.items() if title in there]

    # What she reads beside the figures

    @cached_property
    def known(self) -> dict[tuple[str, Place], int]:
        """How many establishments of each region, family and size are known in a month."""
        return {
            (asked["mois"], place): known
            for asked in self.months
            for place, known in known_in(self.lines_of("observatory_file", "csv", **asked))
        }

    @cached_property
    def roll(self) -> dict[str, dict[str, set[Place]]]:
        """Month -> house -> the places that list it: its region, and what it is filtered by."""
        found: dict[str, dict[str, set[Place]]] = {}
        for kind, args, place in self.places:
            if kind != "region":
                continue
            for month in self.months:
                for row in ({}, *self.families, *self.sizes):
                    asked = month | row
                    lines = self.lines_of("region_file", *args, "csv", **asked)
                    above = self.at(NATION, **row).top if row else place
                    for name in rows_of(lines, self.at(place, **asked)):
                        if name != place:
                            houses = found.setdefault(month["mois"], {})
                            houses.setdefault(name.name, set()).add(above)
        return found


def grid_pages(reader: Reader) -> Iterator[Shown]:
    """Every filter of the latest month, and the others without. (Of a region's rows the files read
    all.)"""
    latest, *others = reader.months
    for kind, args, place in reader.places:
        is_house = kind == "establishment"
        rows = reader.rows if kind == "nation" else reader.families[:1]
        filters = reader.lines if is_house else [*reader.seen(reader.lines), *rows]
        for asked in [*others, *(latest | chosen for chosen in filters)]:
            name = "establishment_grid" if is_house else kind
            yield from reader.page(reader.at(place, **asked), name, *args, **asked)


def grid_files(reader: Reader) -> Iterator[Shown]:
    """Every month with every filter."""
    for kind, args, place in reader.places:
        if kind == "establishment":
            continue
        for month in reader.months:
            for chosen in [{}, *reader.seen(reader.lines), *reader.rows]:
                for ending in ("csv", "xlsx") if not chosen else ("csv",):
                    asked = month | chosen
                    lines = reader.lines_of(f"{kind}_file", *args, ending, **asked)
                    yield of_grid_file(lines, reader.at(place, **asked))


def trend_pages(reader: Reader) -> Iterator[Shown]:
    for kind, args, place in reader.places:
        rows = reader.rows[:-1] if kind == "nation" else []
        for asked in [*reader.lines, *rows]:
            yield from reader.page(reader.at(place, **asked), f"{kind}_trend", *args, **asked)


def as_known_pages(reader: Reader) -> Iterator[Shown]:
    for kind, args, place in reader.places:
        for asked in reader.months if kind != "establishment" else []:
            yield from reader.page(reader.at(place, **asked), f"{kind}_revision", *args, **asked)


def boards(reader: Reader) -> Iterator[Shown]:
    for kind, args, place in reader.places:
        if kind != "establishment":
            yield from reader.page(reader.at(place), f"{kind}_board", *args)


def objective_pages(reader: Reader) -> Iterator[Shown]:
    for kind, args, place in reader.places:
        address = {"nation": ["pays", "france"], "region": ["region", *args]}.get(kind)
        if address:
            yield from reader.page(reader.at(place), "objectives", *address)


def observatory(reader: Reader) -> Iterator[Shown]:
    for month in reader.months:
        for cell in reader.cells:
            asked = month | cell
            yield from reader.page(reader.at(NATION, **asked), "observatory", **asked)
            for ending in ("csv", "xlsx") if not cell else ("csv",):
                lines = reader.lines_of("observatory_file", ending, **asked)
                yield of_observatory_file(lines, reader.at(NATION, **asked))


def observatory_of_houses(reader: Reader) -> Iterator[Shown]:
    latest, *others = reader.months
    for kind, args, place in reader.places:
        if kind == "establishment":
            for asked in [*others, *(latest | cell for cell in reader.lines)]:
                at = reader.at(place, **asked)
                yield from reader.page(at, "establishment_observatory", *args, **asked)


def evidence(reader: Reader) -> Iterator[Shown]:
    """A paper of each month, and the page on which an auditor verifies it."""
    for kind, args, place in reader.places:
        for month in reader.months if kind != "establishment" else []:
            at = reader.at(place, **month)
            uid = reader.paper(f"{kind}_evidence", *args, **month)
            yield of_paper(reader.get("evidence_pdf", uid).content, at)
            yield of_sentence(reader.get("evidence_verify", uid).content.decode(), at.cell)


def api_grids(reader: Reader) -> Iterator[Shown]:
    for kind, args, place in reader.places:
        views = [{}] if kind == "establishment" else [{"vue": view} for view in VIEWS]
        families = reader.families if kind == "region" else []
        for month in reader.months:
            for chosen in [*views, *families]:
                asked = month | chosen
                yield of_grid_answer(
                    reader.json(f"{kind}_grid", *args, **asked), reader.at(place, **asked)
                )


def api_trends(reader: Reader) -> Iterator[Shown]:
    for kind, args, place in reader.places:
        for cell in reader.cells:
            yield of_months_answer(reader.json(f"{kind}_trend", *args, **cell), reader.at(place))


def api_series(reader: Reader) -> Iterator[Shown]:
    if (answer := reader.json("nation_series")) is not None:
        yield of_months_answer(answer, reader.at(NATION))


def api_objectives(reader: Reader) -> Iterator[Shown]:
    for kind, args, place in reader.places:
        if kind != "establishment":
            yield of_objectives_answer(reader.json(f"{kind}_objectives", *args), reader.at(place))


Source: TypeAlias = Callable[[Reader], Iterator[Shown]]
SOURCES: list[Source] = [
    grid_files,
    grid_pages,
    trend_pages,
    as_known_pages,
    boards,
    objective_pages,
    observatory,
    observatory_of_houses,
    evidence,
    api_grids,
    api_trends,
    api_series,
    api_objectives,
]
