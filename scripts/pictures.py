"""Draw the pictures of the starter exercises again, after one of their drawings was changed.

    .venv/bin/python scripts/pictures.py

The PNG files stand beside their drawings and are committed: loading the starter content draws
nothing.
"""

from __future__ import annotations

import os
import sys
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")

import django  # noqa: E402
from PIL import Image  # noqa: E402

COLOURS = 64  # flat shapes and their soft edges


def small(png: bytes) -> bytes:
    """The same picture with a palette."""
    packed = BytesIO()
    Image.open(BytesIO(png)).convert("RGB").quantize(COLOURS).save(packed, "PNG", optimize=True)
    return packed.getvalue()


def main() -> None:
    django.setup()
    from starter.assets.pictures import PICTURES, picture_draw

    for picture in PICTURES.values():
        picture.file.write_bytes(small(picture_draw(picture)))
        print(f"{picture.file.relative_to(ROOT)} : {picture.file.stat().st_size // 1024} ko")


if __name__ == "__main__":
    main()
