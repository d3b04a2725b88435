"""A logo from outside: told by its bytes, bounded before it is decoded, and made anew.

What is kept is never the file that was sent: a picture is decoded and written again as PNG, so that
metadata, trailing data and second meanings of a file stay behind; a drawing is rebuilt by `svg`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import re
from dataclasses import dataclass
from typing import IO, ClassVar, Literal

from django.utils.translation import gettext as _
from PIL import Image, ImageChops, ImageCms, ImageOps

from campaign_assets.branding.svg import SvgRefused, svg_clean
from documents.services import DocumentError, pdf_render, png_render

MAX_BYTES = 3_000_000
MAX_PIXELS = 12_000_000  # 48 MB decoded
LONGEST = 1200  # pixels of what is kept: 100 mm at 300 dpi
SHORTEST = 48
VISIBLE = 40  # of 255, how far something in the logo differs from the white band
PROOF_AT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)  # nobody keeps it
PROOF = "campaign_assets/branding/proof.typ"
LogoType = Literal["svg", "png"]

_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"


class LogoRefused(Exception):
    """The logo cannot be used; the message is for who sent it."""


@dataclass(frozen=True)
class Logo:
    """A logo that may be shown and printed."""

    NAME: ClassVar = re.compile(r"^logos/[0-9a-f]{40}\.(svg|png)$")

    content: bytes
    type: LogoType
    left_out: bool = False

    @property
    def name(self) -> str:
        """The same logo has the same name."""
        return f"logos/{hashlib.sha256(self.content).hexdigest()[:40]}.{self.type}"


def logo_read(file: IO[bytes]) -> Logo:
    """Check a logo and make it anew.

    :raises LogoRefused: with the reason, in words.
    """
    content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise LogoRefused(too_heavy())
    if not content:
        raise LogoRefused(_("Ce fichier est vide."))
    logo = _drawing(content) if _looks_like_svg(content) else _picture(content)
    _check_visible(logo)
    return logo


def _looks_like_svg(content: bytes) -> bool:
    head = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"<") or content[:2] in (b"\xff\xfe", b"\xfe\xff")


def _drawing(content: bytes) -> Logo:
    try:
        clean = svg_clean(content)
    except SvgRefused as refusal:
        raise LogoRefused(str(refusal)) from refusal
    return Logo(clean.content, "svg", clean.left_out)


def _picture(content: bytes) -> Logo:
    if not content.startswith((_PNG, _JPEG)):
        raise LogoRefused(_("Ce fichier n’est ni un PNG, ni un JPEG, ni un SVG."))
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as image:
            _check_size(image)
            image.draft("RGB", (LONGEST, LONGEST))
            picture = _in_srgb(ImageOps.exif_transpose(image))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise LogoRefused(_too_large()) from error
    except (OSError, ValueError, SyntaxError) as error:
        raise LogoRefused(_("Cette image est abîmée : exportez-la à nouveau.")) from error
    picture.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    # A fresh image has neither EXIF nor text nor profile; without profile a PNG is sRGB.
    fresh = Image.new(picture.mode, picture.size)
    fresh.paste(picture)
    fresh.save(out, "PNG", optimize=True)
    return Logo(out.getvalue(), "png")


def too_heavy() -> str:
    return _("Ce fichier dépasse 3 Mo : envoyez une version plus légère.")


def _too_large() -> str:
    return _("Cette image a trop de pixels : 12 millions au plus, un logo n’en demande pas tant.")


def _check_size(image: Image.Image) -> None:
    """From the header alone, before a pixel is decoded."""
    if image.width * image.height > MAX_PIXELS:
        raise LogoRefused(_too_large())
    if max(image.size) < SHORTEST:
        raise LogoRefused(
            _("Cette image est trop petite pour être imprimée : 48 pixels de côté au moins.")
        )


def _in_srgb(image: Image.Image) -> Image.Image:
    """The colours as a screen shows them, with transparency if there is any."""
    profile = image.info.get("icc_profile")
    has_alpha = "A" in image.getbands() or "transparency" in image.info
    wanted = "RGBA" if has_alpha else "RGB"
    if profile and not has_alpha and image.mode in ("RGB", "CMYK", "L"):
        try:
            transform = ImageCms.buildTransform(
                ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                image.mode,
                "RGB",
            )
            return transform.apply(image)
        except (ImageCms.PyCMSError, OSError):
            pass  # a broken profile; the colours are near enough without it
    return image.convert(wanted)


def _check_visible(logo: Logo) -> None:
    """Let typst draw it on white, as it will on the posters: it must be able to, and show it."""
    try:
        png = png_render(template=PROOF, data=_proof_data(logo), ppi=48)
        pdf_render(template=PROOF, data=_proof_data(logo), timestamp=PROOF_AT)
    except DocumentError as error:
        raise LogoRefused(
            _("Ce dessin ne peut pas être imprimé : exportez-le à nouveau, ou envoyez un PNG.")
        ) from error
    drawn = Image.open(io.BytesIO(png)).convert("RGB")
    difference = ImageChops.difference(drawn, Image.new("RGB", drawn.size, "white"))
    strongest = ImageChops.lighter(
        ImageChops.lighter(difference.getchannel("R"), difference.getchannel("G")),
        difference.getchannel("B"),
    )
    if strongest.point(lambda value: 255 * (value >= VISIBLE)).getbbox() is None:
        raise LogoRefused(
            _("Ce logo est blanc ou vide : il ne se verrait pas sur le bandeau, qui est blanc.")
        )


def _proof_data(logo: Logo) -> dict[str, object]:
    return {"type": logo.type, "bytes": list(logo.content)}
