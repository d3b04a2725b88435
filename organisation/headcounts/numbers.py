"""A number of people, as spreadsheets and people write it."""

from __future__ import annotations

import re
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from documents.tables import FORMULA, text_of
from organisation.services import MOST_PEOPLE

_SPACES = re.compile(r"[\s\u00a0\u202f']")
_WHOLE = re.compile(r"^\+?\d+$")
_NEGATIVE = re.compile(r"^[-−–]\d+(?:[.,]\d+)?$")
_DECIMAL = re.compile(r"^\d+[.,]\d+$")


class NotPeople(ValueError):
    """Why something is no number of people, in words."""


class FullTimeEquivalent(NotPeople):
    """A number with decimals: full-time equivalents, which are something else."""


def people_of(cell: Any) -> int:
    """How many people a cell or a field says. Raises NotPeople."""
    if cell == FORMULA:
        raise NotPeople(_("ce nombre est une formule : remplacez-la par sa valeur"))
    if isinstance(cell, bool):
        raise NotPeople(_("« %(value)s » n’est pas un nombre de personnes") % {"value": cell})
    text = _SPACES.sub("", text_of(cell))
    if not text:
        raise NotPeople(_("le nombre est vide"))
    if _NEGATIVE.match(text):
        raise NotPeople(_("« %(value)s » est négatif") % {"value": text[:40]})
    if _DECIMAL.match(text):
        raise FullTimeEquivalent(
            _(
                "« %(value)s » a des décimales : c’est sans doute un équivalent temps plein (ETP). "
                "Indiquez le nombre de personnes, même à temps partiel"
            )
            % {"value": text_of(cell)[:40]}
        )
    if not _WHOLE.match(text):
        raise NotPeople(
            _("« %(value)s » n’est pas un nombre de personnes") % {"value": text_of(cell)[:40]}
        )
    if len(text) > 12 or int(text) > MOST_PEOPLE:
        raise NotPeople(
            _("« %(value)s » est trop grand : %(most)s personnes au plus dans un métier")
            % {"value": text[:40], "most": number_format(MOST_PEOPLE, force_grouping=True)}
        )
    return int(text)
