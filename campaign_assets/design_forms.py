"""The form in which editors fill in a design, made from its description.

The texts of a page are one JSON field; the form asks for each of them by itself, with the words of
the designer. Every design of the kind has its fields in the form, and those of the chosen one
count: so it works without JavaScript, which hides the others and counts characters.
"""

from __future__ import annotations

from types import new_class
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel

from campaign_assets.designs import Design, Field, Kind, designs_all

OWN_FILE = ""  # no design: the page carries a file


class DesignedPageForm(WagtailAdminPageForm):
    """Fills in a design. The designs of its kind are set by `design_form`."""

    designs: dict[str, Design] = {}

    class Media:
        js = ["campaign_assets/designs.js"]
        css = {"all": ["campaign_assets/designs.css"]}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        page = self.instance
        if "preview" in self.fields:
            self.fields["preview"].required = False
        design = self.designs.get(page.design)
        if design is None:
            return
        self.initial[field_name(design, "figure")] = page.figure
        self.initial[field_name(design, "world")] = page.world
        for field in design.fields:
            self.initial[field_name(design, field.name)] = page.texts.get(field.name, "")

    def clean(self) -> dict[str, Any]:
        """Give the page what was written for the chosen design, and nothing of the others'."""
        cleaned: dict[str, Any] = super().clean()
        design = self.designs.get(cleaned.get("design", ""))
        page = self.instance
        page.__dict__.pop("drawn_as", None)
        page.figure = page.world = ""
        page.texts = {}
        if design is not None:
            page.figure = cleaned.get(field_name(design, "figure"), "")
            page.world = cleaned.get(field_name(design, "world"), "")
            page.texts = {
                field.name: cleaned.get(field_name(design, field.name), "")
                for field in design.fields
            }
        elif not (self.is_deferred_validation or cleaned.get("preview") or cleaned.get("pdf")):
            self.add_error("preview", _("Choisissez l’image de ce support, ou son PDF."))
        return cleaned

    def add_error(self, field: str | None, error: Any) -> None:
        """What the page says of its texts stands beside them in the form."""
        if field is None and hasattr(error, "error_dict"):
            for name, messages in error.error_dict.items():
                if not (self.is_deferred_validation and self._is_only_missing(name)):
                    super().add_error(self._place(name), messages)
            return
        super().add_error(field, error)

    def _place(self, name: str) -> str | None:
        """The field of the form where `name` of the page is asked for; none for the whole page."""
        design = self.designs.get(self.instance.design)
        asked = field_name(design, name.removeprefix("texts.")) if design else ""
        return next((one for one in (asked, name) if one in self.fields), None)

    def _is_only_missing(self, name: str) -> bool:
        """A draft may still lack what a page must have."""
        asked = name.removeprefix("texts.")
        return not (self.instance.texts.get(asked) or getattr(self.instance, asked, ""))


def design_form(kind: Kind) -> type[DesignedPageForm]:
    """The form for pages of `kind`."""
    designs = {key: one for key, one in designs_all().items() if one.kind is kind}
    fields: dict[str, Any] = {
        "designs": designs,
        "design": forms.ChoiceField(
            label=_("Maquette"),
            help_text=_("Une maquette de la campagne, que les hôpitaux mettent à leur nom."),
            required=False,
            choices=[
                *((key, one.name) for key, one in designs.items()),
                (OWN_FILE, _("Aucune : le support est un fichier fourni")),
            ],
            widget=forms.Select(attrs={"data-tcv-designs": ""}),
            initial=next(iter(designs), OWN_FILE),
        ),
    }
    for design in designs.values():
        fields |= _design_fields(design)
    form: type[DesignedPageForm] = new_class(
        f"{kind.title()}Form", (DesignedPageForm,), exec_body=lambda body: body.update(fields)
    )
    return form


def design_panels(kind: Kind) -> list[Panel]:
    """Where they are asked for."""
    designs = [one for one in designs_all().values() if one.kind is kind]
    return [
        FieldPanel("design"),
        *(
            MultiFieldPanel(
                [FieldPanel(name, disable_comments=True) for name in _design_fields(design)],
                heading=design.name,
                attrs={"data-tcv-design": design.key},
            )
            for design in designs
        ),
        FieldPanel("alt"),
        MultiFieldPanel(
            [FieldPanel("preview"), FieldPanel("pdf"), FieldPanel("words")],
            heading=_("Fichier fourni"),
            help_text=_(
                "Seulement sans maquette. L’image sert d’aperçu, et de fichier s’il n’y a pas "
                "de PDF ; sans image, la première page du PDF est dessinée à la publication."
            ),
            attrs={"data-tcv-design": OWN_FILE},
        ),
    ]


def field_name(design: Design, name: str) -> str:
    """What a field of a design is called in the form."""
    return f"{design.key.replace('-', '_')}__{name}"


def _design_fields(design: Design) -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {}
    for name, label, choices in (
        ("figure", _("Dessin"), design.figures),
        ("world", _("Couleurs"), design.worlds),
    ):
        if choices:
            fields[field_name(design, name)] = forms.ChoiceField(
                label=label, choices=list(choices.items()), required=False
            )
    for field in design.fields:
        fields[field_name(design, field.name)] = _text_field(field)
    return fields


def _text_field(field: Field) -> forms.Field:
    attrs: dict[str, Any] = {"data-tcv-count": field.max_length}
    many = {"rows": field.max_lines, **attrs}
    return forms.CharField(
        label=f"{field.label} *" if field.is_required else field.label,
        required=False,  # the page says so, and only of the chosen design
        strip=False,
        initial=field.default,
        help_text=format_lazy("{} {}", field.help, _limits(field)),
        widget=forms.Textarea(many) if field.max_lines > 1 else forms.TextInput(attrs),
    )


def _limits(field: Field) -> Promise:
    if field.max_lines == 1:
        return format_lazy(_("{length} signes au plus, sur une ligne."), length=field.max_length)
    said = _("{length} signes au plus, sur {lines} lignes.")
    return format_lazy(said, length=field.max_length, lines=field.max_lines)
