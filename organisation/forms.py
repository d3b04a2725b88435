"""Forms of the screens outside of the admin."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from organisation.enums import CodeKind
from organisation.models import Establishment, StaffRole
from organisation.services.codes import LIFETIMES, MOST
from users.forms import SharedForm, SiteForm


class CodeSignInForm(SharedForm):
    """A code on paper, however it is typed."""

    code = forms.CharField(
        label=_("Code imprimé"),
        max_length=40,
        help_text=_("Douze signes, comme K7QM-4TXD-9RWB. Majuscules et tirets ne comptent pas."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    field_order = ["code", "shared"]


FIRST_LIFETIME = "shown-900"


def lifetime_choices() -> list[tuple[str, Any]]:
    """«shown-900»: each kind with each of its lifetimes in seconds."""
    return [
        (f"{kind}-{int(lifetime.total_seconds())}", _told(kind, lifetime))
        for kind, lifetimes in LIFETIMES.items()
        for lifetime in lifetimes
    ]


def _told(kind: CodeKind, lifetime: dt.timedelta) -> str:
    if kind == CodeKind.SHOWN:
        return str(_("À montrer maintenant : valable 15 minutes"))
    return ngettext(
        "À imprimer : valable %(days)d jour", "À imprimer : valable %(days)d jours", lifetime.days
    ) % {"days": lifetime.days}


class IssueForm(SiteForm):
    """Whom to give a code, and for how long; `people` are those who may be chosen."""

    lifetime = forms.ChoiceField(label=_("Durée"), choices=lifetime_choices)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"] = forms.MultipleChoiceField(
            choices=people,
            error_messages={
                "required": _("Cochez au moins un agent."),
                "invalid_choice": _("Un des agents cochés n’est plus dans ce lieu."),
            },
        )

    def clean_people(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["people"]
        if len(chosen) > MOST:
            raise forms.ValidationError(
                _("Au plus %(most)d codes à la fois."), params={"most": MOST}
            )
        return chosen

    @property
    def chosen_lifetime(self) -> tuple[CodeKind, dt.timedelta]:
        kind, _dash, seconds = self.cleaned_data["lifetime"].partition("-")
        return CodeKind(kind), dt.timedelta(seconds=int(seconds))


class WorkplaceForm(SiteForm):
    """Which of the places that the directory names, and in which role."""

    establishment = forms.ModelChoiceField(
        label=_("Établissement"), queryset=Establishment.objects.none(), empty_label=None
    )
    role = forms.ModelChoiceField(
        label=_("Métier"), queryset=StaffRole.objects.all(), empty_label=_("Choisissez un métier")
    )

    def __init__(
        self, *args: Any, establishments: list[Establishment], role_code: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        pks = [one.pk for one in establishments]
        self.fields["establishment"].queryset = Establishment.objects.filter(pk__in=pks)
        self.fields["role"].initial = StaffRole.objects.filter(code=role_code).first()
