"""Everybody by modules as CSV: a line a person, five columns a module.

Ten thousand people by ten modules are half a million cells. Those of a module hold words of ours
and days, of which there are few: what is asked and what was completed lead to their text, which is
written once. Only what people wrote is looked at for formulas, each time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from typing import NamedTuple

from django.utils.translation import gettext as _

from documents.exports import csv_cell, csv_lines
from reporting import figures
from reporting.counting import Latest, Obligation
from reporting.kinds import titled
from reporting.selectors.people import People, Standing
from training.models import Trainable


def people_lines(people: People) -> Iterator[str]:
    """Line by line, while it is read from the database."""
    yield from csv_lines(header=_header(people.trainables), rows=())
    kinds, named = _Kinds(people), _Named()
    places = {one.pk: place for place, one in enumerate(people.trainables)}
    for _pk, _uid, name, roles, departments, obligations, completed in people.found:
        never, asked = kinds.of(obligations)
        cells = never.copy()
        for trainable, latest in completed.items():
            if trainable in places:
                place = places[trainable]
                still, covered, done = asked[place]
                is_covered, text = done[latest]
                cells[place] = (covered if is_covered else still) + text
        yield f"{csv_cell(name)};{named[roles]};{named[departments]};{';'.join(cells)}\r\n"


def _header(trainables: Sequence[Trainable]) -> list[str]:
    columns = [
        _("%(title)s : situation"),
        _("%(title)s : à faire avant le"),
        _("%(title)s : validée le"),
        _("%(title)s : ne compte plus à partir du"),
        _("%(title)s : provenance"),
    ]
    titles = [titled(one) for one in trainables]
    return [
        *(_("Agent"), _("Métier"), _("Service")),
        *(column % {"title": title} for title in titles for column in columns),
    ]


class _Words(NamedTuple):
    """As cells."""

    not_required: str
    covered: str
    late: str
    due: str
    declared: str
    observed: str

    @classmethod
    def looked_up(cls) -> _Words:
        words = (
            *(_("non requis"), _("à jour"), _("en retard"), _("à faire")),
            *(_("déclarée"), _("suivie")),
        )
        return cls._make(map(csv_cell, words))


class _Asked(NamedTuple):
    """The cells of those of whom this is asked: the two before what was completed, by whether that
    counts, and what was completed by what it is."""

    still: str
    covered: str
    done: _Done


class _Kind(NamedTuple):
    """Of whom the same is asked, module by module: the cells of who completed nothing, and how
    those of who did are made."""

    never: list[str]
    asked: list[_Asked]


class _Column(dict[Obligation | None, _Asked]):
    """Modules whose completions count alike: what is asked -> the cells."""

    def __init__(self, people: People, trainable: int, words: _Words) -> None:
        super().__init__()
        self._people, self._trainable, self._words = people, trainable, words
        self._done: dict[int | None, _Done] = {}

    def __missing__(self, obligation: Obligation | None) -> _Asked:
        words = self._words
        if obligation is None:
            still = covered = f"{words.not_required};"
        else:
            day = _short_day(obligation.due_on)
            is_late = self._people.day >= obligation.due_on
            still = f"{words.late if is_late else words.due};{day}"
            covered = f"{words.covered};{day}"
        months = obligation.validity_months if obligation else None
        done = self._done.setdefault(months, _Done(self._standing(obligation), words))
        self[obligation] = asked = _Asked(still, covered, done)
        return asked

    def _standing(self, obligation: Obligation | None) -> Callable[[Latest], Standing]:
        return partial(self._people.standing, self._trainable, obligation)


class _Done(dict[Latest, tuple[bool, str]]):
    """What was completed last -> whether it counts, and its three cells."""

    def __init__(self, standing: Callable[[Latest], Standing], words: _Words) -> None:
        super().__init__()
        self._standing, self._words = standing, words

    def __missing__(self, latest: Latest) -> tuple[bool, str]:
        standing = self._standing(latest)
        until = _short_day(standing.valid_until) if standing.valid_until else ""
        how = self._words.declared if latest.is_declared else self._words.observed
        text = f";{_short_day(latest.completed_on)};{until};{how}"
        self[latest] = written = standing.is_covered, text
        return written


class _Kinds:
    """People of whom the same is asked mostly share one answer of the rulebook, so that their kind
    is known by its identity, which is cheaper to compare than what stands in it; and the answer is
    kept, so that nothing else gets that identity."""

    def __init__(self, people: People) -> None:
        words, alike = _Words.looked_up(), people.rulebook.alike
        shared = {alike(one.pk): _Column(people, one.pk, words) for one in people.trainables}
        self._columns = [(one.pk, shared[alike(one.pk)]) for one in people.trainables]
        self._known: dict[int, tuple[_Kind, object]] = {}

    def of(self, obligations: dict[int, Obligation]) -> _Kind:
        known = self._known.get(id(obligations))
        if known is None:
            known = self._known[id(obligations)] = self._kind(obligations), obligations
        return known[0]

    def _kind(self, obligations: dict[int, Obligation]) -> _Kind:
        asked = [column[obligations.get(pk)] for pk, column in self._columns]
        return _Kind([f"{still};;;" for still, _covered, _done in asked], asked)


_short_day = lru_cache(maxsize=4096)(figures.short_day)


class _Named(dict[str, str]):
    """Names of roles and departments, as cells."""

    def __missing__(self, name: str) -> str:
        self[name] = cell = csv_cell(name)
        return cell
