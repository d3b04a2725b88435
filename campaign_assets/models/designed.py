"""Assets that the campaign draws itself.

The page keeps what a design is filled in with; its files are made from that whenever somebody asks,
and so is its picture. A page may as well carry a file that was made elsewhere.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model_string

from campaign_assets.designs import (
    Brand,
    Design,
    DesignError,
    Field,
    Kind,
    QrTarget,
    TextRefused,
    Work,
    design_get,
    rendered,
    work_check,
)
from campaign_assets.designs.texts import clean, texts_problems
from campaign_assets.validators import validate_pdf_document
from documents.services import DocumentError

from .assets import AssetPage, check_field

DRAWING = "drawing"  # the preview mode
# As long as a real code, so that what fits with it fits with that one.
SAMPLE_CODE = "0" * 7
ALT_LENGTH = 255  # as that of a picture


class DesignedPage(AssetPage):
    """Abstract: a design with its texts, or a file of other makers."""

    design_kind: ClassVar[Kind]

    design = models.CharField(_("maquette"), max_length=48, blank=True, default="")
    figure = models.CharField(_("dessin"), max_length=48, blank=True, default="")
    world = models.CharField(_("couleurs"), max_length=48, blank=True, default="")
    texts = models.JSONField(_("textes"), blank=True, default=dict)
    alt = models.CharField(
        _("description du dessin"),
        max_length=ALT_LENGTH,
        blank=True,
        default="",
        help_text=_("Ce que le dessin apporte, sans redire les textes, pour qui ne le voit pas."),
    )
    pdf = models.ForeignKey(
        get_document_model_string(),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("fichier PDF (A4)"),
        help_text=_("Un PDF balisé, polices incorporées. Le remplacer garde son adresse."),
    )
    words = models.TextField(
        _("texte du document"),
        blank=True,
        default="",
        help_text=_("Tout ce qu’on y lit, ligne par ligne, pour qui ne voit pas le fichier."),
    )

    class Meta:
        abstract = True

    def full_clean(self, exclude: Any = None, **kwargs: Any) -> None:
        exclude = {*(exclude or ()), *(["preview"] if self.makes_preview else [])}
        super().full_clean(exclude=exclude, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.is_drawn:
            self.texts = {name: clean(text) for name, text in self.texts.items()}
            self._clean_drawn()
            return
        if not self.words.strip():
            raise ValidationError({"words": _("Écrivez ici ce qu’on lit sur le support.")})
        if self.pdf is not None:
            check_field("pdf", validate_pdf_document, self.pdf)

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """While it is written, the drawing first; then the page that readers find."""
        page: list[tuple[str, Any]] = super().preview_modes
        return [(DRAWING, _("Le support")), *page] if self.is_drawn else page

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        if mode_name != DRAWING or self.drawn_as is None:
            response: HttpResponse = super().serve_preview(request, mode_name)
            return response
        context: dict[str, Any] = {"page": self, "drawings": [], "refused": ""}
        try:
            for format_ in self.drawn_as.formats:
                content = rendered(self.work(format=format_.key, qr=self.qr(SAMPLE_CODE)), "webp")
                address = f"data:image/webp;base64,{b64encode(content).decode()}"
                context["drawings"].append((format_, address))
                if format_.is_print:
                    break  # the other sheets are alike
        except (TextRefused, DocumentError) as error:
            context["refused"] = str(error)
        return TemplateResponse(request, "campaign_assets/drawing.html", context)

    @property
    def is_drawn(self) -> bool:
        """Whether it is made from a design, so that an establishment can make it its own."""
        return bool(self.design)

    @property
    def makes_preview(self) -> bool:
        """Whether its picture is made when it is published: from its design, or its PDF."""
        return self.is_drawn or self.pdf_id is not None

    @property
    def preview_alt(self) -> str:
        """What its picture tells who does not see it."""
        if self.is_drawn:
            return self.alt
        return Truncator(" ".join(self.words.split())).chars(ALT_LENGTH)

    @cached_property
    def drawn_as(self) -> Design | None:
        """Its design; none if it has none, or one that is gone."""
        try:
            return design_get(self.design) if self.design else None
        except DesignError:
            return None

    @property
    def said(self) -> list[tuple[Field, str]]:
        """What is read on the drawing, in its order, each text in one line."""
        if self.drawn_as is None:
            return []
        texts = ((field, self.texts.get(field.name, "")) for field in self.drawn_as.fields)
        return [(field, " ".join(text.split("\n"))) for field, text in texts if text]

    def qr(self, code: str) -> QrTarget | None:
        """What a code on its sheets leads to; a picture on a screen bears none."""
        return None

    @property
    def campaign_code(self) -> str:
        """The code on the campaign's own print; empty where there is none."""
        return ""

    @property
    def campaign_qr(self) -> QrTarget | None:
        """What stands on the campaign's own print, in nobody's name."""
        return self.qr(self.campaign_code) if self.campaign_code else None

    def work(
        self,
        *,
        format: str,  # noqa: A002  the word of the contract
        brand: Brand | None = None,
        texts: Mapping[str, str] | None = None,
        qr: QrTarget | None = None,
        bleed: bool = False,
    ) -> Work:
        """What one file of the page shows; `texts` stand in for its own. On a hospital's own the
        design's defaults say what the page leaves open."""
        return Work(
            design=self.design,
            texts={**(self._defaults() if brand else {}), **self.texts, **(texts or {})},
            alt=self.alt,
            format=format,
            figure=self.figure,
            world=self.world,
            brand=brand,
            qr=qr,
            bleed=bleed,
        )

    def _defaults(self) -> dict[str, str]:
        fields = self.drawn_as.fields if self.drawn_as else ()
        return {field.name: field.default for field in fields if field.is_free}

    def _clean_drawn(self) -> None:
        """Refuse what cannot be drawn, beside the field where it is written.

        The texts are named «texts.headline»: the form knows where they are asked for."""
        try:
            design = design_get(self.design)
        except DesignError as error:
            raise ValidationError({"design": _("Cette maquette n’existe pas.")}) from error
        problems = {
            f"texts.{name}": str(problem)
            for name, problem in texts_problems(design, self.texts).items()
        }
        if not self.alt:
            problems["alt"] = str(_("Décrivez le dessin pour qui ne le voit pas."))
        for name, value, known in (
            ("figure", self.figure, design.figures),
            ("world", self.world, design.worlds),
        ):
            if known and value not in known:
                problems[name] = str(_("Choisissez dans la liste."))
        if problems:
            raise ValidationError(problems)
        for format_ in design.formats:
            self._try(format_.key)

    def _try(self, format_key: str) -> None:
        try:
            work_check(self.work(format=format_key, qr=self.qr(SAMPLE_CODE)))
        except TextRefused as refused:
            raise ValidationError({f"texts.{refused.field}": str(refused)}) from refused
        except DocumentError as error:
            message = _("La maquette ne peut pas être dessinée : %(error)s")
            raise ValidationError({"design": message % {"error": error}}) from error

    def _searched_texts(self) -> Iterable[str]:
        yield from super()._searched_texts()
        yield from (text for _field, text in self.said)
        yield from (self.alt, self.words)
