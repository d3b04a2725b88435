"""What to decide: proposals that written rules derive from the figures.

Each rule is a function of `Facts` and says nothing where it has nothing to say. They stand in the
order of what unlocks the rest: figures that are missing first, then people, then aims. No rule
knows a name, and none compares a group under `SMALLEST`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting import figures
from reporting.counting import Cell
from users.days import long_day

MOST = 3
"""Proposals on a page: a board that is asked for more decides nothing."""

SMALLEST = 5  # people
LARGE_SHARE = 0.10  # of the people concerned, unknown or late
FAR_BEHIND = 0.15  # of rate, below the whole


class Kind(StrEnum):
    """What a proposal is about; the screen knows where each is done."""

    SILENT = "silent"
    HEADCOUNTS = "headcounts"
    ROSTER = "roster"
    SESSION = "session"
    OVERDUE = "overdue"
    RENEW = "renew"
    OBJECTIVE = "objective"


@dataclass(frozen=True, slots=True)
class Group:
    """A part of the whole that may be far behind; `name` says what it is: «filière Soignante»."""

    name: str
    cell: Cell
    code: str = ""


@dataclass(frozen=True, slots=True)
class FallingDue:
    """People whose completion of a training ends soon."""

    training: str
    people: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules look at.

    `known` and `undeclared_roles` are of an establishment, which declares headcounts: None where
    nobody does. `until` is the last day looked ahead to. `has_objective` is None where nobody said.
    """

    total: Cell
    groups: Sequence[Group] = ()
    known: int | None = None
    undeclared_roles: int = 0
    has_headcounts: bool = True
    is_above_houses: bool = False
    silent: int = 0
    establishments: int = 0
    falling_due: Sequence[FallingDue] = ()
    until: dt.date | None = None
    has_objective: bool | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    kind: Kind
    what: str
    why: str
    code: str = ""  # of the group it is about


Rule = Callable[[Facts], Proposal | None]


def proposals(facts: Facts) -> list[Proposal]:
    """At most `MOST`, the most urgent first. None where nothing is required of anybody."""
    if not facts.total.is_required:
        return []
    found = (rule(facts) for rule in RULES)
    return [one for one in found if one is not None][:MOST]


def hear_the_silent(facts: Facts) -> Proposal | None:
    """Any establishment of which nothing is known."""
    if not facts.silent:
        return None
    words = ngettext(
        "%(n)s établissement sur %(all)s n’a encore rien transmis.",
        "%(n)s établissements sur %(all)s n’ont encore rien transmis.",
        facts.silent,
    )
    told = {"n": figures.number(facts.silent), "all": figures.number(facts.establishments)}
    return Proposal(Kind.SILENT, _("Joindre les établissements silencieux"), words % told)


def declare_headcounts(facts: Facts) -> Proposal | None:
    """No headcount at all, or roles without one."""
    what = _("Déclarer les effectifs")
    if not facts.known:
        return None
    if not facts.has_headcounts:
        why = _(
            "Aucun effectif n’est déclaré : on ne sait pas combien de personnes manquent à la "
            "liste des agents connus (%(n)s)."
        )
        return Proposal(Kind.HEADCOUNTS, what, why % {"n": figures.number(facts.known)})
    if facts.undeclared_roles:
        words = ngettext(
            "%(n)s métier n’a pas d’effectif déclaré : sa part non recensée est inconnue.",
            "%(n)s métiers n’ont pas d’effectif déclaré : leur part non recensée est inconnue.",
            facts.undeclared_roles,
        )
        return Proposal(Kind.HEADCOUNTS, what, words % {"n": facts.undeclared_roles})
    return None


def complete_the_roster(facts: Facts) -> Proposal | None:
    """Five people or more, and a tenth or more of all, are declared and not known."""
    total = facts.total
    if total.unknown < SMALLEST or total.unknown < LARGE_SHARE * total.people:
        return None
    what = _("Compléter la liste du personnel")
    if facts.is_above_houses:
        what = _("Demander aux établissements de compléter leur liste du personnel")
    why = _(
        "%(n)s personnes de l’effectif déclaré sur %(all)s ne sont pas connues (%(share)s) : elles "
        "comptent comme non formées."
    )
    told = {
        "n": figures.number(total.unknown),
        "all": figures.number(total.people),
        "share": figures.unknown_share_text(total),
    }
    return Proposal(Kind.ROSTER, what, why % told)


