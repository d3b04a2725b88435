"""A curious reader who knows the rule, and holds every table, computes no group of one to four."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

import pytest

from reporting.attendance.blocks import OTHER, Member, is_published, published_rows
from reporting.suppression import THRESHOLD, Line, determined_cells

SMALL = range(1, THRESHOLD)


def members_of(sizes: dict[frozenset[str], int]) -> list[Member]:
    return [((rows, number), rows) for rows, size in sizes.items() for number in range(size)]


Print = tuple[tuple[str, int], ...] | None


def printed_of(sizes: dict[frozenset[str], int]) -> Print:
    """What is printed of a table; None where it is not published."""
    members = members_of(sizes)
    return tuple(sorted(published_rows(members).items())) if is_published(members) else None


def worlds(cells: int, total: int) -> Iterator[tuple[int, ...]]:
    """All ways in which so many people may stand in so many cells."""
    if cells == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in worlds(cells - 1, total - first):
            yield (first, *rest)


def told(by_print: Mapping[Any, list[tuple[int, ...]]], cells: int) -> list[Any]:
    """The groups of cells of one to four people that are the same in every world of a print."""
    groups = [group for size in range(1, cells + 1) for group in combinations(range(cells), size)]
    found = []
    for same in by_print.values():
        for group in groups:
            sums = {sum(sizes[cell] for cell in group) for sizes in same}
            if len(sums) == 1 and sums & set(SMALL):
                found.append((group, same))
    return found


@pytest.mark.parametrize(("rows", "most"), [(2, 30), (3, 22), (4, 16)])
def test_no_small_row_is_the_same_in_every_world_that_prints_the_same(rows: int, most: int) -> None:
    """Not the sum of some rows either. The total is printed, so these are all the worlds."""
    for total in range(THRESHOLD, most + 1):
        by_print = defaultdict(list)
        for sizes in worlds(rows, total):
            named = {frozenset({str(row)}): size for row, size in enumerate(sizes)}
            by_print[printed_of(named)].append(sizes)
        assert not told(by_print, rows)


def test_four_people_or_fewer_are_told_to_be_no_more_than_that() -> None:
    prints = {printed_of({frozenset({"ch"}): total}) for total in SMALL}
    assert prints == {None}


def test_two_tables_of_the_same_people_tell_no_small_group_they_have_in_common() -> None:
    """Two regions and two families, their four crossings unknown: all worlds of twelve people."""
    for total in range(THRESHOLD, 13):
        by_print = defaultdict(list)
        for crossing in worlds(4, total):
            ax, ay, bx, by = crossing
            regions = {frozenset({"a"}): ax + ay, frozenset({"b"}): bx + by}
            families = {frozenset({"x"}): ax + bx, frozenset({"y"}): ay + by}
            by_print[printed_of(regions), printed_of(families)].append(crossing)
        assert not told(by_print, 4)


def drawn(rng: random.Random) -> list[Member]:
    """People of two tables' worth of rows; some stand in two of them, some came twice."""
    rows = "abcde"
    members: list[Member] = []
    for person in range(rng.randint(0, 40)):
        own = frozenset(rng.sample(rows, rng.choice((1, 1, 1, 2))))
        members += [(person, own)] * rng.choice((1, 1, 2))
    return members


@pytest.mark.parametrize("seed", range(60))
def test_what_is_printed_is_made_of_blocks_of_five(seed: int) -> None:
    members = drawn(random.Random(seed))
    printed = published_rows(members)
    people = {who for who, _rows in members}
    if len(people) < THRESHOLD:
        assert printed == {}
        return
    blocks = defaultdict(set)
    for who, rows in members:
        blocks[rows].add(who)
    told = Counter(dict.fromkeys(printed, 0))
    rest = set()
    for rows, block in blocks.items():
        presences = sum(1 for _who, own in members if own == rows)
        # A block is told in all of its rows or in none: what is left would be told by subtraction.
        if len(block) >= THRESHOLD and all(printed.get(row, 0) >= presences for row in rows):
            told.update(dict.fromkeys(rows, presences))
        else:
            rest |= block
    assert (OTHER in printed) == bool(rest)
    assert not rest or len(rest) >= THRESHOLD
    for row, count in printed.items():
        assert count >= THRESHOLD, row


@pytest.mark.parametrize("seed", range(60))
def test_nothing_is_lost_or_counted_twice(seed: int) -> None:
    """The rows less what stands in two of them are everybody who was there."""
    members = drawn(random.Random(seed))
    printed = published_rows(members)
    if not printed:
        return
    doubled = sum(printed.values()) - len(members)
    assert doubled == 0 or doubled >= THRESHOLD


def test_months_and_their_year_determine_nothing_that_is_hidden() -> None:
    """The lines between published cells: rows to their total, months to their year."""
    rng = random.Random(7)
    hidden, lines, told = set(), [], []
    for month in range(24):
        sizes = {frozenset({row}): rng.choice((0, 2, 3, 6, 9, 14)) for row in "abc"}
        printed = published_rows(members_of(sizes))
        if not printed:
            continue
        told.append(month)
        # «Autres» is what is not told: together with the rows it is the total.
        lines.append(Line((month, "total"), tuple((month, row) for row in "abc")))
        hidden |= {(month, row) for row in "abc" if row not in printed and sizes[frozenset(row)]}
    for row in "abc":
        lines.append(Line(("year", row), tuple((month, row) for month in told)))
    hidden |= {("year", row) for row in "abc"}
    assert len(hidden) > 20
    assert not determined_cells(hidden=hidden, lines=lines)


def test_everybody_in_one_small_row_takes_others_along() -> None:
    sizes = {frozenset({"ch"}): 3, frozenset({"chu"}): 7, frozenset({"ehpad"}): 20}
    assert published_rows(members_of(sizes)) == {OTHER: 10, "ehpad": 20}


def test_rows_of_the_same_size_go_together() -> None:
    """Else the one that stays would tell of the one that went."""
    sizes = {frozenset({"ch"}): 3, frozenset({"chu"}): 7, frozenset({"ehpad"}): 7}
    assert published_rows(members_of(sizes)) == {OTHER: 17}


def test_two_appointments_count_in_both_rows_where_five_do() -> None:
    both = frozenset({"ch", "chu"})
    sizes = {frozenset({"ch"}): 6, frozenset({"chu"}): 8}
    assert published_rows(members_of({**sizes, both: 5})) == {"ch": 11, "chu": 13}
    assert published_rows(members_of({**sizes, both: 4})) == {OTHER: 10, "chu": 8}


def test_five_presences_of_four_people_are_four_people() -> None:
    rows = frozenset({"ch"})
    members: list[Member] = [(number % 4, rows) for number in range(9)]
    assert not is_published(members)
    assert published_rows(members) == {}
