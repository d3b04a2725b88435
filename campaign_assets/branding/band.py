"""The band at the foot of a poster, as a picture: what a brand card changes."""

from __future__ import annotations

import io

from django.utils.translation import gettext as _
from PIL import Image

from campaign_assets.designs import Brand, QrTarget, Work, design_get, rendered

# A poster of the series whose words are short; only its foot is shown.
SAMPLE = {"headline": "Je verrouille,\nje pars.", "gesture": "Windows + L."}
FOOT = 0.2
"""The share of the sheet that is shown, from below."""


def band_png(brand: Brand, *, address: str = "https://exemple.fr/a/7KQ2M9XW") -> bytes:
    """The foot of an A4 poster with this brand.

    :raises TextRefused: a line of the brand does not fit, or cannot be read.
    """
    work = Work(
        design="serie",
        figure="session",
        world="night-signal",
        texts={**SAMPLE, "contact": design_get("serie").field("contact").default},
        alt="Un cadenas",
        format="a4",
        brand=brand,
        qr=QrTarget(url=address, label=_("Le module à suivre :")),
    )
    sheet = Image.open(io.BytesIO(rendered(work, "png")))
    foot = sheet.crop((0, round(sheet.height * (1 - FOOT)), sheet.width, sheet.height))
    out = io.BytesIO()
    foot.convert("RGB").save(out, "PNG")
    return out.getvalue()
