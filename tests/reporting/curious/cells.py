"""Cells of the grid by the names that its readers give them, and figures as they are written.

A name is made of the words of the screens. Whoever reads a page knows what its address asks for
(`At`) and the words of the filters (`Words`); nothing here asks the database.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

ALL = ""  # every role family, every training
MEASURES = ("covered", "people", "expected", "unknown", "overdue", "declared")


class Place(NamedTuple):
    kind: str
    name: str


class Name(NamedTuple):
    """A cell: the last day of its month, its place, role family and training."""

    month: str
    place: Place
    role_family: str = ALL
    training: str = ALL


NATION = Place("nation", "France entière")

# Measure -> number, as far as a source says it; None where it says «masqué»
Figures: TypeAlias = dict[str, int]
Shown: TypeAlias = dict[Name, Figures | None]


@dataclass(frozen=True)
class Words:
    """The filters, by what an address says: month, role family, training, family and size of
    establishments."""

    mois: dict[str, str] = field(default_factory=dict)
    filiere: dict[str, str] = field(default_factory=dict)
    module: dict[str, str] = field(default_factory=dict)
    famille: dict[str, str] = field(default_factory=dict)
    taille: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of_form(cls, page: str) -> Words:
        """Whatever the filters of a page offer."""
        found: dict[str, dict[str, str]] = {}
        for name, options in re.findall(r'<select name="(\w+)".*?>(.*?)</select>', page, re.DOTALL):
            pairs = re.findall(r'<option value="(.*?)".*?>(.*?)</option>', options)
            found[name] = {value: text_of(words) for value, words in pairs if value}
        assert found.pop("vue")
        return cls(**found)

    def month(self, words: str) -> str:
        return next(day for day, name in self.mois.items() if name == words)


@dataclass(frozen=True)
class At:
    """What an address asks for: a month, whose page, and the cell that its filters choose, in
    words. `top` is whose figures stand above the table."""

    words: Words
    month: str
    place: Place = NATION
    role_family: str = ALL
    training: str = ALL
    top: Place = NATION

    @property
    def cell(self) -> Name:
        return Name(self.month, self.top, self.role_family, self.training)

    def named(self, row: str, column: str) -> Name:
        """The cell of a table."""
        place, family = self._row(row)
        of_family, training = self._column(column)
        return Name(self.month, place, family or of_family, training)

    def _row(self, title: str) -> tuple[Place, str]:
        if title == NATION.name:
            return NATION, ALL
        if title.startswith((self.place.name, "Total de la région", "Ensemble de l’établissement")):
            return self.place, ALL
        kind, _colon, name = title.partition("\xa0: ")
        if kind in ("Famille", "Taille"):
            return Place({"Famille": "family", "Taille": "size"}[kind], name), ALL
        if self.place.kind == "establishment":
            assert title in self.words.filiere.values(), title
            return self.place, title
        if self.place.kind == "region":
            return Place("establishment", title), ALL
        return Place("region", title), ALL

    def _column(self, title: str) -> tuple[str, str]:
        if title in self.words.module.values():
            return self.role_family, title
        if title in self.words.filiere.values():
            return title, self.training
        if title == "Toutes les filières":
            return ALL, self.training
        assert title in ("Tous les modules", "Toutes les formations"), title
        return self.role_family, ALL


# Words and numbers

NUMBER = re.compile(r"([\d\u202f]+)\xa0/\xa0([\d\u202f]+)(?: \(|(?=<))")
COUNTS = {
    "unknown": re.compile(r"([\d\u202f]+) non recensé"),
    "overdue": re.compile(r"([\d\u202f]+) en retard"),
}
NO_FIGURE = ("non requis", "non arrêté", "silencieux", "aucun établissement renseigné", "–")


def text_of(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<.*?>", "", markup, flags=re.DOTALL)).split(" ")).strip()


def number(text: str) -> int:
    return int(text.replace("\u202f", ""))


def pairs_in(markup: str) -> set[tuple[int, int]]:
    """(covered, people) wherever they stand, be it in the name of a shape."""
    plain = html.unescape(markup)
    both = [*NUMBER.findall(plain), *NUMBER.findall(text_of(markup))]
    return {(number(covered), number(people)) for covered, people in both}


def told(text: str) -> Figures | None:
    """«412 / 610 (68 %), 50 non recensés 3 en retard», or «masqué». {} where it has no figure."""
    found = NUMBER.search(text)
    if found is None:
        if "asqué" in text:
            return None
        assert not text or any(word in text for word in NO_FIGURE), text
        return {}
    figures = {"covered": number(found[1]), "people": number(found[2])}
    for measure, pattern in COUNTS.items():
        if (count := pattern.search(text)) is not None:
            figures[measure] = number(count[1])
    return figures


def join(shown: Shown, name: Name, figures: Figures | None) -> None:
    """What one source says of a cell in several places, which agree."""
    if figures == {}:
        return
    before = shown.setdefault(name, figures)
    assert (before is None) == (figures is None), name
    if before is not None and figures is not None:
        assert {**before, **figures} == {**figures, **before}, (name, before, figures)
        shown[name] = {**before, **figures}


def joined(pairs: Iterable[tuple[Name, Figures | None]]) -> Shown:
    shown: Shown = {}
    for name, figures in pairs:
        join(shown, name, figures)
    return shown
