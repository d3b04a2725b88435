"""What somebody fills in who sets an objective."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation.models import RoleFamily, StaffRole
from reporting.forms import TrainableField
from reporting.objectives.models import NEAR, Objective
from training.models import Trainable
from users.forms import SiteForm

from .places import ObjectivePlace
from .services import Target

YEARS = 5


class AimForm(SiteForm, forms.Form):
    """Which share, by when: what may be changed later."""

    percent = forms.IntegerField(
        label=_("Part des personnes à jour, en %"),
        min_value=1,
        max_value=100,
        initial=80,
        help_text=_("Parmi toutes celles qui sont concernées, personnes non recensées comprises."),
    )
    due_on = forms.DateField(
        label=_("Avant le"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_due_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["due_on"]
        today = timezone.localdate()
        if day <= today:
            raise forms.ValidationError(_("Choisissez une date à venir."))
        if day > today + dt.timedelta(days=366 * YEARS):
            raise forms.ValidationError(_("Choisissez une date dans les cinq ans."))
        return day


class ObjectiveForm(AimForm):
    """Of whom, in what, too."""

    filiere = forms.ModelChoiceField(
        label=_("Filière"),
        queryset=RoleFamily.objects.order_by("position", "name"),
        to_field_name="code",
        required=False,
        empty_label=_("Toutes les filières"),
    )
    role = forms.ModelChoiceField(
        label=_("Ou un seul métier"),
        queryset=StaffRole.objects.order_by("family__position", "position", "name"),
        to_field_name="code",
        required=False,
        empty_label=_("Tous les métiers"),
    )
    module = TrainableField(
        label=_("Module"),
        queryset=Trainable.objects.none(),
        to_field_name="uid",
        required=False,
        empty_label=_("Tous les modules"),
    )

    field_order = ("filiere", "role", "module", "percent", "due_on")

    def __init__(self, *args: Any, place: ObjectivePlace, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._place = place
        asked = Trainable.objects.filter(requirements__isnull=False).distinct()
        self.fields["module"].queryset = asked.order_by("-kind", "title")  # type: ignore[attr-defined]
        if place.scope.kind not in NEAR:
            del self.fields["role"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("role") and cleaned.get("filiere"):
            self.add_error("role", _("Choisissez une filière ou un métier, pas les deux."))
        if not self.errors and self._stands():
            self.add_error(
                None,
                _("Un objectif en cours porte déjà sur ces personnes et ce module : modifiez-le."),
            )
        return cleaned

    @property
    def target(self) -> Target:
        data = self.cleaned_data
        return Target(data["filiere"], data.get("role"), data["module"])

    def _stands(self) -> bool:
        target = self.target
        return (
            Objective.objects.standing()
            .filter(
                **self._place.scope.fields,
                role_family=target.role_family,
                role=target.role,
                trainable=target.trainable,
            )
            .exists()
        )
