"""Files open in a spreadsheet as text and numbers, whatever somebody is called."""

from __future__ import annotations

import csv
import io

import pytest
from django.urls import reverse
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook

from documents.exports import (
    ExportTable,
    csv_cell,
    csv_lines,
    csv_response,
    csv_safe,
    xlsx_response,
)
from tests.organisation.factories import AppointmentFactory

from . import world as worlds

HOSTILE = ['=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "<script>"]
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def export(*names: str) -> ExportTable:
    return ExportTable("Essai", "essai", [], ["Nom"], [[name] for name in names])


def sheet_of(response):
    return load_workbook(io.BytesIO(response.content)).worksheets[0]


@pytest.mark.parametrize("name", HOSTILE)
def test_csv_defuses_formulas_and_keeps_the_rest(name: str) -> None:
    text = b"".join(csv_response(export(name)).streaming_content).decode("utf-8-sig")
    ((_head,), (value,)) = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    assert not value.startswith(DANGEROUS)
    assert value.removeprefix("'") == name


@pytest.mark.parametrize("name", HOSTILE)
def test_xlsx_keeps_names_as_text(name: str) -> None:
    cell = sheet_of(xlsx_response(export(name)))["A2"]
    assert cell.data_type == "s"
    assert cell.value.strip() == name.strip()
    assert cell.quotePrefix or name == "<script>"


@given(st.text())
def test_no_csv_text_begins_like_a_formula(text: str) -> None:
    assert not str(csv_safe(text)).lstrip(" \n\x00").startswith(DANGEROUS)


@given(st.text() | st.text(st.sampled_from("aé1 _;\"'=+-\r\n\t")))
def test_a_cell_alone_is_as_in_its_line(text: str) -> None:
    _mark, line = csv_lines(header=[text, "x"], rows=())
    assert line == f"{csv_cell(text)};x\r\n"


@given(st.text(st.characters(codec="utf-8"), max_size=20))
@example("\x1f")
def test_any_name_can_be_written_to_xlsx(text: str) -> None:
    assert sheet_of(xlsx_response(export(text)))["A2"].data_type in {"s", "n"}


def test_csv_is_french() -> None:
    assert csv_safe(0.685) == "0,6850"
    response = csv_response(export("é"))
    assert b"".join(response.streaming_content).startswith(b"\xef\xbb\xbf")
    assert response["Content-Disposition"] == 'attachment; filename="essai.csv"'


@pytest.mark.django_db
def test_files_hold_the_figures_of_the_page(client) -> None:
    world = worlds.build()
    client.force_login(world.users["ciso"])
    address = reverse("reporting:establishment_file", args=[world.house.uid, "xlsx"])
    response = client.get(address, {"date": "2026-06-30"})
    assert 'filename="couverture-chu-dessai-2026-06-30.xlsx"' in response["Content-Disposition"]
    rows = list(sheet_of(response).iter_rows(values_only=True))
    total = [row for row in rows if row[0] == "Total" and row[3] == world.modules[0].title]
    assert [row[:8] for row in total] == [
        ("Total", None, None, world.modules[0].title, 4, 12, 12, 9)
    ]
    assert total[0][8:] == (pytest.approx(4 / 21), 8, 0)


@pytest.mark.django_db
def test_a_hostile_name_goes_through_the_whole_way(client) -> None:
    world = worlds.build()
    AppointmentFactory(
        establishment=world.house, person__last_name="=HYPERLINK", person__first_name=""
    )
    client.force_login(world.users["ciso"])
    address = reverse("reporting:missing_file", args=[world.house.uid, "csv"])
    text = b"".join(client.get(address).streaming_content).decode("utf-8-sig")
    assert "'=HYPERLINK;" in text


@pytest.mark.django_db
def test_a_file_with_a_wrong_filter_is_refused_rather_than_wrong(client) -> None:
    world = worlds.build()
    client.force_login(world.users["ciso"])
    for name in ("establishment_file", "missing_file"):
        address = reverse(f"reporting:{name}", args=[world.house.uid, "csv"])
        assert client.get(address, {"date": "demain"}).status_code == 400
