"""The lines that a design leaves to hospitals, the place, and the file that is wanted."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaign_assets.designs import Brand, Design, DesignError, Field, TextRefused, rendered
from campaign_assets.designs.texts import clean, clean_line, field_problem
from campaign_assets.models import DesignedPage
from campaign_assets.models.workshop import PLACEMENT_LENGTH
from campaign_assets.workshop.drawing import Output, outputs_of, preview_of, work_of
from documents.services import DocumentError
from users.forms import SiteForm

log = logging.getLogger(__name__)

TEXT = "texte-"
"""Before the names of a design's own fields, which designers choose."""


class WorkshopForm(SiteForm, forms.Form):
    """What a hospital says on a drawing. After a valid clean, `picture` shows it."""

    placement = forms.CharField(
        label=gettext_lazy("Emplacement"),
        required=False,
        max_length=PLACEMENT_LENGTH,
        help_text=gettext_lazy(
            "Où l’affiche sera accrochée, par exemple « salle de pause, 3e étage ». "
            "Ce n’est pas imprimé : le code QR de chaque emplacement est compté à part."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    output = forms.ChoiceField(label=gettext_lazy("Format"))
    bleed = forms.BooleanField(
        label=gettext_lazy("Pour un imprimeur"),
        required=False,
        help_text=gettext_lazy("Ajoute 3 mm de fonds perdus et les traits de coupe."),
    )

    def __init__(
        self, *args: Any, page: DesignedPage, brand: Brand, design: Design, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.page, self.brand, self.design = page, brand, design
        self.picture = b""
        self.outputs = {output.ending: output for output in outputs_of(design)}
        self.free = [field for field in design.fields if field.is_free]
        for field in self.free:
            self.fields[TEXT + field.name] = _text_field(field, page.texts)
        self.fields["output"].widget.attrs["data-format"] = ""
        choices = [(ending, output_label(output)) for ending, output in self.outputs.items()]
        self.fields["output"].choices = choices  # type: ignore[attr-defined]
        self.order_fields([TEXT + field.name for field in self.free])
        if not any(format_.is_print for format_ in design.formats):
            del self.fields["placement"], self.fields["bleed"]

    @property
    def own_fields(self) -> list[forms.BoundField]:
        return [self[TEXT + field.name] for field in self.free]

    @property
    def button_label(self) -> str:
        """«Télécharger en A4»."""
        output = self.outputs.get(str(self["output"].value()), next(iter(self.outputs.values())))
        return _("Télécharger en %(format)s") % {"format": output_short(output)}

    @property
    def texts(self) -> dict[str, str]:
        """What was written, by the design's own names."""
        return {field.name: self.cleaned_data[TEXT + field.name] for field in self.free}

    @property
    def chosen(self) -> Output:
        output = self.outputs[self.cleaned_data["output"]]
        bleed = output.format.is_print and self.cleaned_data.get("bleed", False)
        return Output(output.format, output.kind, bleed)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for field in self.free:
            name = TEXT + field.name
            if name in cleaned:
                cleaned[name] = clean(cleaned[name])
                if problem := field_problem(field, cleaned[name]):
                    self.add_error(name, str(problem))
        if "placement" in cleaned:
            cleaned["placement"] = clean_line(cleaned["placement"])
        if not self.errors:
            self._draw()
        return cleaned

    def _draw(self) -> None:
        """Set it once, in the format that is wanted; what does not fit is told where it stands."""
        work = preview_of(work_of(self.page, self.brand, self.texts, self.chosen))
        try:
            self.picture = rendered(work, "png")
        except TextRefused as refusal:
            name = TEXT + refusal.field
            self.add_error(name if name in self.fields else None, self._told(refusal))
        except (DesignError, DocumentError):
            log.exception("a published design cannot be drawn: %s", work)
            self.add_error(
                None,
                _("Ce support ne peut pas être dessiné en ce moment ; la campagne est prévenue."),
            )

    def _told(self, refusal: TextRefused) -> str:
        if refusal.field.startswith("brand."):
            return _("%(problem)s Corrigez-le dans la carte de marque.") % {"problem": refusal}
        return str(refusal)


def output_label(output: Output) -> str:
    """«A4 – 210 × 297 mm, PDF»."""
    unit = "mm" if output.format.is_print else "px"
    return _("%(name)s – %(width)s × %(height)s %(unit)s, %(kind)s") % {
        "name": output.format.label,
        "width": output.format.width,
        "height": output.format.height,
        "unit": unit,
        "kind": kind_label(output),
    }


def output_short(output: Output) -> str:
    """«A4», «Carré PNG»."""
    name = str(output.format.label)
    return name if output.format.is_print else f"{name} {kind_label(output)}"


def kind_label(output: Output) -> str:
    return "WebP" if output.kind == "webp" else output.kind.upper()


def _text_field(field: Field, said: Mapping[str, str]) -> forms.CharField:
    attrs = {"maxlength": field.max_length, "data-counter": "", "autocomplete": "off"}
    many = {**attrs, "rows": field.max_lines}
    return forms.CharField(
        label=field.label,
        required=field.is_required,
        initial=said.get(field.name, field.default),
        help_text=" ".join(part for part in (field.help, _limits(field)) if part),
        widget=forms.Textarea(many) if field.max_lines > 1 else forms.TextInput(attrs),
    )


def _limits(field: Field) -> str:
    if field.max_lines == 1:
        return _("%(length)s signes au plus.") % {"length": field.max_length}
    return ngettext(
        "%(length)s signes au plus, sur %(lines)s ligne.",
        "%(length)s signes au plus, sur %(lines)s lignes.",
        field.max_lines,
    ) % {"length": field.max_length, "lines": field.max_lines}
