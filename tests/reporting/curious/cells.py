"""What stands in a page, a file or an answer, as cells of the grid with the names that it gives
them.

A name is made of the words of the screens. Whoever reads a page knows what its address asks for
(`At`) and the words of the filters (`Words`); nothing here asks the database.
"""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

from openpyxl import load_workbook
from pypdfium2 import PdfDocument

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


def of_sentence(markup: str, cell: Name) -> Shown:
    """The one figure of a page that verifies a paper."""
    found = re.search(r"<dd>\s*([^<]*(?:\d\xa0%|masqué)[^<]*)</dd>", html.unescape(markup))
    assert found is not None
    return joined([(cell, told(found[1]))])


# Files


def lines_of(response: Any) -> list[list[Any]]:
    """The lines of a CSV or of the first sheet of an XLSX, without the heads."""
    if response["Content-Type"].startswith("text/csv"):
        text = b"".join(response.streaming_content).decode("utf-8-sig")
        return list(csv.reader(io.StringIO(text), delimiter=";"))[1:]
    sheet = load_workbook(io.BytesIO(response.content)).worksheets[0]
    return [list(line) for line in sheet.iter_rows(min_row=2, values_only=True)]


def of_grid_file(lines: Iterable[list[Any]], at: At) -> Shown:
    return joined((at.named(row, column), _counted(rest)) for row, column, *rest in lines)


COMPARED = {"Région": "region", "Famille": "family", "Taille": "size"}


def of_observatory_file(lines: Iterable[list[Any]], at: At) -> Shown:
    return joined(
        (at.cell._replace(place=Place(COMPARED[level], name)), _counted(rest[:6]))
        for level, name, *rest in lines
    )


def rows_of(lines: Iterable[list[Any]], at: At) -> set[Place]:
    """The places that a file of the grid lists."""
    return {at.named(row, column).place for row, column, *_rest in lines}


def known_in(lines: Iterable[list[Any]]) -> Iterator[tuple[Place, int]]:
    """How many establishments of each group are known, in a file of the observatory."""
    for level, name, *rest in lines:
        if int(rest[-2]):
            yield Place(COMPARED[level], name), int(rest[-2])


def _counted(values: list[Any]) -> Figures | None:
    covered, *rest = values
    if covered == "non requis":
        return {}
    if covered == "masqué":
        assert not any(rest)
        return None
    expected, declared, unknown, _rate, overdue = rest
    counts = [int(one or 0) for one in (covered, expected, declared, unknown, overdue)]
    figures = dict(
        zip(("covered", "expected", "declared", "unknown", "overdue"), counts, strict=True)
    )
    return {**figures, "people": figures["expected"] + figures["unknown"]}


# Pages


def of_page(markup: str, at: At) -> Shown:
    """Everything that a page of the grid, a trend or the observatory says; no figure in it is left
    without a name."""
    shown = joined(
        pair
        for part in (_top, _instead, _matrix, _months, _compared, _board, _objectives)
        for pair in part(markup, at)
    )
    named = {
        (cell["covered"], cell["people"]) for cell in shown.values() if cell and "people" in cell
    }
    assert pairs_in(markup) <= named, (at.place, pairs_in(markup) - named)
    return shown


Pairs: TypeAlias = Iterator[tuple[Name, Figures | None]]


def _top(markup: str, at: At) -> Pairs:
    """The four figures."""
    if "<p>Le total est masqué" in markup:
        yield at.cell, None
    found = re.search(r'<dl class="tcv-figures">.*?</dl>', markup, re.DOTALL)
    if found is not None:
        covered, expected, _share, overdue = re.findall(
            r'tcv-figures__value">([\d\u202f]+|[^<]*)<', found[0]
        )
        sentence, _known, unknown, _late = re.findall(r'tcv-figures__note">(.*?)<', found[0])
        figures = told(text_of(sentence))
        if figures:
            counts = {"expected": number(expected), "overdue": number(overdue)}
            counts["unknown"] = number(unknown.split(" ")[0])
            assert figures["covered"] == number(covered)
            yield at.cell, figures | counts


