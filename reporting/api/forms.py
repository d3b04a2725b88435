"""What somebody fills in who makes a key."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from users.forms import OneLineField, SiteForm

DAYS = [(30, _("Un mois")), (90, _("Trois mois")), (180, _("Six mois")), (365, _("Un an"))]


class KeyForm(SiteForm, forms.Form):
    """`uid` makes sure that a form sent twice makes one key."""

    name = OneLineField(
        label=_("À quoi servira-t-elle ?"),
        max_length=60,
        help_text=_("Par exemple « Tableau de bord de la direction ». Une clé par programme."),
    )
    days = forms.TypedChoiceField(
        label=_("Valable pendant"), choices=DAYS, coerce=int, initial=90, empty_value=None
    )
    uid = forms.UUIDField(widget=forms.HiddenInput)
