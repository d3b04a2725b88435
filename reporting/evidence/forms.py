"""Of which day a dossier is asked for, and what a checker sends."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reporting.forms import MonthField
from reporting.models import CoverageMonth


class DayOfEvidenceForm(forms.Form):
    """Of an establishment, whose figures are known at any day."""

    date = forms.DateField(
        label=_("Situation au"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_date(self) -> dt.date:
        day: dt.date = self.cleaned_data["date"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Choisissez une date passée, ou aujourd’hui."))
        if day.year < 2000:
            raise forms.ValidationError(_("Choisissez une date à partir de 2000."))
        return day


class MonthOfEvidenceForm(forms.Form):
    """Of a region or the nation, which have frozen months."""

    mois = MonthField(
        label=_("Mois arrêté"),
        queryset=CoverageMonth.objects.order_by("-ends_on"),
        empty_label=None,
        to_field_name="ends_on",
    )


class VerifyForm(forms.Form):
    """A checksum, or the PDF itself."""

    empreinte = forms.CharField(label=_("Empreinte"), required=False, max_length=200)
    fichier = forms.FileField(label=_("Fichier PDF"), required=False, allow_empty_file=True)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("empreinte") and cleaned.get("fichier") is None:
            raise forms.ValidationError(_("Choisissez le fichier PDF, ou recopiez son empreinte."))
        return cleaned

    @property
    def upload(self) -> UploadedFile | None:
        found: UploadedFile | None = self.cleaned_data.get("fichier")
        return found
