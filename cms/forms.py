"""Forms of the site's face."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

MAX_QUERY_LENGTH = 100


class SearchForm(forms.Form):
    """What is searched for."""

    q = forms.CharField(
        label=_("Rechercher sur le site"),
        max_length=MAX_QUERY_LENGTH,
        error_messages={
            "max_length": _("Votre recherche dépasse cent caractères : raccourcissez-la.")
        },
    )
