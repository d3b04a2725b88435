"""Forms of the forwarding screens."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lrs.models import Forward
from lrs.models.forwarding import iris_validate


class LinesField(forms.CharField):
    """A list of IRIs, one on each line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=20_000, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        iris_validate(lines)
        return list(dict.fromkeys(lines))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.prepare_value(initial or []) != (data or "").strip()


class ForwardForm(forms.ModelForm):
    """A destination. The secret is never shown again: left empty, the one that is known stays."""

    secret = forms.CharField(
        label=_("Secret"),
        max_length=255,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Conservé chiffré. Laissez vide pour garder celui qui est enregistré."),
    )
    verbs = LinesField(
        label=_("Verbes"), help_text=_("Un IRI par ligne ; vide : toutes les traces.")
    )
    activities = LinesField(
        label=_("Activités"), help_text=_("Un IRI par ligne ; vide : toutes les traces.")
    )

    class Meta:
        model = Forward
        fields = ["name", "endpoint", "key", "secret", "version", "verbs", "activities"]

    def clean_secret(self) -> str:
        secret: str = self.cleaned_data["secret"]
        if not secret and self.instance.pk is None:
            raise forms.ValidationError(_("Indiquez le secret."))
        return secret


class ReplayForm(forms.Form):
    """A span of time, in the local time of the site."""

    since = forms.DateTimeField(
        label=_("Depuis"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
    )
    until = forms.DateTimeField(
        label=_("Jusqu’à"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("since") and data.get("until") and data["since"] >= data["until"]:
            raise forms.ValidationError(_("La fin doit suivre le début."))
        return data
