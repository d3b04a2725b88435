"""The forms of those who register."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.enums import Attends, MeetingFormat
from meetings.models import Meeting
from users.forms import OneLineField, SiteForm


class WishesForm(SiteForm, forms.Form):
    """How one comes, where there is a choice, and, if one wishes to say it, what one needs in order
    to follow."""

    attends = forms.ChoiceField(
        label=_("Comment venez-vous ?"),
        choices=Attends.choices,
        widget=forms.RadioSelect,
        initial=Attends.ON_SITE,
        error_messages={"required": _("Dites comment vous venez.")},
    )
    needs = forms.CharField(
        label=_("Besoins d’accessibilité"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Si vous le souhaitez : accès en fauteuil, boucle magnétique, sous-titrage, "
            "interprète… Lu par les organisateurs seulement, effacé le lendemain de la rencontre."
        ),
        error_messages={"max_length": _("600 caractères au plus : dites l’essentiel.")},
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if meeting.format != MeetingFormat.BOTH:
            del self.fields["attends"]


class GuestForm(WishesForm):
    """Somebody without an account, by e-mail."""

    last_name = OneLineField(
        label=_("Nom"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
        error_messages={"required": _("Indiquez votre nom.")},
    )
    first_name = OneLineField(
        label=_("Prénom"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": _("Indiquez votre prénom.")},
    )
    email = forms.EmailField(
        label=_("Adresse électronique"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Un courriel y part pour confirmer. Par exemple prenom.nom@chu-exemple.fr."),
        error_messages={"required": _("Indiquez une adresse : un courriel y part pour confirmer.")},
    )
    house = OneLineField(
        label=_("Établissement ou structure"),
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": _("Indiquez votre établissement ou votre structure.")},
    )
    field_order = ["last_name", "first_name", "email", "house", "attends", "needs"]
