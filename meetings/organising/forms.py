"""What those who hold meetings fill in."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.enums import Audience
from meetings.models import Meeting
from meetings.organising.series import MOST, Rhythm, days_of
from users.forms import OneLineField, SiteForm


class SearchForm(forms.Form):
    """The words of a search, as the address has them."""

    q = OneLineField(required=False, max_length=100)

    def words(self) -> str:
        return str(self.cleaned_data.get("q") or "") if self.is_valid() else ""


class PersonForm(SiteForm, forms.Form):
    """Somebody who is added by hand."""

    last_name = OneLineField(
        label=_("Nom"), max_length=80, error_messages={"required": _("Indiquez son nom.")}
    )
    first_name = OneLineField(
        label=_("Prénom"), max_length=80, error_messages={"required": _("Indiquez son prénom.")}
    )
    house = OneLineField(label=_("Établissement ou structure"), max_length=160, required=False)
    email = forms.EmailField(
        label=_("Adresse électronique"),
        max_length=254,
        required=False,
        help_text=_("Pour ses courriels et, s’il a un compte à cette adresse, son attestation."),
    )


class MessageForm(SiteForm, forms.Form):
    """To whom, and what: plain text."""

    audience = forms.ChoiceField(
        label=_("Destinataires"),
        choices=Audience.choices,
        initial=Audience.CONFIRMED,
        widget=forms.RadioSelect,
    )
    subject = OneLineField(
        label=_("Objet"),
        max_length=120,
        error_messages={"required": _("Donnez un objet à votre message.")},
    )
    text = forms.CharField(
        label=_("Message"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Texte simple, 4 000 caractères au plus. Une adresse web y reste du texte."),
        error_messages={"required": _("Écrivez votre message.")},
    )


class CancelForm(SiteForm, forms.Form):
    reason = OneLineField(
        label=_("Motif"),
        max_length=300,
        help_text=_("Une phrase, que toutes les personnes inscrites liront."),
        error_messages={"required": _("Dites pourquoi, en une phrase.")},
    )


class SeriesForm(SiteForm, forms.Form):
    """When the same meeting is held again."""

    rhythm = forms.ChoiceField(
        label=_("Rythme"), choices=Rhythm.choices, initial=Rhythm.MONTHLY, widget=forms.RadioSelect
    )
    count = forms.IntegerField(
        label=_("Nombre de rencontres à préparer"),
        required=False,
        min_value=1,
        max_value=MOST,
        initial=3,
        help_text=_("Chaque semaine ou chaque mois : douze au plus, celle-ci non comprise."),
    )
    dates = forms.CharField(
        label=_("Dates choisies"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Une par ligne, par exemple 31/03/2027."),
    )

    def __init__(self, *args: Any, meeting: Meeting, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._meeting, self._today = meeting, today

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        first = self._meeting.local_start.date()
        rhythm = Rhythm(cleaned["rhythm"])
        if rhythm is Rhythm.DATES:
            cleaned["days"] = self._dates(first)
        elif not cleaned["count"]:
            self.add_error("count", _("Dites combien de rencontres préparer."))
        else:
            cleaned["days"] = days_of(first=first, rhythm=rhythm, count=cleaned["count"])
        days = cleaned.get("days", [])
        if days and days[0] <= self._today:
            self.add_error(
                "dates" if rhythm is Rhythm.DATES else "rhythm",
                _("La série commence à une date à venir : celle du %(day)s est passée.")
                % {"day": f"{days[0]:%d/%m/%Y}"},
            )
        return cleaned

    def _dates(self, first: dt.date) -> list[dt.date]:
        days, wrong = set(), []
        for line in self.cleaned_data["dates"].splitlines():
            if line.strip():
                day = _day(line.strip())
                days.add(day) if day else wrong.append(line.strip())
        if wrong:
            text = _("« %(line)s » n’est pas une date : écrivez par exemple 31/03/2027.")
            self.add_error("dates", text % {"line": wrong[0][:40]})
        elif not days:
            self.add_error("dates", _("Indiquez au moins une date."))
        elif first in days:
            self.add_error("dates", _("Le jour de cette rencontre est parmi les dates."))
        elif len(days) > MOST:
            self.add_error("dates", _("Douze dates au plus."))
        return sorted(days - {None})


def _day(text: str) -> dt.date | None:
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return dt.datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None
