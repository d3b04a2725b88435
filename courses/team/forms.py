"""What those in charge fill in."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.models import ModulePage
from courses.team.places import TeamPlace
from organisation.models import Department, RoleFamily, StaffRole
from training.models import Requirement, Trainable
from training.past.reading import MAX_BYTES
from training.services import RequirementDraft
from users.forms import SiteForm


def trainables_taught() -> Any:
    """The trainings that a published module teaches."""
    live = ModulePage.objects.live().values("trainable")
    return Trainable.objects.filter(pk__in=live).order_by("title", "pk")


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class SessionForm(SiteForm, forms.Form):
    """Which module, and, in a whole establishment, with which of its departments."""

    module = forms.ModelChoiceField(
        label=_("Module"),
        queryset=Trainable.objects.none(),
        to_field_name="uid",
        empty_label=_("Choisissez un module"),
        error_messages={"required": _("Choisissez un module.")},
    )
    department = forms.ModelChoiceField(
        label=_("Service"),
        queryset=Department.objects.none(),
        to_field_name="uid",
        required=False,
        empty_label=_("Tout l’établissement"),
        help_text=_("La liste des noms à cocher sera celle de ce service."),
    )

    def __init__(self, *args: Any, place: TeamPlace, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["module"].queryset = trainables_taught()  # type: ignore[attr-defined]
        if not place.is_establishment:
            del self.fields["department"]
        else:
            departments = place.establishment.departments.order_by("name", "pk")
            self.fields["department"].queryset = departments  # type: ignore[attr-defined]


class ObligationForm(SiteForm, forms.Form):
    """What an establishment or a department asks of its own people."""

    module = forms.ModelChoiceField(
        label=_("Module"),
        queryset=Trainable.objects.none(),
        to_field_name="uid",
        empty_label=_("Choisissez un module"),
        error_messages={"required": _("Choisissez un module.")},
    )
    role_families = forms.ModelMultipleChoiceField(
        label=_("Filières concernées"),
        queryset=RoleFamily.objects.order_by("position", "name"),
        to_field_name="code",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Sans filière ni métier, l’obligation vaut pour tout le monde."),
    )
    roles = forms.ModelMultipleChoiceField(
        label=_("Métiers concernés"),
        queryset=StaffRole.objects.order_by("family__position", "position", "name"),
        to_field_name="code",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    starts_on = forms.DateField(label=_("À partir du"), widget=day_input())
    due_days = forms.IntegerField(
        label=_("Délai en jours"),
        min_value=0,
        max_value=3650,
        initial=90,
        help_text=_("Compté à partir de cette date, ou de l’arrivée de l’agent."),
    )
    due_on = forms.DateField(
        label=_("Échéance fixe"),
        required=False,
        widget=day_input(),
        help_text=_("Les agents déjà là ont jusqu’à ce jour ; les arrivants gardent leur délai."),
    )
    validity_months = forms.IntegerField(
        label=_("À refaire tous les … mois"),
        required=False,
        min_value=1,
        max_value=120,
        help_text=_("Vide : une formation validée le reste."),
    )

    def __init__(self, *args: Any, place: TeamPlace, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._place = place
        self.fields["module"].queryset = trainables_taught()  # type: ignore[attr-defined]

    def clean_starts_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["starts_on"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("Choisissez aujourd’hui ou une date à venir."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            self._check_due_on()
        return cleaned

    def _check_due_on(self) -> None:
        """The model's own rule, said in the field."""
        draft = self.draft()
        try:
            Requirement(**draft.columns).clean()
        except forms.ValidationError as refusal:
            self.add_error(None, refusal)

    def draft(self) -> RequirementDraft:
        """What the cleaned form asks for."""
        data = self.cleaned_data
        return RequirementDraft(
            trainable=data["module"],
            scope=self._place.scope,
            starts_on=data["starts_on"],
            roles=tuple(data["roles"]),
            role_families=tuple(data["role_families"]),
            due_days=data["due_days"],
            due_on=data["due_on"],
            validity_months=data["validity_months"],
        )


class PastTrainingsForm(SiteForm, forms.Form):
    """The file; what is in it is checked by `training.past`."""

    file = forms.FileField(
        label=_("Fichier"),
        help_text=_("CSV ou XLSX, 2 Mo et 5 000 lignes au plus."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx", "class": "fr-upload"}),
        max_length=200,
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if file.size is None or file.size > MAX_BYTES:
            raise forms.ValidationError(
                _("Ce fichier dépasse 2 Mo : découpez-le en plusieurs fichiers.")
            )
        return file


class EndForm(SiteForm, forms.Form):
    """From which day on an obligation no longer holds."""

    ends_on = forms.DateField(label=_("Ne vaut plus à partir du"), widget=day_input())

    def clean_ends_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["ends_on"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("Choisissez aujourd’hui ou une date à venir."))
        return day
