"""Forms about declared headcounts: by hand, and the steps of a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl.utils import get_column_letter

from organisation.headcounts.columns import CountField
from organisation.headcounts.numbers import NotPeople, people_of
from organisation.headcounts.reading import day_refusal
from organisation.headcounts.selectors import Gap
from organisation.models import Establishment, StaffRole
from organisation.sheets.days import DayOrder
from organisation.sheets.layouts import Layout
from users.forms import SiteForm

SEVERAL = "plusieurs"


def as_sentence(text: str) -> str:
    """A reason as it stands on its own."""
    return f"{text[:1].upper()}{text[1:]}."


class DayField(forms.DateField):
    """A day that is over or today."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(
            widget=widget,
            error_messages={
                "required": gettext_lazy("Indiquez la date de ces effectifs."),
                "invalid": gettext_lazy("Écrivez une date, par exemple 31/12/2026."),
            },
            **kwargs,
        )


class _DatedForm(SiteForm, forms.Form):
    """`as_of`, which is never to come."""

    as_of = DayField(
        label=gettext_lazy("Effectifs au"),
        help_text=gettext_lazy("Le jour où ces personnes étaient en poste."),
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        kwargs["initial"] = {"as_of": today} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self._today = today
        self.fields["as_of"].widget.attrs["max"] = today.isoformat()

    def clean_as_of(self) -> dt.date:
        day: dt.date = self.cleaned_data["as_of"]
        if refusal := day_refusal(day, today=self._today):
            raise forms.ValidationError(as_sentence(refusal))
        return day


class DeclareForm(_DatedForm):
    """New figures of an establishment: one field for each of its roles, and one for another role.
    An empty field changes nothing."""

    other = forms.ModelChoiceField(
        label=gettext_lazy("Un autre métier"),
        queryset=StaffRole.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=gettext_lazy("Choisir un métier"),
    )
    other_people = forms.CharField(
        label=gettext_lazy("Nombre de personnes dans ce métier"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, gaps: Sequence[Gap], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._gaps = gaps
        shown = [gap.role.pk for gap in gaps]
        others = StaffRole.objects.exclude(pk__in=shown)
        self.fields["other"].queryset = others.order_by("name")  # type: ignore[attr-defined]
        for gap in gaps:
            self.fields[name_of(gap.role)] = forms.CharField(
                label=_("%(role)s : nombre de personnes") % {"role": gap.role.name},
                required=False,
                max_length=40,
                widget=forms.TextInput(
                    attrs={"class": "fr-input", "inputmode": "numeric", "autocomplete": "off"}
                ),
            )

    @property
    def rows(self) -> list[tuple[Gap, Any]]:
        """Each role with its field."""
        return [(gap, self[name_of(gap.role)]) for gap in self._gaps]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in [*(name_of(gap.role) for gap in self._gaps), "other_people"]:
            text = cleaned.get(name)
            if text and text.strip():
                try:
                    cleaned[name] = people_of(text)
                except NotPeople as refusal:
                    self.add_error(name, as_sentence(str(refusal)))
            else:
                cleaned[name] = None
        self._check_other(cleaned)
        if not self.errors and not self.declared:
            self.add_error(None, _("Saisissez au moins un nombre : rien n’a changé."))
        return cleaned

    def _check_other(self, cleaned: dict[str, Any]) -> None:
        has_people = "other_people" in self.errors or cleaned.get("other_people") is not None
        if cleaned.get("other") and not has_people:
            self.add_error("other_people", _("Indiquez combien de personnes font ce métier."))
        elif has_people and not cleaned.get("other") and "other" not in self.errors:
            self.add_error("other", _("Choisissez le métier que ce nombre concerne."))

    @property
    def declared(self) -> list[tuple[StaffRole, int]]:
        """What was entered, once it is valid."""
        data = self.cleaned_data
        entered = [
            *((gap.role, data.get(name_of(gap.role))) for gap in self._gaps),
            (data.get("other"), data.get("other_people")),
        ]
        return [(role, people) for role, people in entered if role and people is not None]


def name_of(role: StaffRole) -> str:
    """The field of a role."""
    return f"people_{role.code}"


class CountsUploadForm(_DatedForm):
    """A file, of which establishment, of when."""

    place = forms.ChoiceField(
        label=gettext_lazy("Ce fichier concerne"),
        error_messages={"required": gettext_lazy("Dites quel établissement ce fichier concerne.")},
    )
    file = forms.FileField(
        label=gettext_lazy("Fichier"),
        help_text=gettext_lazy("CSV ou XLSX, 5 Mo et 20 000 lignes au plus."),
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx", "class": "fr-upload"}),
        error_messages={
            "required": gettext_lazy("Choisissez un fichier."),
            "empty": gettext_lazy("Ce fichier est vide."),
        },
    )
    field_order = ["place", "file", "as_of"]

    def __init__(
        self,
        *args: Any,
        places: Sequence[Establishment],
        is_for_all: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._places = {str(place.uid): place for place in places}
        choices = [(uid, str(place)) for uid, place in self._places.items()]
        if is_for_all or len(choices) > 1:
            choices.append((SEVERAL, _("Plusieurs établissements, que chaque ligne nomme")))
        self.fields["place"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["place"].initial = choices[0][0]

    @property
    def establishment(self) -> Establishment | None:
        """The one chosen; none where the lines say it."""
        return self._places.get(self.cleaned_data["place"])


class CountsColumnsForm(SiteForm, forms.Form):
    """Which column is what."""

    day_order = forms.ChoiceField(
        label=gettext_lazy("Les dates se lisent"), choices=DayOrder.choices
    )

    def __init__(
        self, data: QueryDict | None = None, *, layout: Layout, is_for_several: bool
    ) -> None:
        super().__init__(data)
        titled = [
            (str(at), f"{get_column_letter(at + 1)} : {title[:60]}")
            for at, title in enumerate(layout.titles)
            if title
        ]
        for field in self._fields(is_for_several):
            is_optional = field == CountField.AS_OF
            self.fields[field.value] = forms.TypedChoiceField(
                label=field.label,
                choices=[("", _("Aucune") if is_optional else _("Choisir une colonne")), *titled],
                coerce=int,
                empty_value=None,
                required=not is_optional,
                initial=str(layout.columns[field]) if field in layout.columns else "",
                help_text=_help(field, layout),
                error_messages={"required": _("Dites quelle colonne c’est.")},
            )
        self.fields["day_order"].initial = layout.day_order
        self.order_fields([*(field.value for field in CountField), "day_order"])

    @staticmethod
    def _fields(is_for_several: bool) -> list[CountField]:
        return [one for one in CountField if is_for_several or one != CountField.ESTABLISHMENT]

    def columns(self) -> Mapping[str, int]:
        """The columns chosen, once valid."""
        chosen = {field.value: self.cleaned_data.get(field.value) for field in CountField}
        return {field: at for field, at in chosen.items() if at is not None}


def _help(field: CountField, layout: Layout) -> str:
    if field in layout.guessed:
        return _("Proposée d’après un titre proche : vérifiez.")
    if field == CountField.PEOPLE:
        return _("Des personnes, temps partiels compris ; pas des équivalents temps plein (ETP).")
    if field == CountField.AS_OF:
        return _("Sans cette colonne, toutes les lignes valent à la date choisie.")
    return ""
