"""On what terms a training is asked, looked at once for all of whom it is asked alike.

A hospital of ten thousand has few posts, few terms and few first days; so what is asked of people
is looked up by these, and not worked out for each of them.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import reduce
from typing import NamedTuple

from training.validity import due_day, shortest


class Asked(NamedTuple):
    """What is asked of a person in a training: valid for how long, due when. The strictest of all
    that reach her: the shortest validity, the earliest due day."""

    validity_months: int | None
    due_on: dt.date

    def strictest(self, other: Asked) -> Asked:
        months = shortest([self.validity_months, other.validity_months])
        return Asked(months, min(self.due_on, other.due_on))


class Terms(NamedTuple):
    """How one requirement asks for its training."""

    starts_on: dt.date
    due_days: int
    due_on: dt.date | None
    validity_months: int | None

    def asked(self, since: dt.date) -> Asked:
        """Of whoever is there since that day."""
        begins = max(self.starts_on, since)
        due_on = due_day(begins=begins, due_days=self.due_days, due_on=self.due_on)
        return Asked(self.validity_months, due_on)


class TermsBook:
    """Makes what is asked in posts; posts and trainings with the same terms share an answer."""

    def __init__(self) -> None:
        self._due: dict[frozenset[Terms], _Due] = {}
        self._posts: dict[frozenset[tuple[int, Terms]], Post] = {}

    def post(self, asking: Iterable[tuple[int, Terms]]) -> Post:
        """The post that these trainings, each once or more often, are asked in."""
        every = frozenset(asking)
        if every not in self._posts:
            self._posts[every] = self._post(every)
        return self._posts[every]

    def _post(self, asking: Iterable[tuple[int, Terms]]) -> Post:
        terms: dict[int, set[Terms]] = defaultdict(set)
        for trainable, one in asking:
            terms[trainable].add(one)
        first = min((one.starts_on for many in terms.values() for one in many), default=dt.date.max)
        return Post(first, {pk: self._of(frozenset(many)) for pk, many in terms.items()})

    def _of(self, terms: frozenset[Terms]) -> _Due:
        if terms not in self._due:
            self._due[terms] = _Due(terms)
        return self._due[terms]


class _Due(dict[dt.date, Asked]):
    """The first day of an appointment -> the strictest of some terms of one training."""

    def __init__(self, terms: Iterable[Terms]) -> None:
        super().__init__()
        self._of_terms = list(terms)

    def __missing__(self, since: dt.date) -> Asked:
        self[since] = strictest = reduce(
            Asked.strictest, [one.asked(since) for one in self._of_terms]
        )
        return strictest


class Post:
    """What is asked in a place and role, by the first day of an appointment there."""

    def __init__(self, first: dt.date, due: Mapping[int, _Due]) -> None:
        self._first, self._due = first, due
        self._since: dict[dt.date, dict[int, Asked]] = {}

    def asked(self, since: dt.date) -> dict[int, Asked]:
        """Training -> what is asked. The answer is shared: do not change it."""
        since = max(since, self._first)  # those who were there before anything was asked are alike
        asked = self._since.get(since)
        if asked is None:
            asked = self._since[since] = {pk: due[since] for pk, due in self._due.items()}
        return asked


def strictest_of(several: Iterable[Mapping[int, Asked]]) -> dict[int, Asked]:
    """What is asked of somebody in several posts."""
    found: dict[int, Asked] = {}
    for asked in several:
        for trainable, one in asked.items():
            known = found.get(trainable)
            found[trainable] = known.strictest(one) if known else one
    return found
