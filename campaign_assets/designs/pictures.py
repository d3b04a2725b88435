"""Pictures as they leave the house: with a colour profile, small, and the same every time."""

from __future__ import annotations

import functools
import io
from typing import Literal

from PIL import Image, ImageCms

PictureKind = Literal["png", "webp"]
_DATE = slice(24, 36)  # ICC.1:2022, 7.2.8: when the profile was made, which would change the bytes


def picture_encode(png: bytes, kind: PictureKind) -> bytes:
    """The opaque picture of a page as PNG or as lossless WebP, in sRGB, and said so."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(png)) as page:
        picture = page.convert("RGB")
    if kind == "png":
        picture.save(out, "PNG", icc_profile=_srgb())
    else:
        picture.save(out, "WEBP", icc_profile=_srgb(), lossless=True, quality=40, method=2)
    return out.getvalue()


@functools.cache
def _srgb() -> bytes:
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[_DATE] = bytes(12)
    return bytes(profile)
