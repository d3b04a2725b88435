"""Runs and mails in words, for operators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from notifications.enums import DeliveryState, RunState, SkipReason
from notifications.models import Run
from notifications.registry import categories, kinds

_QUEUED = "queued"


@dataclass(frozen=True, slots=True)
class RunLine:
    """A run as the page shows it. `is_bad`: it failed or stalled."""

    run: Run
    title: str
    state: str
    is_bad: bool
    can_go_on: bool
    mails: list[str]
    counted: list[str]


def kind_label(name: str) -> str:
    """The name itself for a kind that no room registers any more."""
    return str({one.name: one.label for one in kinds()}.get(name, name))


def run_title(run: Run) -> str:
    """«Rappels de formation, 24 novembre 2026», «Bilans hebdomadaires, semaine 48 de 2026»."""
    return f"{kind_label(run.kind)}, {_period(run.period)}"


def _period(text: str) -> str:
    year, _dash, week = text.partition("-W")
    if week:
        return _("semaine %(week)s de %(year)s") % {"week": week.lstrip("0"), "year": year}
    day = parse_date(text)
    return date_format(day, "j F Y") if day else text


def category_label(name: str) -> str:
    return capfirst(str({one.name: one.label for one in categories()}.get(name, name)))


def run_lines(
    runs: Sequence[Run], in_trouble: Sequence[Run], states: Mapping[int, Mapping[str, int]]
) -> list[RunLine]:
    bad = {run.pk for run in in_trouble}
    return [_line(run, run.pk in bad, states.get(run.pk, {})) for run in runs]


def _line(run: Run, is_bad: bool, states: Mapping[str, int]) -> RunLine:
    is_open = run.composed_at is None and run.state != RunState.REPLACED
    return RunLine(
        run=run,
        title=run_title(run),
        state=_("Sans signe de vie") if run.is_stalled else str(RunState(run.state).label),
        is_bad=is_bad,
        can_go_on=is_bad and (is_open or run.state == RunState.SENDING),
        mails=_mails(states),
        counted=_counted(run),
    )


def _mails(states: Mapping[str, int]) -> list[str]:
    return [
        f"{DeliveryState(state).label} : {states[state]}"
        for state in DeliveryState.values
        if states.get(state)
    ]


def _counted(run: Run) -> list[str]:
    """What was looked at, and why some got nothing."""
    labels: dict[str, str] = {reason.value: str(reason.label) for reason in SkipReason}
    for kind in kinds():
        if kind.name == run.kind:
            labels |= {name: str(label) for name, label in kind.counted.items()}
    return [
        f"{labels.get(name, name)} : {number}"
        for name, number in run.counts.items()
        if name != _QUEUED and number
    ]
