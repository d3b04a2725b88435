"""From a work to its file."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, Literal

from django.conf import settings
from django.utils.translation import gettext as _

from campaign_assets.designs.formats import FORMATS, Format
from campaign_assets.designs.registry import Design, design_get
from campaign_assets.designs.texts import TextDoesNotFit
from campaign_assets.designs.work import Brand, QrTarget, Work
from documents.qr import qr_code
from documents.services import DocumentError, pdf_render, png_render

FileKind = Literal["pdf", "png", "webp"]

# The files say when the series was drawn, not when this site made them: equal input, equal bytes.
DRAWN_AT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
BLEED = 3  # millimetres beyond the trimmed sheet
POINTS_PER_INCH = 72
PREVIEW_HEIGHT = 1286  # pixels of a sheet as a picture, whatever its size: A4 at 110 ppi
MILLIMETRES_PER_INCH = 25.4
OVERFLOW = re.compile(r"overflow:([\w.]+)")


def rendered(work: Work, kind: FileKind) -> bytes:
    """The file of the work.

    :raises TextRefused: a text does not fit, or cannot be read; says which and what to do.
    :raises DesignError: there is no such design.
    :raises DocumentError: the template is wrong, or the logo cannot be drawn.
    :raises ValueError: the design does not exist in this format, or a screen is asked as PDF.
    """
    design = design_get(work.design)
    if FORMATS.get(work.format) not in design.formats:
        raise ValueError(f"{work.design} has no format {work.format!r}")
    return _typst(work, design, kind)


def _typst(work: Work, design: Design, kind: FileKind) -> bytes:
    format_ = FORMATS[work.format]
    data, files = data_of(work, design, marks=work.bleed and kind == "pdf")
    try:
        if kind == "pdf":
            return pdf_render(template=design.template, data=data, files=files, timestamp=DRAWN_AT)
        return png_render(template=design.template, data=data, files=files, ppi=ppi_of(format_))
    except DocumentError as error:
        overflow = OVERFLOW.search(str(error))
        if overflow is None:
            raise
        raise TextDoesNotFit(overflow[1], _("Ce texte ne tient pas : raccourcissez-le.")) from error


def ppi_of(format_: Format) -> float:
    """Pixels per inch at which a screen has its exact size, and a sheet that of a preview."""
    if not format_.is_print:
        return POINTS_PER_INCH
    return PREVIEW_HEIGHT / format_.height * MILLIMETRES_PER_INCH


def data_of(work: Work, design: Design, *, marks: bool) -> tuple[dict[str, Any], dict[str, bytes]]:
    """What the template reads, and the files it finds beside itself."""
    format_ = FORMATS[work.format]
    files: dict[str, bytes] = {}
    data = {
        "format": {
            "key": format_.key,
            "medium": str(format_.medium),
            "width": format_.width,
            "height": format_.height,
        },
        "bleed": BLEED if marks else 0,
        "marks": marks,
        "figure": work.figure,
        "world": work.world,
        "campaign": settings.WAGTAIL_SITE_NAME,
        "texts": {field.name: work.texts.get(field.name, "") for field in design.fields},
        "sizes": {f.name: {"max": f.size_max, "min": f.size_min} for f in design.fields},
        "alt": work.alt,
        "brand": _brand(work.brand, files) if work.brand else None,
        "qr": _qr(work.qr, files) if work.qr else None,
    }
    return data, files


def _brand(brand: Brand, files: dict[str, bytes]) -> dict[str, Any]:
    logo = None
    if brand.logo is not None:
        files[f"logo.{brand.logo_type}"] = brand.logo
        logo = f"/logo.{brand.logo_type}"
    return {
        "name": brand.name,
        "logo": logo,
        "logo_alt": _("Logo de %(name)s") % {"name": brand.name},
        "intranet": brand.intranet,
        "hotline": brand.hotline,
        "security_contact": brand.security_contact,
        "accent": brand.accent,
        "accent_ink": brand.accent_ink,
    }


def _qr(target: QrTarget, files: dict[str, bytes]) -> dict[str, Any]:
    code = qr_code(text=target.url)
    files["qr.svg"] = code.svg.encode()
    return {
        "path": "/qr.svg",
        "label": target.label,
        "address": target.address,
        "alt": _("Code QR qui mène à %(address)s") % {"address": target.address},
        "smallest": code.smallest_width,  # millimetres, quiet zone included
    }