def plan_a_session(facts: Facts) -> Proposal | None:
    """The group with most people to train among those fifteen points or more below the whole."""
    rate = facts.total.rate
    behind = [
        group
        for group in facts.groups
        if group.cell.people >= SMALLEST
        and group.cell.rate is not None
        and rate is not None
        and group.cell.rate <= rate - FAR_BEHIND
    ]
    if not behind:
        return None
    worst = min(behind, key=lambda group: (group.cell.covered - group.cell.people, group.name))
    what = _("Prévoir une séance d’équipe : %(group)s")
    if facts.is_above_houses:
        what = _("Soutenir une filière en retrait : %(group)s")
    why = _("%(part)s à jour, contre %(whole)s pour l’ensemble.")
    told = {"part": figures.rate_text(worst.cell), "whole": figures.rate_text(facts.total)}
    return Proposal(Kind.SESSION, what % {"group": worst.name}, why % told, worst.code)


def chase_the_overdue(facts: Facts) -> Proposal | None:
    """Five people or more, and a tenth or more of those expected, are late."""
    total = facts.total
    if total.overdue < SMALLEST or total.overdue < LARGE_SHARE * total.expected:
        return None
    what = _("Relancer les personnes en retard")
    if facts.is_above_houses:
        what = _("Demander aux établissements de relancer leurs retards")
    why = _("%(n)s personnes sur %(all)s attendues ont dépassé le délai d’au moins une formation.")
    told = {"n": figures.number(total.overdue), "all": figures.number(total.expected)}
    return Proposal(Kind.OVERDUE, what, why % told)


def renew_in_time(facts: Facts) -> Proposal | None:
    """Completions that end by the last day of next month."""
    due = sorted(facts.falling_due, key=lambda one: (-one.people, one.training))
    number = sum(one.people for one in due)
    if not number or facts.until is None:
        return None
    words = ngettext(
        "%(n)s formation validée cesse de compter d’ici le %(day)s",
        "%(n)s formations validées cessent de compter d’ici le %(day)s",
        number,
    )
    told = {"n": figures.number(number), "day": long_day(facts.until)}
    first = due[0]
    if len(due) == 1:
        words += _(" : « %(training)s ».")
    else:
        words += _(", dont %(most)s pour « %(training)s ».")
    told |= {"training": first.training, "most": figures.number(first.people)}
    return Proposal(Kind.RENEW, _("Renouveler avant l’échéance"), words % told)


def set_an_objective(facts: Facts) -> Proposal | None:
    """Nobody has said where to be, and when."""
    if facts.has_objective is not False:
        return None
    why = _("Aucun objectif n’est fixé : un taux et une date donnent à chacun la même mesure.")
    return Proposal(Kind.OBJECTIVE, _("Fixer un objectif daté"), why)


RULES: tuple[Rule, ...] = (
    hear_the_silent,
    declare_headcounts,
    complete_the_roster,
    plan_a_session,
    chase_the_overdue,
    renew_in_time,
    set_an_objective,
)


def rules_in_words() -> list[str]:
    """The same rules, for the reader who asks where a proposal comes from."""
    return [
        _("Établissements silencieux : dès qu’il y en a un."),
        _("Effectifs à déclarer : aucun effectif déclaré, ou un métier sans effectif."),
        _("Liste du personnel : au moins 5 personnes et 10 % des concernées non recensées."),
        _(
            "Séance : un groupe d’au moins 5 personnes, 15 points ou plus sous l’ensemble ; celui "
            "où il reste le plus de personnes à former."
        ),
        _("Relance : au moins 5 personnes et 10 % des attendues en retard."),
        _("Renouvellement : des validations finissent d’ici la fin du mois prochain."),
        _("Objectif : aucun n’est fixé."),
    ]
