"""The brand card as a communications officer fills it in."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaign_assets.branding.band import band_png
from campaign_assets.branding.colours import colour_nearest, colour_normal, is_readable
from campaign_assets.branding.logos import Logo, LogoRefused, logo_read, too_heavy
from campaign_assets.branding.services import BrandDraft, KeepLogo, logo_kept
from campaign_assets.designs import Brand, TextRefused
from campaign_assets.designs.colours import NIGHT
from campaign_assets.designs.texts import clean_line
from campaign_assets.models import BrandState
from organisation.models import Establishment
from organisation.services import Contacts
from users.forms import SiteForm

NAME_LENGTH = 120
_FIELDS = {"name": "name", "security_contact": "security_contact_name"} | {
    name: name for name in ("intranet", "hotline")
}
_SCHEME = re.compile(r"^https?://", re.IGNORECASE)
_ADDRESS = re.compile(r"[\w.-]+(?::\d{1,5})?(?:/[\w./~%+-]*)?")
_PHONE = re.compile(r"[\d\s.+()/-]*\d[\d\s.+()/-]*(?:\s?[\w .,’'-]{0,24})?")


class PrintedField(forms.CharField):
    """A line that is printed: composed letters, nothing invisible, one line."""

    def to_python(self, value: Any) -> str:
        return clean_line(super().to_python(value) or "")


class BrandForm(SiteForm, forms.Form):
    """Everything that stands in the band at the foot of a poster."""

    name = PrintedField(
        label=gettext_lazy("Nom sur les supports"),
        max_length=NAME_LENGTH,
        help_text=gettext_lazy("Tel qu’il doit se lire, par exemple « CH de Vannes »."),
    )
    logo = forms.FileField(
        label=gettext_lazy("Logo"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("SVG de préférence, sinon PNG ou JPEG ; 3 Mo au plus."),
        widget=forms.FileInput(
            attrs={
                "accept": ".svg,.png,.jpg,.jpeg,image/svg+xml,image/png,image/jpeg",
                "class": "fr-upload",
            }
        ),
    )
    remove_logo = forms.BooleanField(label=gettext_lazy("Retirer le logo"), required=False)
    accent = forms.CharField(
        label=gettext_lazy("Couleur du bandeau"),
        max_length=20,
        help_text=gettext_lazy("Six signes après le dièse, comme #0f1b4c."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    hotline = PrintedField(
        label=gettext_lazy("Numéro à appeler en cas d’incident"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("Aussi affiché sur la page « Signaler un incident » de vos agents."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    security_contact_name = PrintedField(
        label=gettext_lazy("Référent sécurité"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Un nom ou une fonction, par exemple « RSSI »."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    security_contact_email = forms.EmailField(
        label=gettext_lazy("Adresse électronique du référent"),
        required=False,
        help_text=gettext_lazy("Pour la page « Signaler un incident » ; elle n’est pas imprimée."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    intranet = PrintedField(
        label=gettext_lazy("Adresse de l’intranet"),
        max_length=80,
        required=False,
        help_text=gettext_lazy(
            "Où vos agents trouvent les consignes, comme intranet.ch-vannes.fr."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    logo_sent = forms.RegexField(Logo.NAME, widget=forms.HiddenInput, required=False)
    """The logo that came with a form that was refused for something else."""

    def __init__(
        self, *args: Any, kept: Brand, is_logo_too_heavy: bool = False, **kwargs: Any
    ) -> None:
        """`kept` has the logo that there is; one that is too heavy did not even arrive."""
        super().__init__(*args, **kwargs)
        self.kept = kept
        self.is_logo_too_heavy = is_logo_too_heavy
        self.band = b""
        if kept.logo is None:
            del self.fields["remove_logo"]

    def clean_accent(self) -> str:
        try:
            accent = colour_normal(self.cleaned_data["accent"])
        except ValueError as error:
            raise forms.ValidationError(
                _("Écrivez la couleur avec six signes de 0 à 9 et de a à f, comme #0f1b4c.")
            ) from error
        if not is_readable(accent):
            raise forms.ValidationError(
                _(
                    "Ni le blanc ni le bleu nuit ne se lisent assez sur cette couleur. "
                    "La plus proche qui convient : %(nearest)s."
                ),
                params={"nearest": colour_nearest(accent)},
            )
        return accent

    def clean_intranet(self) -> str:
        address = _SCHEME.sub("", self.cleaned_data["intranet"]).rstrip("/")
        if address and not _ADDRESS.fullmatch(address):
            raise forms.ValidationError(
                _("Écrivez l’adresse seule, sans espace, comme intranet.ch-vannes.fr.")
            )
        return address

    def clean_hotline(self) -> str:
        number: str = self.cleaned_data["hotline"]
        if number and not _PHONE.fullmatch(number):
            raise forms.ValidationError(_("Écrivez un numéro, par exemple 02 97 00 00 00 ou 3333."))
        return number

    def clean_logo(self) -> Logo | None:
        if self.is_logo_too_heavy:
            raise forms.ValidationError(too_heavy())
        file: UploadedFile | None = self.cleaned_data["logo"]
        if file is None:
            return logo_kept(self.data.get("logo_sent", ""))
        try:
            return logo_read(file)
        except LogoRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors:
            self._check_printed()
        return cleaned

    def _check_printed(self) -> None:
        """Set the band once: it says which line does not fit or cannot be read."""
        try:
            self.band = band_png(self.brand())
        except TextRefused as refusal:
            name = _FIELDS.get(refusal.field.removeprefix("brand."))
            self.add_error(name, str(refusal))

    def carry_logo(self, name: str) -> None:
        """Send the logo along with the next form, for a browser empties the field of a file."""
        self.data = {**dict(self.data.items()), "logo_sent": name}

    def see(self, number: int) -> None:
        """Take note that this state was seen."""
        self.data = {**dict(self.data.items()), "seen": number}

    def draft(self) -> BrandDraft:
        """What the cleaned form asks for."""
        data = self.cleaned_data
        logo = data["logo"] or (None if data.get("remove_logo") else KeepLogo())
        return BrandDraft(
            name=data["name"],
            intranet=data["intranet"],
            accent=data["accent"],
            contacts=Contacts(
                data["hotline"], data["security_contact_name"], data["security_contact_email"]
            ),
            logo=logo,
        )

    def brand(self) -> Brand:
        """What the cleaned form would look like."""
        draft, kept = self.draft(), self.kept
        logo = draft.logo
        if isinstance(logo, KeepLogo):
            content, type_ = kept.logo, kept.logo_type
        else:
            content, type_ = (logo.content, logo.type) if logo else (None, None)
        return Brand(
            name=draft.name,
            logo=content,
            logo_type=type_,
            intranet=draft.intranet,
            hotline=draft.contacts.hotline,
            security_contact=draft.contacts.security_contact_name,
            accent=draft.accent,
        )


def initial_of(establishment: Establishment, state: BrandState | None) -> dict[str, Any]:
    """What the form shows first."""
    return {
        "name": state.name if state else establishment.name[:NAME_LENGTH],
        "intranet": state.intranet if state else "",
        "accent": state.accent if state else NIGHT,
        "hotline": establishment.hotline,
        "security_contact_name": establishment.security_contact_name,
        "security_contact_email": establishment.security_contact_email,
        "seen": state.number if state else 0,
    }
