"""Public templates live with the content security policy: nothing inline, no other host."""

from __future__ import annotations

import re

import pytest

from .rooms import ROOT, templates

# The Wagtail admin has a policy of its own; mails and files to take away know no style sheet.
PRIVATE = re.compile(r"/(?:wagtailadmin|admin|email|download)/")
COMMENT = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|<!--.*?-->", re.DOTALL)

FORBIDDEN = {
    "style attribute": re.compile(r"<[^>]*\sstyle\s*="),
    "inline style": re.compile(r"<style\b"),
    "event handler": re.compile(r"<[^>]*\son[a-z]+\s*=\s*[\"']"),
    "inline script": re.compile(r"<script\b(?![^>]*\b(?:src=|type=[\"']application/json))"),
    "javascript address": re.compile(r"[\"']javascript:"),
    "resource of another host": re.compile(
        r"<(?:script|img|link|source|video|audio|track|iframe|embed|object|use|image)\b[^>]*"
        r"\b(?:src|srcset|href|data|poster)\s*=\s*[\"'](?:https?:)?//"
    ),
}


# What gettext takes out of a template, and the spaces at which a line must not break in French.
MESSAGE = re.compile(
    r"{% translate (?P<quote>[\"'])(?P<short>.*?)(?P=quote)(?: as \w+)? %}"
    r"|{% blocktranslate[^%]*%}(?P<long>.*?){% endblocktranslate %}",
    re.DOTALL,
)
BREAKABLE = re.compile(r"(?<=[\w»)}’…]) [:;?!»](?![\w/])|« ")


def test_french_signs_keep_to_their_words() -> None:
    wrong = [
        f"{file.relative_to(ROOT)}: {text.strip()[:100]}"
        for _room, file in templates()
        if not PRIVATE.search(str(file))
        for match in MESSAGE.finditer(file.read_text())
        for text in [match["short"] or match["long"] or ""]
        if BREAKABLE.search(text)
    ]
    assert not wrong, "a no-break space goes before : ; ? ! and inside « »\n" + "\n".join(wrong)


@pytest.mark.parametrize("what", sorted(FORBIDDEN))
def test_public_templates_hold_no(what: str) -> None:
    wrong = []
    for _room, file in templates():
        if PRIVATE.search(str(file)):
            continue
        for match in FORBIDDEN[what].finditer(COMMENT.sub("", file.read_text())):
            wrong.append(f"{file.relative_to(ROOT)}: {match.group()[:100]}")
    assert not wrong, "\n".join(wrong)
