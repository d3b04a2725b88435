"""The matrix as a spreadsheet: what the screen says, as numbers, and never a formula."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests.organisation.factories import (
    AppointmentFactory,
    EstablishmentFactory,
    GrantFactory,
    StaffRoleFactory,
)
from users.models import AuditEntry

from . import world as worlds
from .factories import RequirementFactory, TrainableFactory

pytestmark = pytest.mark.django_db

AT_JUNE = {"date": "2026-06-30"}


@pytest.fixture
def world() -> worlds.World:
    return worlds.build()


def book_of(client: Client, name: str, uid: Any, query: dict[str, str]) -> Any:
    response = client.get(reverse(f"reporting:{name}", args=[uid]), query)
    assert response.status_code == 200
    assert response["Content-Disposition"].endswith('.xlsx"')
    return load_workbook(io.BytesIO(response.content))


def rows_of(sheet: Any) -> dict[str, list[Any]]:
    return {row[0].value: [cell.value for cell in row[1:]] for row in sheet.iter_rows(min_row=3)}


def test_roles_stand_down_and_modules_across(world: worlds.World, client: Client) -> None:
    client.force_login(world.users["ciso"])
    book = book_of(client, "establishment_matrix", world.house.uid, AT_JUNE)
    sheet, notes = book.worksheets
    assert sheet.freeze_panes == "B3"
    titles = [cell.value for cell in sheet[1] if cell.value]
    assert titles == ["Métier", *sorted(m.title for m in world.modules), "Tous les modules"]
    rows = rows_of(sheet)
    # Everybody: 2 of 12 did both modules, 9 more are declared; 10 are late.
    assert rows["Ensemble de l’établissement"][8:] == [2, 21, pytest.approx(2 / 21), 10]
    assert rows["Médecin"][:2] == [0, 2]
    assert sheet.cell(3, 12).number_format == "0 %"
    assert notes.title == "À lire"
    assert "Calculé le" in [row[0].value for row in notes.iter_rows()]


def test_what_is_not_required_is_no_zero(client: Client) -> None:
    house = EstablishmentFactory()
    asked, other = (
        AppointmentFactory(establishment=house, role=StaffRoleFactory(code=code)).role
        for code in ("infirmier", "medecin")
    )
    RequirementFactory(roles=[asked])
    client.force_login(GrantFactory(establishment=house).user)
    book = book_of(client, "establishment_matrix", house.uid, AT_JUNE)
    assert rows_of(book.worksheets[0])[other.name] == ["non requis", None, None, None]


def test_a_title_that_looks_like_a_formula_stays_a_text(client: Client) -> None:
    house = EstablishmentFactory(name="=HYPERLINK(1)")
    RequirementFactory(trainable=TrainableFactory(title='=1+1|"x"'))
    AppointmentFactory(establishment=house)
    client.force_login(GrantFactory(establishment=house).user)
    book = book_of(client, "establishment_matrix", house.uid, AT_JUNE)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)
    head = book.worksheets[0]["B1"]
    assert (head.value, head.quotePrefix) == ('=1+1|"x"', True)


def test_a_department_has_its_own_and_nothing_asked_gives_rows_without_figures(
    world: worlds.World, client: Client
) -> None:
    client.force_login(world.users["ward manager"])
    book = book_of(client, "department_matrix", world.ward.uid, AT_JUNE)
    assert rows_of(book.worksheets[0])["Ensemble du service"][9] == 6
    before = {"date": "2020-01-01"}
    book = book_of(client, "department_matrix", world.ward.uid, before)
    assert rows_of(book.worksheets[0]) == {"Ensemble du service": []}
    assert AuditEntry.objects.filter(action="coverage.export").count() == 2


def test_a_wrong_day_makes_no_file(world: worlds.World, client: Client) -> None:
    client.force_login(world.users["ciso"])
    address = reverse("reporting:establishment_matrix", args=[world.house.uid])
    assert client.get(address, {"date": "2999-01-01"}).status_code == 400
