"""Files of headcounts: what they change, what is refused and why, twice, undone."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from organisation.headcounts import flow
from organisation.headcounts.plan import CountKind, CountsPlan
from organisation.models import Headcount, HeadcountImport, RosterMapping
from organisation.sheets.layouts import Layout
from organisation.sheets.roles import RoleProposer
from tests.organisation.factories import (
    AccountFactory,
    EstablishmentFactory,
    SiteFactory,
    StaffRoleFactory,
)
from users.models import AuditEntry

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 1, 1)


def uploaded(content: str | bytes, house: Any = None, name: str = "e.csv") -> HeadcountImport:
    data = content.encode() if isinstance(content, str) else content
    return flow.counts_upload(
        establishment=house,
        name=name,
        content=io.BytesIO(data),
        as_of=DAY,
        actor=AccountFactory(),
        now=timezone.now(),
    )


def read(counts: HeadcountImport, allowed: Any = None) -> CountsPlan:
    """As it is proposed, words included."""
    layout = Layout.of_json(counts.layout)
    flow.counts_columns_set(
        counts=counts,
        columns=layout.columns,
        day_order=layout.day_order,
        today=timezone.localdate(),
    )
    plan = flow.counts_planned(counts=counts, allowed=allowed)
    proposer = RoleProposer()
    answers = {word.source: proposer.propose(word.label) for word in plan.unknown}
    flow.counts_words_set(counts=counts, answers=answers, allowed=allowed)
    return flow.counts_planned(counts=counts, allowed=allowed)


def applied(content: str | bytes, house: Any = None, **options: Any) -> HeadcountImport:
    counts = uploaded(content, house, **options)
    plan = read(counts)
    confirm(counts, plan)
    counts.refresh_from_db()
    assert counts.stage == "applied"
    return counts


def confirm(counts: HeadcountImport, plan: CountsPlan, allowed: Any = None) -> bool:
    return flow.counts_confirm(
        counts=counts,
        digest=plan.digest(),
        allowed=allowed,
        actor=counts.requested_by,
        now=timezone.now(),
    )


def declared() -> dict[tuple[str, str, dt.date], int]:
    return {
        (row.establishment.name, row.role.code, row.as_of): row.people
        for row in Headcount.objects.select_related("establishment", "role")
    }


def undone(counts: HeadcountImport) -> HeadcountImport:
    flow.counts_undo(counts=counts, actor=counts.requested_by, now=timezone.now())
    counts.refresh_from_db()
    return counts


def test_a_file_of_one_hospital_is_read_told_apart_applied_and_harmless_twice() -> None:
    house = EstablishmentFactory(name="CH")
    nurse, aide = StaffRoleFactory(), StaffRoleFactory(code="aide-soignant")
    porter = StaffRoleFactory(code="brancardier")
    for role, day, people in ((nurse, DAY, 100), (aide, dt.date(2025, 1, 1), 50)):
        Headcount.objects.create(establishment=house, role=role, as_of=day, people=people)
    Headcount.objects.create(establishment=house, role=porter, as_of=DAY, people=4)
    text = "Grade;Effectif physique\nIDE;120\nAide-soignante;50\nBrancardier;4\nKiné;9\n"
    counts = uploaded(text, house)
    plan = read(counts)
    kinds = {one.role.code: (one.kind, one.before) for one in plan.counts}
    assert kinds == {
        "infirmier": (CountKind.CHANGED, 100),
        "aide-soignant": (CountKind.CONFIRMED, 50),
        "brancardier": (CountKind.SAME, 4),
        "kinesitherapeute": (CountKind.NEW, None),
    }
    assert confirm(counts, plan)
    after = declared()
    assert after["CH", "infirmier", DAY] == 120
    assert after["CH", "kinesitherapeute", DAY] == 9
    again = read(uploaded(text, house))
    assert not again.writes, again.counts
    assert not again.unknown, "words are remembered"


def test_undo_restores_exactly_and_keeps_what_somebody_corrected_since() -> None:
    house = EstablishmentFactory(name="CH")
    Headcount.objects.create(establishment=house, role=StaffRoleFactory(), as_of=DAY, people=100)
    before = declared()
    counts = applied("Métier;Nombre\nIDE;120\nAS;50\nBrancardier;7\n", house)
    Headcount.objects.filter(role__code="aide-soignant").update(people=51)
    undone(counts)
    assert declared() == {**before, ("CH", "aide-soignant", DAY): 51}
    assert counts.stage == "undone"
    assert (counts.counts["undone"], counts.counts["kept"]) == (2, 1)
    with pytest.raises(ValidationError):
        undone(counts)


def test_undo_ends_after_thirty_days() -> None:
    counts = applied("Métier;Nombre\nIDE;12\n", EstablishmentFactory())
    late = timezone.now() + dt.timedelta(days=31)
    assert "trente jours" in flow.undo_refusal(counts, now=late)


REFUSED = {
    "12,5": "équivalent temps plein",
    "12.5": "équivalent temps plein",
    "-3": "négatif",
    "100001": "trop grand",
    "beaucoup": "pas un nombre",
    "": "vide",
}


@pytest.mark.parametrize("number", REFUSED)
def test_a_wrong_number_is_told_and_the_other_lines_are_taken(number: str) -> None:
    plan = read(
        uploaded(f'Métier;Nombre\nIDE;"{number}"\nAS;1 250\n', EstablishmentFactory()),
    )
    assert [line.number for line in plan.refused] == [2]
    assert REFUSED[number] in plan.refused[0].problem
    assert [one.people for one in plan.counts] == [1250]
    assert plan.has_fte == ("équivalent" in plan.refused[0].problem)


@pytest.mark.parametrize("day", ["01/01/2099", "01/01/1990", "hier"])
def test_a_wrong_date_is_told(day: str) -> None:
    plan = read(uploaded(f"Métier;Nombre;Date\nIDE;1;{day}\n", EstablishmentFactory()))
    assert not plan.counts
    assert day in plan.refused[0].problem


def test_a_file_to_come_is_not_taken() -> None:
    with pytest.raises(ValidationError, match="venir"):
        flow.counts_upload(
            establishment=EstablishmentFactory(),
            name="e.csv",
            content=io.BytesIO(b"a;b\n1;2\n"),
            as_of=timezone.localdate() + dt.timedelta(days=1),
            actor=AccountFactory(),
            now=timezone.now(),
        )


def test_full_time_equivalents_are_not_proposed_and_not_accepted() -> None:
    counts = uploaded("Métier;ETP;Effectif\nIDE;10,5;12\n", EstablishmentFactory())
    layout = Layout.of_json(counts.layout)
    assert layout.titles[layout.columns["people"]] == "Effectif"
    with pytest.raises(ValidationError, match="équivalents temps plein"):
        flow.counts_columns_set(
            counts=counts,
            columns={**layout.columns, "people": 1},
            day_order=layout.day_order,
            today=timezone.localdate(),
        )


def test_grades_of_one_role_are_added_up_and_the_same_word_twice_is_refused() -> None:
    house = EstablishmentFactory()
    text = "Grade;Nombre\nInfirmier cl sup;30\nInfirmier 1er grade;12\nAS;5\nAS;6\n"
    plan = read(uploaded(text, house))
    assert [(one.role.code, one.people, one.lines) for one in plan.counts] == [
        ("infirmier", 42, (2, 3))
    ]
    assert [line.number for line in plan.refused] == [4, 5]


def test_a_file_of_several_hospitals_goes_by_finess_numbers_their_sites_too() -> None:
    first = EstablishmentFactory(name="A", finess_ej="010000024")
    second = EstablishmentFactory(name="B")
    SiteFactory(establishment=second, finess_et="350000001")
    SiteFactory(establishment=second, finess_et="350000002")
    foreign = EstablishmentFactory(name="C", finess_ej="440000000")
    text = (
        "FINESS;Métier;Effectif\n10000024;IDE;10\n350000001;IDE;4\n350000002;IDE;5\n"
        "440000000;IDE;1\n999999999;IDE;1\nabc;IDE;1\n"
    )
    plan = read(uploaded(text), allowed={first.pk, second.pk})
    assert {one.place.name: one.people for one in plan.counts} == {"A": 10, "B": 9}
    reasons = {line.number: line.problem for line in plan.refused}
    assert set(reasons) == {5, 6, 7}
    assert reasons[5].replace("440000000", "") == reasons[6].replace("999999999", "")
    assert foreign.headcounts.count() == 0
    assert RosterMapping.objects.filter(establishment=first).exists()


def test_a_hospital_and_its_site_are_not_both_counted() -> None:
    house = EstablishmentFactory(finess_ej="350000000")
    SiteFactory(establishment=house, finess_et="350000001")
    plan = read(uploaded("FINESS;Métier;Effectif\n350000000;IDE;10\n350000001;IDE;4\n"))
    assert not plan.counts
    assert len(plan.refused) == 2


def test_the_order_of_the_lines_does_not_matter() -> None:
    house = EstablishmentFactory()
    lines = ["IDE;10", "Infirmier cl sup;3", "AS;5", "Kiné;2"]
    digests = {
        read(uploaded("Métier;Nombre\n" + "\n".join(order) + "\n", house)).digest()
        for order in (lines, lines[::-1])
    }
    assert len(digests) == 1


def test_what_changed_since_the_preview_is_shown_again_and_nothing_is_kept() -> None:
    house = EstablishmentFactory()
    counts = uploaded("Métier;Nombre\nIDE;12\n", house)
    plan = read(counts)
    Headcount.objects.create(establishment=house, role=StaffRoleFactory(), as_of=DAY, people=3)
    assert not confirm(counts, plan)
    assert list(Headcount.objects.values_list("people", flat=True)) == [3]


def test_formulas_merged_cells_and_what_is_no_table() -> None:
    book = openpyxl.Workbook()
    for row in (["Métier", "Nombre"], ["IDE", "=1+1"], ["AS", 4], ["ASH", 5]):
        book.active.append(row)
    book.active.merge_cells("A4:B4")
    content = io.BytesIO()
    book.save(content)
    plan = read(uploaded(content.getvalue(), EstablishmentFactory(), name="e.xlsx"))
    assert {line.number: line.problem.split(" ")[0] for line in plan.refused} == {
        2: "ce",
        4: "des",
    }
    for junk in (b"", b"PK\x03\x04junk", b"\x00\x01\x02;\x00"):
        with pytest.raises(ValidationError):
            uploaded(junk, EstablishmentFactory())


def test_a_file_given_up_or_confirmed_twice() -> None:
    house = EstablishmentFactory()
    counts = uploaded("Métier;Nombre\nIDE;12\n", house)
    plan = read(counts)
    assert confirm(counts, plan)
    with pytest.raises(ValidationError):
        confirm(counts, plan)
    other = uploaded("Métier;Nombre\nIDE;13\n", house)
    flow.counts_discard(counts=other, actor=None)
    assert other.stage == "discarded"
    assert not other.lines


def test_old_files_that_nobody_went_on_with_are_given_up() -> None:
    counts = uploaded("Métier;Nombre\nIDE;12\n", EstablishmentFactory())
    flow.counts_expire(now=timezone.now() + dt.timedelta(days=31))
    counts.refresh_from_db()
    assert counts.stage == "discarded"


def test_the_log_of_the_establishment_has_what_was_declared() -> None:
    house = EstablishmentFactory()
    undone(applied("Métier;Nombre\nIDE;12\n", house))
    actions = AuditEntry.objects.filter(place=house.uid).values_list("action", flat=True)
    assert set(actions) == {
        "headcounts.upload",
        "headcounts.apply",
        "headcounts.undo",
        "headcount.declare",
        "headcount.withdraw",
    }


@pytest.mark.parametrize("houses", [1, 4])
def test_the_plan_asks_the_same_number_of_questions(
    houses: int, django_assert_num_queries: Any
) -> None:
    numbers = [EstablishmentFactory().finess_ej for _ in range(houses)]
    lines = "".join(f"{number};IDE;5\n{number};AS;6\n" for number in numbers)
    counts = uploaded("FINESS;Métier;Effectif\n" + lines)
    read(counts)
    with django_assert_num_queries(6):
        flow.counts_planned(counts=counts, allowed=None)
