"""The forms of the steps of a staff list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from openpyxl.utils import get_column_letter

from organisation.models import Establishment
from organisation.rosters.columns import DAYS, IDENTIFYING, REQUIRED, Field
from organisation.sheets.days import DayOrder
from organisation.sheets.layouts import Layout

from .choosers import establishment_chooser


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class UploadForm(forms.Form):
    """A file, of which hospital, of when."""

    establishment = forms.ModelChoiceField(
        label=_("Établissement"),
        queryset=Establishment.objects.all(),
        widget=establishment_chooser.widget_class,
    )
    file = forms.FileField(
        label=_("Fichier"),
        help_text=_("CSV ou XLSX, 30 Mo au plus, tel que votre logiciel de paie ou RH l’exporte."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
        max_length=255,
    )
    as_of = forms.DateField(
        label=_("Date de la liste"),
        help_text=_("Le jour où ces agents étaient en poste."),
        widget=DateInput,
    )
    is_complete = forms.ChoiceField(
        label=_("Cette liste"),
        choices=[
            ("1", _("est complète : qui n’y figure pas a quitté l’établissement")),
            ("", _("est partielle : elle ajoute et corrige, elle ne termine rien")),
        ],
        required=False,
        initial="1",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["as_of"].initial = timezone.localdate()


class ColumnsForm(forms.Form):
    """Which column is what; the fields are those of `Field`."""

    day_order = forms.ChoiceField(label=_("Les dates se lisent"), choices=DayOrder.choices)

    def __init__(self, *args: Any, layout: Layout, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            ("", _("— absente —")),
            *(
                (str(at), f"{get_column_letter(at + 1)} : {title[:60]}")
                for at, title in enumerate(layout.titles)
                if title
            ),
        ]
        for field in Field:
            self.fields[field.value] = forms.TypedChoiceField(
                label=field.label,
                choices=choices,
                coerce=int,
                empty_value=None,
                required=field in REQUIRED,
                initial=str(layout.columns[field]) if field in layout.columns else "",
                help_text=_help(field, layout),
            )
        self.fields["day_order"].initial = layout.day_order
        self.order_fields([*(field.value for field in Field), "day_order"])

    def columns(self) -> dict[Field, int]:
        """The columns chosen, once valid."""
        chosen = {field: self.cleaned_data[field.value] for field in Field}
        return {field: at for field, at in chosen.items() if at is not None}


def _help(field: Field, layout: Layout) -> Any:
    if field in layout.guessed:
        return _("Proposée d’après un titre proche : vérifiez.")
    if field in IDENTIFYING:
        return _("Au moins un identifiant est nécessaire : un nom ne suffit pas.")
    return _("Facultatif.") if field in DAYS or field in (Field.DEPARTMENT, Field.SITE) else ""


class ConfirmForm(forms.Form):
    """The number of those who leave, where they are many."""

    leaving = forms.IntegerField(
        label=_("Nombre d’agents dont l’affectation se termine"), min_value=0, required=False
    )


class DecisionForm(forms.Form):
    decision = forms.CharField(max_length=20)
