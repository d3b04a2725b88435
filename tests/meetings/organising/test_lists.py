"""The organisers' lists: their own region alone, with its figures, and who comes."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from meetings.attendance.services import attendance_record
from meetings.enums import Attends, How
from meetings.models import Meeting
from meetings.organising.sheet import BLANK, sheet_pdf_render
from tests.support.pdf import pdf_info, pdf_structure, pdf_text
from users.models import AuditEntry

from .world import client_of, comes, coming, organiser, running, waits

pytestmark = pytest.mark.django_db


def page_of(meeting: Meeting, **query: str) -> str:
    address = reverse("meetings:organised_meeting", args=[meeting.uid])
    response = client_of(organiser()).get(address, query)
    assert response.status_code == 200
    return response.content.decode()


def test_meetings_of_one_s_regions_on_their_sides_with_figures() -> None:
    soon, over = coming(title="Bientôt"), running(title="Finie", ends_at=timezone.now())
    called_off = coming(title="Annulée", cancelled_at=timezone.now(), cancel_reason="Neige")
    coming(title="Ailleurs", code="11")
    for name in ("A", "B"):
        comes(soon, name)
    waits(soon, "C")
    client = client_of(organiser())
    for side, meeting in (("a-venir", soon), ("passees", over), ("annulees", called_off)):
        answer = client.get(reverse("meetings:organised"), {"vue": side})
        assert [one.pk for one, _figures in answer.context["rows"]] == [meeting.pk]
    [(_meeting, figures)] = client.get(reverse("meetings:organised")).context["rows"]
    assert (figures.registered, figures.waiting, figures.attended) == (2, 1, 0)


def test_those_of_another_region_see_neither_the_meeting_nor_that_it_is_there() -> None:
    meeting = coming()
    stranger = client_of(organiser("11"))
    for name in ("organised_meeting", "organised_message", "attendance_roll"):
        address = reverse(f"meetings:{name}", args=[meeting.uid])
        assert stranger.get(address).status_code == 404


def test_the_list_has_names_houses_and_ways_and_needs_apart() -> None:
    meeting = coming()
    comes(meeting, "Curie", attends=Attends.REMOTE, needs="Boucle magnétique")
    waits(meeting, "Noether")
    page = page_of(meeting)
    names, _apart, needs = page.partition('id="besoins"')
    assert "Curie Ada" in names
    assert "À distance" in names
    assert "CH d’essai" in names
    assert "En attente" in names
    assert "Boucle magnétique" not in names
    assert "Boucle magnétique" in needs
    assert "Confidentiel" in needs


def test_a_search_finds_by_name_house_and_address() -> None:
    meeting = coming()
    comes(meeting, "Curie")
    comes(meeting, "Noether", house="CHU de Göttingen")
    for words in ("curie", "CURIE ada", "curie@essai"):
        page = page_of(meeting, q=words)
        assert "Curie Ada" in page
        assert "Noether Ada" not in page
    assert "Noether Ada" in page_of(meeting, q="göttingen".upper().replace("Ö", "ö"))
    assert "Aucun nom ne correspond" in page_of(meeting, q="inconnue")


def test_reading_names_is_on_record_without_them() -> None:
    meeting = coming()
    comes(meeting, "Curie")
    page_of(meeting)
    entry = AuditEntry.objects.get(action="meeting.names_read")
    assert entry.details["rows"] == 1
    assert "Curie" not in str(entry.details)


def test_as_many_queries_for_twice_as_many(django_assert_max_num_queries: object) -> None:
    client = client_of(organiser())
    counts = []
    for turn in range(3):
        meeting = coming(title=f"Tour {turn}")
        people = [comes(meeting, f"Nom{turn}{n}", needs="x") for n in range(2 * (turn + 1))]
        assert people
        addresses = [
            reverse("meetings:organised"),
            reverse("meetings:organised_meeting", args=[meeting.uid]),
            reverse("meetings:attendance_roll", args=[meeting.uid]),
            reverse("meetings:organised_file", args=[meeting.uid, "csv"]),
        ]
        for address in addresses:
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            counts.append((address.replace(str(meeting.uid), ""), len(queries)))
    warm = counts[4:]
    assert warm[:4] == warm[4:]


def test_the_export_defuses_formulas_and_holds_no_needs() -> None:
    meeting = running()
    sly = comes(meeting, "=cmd()", needs="Fauteuil", email="sly@essai.test")
    comes(meeting, "Curie")
    attendance_record(
        meeting=meeting, registrations=[sly], how=How.PAPER, now=timezone.now(), actor=organiser()
    )
    client = client_of(organiser())
    answer = client.get(reverse("meetings:organised_file", args=[meeting.uid, "csv"]))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [row["Nom"] for row in rows] == ["'=cmd()", "Curie"]
    assert [row["Présence"] for row in rows] == ["Déclarée", ""]
    assert "Fauteuil" not in text
    sheet = client.get(reverse("meetings:organised_file", args=[meeting.uid, "xlsx"]))
    book = openpyxl.load_workbook(io.BytesIO(sheet.content))
    assert book.worksheets[0]["A2"].data_type == "s"
    assert AuditEntry.objects.filter(action="meeting.export").count() == 2
    wrong = reverse("meetings:organised_file", args=[meeting.uid, "exe"])
    assert client.get(wrong).status_code == 404


@pytest.mark.parametrize(("count", "pages"), [(0, 1), (3, 1), (300, None)])
def test_the_sheet_is_tagged_and_numbered_whatever_the_number(
    tmp_path: Path, count: int, pages: int | None
) -> None:
    meeting = coming()
    people = [comes(meeting, f"Nom{n:03d}", needs="Fauteuil") for n in range(count)]
    file = tmp_path / "sheet.pdf"
    day = timezone.localdate()
    file.write_bytes(sheet_pdf_render(meeting=meeting, registrations=people, day=day))
    info, text = pdf_info(file), pdf_text(file)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in file.read_bytes()
    assert info["Tagged"] == "yes"
    made = int(info["Pages"])
    assert made == pages or (pages is None and made > 5)
    assert f"Page 1 sur {made}" in text
    assert f"Page {made} sur {made}" in text
    assert text.count("Signature") == made  # the head of the table stands on each page
    structure = "\n".join(pdf_structure(file))
    assert "Table" in structure
    assert structure.count("TH") >= 5
    assert "Fauteuil" not in text
    assert str(count + BLANK) in text
    if count == 0:
        assert "Personne n’est inscrit" in text
    else:
        assert f"Nom{count - 1:03d} Ada" in text


def test_the_sheet_is_for_those_who_have_a_seat() -> None:
    meeting = coming()
    comes(meeting, "Curie")
    waits(meeting, "Noether")
    answer = client_of(organiser()).get(reverse("meetings:organised_sheet", args=[meeting.uid]))
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    assert AuditEntry.objects.get(action="meeting.names_read").details["rows"] == 1
