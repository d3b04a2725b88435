"""The filters of the pages: plain GET forms, so that an address can be shared."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation.enums import EstablishmentFamily
from organisation.models import Region, RoleFamily, StaffRole
from reporting.enums import SizeClass
from reporting.figures import month_name
from reporting.kinds import titled
from reporting.models import CoverageMonth
from training.attestations.archiving import ArchiveChoice
from training.models import Trainable


class TrainableField(forms.ModelChoiceField):
    """Any training; meetings say that they are."""

    def label_from_instance(self, obj: Trainable) -> str:
        return titled(obj)


class DayForm(forms.Form):
    """At which day, which role family, which module."""

    date = forms.DateField(
        label=_("Situation au"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    filiere = forms.ModelChoiceField(
        label=_("Filière"),
        queryset=RoleFamily.objects.order_by("position", "name"),
        to_field_name="code",
        required=False,
        empty_label=_("Toutes les filières"),
    )
    module = TrainableField(
        label=_("Module"),
        queryset=Trainable.objects.order_by("-kind", "title"),
        to_field_name="uid",
        required=False,
        empty_label=_("Tous les modules"),
    )

    def __init__(self, data: QueryDict) -> None:
        # The field shows the day that the figures are of.
        shown = data.copy()
        if not shown.get("date"):
            shown["date"] = timezone.localdate().isoformat()
        super().__init__(shown)

    def clean_date(self) -> dt.date:
        today = timezone.localdate()
        day: dt.date = self.cleaned_data["date"] or today
        if day > today:
            raise forms.ValidationError(_("Choisissez une date passée, ou aujourd’hui."))
        if day.year < 2000:
            raise forms.ValidationError(_("Choisissez une date à partir de 2000."))
        return day

    def value(self, name: str) -> Any:
        """The cleaned value, or what is shown in its place while the form has an error."""
        default = timezone.localdate() if name == "date" else None
        return getattr(self, "cleaned_data", {}).get(name) or default


class MissingForm(DayForm):
    """Whose names: also by role, or only those overdue."""

    role = forms.ModelChoiceField(
        label=_("Métier"),
        queryset=StaffRole.objects.order_by("family__position", "position", "name"),
        to_field_name="code",
        required=False,
        empty_label=_("Tous les métiers"),
    )
    retard = forms.BooleanField(label=_("En retard seulement"), required=False)

    field_order = ("date", "filiere", "role", "module", "retard")


class AttestationsForm(forms.Form):
    """Which attestations: of one module or of all, validated in a period or whenever."""

    module = TrainableField(
        label=_("Module"),
        queryset=Trainable.objects.order_by("-kind", "title"),
        to_field_name="uid",
        required=False,
        empty_label=_("Tous les modules"),
    )
    du = forms.DateField(
        label=_("Validées à partir du"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    au = forms.DateField(
        label=_("Validées jusqu’au (inclus)"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("du", "au"):
            day = cleaned.get(name)
            if day and not 2000 <= day.year <= 2100:
                self.add_error(name, _("Choisissez une date entre 2000 et 2100."))
        since, until = cleaned.get("du"), cleaned.get("au")
        if since and until and until < since:
            self.add_error("au", _("La fin de la période précède son début."))
        return cleaned

    @property
    def choice(self) -> ArchiveChoice:
        """What was chosen; the form must be valid."""
        data = self.cleaned_data
        return ArchiveChoice(data.get("module"), data.get("du"), data.get("au"))


class MonthField(forms.ModelChoiceField):
    def label_from_instance(self, obj: CoverageMonth) -> str:
        return month_name(obj.ends_on)


class GridForm(forms.Form):
    """Which frozen month, and which cells of its grid.

    A page without a use for a filter hides it (`keep`): it stays in the address, so that the way
    down to an establishment and back up again loses none.
    """

    BY_MODULE, BY_FAMILY = "modules", "filieres"

    mois = MonthField(
        label=_("Mois"),
        queryset=CoverageMonth.objects.order_by("-ends_on"),
        required=False,
        empty_label=None,
        to_field_name="ends_on",
    )
    filiere = forms.ModelChoiceField(
        label=_("Filière"),
        queryset=RoleFamily.objects.order_by("position", "name"),
        to_field_name="code",
        required=False,
        empty_label=_("Toutes les filières"),
    )
    module = TrainableField(
        label=_("Module"),
        queryset=Trainable.objects.order_by("-kind", "title"),
        to_field_name="uid",
        required=False,
        empty_label=_("Tous les modules"),
    )
    famille = forms.ChoiceField(
        label=_("Famille d’établissements"),
        choices=[("", _("Toutes les familles")), *EstablishmentFamily.choices],
        required=False,
    )
    taille = forms.ChoiceField(
        label=_("Taille d’établissement"),
        choices=[("", _("Toutes les tailles")), *SizeClass.choices],
        required=False,
    )
    vue = forms.ChoiceField(
        label=_("Colonnes"),
        choices=[(BY_MODULE, _("Par module")), (BY_FAMILY, _("Par filière"))],
        required=False,
    )

    def keep(self, *names: str) -> None:
        """Hand these on without showing them; what is not given stays out of the address."""
        for name in names:
            if self.data.get(name):
                self.fields[name].widget = forms.HiddenInput()
            else:
                del self.fields[name]


class SilentForm(GridForm):
    """Whose silence: of which month, family of establishments and, for the nation, region."""

    region = forms.ModelChoiceField(
        label=_("Région"),
        queryset=Region.objects.order_by("name"),
        to_field_name="code",
        required=False,
        empty_label=_("Toutes les régions"),
    )

    field_order = ("mois", "region", "famille")

    def __init__(self, data: QueryDict, *, with_region: bool) -> None:
        super().__init__(data)
        self.keep("filiere", "module", "taille", "vue")
        if not with_region:
            del self.fields["region"]
