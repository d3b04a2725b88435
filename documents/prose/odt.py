"""OpenDocument text (ISO/IEC 26300, version 1.3), which Word and LibreOffice open and edit.

The package is a ZIP whose first entry, uncompressed, is the media type (part 2, 3.3). Every file is
written from constants and escaped text. Equal input gives equal bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

from documents.prose.reading import Paragraph, Run

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
LINKED = {"http", "https", "mailto", "tel"}
_MOMENT = (2026, 1, 1, 0, 0, 0)
# What XML 1.0 (2.2) cannot carry.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
_PREFIXES = {
    **{name: _OASIS.format(name) for name in ("office", "text", "style", "meta")},
    "fo": _OASIS.format("xsl-fo-compatible"),
    "xlink": "http://www.w3.org/1999/xlink",
    "dc": "http://purl.org/dc/elements/1.1/",
}
_NAMES = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in _PREFIXES.items())
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'

_MANIFEST = (
    f"{_HEAD}<manifest:manifest"
    ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MEDIA_TYPE}"/>'
    + "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>'
        for name in ("content.xml", "styles.xml", "meta.xml")
    )
    + "</manifest:manifest>"
)


def odt_render(*, title: str, language: str, paragraphs: Sequence[Paragraph]) -> bytes:
    """The text as an .odt under its `title`; `language` is that of the words («fr»)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        _write(package, "mimetype", MEDIA_TYPE, zipfile.ZIP_STORED)
        _write(package, "content.xml", _content(title, paragraphs))
        _write(package, "styles.xml", _styles(language))
        _write(package, "meta.xml", _meta(title, language))
        _write(package, "META-INF/manifest.xml", _MANIFEST)
    return out.getvalue()


def _write(
    package: zipfile.ZipFile, name: str, text: str, compression: int = zipfile.ZIP_DEFLATED
) -> None:
    entry = zipfile.ZipInfo(name, _MOMENT)
    entry.compress_type = compression
    package.writestr(entry, text.encode())


def _content(title: str, paragraphs: Sequence[Paragraph]) -> str:
    body = "".join(_block(one) for one in paragraphs)
    return (
        f'{_HEAD}<office:document-content {_NAMES} office:version="1.3">'
        "<office:automatic-styles>"
        '<style:style style:name="B" style:family="text">'
        '<style:text-properties fo:font-weight="bold"/></style:style>'
        '<style:style style:name="I" style:family="text">'
        '<style:text-properties fo:font-style="italic"/></style:style>'
        '<style:style style:name="BI" style:family="text">'
        '<style:text-properties fo:font-weight="bold" fo:font-style="italic"/></style:style>'
        "</office:automatic-styles><office:body><office:text>"
        f'<text:h text:style-name="Heading_20_1" text:outline-level="1">{_text(title)}</text:h>'
        f"{body}</office:text></office:body></office:document-content>"
    )


def _block(one: Paragraph) -> str:
    words = "".join(_run(run) for run in one.runs)
    if one.style == "heading":
        return f'<text:h text:style-name="Heading_20_2" text:outline-level="2">{words}</text:h>'
    if one.style == "text":
        return f'<text:p text:style-name="Standard">{words}</text:p>'
    return _item(one, words)


def _item(one: Paragraph, words: str) -> str:
    """Each item is a list of one, which `continue-numbering` joins to those before it."""
    style = "Bullets" if one.style == "bullet" else "Numbers"
    go_on = ' text:continue-numbering="true"' if one.number > 1 else ""
    depth = max(1, one.depth)
    opening = f'<text:list text:style-name="{style}"{go_on}><text:list-item>'
    deeper = "<text:list><text:list-item>" * (depth - 1)
    closing = "</text:list-item></text:list>" * depth
    return f'{opening}{deeper}<text:p text:style-name="Standard">{words}</text:p>{closing}'


def _run(run: Run) -> str:
    words = "<text:line-break/>".join(_text(line) for line in run.text.split("\n"))
    style = ("B" if run.is_bold else "") + ("I" if run.is_italic else "")
    if style:
        words = f'<text:span text:style-name="{style}">{words}</text:span>'
    if urlsplit(run.href).scheme in LINKED:
        address = quoteattr(_NOT_XML.sub("", run.href))
        return f'<text:a xlink:type="simple" xlink:href={address}>{words}</text:a>'
    return words


def _styles(language: str) -> str:
    lang = quoteattr(language)
    headings = "".join(
        f'<style:style style:name="Heading_20_{level}" style:display-name="Heading {level}"'
        f' style:family="paragraph" style:parent-style-name="Standard"'
        f' style:default-outline-level="{level}">'
        '<style:paragraph-properties fo:margin-top="0.5cm" fo:keep-with-next="always"/>'
        f'<style:text-properties fo:font-size="{size}pt" fo:font-weight="bold"/></style:style>'
        for level, size in ((1, 18), (2, 14))
    )
    return (
        f'{_HEAD}<office:document-styles {_NAMES} office:version="1.3"><office:styles>'
        '<style:default-style style:family="paragraph"><style:text-properties'
        f' fo:font-family="Arial" fo:font-size="11pt" fo:language={lang} fo:country="none"/>'
        "</style:default-style>"
        '<style:style style:name="Standard" style:family="paragraph">'
        '<style:paragraph-properties fo:margin-bottom="0.25cm" fo:line-height="130%"/>'
        f"</style:style>{headings}"
        f"{_list_style('Bullets', _bullet)}{_list_style('Numbers', _number)}"
        "</office:styles></office:document-styles>"
    )


def _list_style(name: str, level: Callable[[int], str]) -> str:
    levels = "".join(level(depth) for depth in range(1, 4))
    return f'<text:list-style style:name="{name}">{levels}</text:list-style>'


def _bullet(depth: int) -> str:
    return (
        f'<text:list-level-style-bullet text:level="{depth}" text:bullet-char="•">'
        f"{_indent(depth)}</text:list-level-style-bullet>"
    )


def _number(depth: int) -> str:
    return (
        f'<text:list-level-style-number text:level="{depth}" style:num-suffix="."'
        f' style:num-format="1">{_indent(depth)}</text:list-level-style-number>'
    )


def _indent(depth: int) -> str:
    return (
        "<style:list-level-properties"
        ' text:list-level-position-and-space-mode="label-alignment">'
        '<style:list-level-label-alignment text:label-followed-by="listtab"'
        f' fo:text-indent="-0.6cm" fo:margin-left="{0.6 * depth:.1f}cm"/>'
        "</style:list-level-properties>"
    )


def _meta(title: str, language: str) -> str:
    return (
        f'{_HEAD}<office:document-meta {_NAMES} office:version="1.3"><office:meta>'
        f"<dc:title>{_text(title)}</dc:title><dc:language>{_text(language)}</dc:language>"
        "</office:meta></office:document-meta>"
    )


def _text(words: str) -> str:
    return escape(_NOT_XML.sub("", words))
