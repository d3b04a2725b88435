"""What stands in a page, a file, a paper or an answer, as cells with their names."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from typing import Any, TypeAlias

from openpyxl import load_workbook
from pypdfium2 import PdfDocument

from .cells import (
    ALL,
    COUNTS,
    MEASURES,
    NATION,
    At,
    Figures,
    Name,
    Place,
    Shown,
    Words,
    joined,
    number,
    pairs_in,
    text_of,
    told,
)


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
