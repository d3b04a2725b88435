"""What an operator looks for in the record, and where a page begins."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lrs.admin.credential_forms import local_time_input
from lrs.admin.wording import verb_choices
from lrs.identifiers import ANONYMOUS_NAME, account_agent
from lrs.keys import agent_key
from lrs.models import Credential
from lrs.selectors import StatementFilter
from lrs.xapi.validation import formats

_ANONYMOUS = frozenset({ANONYMOUS_NAME, "anonyme"})
_VOIDED = {"": None, "no": False, "yes": True}


class CredentialChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} ({obj.state.label})" if obj.is_revoked else obj.name


class StatementFilterForm(forms.Form):
    """All filters together; each may be left out. Times are those of storage."""

    person = forms.CharField(
        label=_("Personne"),
        required=False,
        max_length=300,
        help_text=_("Identifiant (uid), « anonyme », ou adresse pour un système extérieur."),
    )
    verb = forms.ChoiceField(label=_("Verbe"), required=False)
    verb_iri = forms.CharField(
        label=_("Autre verbe"), required=False, max_length=2000, help_text=_("Son IRI.")
    )
    activity = forms.CharField(
        label=_("Activité"), required=False, max_length=2000, help_text=_("Son IRI.")
    )
    registration = forms.UUIDField(
        label=_("Inscription"), required=False, help_text=_("L’UUID d’une session d’apprentissage.")
    )
    credential = CredentialChoiceField(
        label=_("Accès"), queryset=Credential.objects.all(), required=False, empty_label=_("Tous")
    )
    since = forms.DateTimeField(
        label=_("Enregistrées à partir du"), required=False, widget=local_time_input()
    )
    until = forms.DateTimeField(label=_("Jusqu’au"), required=False, widget=local_time_input())
    voided = forms.ChoiceField(
        label=_("Traces annulées"),
        required=False,
        choices=[
            ("", _("Avec les autres")),
            ("no", _("Laissées de côté")),
            ("yes", _("Elles seules")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Tous")), *verb_choices()]
        self.fields["verb"].choices = choices  # type: ignore[attr-defined]

    def clean_person(self) -> str:
        """The key of the agent."""
        text = self.cleaned_data["person"].strip()
        if not text:
            return ""
        if text.lower() in _ANONYMOUS:
            return agent_key(account_agent(ANONYMOUS_NAME))
        if "@" in text:
            return agent_key({"mbox": f"mailto:{text.removeprefix('mailto:')}"})
        try:
            return agent_key(account_agent(uuid.UUID(text)))
        except ValueError as error:
            raise forms.ValidationError(_("Ce n’est ni un uid ni une adresse.")) from error

    def clean_verb_iri(self) -> str:
        return self._iri("verb_iri")

    def clean_activity(self) -> str:
        return self._iri("activity")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("verb") and data.get("verb_iri"):
            self.add_error("verb_iri", _("Choisissez un verbe ou donnez son IRI, pas les deux."))
        return data

    def wanted(self) -> StatementFilter:
        """The filter of a valid form."""
        data = self.cleaned_data
        verb = data["verb"] or data["verb_iri"]
        since = data["since"]
        return StatementFilter(
            agent=data["person"] or None,
            verb=verb or None,
            activity=data["activity"] or None,
            registration=data["registration"],
            # The standard's «since» leaves its own moment out; for a reader «from» includes it.
            since=since - dt.timedelta(microseconds=1) if since else None,
            until=data["until"],
            credential_id=data["credential"].pk if data["credential"] else None,
            is_voided=_VOIDED[data["voided"]],
        )

    def _iri(self, name: str) -> str:
        text: str = self.cleaned_data[name].strip()
        if text and not formats.is_iri(text):
            raise forms.ValidationError(_("Une IRI commence par un schéma, tel que https:."))
        return text


def cursor_read(text: str) -> int | None:
    """The sequence after which a page begins; None for anything that is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 19 else None
