"""Past training from hostile files: every fault is said in words, and nothing is stored."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

import openpyxl
import pytest
from django.core.exceptions import ValidationError

from documents.tables import TableRefused
from organisation.models import Establishment, Person
from tests.organisation.factories import (
    AccountFactory,
    AppointmentFactory,
    EstablishmentFactory,
    PersonFactory,
)
from tests.people_merge.making import merged
from training.enums import Provenance, TrainableKind
from training.models import Completion, Trainable
from training.past import (
    Plan,
    past_trainings_import,
    past_trainings_plan,
    past_trainings_read,
)
from training.past.matching import day_of
from training.past.reading import MAX_BYTES, MAX_LINES

TODAY = dt.date(2026, 11, 2)
NOW = dt.datetime(2026, 11, 2, 15, tzinfo=dt.UTC)
HEAD = "agent;module;date\n"
LINE = "nadia@hopital.test;Hameçonnage;03/02/2025\n"


def xlsx(*rows: tuple[Any, ...]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def read(content: str | bytes, name: str = "liste.csv") -> Any:
    data = content.encode() if isinstance(content, str) else content
    return past_trainings_read(name=name, content=data)


def refusal(content: str | bytes, name: str = "liste.csv") -> str:
    with pytest.raises(TableRefused) as refused:
        read(content, name)
    return str(refused.value)


class TestReading:
    @pytest.mark.parametrize("delimiter", [";", ",", "\t"])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
    def test_the_usual_csv_files(self, delimiter: str, encoding: str) -> None:
        text = f"Courriel;Formation;Date de formation\r\n{LINE}".replace(";", delimiter)
        [line], problems = read(text.encode(encoding))
        assert not problems
        assert (line.number, line.person) == (2, "nadia@hopital.test")
        assert (line.module, line.day) == ("Hameçonnage", "03/02/2025")

    def test_xlsx_with_true_dates_and_other_columns(self) -> None:
        content = xlsx(
            ("N°", "Module", "E-mail", "Date"),
            (1, "Hameçonnage", "nadia@hopital.test", dt.datetime(2025, 2, 3)),
            (None, None, None, None),
            (2, "Hameçonnage", "omar@hopital.test", dt.date(2025, 2, 4)),
        )
        lines, problems = read(content, "liste.XLSX")
        assert not problems
        assert [(one.number, one.day) for one in lines] == [
            (2, dt.date(2025, 2, 3)),
            (4, dt.date(2025, 2, 4)),
        ]

    @pytest.mark.parametrize("formula", ["=1+1", "+33", "@SUM(A1)", "-2", " =cmd|' /C calc'!A0"])
    def test_formulas_are_refused_line_by_line(self, formula: str) -> None:
        lines, [problem] = read(f"{HEAD}{LINE}{formula};Hameçonnage;03/02/2025\n{LINE}")
        assert len(lines) == 2
        assert problem.number == 3
        assert "formule" in problem.message

    def test_formulas_of_xlsx_are_not_computed(self) -> None:
        content = xlsx(
            ("agent", "module", "date"),
            ("nadia@hopital.test", '=HYPERLINK("http://x.test")', "03/02/2025"),
            ("nadia@hopital.test", "Hameçonnage", "=TODAY()"),
        )
        lines, problems = read(content, "liste.xlsx")
        assert not lines
        assert [(one.number, "formule" in one.message) for one in problems] == [
            (2, True),
            (3, True),
        ]

    def test_long_and_unreadable_cells(self) -> None:
        _lines, problems = read(f"{HEAD}{'x' * 301};M;03/02/2025\na\x07b;M;03/02/2025\n")
        assert ["trop long" in problems[0].message, "illisibles" in problems[1].message] == [
            True,
            True,
        ]

    @pytest.mark.parametrize(
        ("content", "name", "words"),
        [
            (b"", "liste.csv", "vide"),
            (b" \n ", "liste.csv", "vide"),
            (b"x" * (MAX_BYTES + 1), "liste.csv", "2 Mo"),
            (b"x", "liste.exe", "CSV ou XLSX"),
            (b"\xd0\xcf\x11\xe0", "liste.xls", "CSV ou XLSX"),
            (b"x", "liste.xlsx", "son nom annonce"),
            (b"PK\x03\x04", "liste.csv", "son nom annonce"),
            (b"PK\x03\x04rubbish", "liste.xlsx", "ne peut pas"),
            (b"agent;module\n", "liste.csv", "Il manque : date"),
            (b"nom;titre;jour\n", "liste.csv", "Il manque : agent, date"),
            (HEAD.encode(), "liste.csv", "pas de ligne"),
            (b"agent;module;date\x00\n", "liste.csv", "pas un tableau"),
            (b'agent;module;date\n"a;b;c\n', "liste.csv", "guillemet"),
            (b"\x81\x8d\n", "liste.csv", "illisibles"),
            ((HEAD + LINE * (MAX_LINES + 1)).encode(), "liste.csv", "5 000 lignes"),
        ],
    )
    def test_a_wrong_file_is_refused_in_words(self, content: bytes, name: str, words: str) -> None:
        assert words in refusal(content, name)

    def test_a_zip_bomb_is_refused_before_it_is_unpacked(self) -> None:
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", "x")
            archive.writestr("xl/worksheets/sheet1.xml", b"0" * (30 * 1024 * 1024))
        assert len(content.getvalue()) < 100_000
        assert "bien plus que le tableau" in refusal(content.getvalue(), "liste.xlsx")

    def test_a_zip_that_lies_about_its_size_is_not_unpacked_either(self) -> None:
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", b"0" * (30 * 1024 * 1024))
        true, false = (size.to_bytes(4, "little") for size in (30 * 1024 * 1024, 10))
        assert "ne peut pas" in refusal(content.getvalue().replace(true, false), "liste.xlsx")

    def test_many_parts_and_other_archives(self) -> None:
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as archive:
            for number in range(201):
                archive.writestr(f"{number}.xml", "x")
        assert "bien plus" in refusal(content.getvalue(), "liste.xlsx")
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as archive:
            archive.writestr("notes.txt", "bonjour")
        assert "ne peut pas" in refusal(content.getvalue(), "liste.xlsx")

    def test_entities_are_not_expanded(self) -> None:
        bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
        assert "ne peut pas" in refusal(self._with_sheet(bomb), "liste.xlsx")

    def test_a_row_far_down_does_not_count_a_million_empty_ones(self) -> None:
        book = openpyxl.Workbook()
        for at, title in enumerate(("agent", "module", "date"), start=1):
            book.active.cell(1, at, title)
        book.active.cell(1_000_000, 1, "loin")
        content = io.BytesIO()
        book.save(content)
        assert "5 000 lignes" in refusal(content.getvalue(), "liste.xlsx")

    def _with_sheet(self, prolog: str) -> bytes:
        """A good XLSX, but for what stands before the root of its sheet."""
        old, new = io.BytesIO(xlsx(("agent", "module", "date"), ("a", "b", "c"))), io.BytesIO()
        with zipfile.ZipFile(old) as source, zipfile.ZipFile(new, "w") as target:
            for part in source.namelist():
                data = source.read(part)
                if part == "xl/worksheets/sheet1.xml":
                    data = prolog.encode() + data.replace(b"<v>", b"<v>&b;")
                target.writestr(part, data)
        return new.getvalue()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31/12/2025", dt.date(2025, 12, 31)),
        ("1/2/2025", dt.date(2025, 2, 1)),
        ("31-12-2025", dt.date(2025, 12, 31)),
        ("31.12.2025", dt.date(2025, 12, 31)),
        ("2025-12-31", dt.date(2025, 12, 31)),
        ("2025-12-31 00:00:00", dt.date(2025, 12, 31)),
        ("12/31/2025", None),
        ("31/12/25", None),
        ("45000", None),
        ("hier", None),
        ("", None),
    ],
)
def test_days_as_french_tables_write_them(text: str, day: dt.date | None) -> None:
    assert day_of(text) == day


@pytest.mark.django_db
class TestMatching:
    @pytest.fixture(autouse=True)
    def _house(self) -> None:
        self.house: Establishment = EstablishmentFactory()
        self.nadia: Person = PersonFactory(email="nadia@hopital.test")
        AppointmentFactory(person=self.nadia, establishment=self.house)
        AppointmentFactory(person=self.nadia, establishment=self.house)  # two posts, one person
        self.module = Trainable.objects.create(title="Hameçonnage")
        self.user = AccountFactory()
        self.head: Person = PersonFactory(user=self.user)

    def plan(self, *lines: str) -> Plan:
        found, problems = read(HEAD + "\n".join(lines))
        return past_trainings_plan(
            lines=found, problems=problems, establishment=self.house, today=TODAY
        )

    def declare(self, plan: Plan) -> int:
        return past_trainings_import(
            wanted=[one.key for one in plan.new],
            establishment=self.house,
            instructor=self.head,
            actor=self.user,
            now=NOW,
        )

    def test_by_address_or_uid_and_title_or_uid(self) -> None:
        account = AccountFactory(email="autre@hopital.test")
        other = PersonFactory(email="", user=account)
        AppointmentFactory(person=other, establishment=self.house)
        plan = self.plan(
            "NADIA@hopital.test;hameconnage;03/02/2025",
            f"{self.nadia.uid};{self.module.uid};04/02/2025",
            "autre@hopital.test;  HAMEÇONNAGE ;2025-02-03",
        )
        assert not plan.problems
        assert [(one.person, one.day.day) for one in plan.new] == [
            (self.nadia, 3),
            (self.nadia, 4),
            (other, 3),
        ]

    @pytest.mark.parametrize(
        ("line", "words"),
        [
            ("inconnu@hopital.test;Hameçonnage;03/02/2025", "n’est pas un agent de cet"),
            ("nadia@hopital.test;Poterie;03/02/2025", "« Poterie » est inconnu"),
            ("nadia@hopital.test;Hameçonnage;03/11/2026", "03/11/2026 est à venir"),
            ("nadia@hopital.test;Hameçonnage;31/12/1999", "trop ancienne"),
            ("nadia@hopital.test;Hameçonnage;demain", "n’est pas une date"),
            ("nadia@hopital.test;Hameçonnage;", "date n’est pas indiquée"),
            (";Hameçonnage;03/02/2025", "agent n’est pas indiqué"),
            ("nadia@hopital.test;;03/02/2025", "module n’est pas indiqué"),
        ],
    )
    def test_each_fault_is_said_with_its_line(self, line: str, words: str) -> None:
        plan = self.plan("nadia@hopital.test;Hameçonnage;01/02/2025", line)
        [problem] = plan.problems
        assert problem.number == 3
        assert words in problem.message

    def test_being_at_a_meeting_is_no_module_to_import(self) -> None:
        Trainable.objects.create(title="Participer", kind=TrainableKind.MEETING)
        [problem] = self.plan("nadia@hopital.test;Participer;03/02/2025").problems
        assert "Participer" in problem.message
        assert "est inconnu" in problem.message

    def test_people_of_other_houses_are_as_unknown_as_nobody(self) -> None:
        elsewhere = AppointmentFactory().person
        left = AppointmentFactory(establishment=self.house, ended=True).person
        messages = {
            self.plan(f"{email};Hameçonnage;03/02/2025").problems[0].message.replace(email, "X")
            for email in (elsewhere.email, left.email, "nobody@hopital.test")
        }
        assert len(messages) == 1

    def test_what_is_ambiguous_asks_for_the_uid(self) -> None:
        twin = PersonFactory(email="nadia@hopital.test")
        AppointmentFactory(person=twin, establishment=self.house)
        Trainable.objects.create(title="HAMEÇONNAGE")
        [problem] = self.plan("nadia@hopital.test;Hameçonnage;03/02/2025").problems
        assert "plusieurs agents" in problem.message
        [problem] = self.plan(f"{twin.uid};Hameçonnage;03/02/2025").problems
        assert "plusieurs modules" in problem.message

    def test_a_line_twice_names_the_first(self) -> None:
        line = "nadia@hopital.test;Hameçonnage;03/02/2025"
        [problem] = self.plan(line, f"{self.nadia.uid};hameconnage;3/2/2025").problems
        assert (problem.number, "à la ligne 2" in problem.message) == (3, True)

    def test_confirmed_it_is_declared_at_the_date_of_the_training(self) -> None:
        assert self.declare(self.plan("nadia@hopital.test;Hameçonnage;03/02/2025")) == 1
        completion = Completion.objects.get()
        assert completion.provenance == Provenance.IMPORT
        assert completion.completed_at.date() == dt.date(2025, 2, 3)

    def test_twice_is_harmless(self) -> None:
        lines = ["nadia@hopital.test;Hameçonnage;03/02/2025"]
        first = self.plan(*lines)
        self.declare(first)
        assert self.declare(first) == 0  # the same preview, confirmed in two tabs
        again = self.plan(*lines)
        assert (len(again.new), len(again.known)) == (0, 1)
        assert Completion.objects.count() == 1

    def test_a_change_in_between_declares_nothing_at_all(self) -> None:
        other = AppointmentFactory(establishment=self.house).person
        plan = self.plan(
            "nadia@hopital.test;Hameçonnage;03/02/2025", f"{other.uid};Hameçonnage;03/02/2025"
        )
        other.appointments.update(ends_on=TODAY)
        with pytest.raises(ValidationError, match="renvoyez le fichier"):
            self.declare(plan)
        assert not Completion.objects.exists()

    def test_by_a_uid_that_was_hers_before_two_rows_became_one(self) -> None:
        gone = PersonFactory()
        old = gone.uid
        merged(self.nadia, gone)
        plan = self.plan(f"{old};Hameçonnage;03/02/2025")
        assert [one.person for one in plan.new] == [self.nadia]

    def test_queries_do_not_grow_with_the_lines(self, django_assert_num_queries: Any) -> None:
        for size in (3, 30):
            people = AppointmentFactory.create_batch(size, establishment=self.house)
            lines, _none = read(
                HEAD + "".join(f"{one.person.uid};Hameçonnage;03/02/2025\n" for one in people)
            )
            with django_assert_num_queries(4):
                past_trainings_plan(lines=lines, establishment=self.house, today=TODAY)
