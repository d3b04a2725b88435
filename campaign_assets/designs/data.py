"""What a template reads."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from campaign_assets.designs.formats import FORMATS, Format
from campaign_assets.designs.registry import Design
from campaign_assets.designs.work import Brand, QrTarget, Work
from documents.qr import qr_code

SMALLEST_MODULE_ON_SCREEN = 4  # pixels


def data_of(work: Work, design: Design, bleed: int) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The data, and the files that the template finds at the root. `bleed` in millimetres; with it
    come the marks of where to cut."""
    format_ = FORMATS[work.format]
    files: dict[str, bytes] = {}
    data = {
        "format": {
            "key": format_.key,
            "medium": str(format_.medium),
            "width": format_.width,
            "height": format_.height,
        },
        "bleed": bleed,
        "marks": bool(bleed),
        "figure": work.figure,
        "world": work.world,
        "campaign": settings.WAGTAIL_SITE_NAME,
        "texts": {field.name: work.texts.get(field.name, "") for field in design.fields},
        "sizes": {f.name: {"max": f.size_max, "min": f.size_min} for f in design.fields},
        "alt": work.alt,
        "brand": _brand(work.brand, files) if work.brand else None,
        "qr": _qr(work.qr, format_, files) if work.qr else None,
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


def _qr(target: QrTarget, format_: Format, files: dict[str, bytes]) -> dict[str, Any]:
    """`smallest` is the width, quiet zone included, below which the code is not read: millimetres
    of paper or pixels."""
    code = qr_code(text=target.url)
    on_screen = code.modules * SMALLEST_MODULE_ON_SCREEN
    files["qr.svg"] = code.svg.encode()
    return {
        "path": "/qr.svg",
        "label": target.label,
        "address": target.address,
        "alt": _("Code QR qui mène à %(address)s") % {"address": target.address},
        "smallest": code.smallest_width if format_.is_print else on_screen,
    }
