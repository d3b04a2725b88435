"""What to decide, and what moved: the rules by hand, and what no figures can make them say."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.board import rules
from reporting.board.moves import moves
from reporting.board.rules import MOST, Facts, FallingDue, Group, Kind, Proposal, proposals
from reporting.charts import Point
from reporting.counting import Cell

DAY = dt.date(2026, 12, 31)
GOOD = Cell(expected=100, covered=90)


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\u202f", " ")


def said(proposal: Proposal | None) -> str:
    assert proposal is not None
    return plain(f"{proposal.what} – {proposal.why}")


def test_silent_establishments_come_first() -> None:
    facts = Facts(total=GOOD, silent=12, establishments=3036, is_above_houses=True)
    assert said(rules.hear_the_silent(facts)).endswith(
        "12 établissements sur 3 036 n’ont encore rien transmis."
    )
    assert rules.hear_the_silent(Facts(total=GOOD, establishments=48)) is None


def test_headcounts_are_asked_for_where_none_or_some_are_missing() -> None:
    none = Facts(total=GOOD, known=1412, has_headcounts=False)
    assert "la liste des agents connus (1 412)" in said(rules.declare_headcounts(none))
    some = Facts(total=GOOD, known=412, undeclared_roles=3)
    assert "3 métiers n’ont pas d’effectif" in said(rules.declare_headcounts(some))
    assert rules.declare_headcounts(Facts(total=GOOD, known=412)) is None
    # A department, a region and the nation declare none.
    assert rules.declare_headcounts(Facts(total=GOOD, has_headcounts=False)) is None


@pytest.mark.parametrize(
    ("cell", "is_said"),
    [
        (Cell(expected=560, covered=412, unknown=50), False),  # 8 %
        (Cell(expected=90, covered=50, unknown=10), True),  # 10 %
        (Cell(expected=10, covered=5, unknown=4), False),  # four people
        (Cell(expected=0, covered=0, unknown=5), True),
    ],
)
def test_the_roster_is_completed_where_the_unknown_share_is_large(
    cell: Cell, is_said: bool
) -> None:
    assert (rules.complete_the_roster(Facts(total=cell)) is not None) is is_said


def test_the_roster_says_how_many_of_how_many() -> None:
    facts = Facts(total=Cell(expected=90, covered=50, unknown=10))
    assert "10 personnes de l’effectif déclaré sur 100 ne sont pas connues (10 %)" in said(
        rules.complete_the_roster(facts)
    )


def test_a_session_is_for_the_group_far_behind_with_most_to_train() -> None:
    groups = [
        Group("filière technique", Cell(expected=20, covered=2), "technique"),
        Group("filière soignante", Cell(expected=400, covered=120), "soignante"),
        Group("filière médicale", Cell(expected=900, covered=490), "medicale"),  # 54 %: near
        Group("filière direction", Cell(expected=4, covered=0), "direction"),  # too few
        Group("filière socio-éducative", Cell(), "socio"),  # not required
    ]
    found = rules.plan_a_session(Facts(total=Cell(expected=1000, covered=680), groups=groups))
    assert said(found) == (
        "Prévoir une séance d’équipe : filière soignante – "
        "120 / 400 (30 %) à jour, contre 680 / 1 000 (68 %) pour l’ensemble."
    )
    assert found is not None
    assert found.code == "soignante"


def test_no_session_where_all_are_alike() -> None:
    groups = [Group("filière technique", Cell(expected=100, covered=54))]
    assert rules.plan_a_session(Facts(total=Cell(expected=100, covered=68), groups=groups)) is None
    groups = [Group("filière technique", Cell(expected=100, covered=53))]
    assert rules.plan_a_session(Facts(total=Cell(expected=100, covered=68), groups=groups))


@pytest.mark.parametrize(
    ("expected", "overdue", "is_said"), [(50, 5, True), (51, 5, False), (30, 4, False)]
)
def test_the_overdue_are_chased_from_a_tenth_and_five_people_on(
    expected: int, overdue: int, is_said: bool
) -> None:
    facts = Facts(total=Cell(expected=expected, overdue=overdue))
    assert (rules.chase_the_overdue(facts) is not None) is is_said


def test_renewals_name_the_training_that_ends_most_often() -> None:
    due = [FallingDue("Mots de passe", 5), FallingDue("Hameçonnage", 18)]
    text = said(rules.renew_in_time(Facts(total=GOOD, falling_due=due, until=DAY)))
    assert text.endswith(
        "23 formations validées cessent de compter d’ici le 31 décembre 2026, dont 18 pour "
        "« Hameçonnage »."
    )
    text = said(rules.renew_in_time(Facts(total=GOOD, falling_due=due[1:], until=DAY)))
    assert "d’ici le 31 décembre 2026 : « Hameçonnage »." in text
    assert rules.renew_in_time(Facts(total=GOOD, until=DAY)) is None


def test_an_objective_is_asked_for_only_where_somebody_said_there_is_none() -> None:
    assert rules.set_an_objective(Facts(total=GOOD, has_objective=False))
    assert rules.set_an_objective(Facts(total=GOOD, has_objective=True)) is None
    assert rules.set_an_objective(Facts(total=GOOD)) is None


def test_nothing_is_proposed_where_nothing_is_required() -> None:
    assert proposals(Facts(total=Cell(), known=12, has_headcounts=False)) == []


cells = st.builds(
    lambda parts, unknown: Cell(
        expected=sum(parts), covered=parts[0], overdue=parts[1], unknown=unknown
    ),
    st.tuples(*[st.integers(0, 3000)] * 3),
    st.integers(0, 3000),
)
groups = st.builds(Group, name=st.text(min_size=1), cell=cells)


@given(
    facts=st.builds(
        Facts,
        total=cells,
        groups=st.lists(groups, max_size=8),
        known=st.none() | st.integers(0, 9000),
        has_headcounts=st.booleans(),
        undeclared_roles=st.integers(0, 12),
        is_above_houses=st.booleans(),
        silent=st.integers(0, 40),
        establishments=st.integers(0, 3036),
        falling_due=st.lists(st.builds(FallingDue, st.text(), st.integers(0, 99)), max_size=4),
        until=st.none() | st.just(DAY),
        has_objective=st.none() | st.booleans(),
    )
)
def test_whatever_the_figures_a_board_reads_three_sentences_at_most(facts: Facts) -> None:
    found = proposals(facts)
    assert len(found) <= MOST
    order = list(Kind)
    assert [order.index(one.kind) for one in found] == sorted({order.index(o.kind) for o in found})
    assert all(one.what and one.why for one in found)
    assert not any("%(" in one.what + one.why for one in found)


def point(month: int, year: int = 2026, **cell: int) -> Point:
    last = {1: 31, 9: 30, 10: 31}[month]
    return Point(dt.date(year, month, last), Cell(**cell) if cell else None)


def test_a_month_and_a_year_are_told_with_their_figures() -> None:
    points = [
        point(10, 2025, expected=500, covered=200, overdue=40),
        point(9, expected=600, covered=380, overdue=32),
        point(10, expected=610, covered=412, overdue=32),
    ]
    month, year = moves(points)
    assert plain(month.sentence) == (
        "De 380 / 600 (63 %) fin septembre 2026 à 412 / 610 (68 %) fin octobre 2026 : "
        "5 points de plus. En retard : 32, comme alors."
    )
    assert plain(year.sentence).endswith("28 points de plus. En retard : 40 alors, 32 depuis.")
    assert (month.sign, year.sign) == (1, 1)


def test_what_is_not_frozen_hidden_or_not_required_is_not_compared() -> None:
    assert moves([]) == []
    month, year = moves([point(10, expected=10, covered=5)])
    assert "fin septembre 2026 n’est pas arrêté" in month.sentence
    assert "fin octobre 2025 n’est pas arrêté" in year.sentence
    month, _year = moves([point(9), point(10, expected=10, covered=5)])
    assert "masqué" in month.sentence
    month, _year = moves([point(9, expected=0), point(10, expected=10, covered=5)])
    assert "rien n’était requis" in month.sentence


def test_january_is_compared_with_december_of_the_year_before() -> None:
    december = Point(dt.date(2025, 12, 31), Cell(expected=10, covered=5))
    month, _year = moves([december, point(1, expected=10, covered=4)])
    assert "1 point" not in month.sentence
    assert "10 points de moins" in plain(month.sentence)
    assert month.sign == -1
