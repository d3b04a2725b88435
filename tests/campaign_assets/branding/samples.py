"""Logos, good ones and hostile ones."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image, ImageDraw, PngImagePlugin


def svg(body: str, attributes: str = 'viewBox="0 0 40 20"', before: str = "") -> bytes:
    return (
        f'{before}<svg xmlns="http://www.w3.org/2000/svg" '
        f'xmlns:xlink="http://www.w3.org/1999/xlink" {attributes}>{body}</svg>'
    ).encode()


BLUE = '<rect width="40" height="20" fill="#0b4da2"/>'
GOOD_SVG = svg(BLUE)


def picture(size: tuple[int, int] = (300, 120), mode: str = "RGB") -> Image.Image:
    image = Image.new(mode, size, "white" if mode != "RGBA" else (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((10, 10, size[0] // 2, size[1] - 10), fill="#0b4da2")
    return image


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def png(size: tuple[int, int] = (300, 120), **options: object) -> bytes:
    return saved(picture(size), "PNG", **options)


def png_with_text(text: str) -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", text)
    return png(pnginfo=info)


def _chunk(kind: bytes, data: bytes) -> bytes:
    checked = kind + data
    return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))


def gigapixel_png(side: int = 40_000) -> bytes:
    """A PNG of 1.6 gigapixels, black, in some two hundred kilobytes."""
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    packer = zlib.compressobj(9)
    row = b"\0" * (1 + side // 8)
    body = b"".join(packer.compress(row) for _row in range(side)) + packer.flush()
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", body)
        + _chunk(b"IEND", b"")
    )


def use_bomb(levels: int = 9) -> bytes:
    groups = "".join(
        f'<g id="a{level + 1}">' + f'<use xlink:href="#a{level}"/>' * 10 + "</g>"
        for level in range(levels)
    )
    return svg(f'<defs><g id="a0">{BLUE}</g>{groups}</defs><use xlink:href="#a{levels}"/>')


ENTITY_BOMB = svg(
    "<desc>&e;</desc>" + BLUE,
    before="<!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaa'><!ENTITY e '" + "&a;" * 50 + "'>]>",
)
EXTERNAL_ENTITY = svg(
    "<desc>&e;</desc>" + BLUE, before='<!DOCTYPE svg [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
)
ILLUSTRATOR = svg(
    "<style>.st0{fill:#0b4da2;}/* x */.st1,.st2{fill:#FFFFFF;clip-path:url(#c);}</style>"
    '<clipPath id="c"><rect width="40" height="20"/></clipPath>'
    '<rect class="st0" width="40" height="20"/><circle class="st1" cx="10" cy="10" r="5"/>',
    before=(
        '<?xml version="1.0" encoding="utf-8"?>\n<!-- Generator -->\n'
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
        '"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n'
    ),
)