def _instead(markup: str, at: At) -> Pairs:
    """Column by column, where the total is hidden."""
    found = re.search(r'<dl class="tcv-figures tcv-figures--many">.*?</dl>', markup, re.DOTALL)
    for title, cell in re.findall(
        r"<dt>(.*?)</dt>(.*?)</dd>", found[0] if found else "", re.DOTALL
    ):
        name = at.named(NATION.name, text_of(title))
        yield name._replace(place=at.top), told(text_of(cell))


def _matrix(markup: str, at: At) -> Pairs:
    table = re.search(r'<table class="tcv-matrix.*?</table>', markup, re.DOTALL)
    for row in re.findall(r'<tr role="row".*?</tr>', table[0] if table else "", re.DOTALL):
        title = re.search(r'<th scope="row".*?>(.*?)</th>', row)
        for label, content in re.findall(r'<td .*?data-label="(.*?)">(.*?)</td>', row):
            assert title is not None
            yield at.named(text_of(title[1]), html.unescape(label)), told(text_of(content))


def _months(markup: str, at: At) -> Pairs:
    """The figures of a trend."""
    pattern = r"<table[^>]*>\s*<caption[^>]*>Couverture à la fin de chaque mois.*?</table>"
    for table in re.findall(pattern, markup, re.DOTALL):
        for month, *cells in _rows(table):
            figures = told(cells[0])
            late = COUNTS["overdue"].search(cells[-1])
            if figures:
                figures["overdue"] = number(late[1]) if late else 0
            yield at.cell._replace(month=at.words.month(month)), figures


TABLES = {
    "Couverture par région": "region",
    "Couverture, supports et rencontres par région": "region",
    "Familles d’établissements": "family",
    "Tailles d’établissements": "size",
}


def _compared(markup: str, at: At) -> Pairs:
    """The tables of the observatory."""
    for table in re.findall(r"<table.*?</table>", markup, re.DOTALL):
        caption = re.search(r"<caption.*?>(.*?)</caption>", table)
        kind = TABLES.get(text_of(caption[1])) if caption else None
        for title, text, *_rest in _rows(table) if kind else ():
            yield at.cell._replace(place=Place(str(kind), title)), told(text)


LATE = re.compile(r"([\d\u202f]+) en retard sur ([\d\u202f]+) attendu")


def _board(markup: str, at: At) -> Pairs:
    """The figure of the board, who is late, and the groups that its proposals name."""
    main = re.search(r'<p class="tcv-board__main">(.*?)</p>', markup, re.DOTALL)
    if main is not None:
        parts = re.findall(r'<span class="tcv-board__(?:figure|sentence)">(.*?)</span>', main[1])
        yield at.cell, told(" (".join(map(text_of, parts)))
    below = "region" if at.place == NATION else "establishment"
    lines = re.findall(r"<(?:a|strong)[^>]*>([^<]*)</(?:a|strong)>\s*<span[^>]*>([^<]*)<", markup)
    for title, text in lines:
        if (late := LATE.search(text)) is not None:
            counts = {"overdue": number(late[1]), "expected": number(late[2])}
            yield at.cell._replace(place=Place(below, text_of(title))), counts
    for what, why in re.findall(r"<h3[^>]*>(.*?)</h3>\s*<p[^>]*>(.*?)</p>", markup, re.DOTALL):
        group = re.search(r" : filière (.*)", text_of(what))
        if group is not None:
            family = next(
                one for one in at.words.filiere.values() if one.lower() == group[1].lower()
            )
            yield at.cell._replace(role_family=family), told(text_of(why).split(" à jour")[0])


