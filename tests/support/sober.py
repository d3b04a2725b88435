"""A mail that nobody can take for the phishing that the campaign warns of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

URGENT = re.compile(
    r"\burgen|\bimmédiat|\bau plus vite|\bdernier (?:avis|rappel|délai)|\battention\b|\bvite\b"
    r"|\bsuspendu|\bbloqué|\bsanction|\bcliquez|\bsous \d+ ?h|!",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"https?://[^\s)]+")


@dataclass
class _Parts(HTMLParser):
    """Links with their texts, the words one reads, and every tag."""

    links: list[tuple[str, str]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    tags: set[str] = field(default_factory=set)
    _href: str | None = None
    _text: str = ""
    _is_hidden: bool = False

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self._is_hidden = tag in ("title", "head") or (self._is_hidden and tag == "meta")
        if tag == "a":
            self._href, self._text = dict(attrs)["href"], ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._href is not None:
            self.links.append((self._href, self._text.strip()))
            self._href = None
        if tag == "head":
            self._is_hidden = False

    def handle_data(self, data: str) -> None:
        self._text += data
        if not self._is_hidden:
            self.words += data.split()


def check_sober(*, subject: str, text: str, html: str, host: str, told: Sequence[str]) -> None:
    """`told` must stand in both versions, such as the local contact; every link is `host`'s."""
    parts = _Parts()
    parts.feed(html)
    shown = " ".join(parts.words)
    for version in (subject, text, shown):
        assert not URGENT.search(version), URGENT.search(version)
    for href, label in parts.links:
        assert label == href, "a link shows where it leads"
        assert urlsplit(href).hostname == host
    for address in ADDRESS.findall(text):
        assert urlsplit(address).hostname == host
    # Nothing that loads, runs or collects: no picture, no form, no tracking.
    assert not parts.tags & {"img", "script", "iframe", "form", "input", "link", "object", "style"}
    for fact in told:
        assert fact in _spaced(text), fact
        assert fact in _spaced(shown), fact
    # The same facts in the same order in both versions.
    assert _facts(text) == _facts(shown)


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _facts(text: str) -> list[str]:
    """The words of a version, without case and list marks; the HTML opens with the site's name."""
    words = re.findall(r"[^\W_]+", text.casefold())
    return words[words.index("bonjour") :]
