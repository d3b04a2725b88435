"""The paragraphs of a rich text.

What is read is what our editors may write: headings, paragraphs, lists, bold, italic, links. The
words of any other element are kept without it; scripts and styles are left out with their words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag

Style = Literal["text", "heading", "bullet", "number"]
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_BLOCKS = {*_HEADINGS, "p", "li", "ul", "ol", "div", "blockquote"}
_SILENT = {"script", "style", "template"}
# Not the no-break spaces, which French typography needs.
_BLANKS = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True, slots=True)
class Run:
    """Words that are set alike; «\\n» is a line break."""

    text: str
    is_bold: bool = False
    is_italic: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`number` counts the items of a numbered list from 1; `depth` how deep a list is nested."""

    style: Style
    runs: tuple[Run, ...]
    number: int = 0
    depth: int = 0

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


def paragraphs_read(html: str) -> list[Paragraph]:
    """The paragraphs of `html` in their order, without empty ones."""
    found = (_trimmed(one) for one in _blocks(BeautifulSoup(html, "html.parser"), "text"))
    return [one for one in found if one.text.strip()]


def _blocks(tag: Tag, style: Style, number: int = 0, depth: int = 0) -> Iterator[Paragraph]:
    """Inline children are gathered into a paragraph; each block child makes its own."""
    gathered: list[Run] = []
    for child in tag.children:
        if not (isinstance(child, Tag) and child.name in _BLOCKS):
            gathered += _runs(child, Run(""))
            continue
        if gathered:
            yield Paragraph(style, tuple(gathered), number, depth)
            gathered = []
        yield from _block(child, style, number, depth)
    if gathered:
        yield Paragraph(style, tuple(gathered), number, depth)


def _block(tag: Tag, style: Style, number: int, depth: int) -> Iterator[Paragraph]:
    if tag.name in ("ul", "ol"):
        kind: Style = "bullet" if tag.name == "ul" else "number"
        for place, item in enumerate(tag.find_all("li", recursive=False), start=1):
            yield from _blocks(item, kind, place, depth + 1)
    elif tag.name in _HEADINGS:
        yield from _blocks(tag, "heading")
    else:
        yield from _blocks(tag, style, number, depth)


def _runs(node: object, like: Run) -> Iterator[Run]:
    if isinstance(node, PreformattedString):
        return  # a comment, a doctype
    if isinstance(node, NavigableString):
        yield replace(like, text=_BLANKS.sub(" ", str(node)))
    elif isinstance(node, Tag) and node.name == "br":
        yield replace(like, text="\n")
    elif isinstance(node, Tag) and node.name not in _SILENT:
        inner = _styled(node, like)
        for child in node.children:
            yield from _runs(child, inner)


def _styled(tag: Tag, like: Run) -> Run:
    if tag.name in ("b", "strong"):
        return replace(like, is_bold=True)
    if tag.name in ("i", "em"):
        return replace(like, is_italic=True)
    if tag.name == "a":
        return replace(like, href=str(tag.get("href") or ""))
    return like


def _trimmed(one: Paragraph) -> Paragraph:
    """Without the blanks at both ends, which only the source had."""
    runs = [run for run in one.runs if run.text]
    if runs:
        runs[0] = replace(runs[0], text=runs[0].text.lstrip(" \n"))
        runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip(" \n"))
    return replace(one, runs=tuple(runs))