def _objectives(markup: str, at: At) -> Pairs:
    """Their titles name the cell."""
    for title, sentence in re.findall(
        r'<p class="tcv-objective__title">\s*<strong>(.*?)</strong>.*?<p class="fr-mb-0">(.*?)</p>',
        markup,
        re.DOTALL,
    ):
        who, what = re.split(r"\s:\s", text_of(title))[0].split(", ", 1)
        family = who.removeprefix("Filière ") if who.startswith("Filière ") else ALL
        training = ALL if what == "tous les modules" else what.strip("«» \xa0")
        yield Name(at.month, at.place, family, training), told(text_of(sentence))


def _rows(table: str) -> Iterator[list[str]]:
    for row in re.findall(r"<tr.*?</tr>", table, re.DOTALL):
        if '<th scope="row"' in row:
            yield [text_of(one) for one in re.findall(r"<t[hd].*?>(.*?)</t[hd]>", row, re.DOTALL)]


# Papers

PAPER_ROW = re.compile(
    r"(?P<row>.*) (?:masqué.*|"
    r"(?P<covered>\d+) – (?P<expected>\d+) (?P<declared>\d+|–) (?P<unknown>\d+) \d+ % "
    r"(?P<overdue>\d+))"
)


def of_paper(content: bytes, at: At) -> Shown:
    """The tables of a «dossier de preuve»: role families, in one table a training."""
    families = {"Ensemble": ALL, **{one: one for one in at.words.filiere.values()}}
    trainings = {"Tous les modules": ALL, **{one: one for one in at.words.module.values()}}
    training, pairs = "", []
    for line in _lines_of_paper(content):
        training = trainings.get(line, training)
        found = PAPER_ROW.fullmatch(line)
        if found is not None and found["row"] in families:
            name = Name(at.month, at.place, families[found["row"]], training)
            pairs.append((name, _of_paper_row(found.groupdict())))
    assert pairs
    return joined(pairs)


def _lines_of_paper(content: bytes) -> list[str]:
    with closing(PdfDocument(content)) as paper:
        text = "\n".join(page.get_textpage().get_text_range() for page in paper)
    return [line.replace("\xa0", " ").strip() for line in text.splitlines()]


def _of_paper_row(row: dict[str, str]) -> Figures | None:
    if row["covered"] is None:
        return None
    counts = {one: int(row[one].strip("–") or 0) for one in MEASURES if one != "people"}
    return {**counts, "people": counts["expected"] + counts["unknown"]}


# Answers of the API

API_KINDS = {
    "total": "nation",
    "region": "region",
    "establishment": "establishment",
    "establishment_family": "family",
    "establishment_size": "size",
}


def of_grid_answer(answer: Mapping[str, Any], at: At) -> Shown:
    month = answer["month"]["ends_on"]
    return joined(
        (_api_name(month, _api_place(row, at), cell, at.words), _api_cell(cell["cell"]))
        for row in answer["rows"]
        for cell in row["cells"]
    )


def of_months_answer(answer: Mapping[str, Any], at: At) -> Shown:
    """A trend, or all of them."""
    return joined(
        (
            _api_name(month["ends_on"], at.place, {**answer, **cell}, at.words),
            _api_cell(cell["cell"]),
        )
        for month in answer["months"]
        for cell in month.get("cells", [month])
    )


def of_objectives_answer(answer: Mapping[str, Any], at: At) -> Shown:
    return joined(
        (_api_name(answer["day"], at.place, one, at.words), _api_cell(one["cell"]))
        for one in answer["objectives"]
    )


def _api_place(row: Mapping[str, Any], at: At) -> Place:
    if at.place.kind == "establishment":
        return at.place
    return Place(API_KINDS[row["kind"]], row["name"])


def _api_name(month: str, place: Place, cell: Mapping[str, Any], words: Words) -> Name:
    family, training = cell["role_family"], cell["module"]
    return Name(
        month,
        place,
        words.filiere[family] if family else ALL,
        words.module[training] if training else ALL,
    )


def _api_cell(cell: Mapping[str, Any]) -> Figures | None:
    if cell["hidden"]:
        assert cell == {"hidden": True}
        return None
    return {one: cell[one] or 0 for one in MEASURES} if cell["required"] else {}
