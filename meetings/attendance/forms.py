"""Forms at the door and on the list."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.enums import How
from meetings.organising.forms import PersonForm
from users.forms import SiteForm

BY_LIST = [
    (How.LISTED.value, _("J’ai vu ces personnes dans la salle")),
    (How.PAPER.value, _("Je reporte une feuille signée : les présences seront dites déclarées")),
]


class AddressForm(SiteForm, forms.Form):
    """Whoever is not signed in."""

    email = forms.EmailField(
        label=_("Adresse de votre inscription"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Tapez l’adresse avec laquelle vous êtes inscrit.")},
    )


class HowForm(SiteForm, forms.Form):
    """How the organiser knows: what is on paper is declared, and said to be everywhere."""

    how = forms.ChoiceField(
        label=_("Comment le savez-vous ?"),
        choices=BY_LIST,
        widget=forms.RadioSelect,
        initial=How.LISTED,
        error_messages={"required": _("Dites comment vous le savez.")},
    )


class WalkInForm(PersonForm, HowForm):
    """Somebody who came without having registered."""

    field_order = ["how", "last_name", "first_name", "house", "email"]
