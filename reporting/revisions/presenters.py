"""The frozen figures and those of today, a line each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisation.models import RoleFamily
from reporting import figures
from reporting.counting import ALL, Cell
from reporting.counting.matrix import TOTAL
from reporting.kinds import all_of, headings, titled
from reporting.revisions.selectors import Changes
from reporting.selectors.coverage import Coverage
from reporting.tables import BodyCell, BodyRow, Table
from training.models import Trainable

Cells = Mapping[tuple[int | None, int], Cell]


def revision_table(
    *, then: Cells, now: Coverage, modules: Sequence[Trainable], families: Sequence[RoleFamily]
) -> Table:
    """For the establishment and each role family a line of the month and one of today."""
    keys = [module.pk for module in modules]
    titles = [titled(module) for module in modules]
    if len(modules) > 1:
        keys, titles = [*keys, ALL], [*titles, all_of(modules)]

    def line(title: str, css: str, cell: Callable[[int], Cell]) -> BodyRow:
        return BodyRow(title, [BodyCell(cell(key)) for key in keys], "", css)

    groups = []
    lines = [(None, _("Ensemble"), "total"), *((f.pk, f.name, "family") for f in families)]
    for family, name, css in lines:
        row = TOTAL if family is None else ("family", family)
        groups.append(
            [
                line(
                    _("%(name)s, à l’arrêté") % {"name": name},
                    css,
                    lambda key, family=family: then.get((family, key), Cell()),  # type: ignore[misc]
                ),
                line(
                    _("aujourd’hui"),
                    "part",
                    lambda key, row=row: now.table.cell(row, key),  # type: ignore[misc]
                ),
            ]
        )
    return Table(
        _("Les chiffres arrêtés et ceux d’aujourd’hui, par filière et par module"),
        _("Filière"),
        titles,
        groups,
        headings(modules),
    )


def difference_words(*, then: Cell, now: Cell) -> list[str]:
    """What the total says otherwise, in words; nothing if nothing."""
    parts = [
        (now.covered - then.covered, _("à jour")),
        (now.expected - then.expected, _("attendues")),
        (now.overdue - then.overdue, _("en retard")),
        (now.unknown - then.unknown, _("non recensées")),
    ]
    return [_difference(number, what) for number, what in parts if number]


def _difference(number: int, what: str) -> str:
    if number > 0:
        words = ngettext(
            "%(n)s personne de plus : %(what)s", "%(n)s personnes de plus : %(what)s", number
        )
    else:
        words = ngettext(
            "%(n)s personne de moins : %(what)s", "%(n)s personnes de moins : %(what)s", -number
        )
    return words % {"n": figures.number(abs(number)), "what": what}


def changes_words(changes: Changes) -> list[tuple[str, str]]:
    """(number, what) of everything that was told since; nothing that is not."""
    told = [
        (
            changes.completions,
            ngettext(
                "formation validée avant cette date, enregistrée après",
                "formations validées avant cette date, enregistrées après",
                changes.completions,
            ),
        ),
        (
            changes.voided,
            ngettext(
                "formation validée, annulée depuis",
                "formations validées, annulées depuis",
                changes.voided,
            ),
        ),
        (
            changes.appointments,
            ngettext(
                "affectation saisie, terminée ou corrigée depuis",
                "affectations saisies, terminées ou corrigées depuis",
                changes.appointments,
            ),
        ),
        (
            changes.headcounts,
            ngettext(
                "effectif déclaré ou corrigé depuis",
                "effectifs déclarés ou corrigés depuis",
                changes.headcounts,
            ),
        ),
        (
            changes.rules,
            ngettext(
                "obligation de formation créée ou modifiée depuis",
                "obligations de formation créées ou modifiées depuis",
                changes.rules,
            ),
        ),
    ]
    return [(figures.number(number), words) for number, words in told if number]
