"""What a page of the frozen grid is asked for: read from the address, and written back into it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from organisation.enums import EstablishmentFamily
from organisation.models import Region, RoleFamily
from reporting.enums import SizeClass
from reporting.forms import GridForm
from reporting.kinds import titled
from reporting.models import CoverageMonth
from reporting.obligations import obligation_text
from reporting.selectors.grid import Focus
from reporting.selectors.obligations import obligations_at
from training.models import Trainable

from .common import query


@dataclass(frozen=True)
class Choice:
    form: GridForm
    month: CoverageMonth | None
    role_family: RoleFamily | None = None
    module: Trainable | None = None
    family: str = ""
    size: str = ""
    by_role_family: bool = False

    @property
    def focus(self) -> Focus:
        return Focus(self.role_family, self.module)

    @property
    def query(self) -> str:
        return self.query_with()

    def query_with(self, **others: str) -> str:
        """The address's part with all that is chosen; `others` instead of what is."""
        return query(**(self._values | others))

    @property
    def without_filters(self) -> str:
        """The same month and columns, of everybody."""
        return self.query_with(filiere="", module="", famille="", taille="")

    @property
    def month_query(self) -> str:
        """The address's part with the month alone."""
        return query(mois=self.month.ends_on if self.month else None)

    @property
    def cell_words(self) -> list[str]:
        """Which cells of each row are chosen, in words."""
        words = []
        if self.role_family:
            words.append(_("filière « %(name)s »") % {"name": self.role_family.name})
        if self.module:
            words.append(_("module « %(name)s »") % {"name": titled(self.module)})
        return words

    @property
    def row_words(self) -> list[str]:
        """Which establishments are chosen, in words."""
        words = []
        if self.family:
            words.append(_("famille « %(name)s »") % {"name": self.family_name})
        if self.size:
            words.append(_("taille « %(name)s »") % {"name": self.size_name})
        return words

    @property
    def family_name(self) -> str:
        return str(EstablishmentFamily(self.family).label) if self.family else ""

    @property
    def size_name(self) -> str:
        return str(SizeClass(self.size).label) if self.size else ""

    @property
    def _values(self) -> dict[str, Any]:
        return {
            "mois": self.month.ends_on if self.month else None,
            "filiere": self.role_family.code if self.role_family else None,
            "module": self.module.uid if self.module else None,
            "famille": self.family,
            "taille": self.size,
            "vue": GridForm.BY_FAMILY if self.by_role_family else None,
        }


def choice_of(request: HttpRequest, *, keep: Sequence[str] = ()) -> Choice:
    """The latest month unless another is asked for; `keep`: fields that the page does not show."""
    form = GridForm(request.GET)
    form.keep(*keep)
    form.is_valid()
    cleaned = form.cleaned_data
    return Choice(
        form,
        cleaned.get("mois") or CoverageMonth.objects.first(),
        cleaned.get("filiere"),
        cleaned.get("module"),
        cleaned.get("famille", ""),
        cleaned.get("taille", ""),
        cleaned.get("vue") == GridForm.BY_FAMILY,
    )


def month_of_file(choice: Choice) -> CoverageMonth:
    """A file of other cells than those asked for would deceive: 400 instead."""
    if not choice.form.is_valid():
        raise BadRequest(_("Cette adresse contient un filtre qui n’existe pas."))
    if choice.month is None:
        raise Http404
    return choice.month


def chosen_context(
    choice: Choice, path: str, words: list[str], region: Region | None = None
) -> dict[str, object]:
    """The sentence that says what is filtered, and the way out of it; of a module also who was
    obliged to take it, in `region` or everywhere."""
    obligations: list[str] = []
    if choice.module and choice.month:
        found = obligations_at(day=choice.month.ends_on, trainable=choice.module, region=region)
        obligations = [obligation_text(one) for one in found]
    return {
        "chosen_words": words,
        "chosen_clear_url": path + choice.without_filters,
        "chosen_module": choice.module,
        "chosen_obligations": obligations,
    }
