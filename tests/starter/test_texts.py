"""The starter texts, before anything is loaded: well set, and with links that lead somewhere.

A test reads all texts and lists every fault it finds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from starter.content import pages as starter_pages
from starter.loading.links import PAGE_SCHEME
from starter.loading.plans import page_plans
from starter.typography import NBSP, french
from tests.starter.reading import ALL_TEXTS, none_of, texts_of

# Examples of passwords, which are no French.
NOT_PROSE = ("Pediatrie2026!", "Soins2!", "aZ9!")
# What may not stand in a text once it is set, each with its name in the message of a failure.
MISTAKES = {
    "a straight apostrophe": "'",
    "a straight quotation mark": '"',
    "three dots": r"\.\.\.",
    "no non-breaking space before a sign": rf"[^{NBSP}][:;?!»]",
    "no non-breaking space after «": rf"«[^{NBSP}]",
    "a space too many, or a line break": r"[ ]{2}|\n|^\s|\s$",
    "a space before a comma or a full stop": rf"[ {NBSP}][,.]",
    "a word said twice": r"(?i)(?<!’)\b(?!vous\b|nous\b|faire\b)(\w{2,}) \1\b",
    "a gender in brackets or behind a point": r"\w\(e\)|\w·e",
}


def test_french_typography() -> None:
    def faults(text: str) -> Iterator[str]:
        typeset = re.sub(r"<[^>]+>", "", french(text)).replace("https://", "")
        for example in NOT_PROSE:
            typeset = typeset.replace(example, "")
        yield from (name for name, sign in MISTAKES.items() if re.search(sign, typeset))
        if typeset.count("«") != typeset.count("»"):
            yield "a quotation that is not closed"

    prose = [text for text in ALL_TEXTS if not text.startswith((PAGE_SCHEME, "/", *NOT_PROSE))]
    assert len(prose) > 1500
    none_of(f"{fault}: {text[:80]}" for text in prose for fault in faults(text))


def test_rich_text_uses_only_what_editors_may() -> None:
    tags = {tag for text in ALL_TEXTS for tag in re.findall(r"<(\w+)", text)}
    assert tags <= {"p", "h3", "ul", "ol", "li", "b", "a"}


def test_links_name_pages_that_exist() -> None:
    paths = {plan.path for plan in page_plans()}
    named = {path for text in ALL_TEXTS for path in re.findall(rf"{PAGE_SCHEME}([^\"]+)", text)}
    assert named
    assert named <= paths


def test_the_site_map_names_every_page_but_parts_and_itself() -> None:
    named = set(re.findall(rf"{PAGE_SCHEME}([^\"]+)", "".join(texts_of(starter_pages.SITE_MAP))))
    top = {plan.path for plan in page_plans() if plan.path.count("/") <= 2}
    assert named == top - {"/plan-du-site/"}


@pytest.mark.parametrize(
    ("typed", "typeset"),
    [
        ("l'eau : oui ?", f"l’eau{NBSP}: oui{NBSP}?"),
        ("« 3 036 » à 3 h 40...", f"«{NBSP}3{NBSP}036{NBSP}» à 3{NBSP}h{NBSP}40…"),
        ("<a href='page:/x/'>l'un</a> !", f"<a href='page:/x/'>l’un</a>{NBSP}!"),
        ("https://hopital.example/", "https://hopital.example/"),
        ("M. R. et Mme D., Windows + L", f"M.{NBSP}R. et Mme{NBSP}D., Windows{NBSP}+{NBSP}L"),
        ("79 %, le 28 novembre 2019", f"79{NBSP}%, le 28 novembre 2019"),
    ],
)
def test_french_sets_what_is_typed(typed: str, typeset: str) -> None:
    assert french(typed) == typeset


@given(st.text(alphabet="ab '«»:;?!.…0123 %<>/", max_size=40))
def test_setting_twice_changes_nothing_more(text: str) -> None:
    once = french(text)
    assert french(once) == once
