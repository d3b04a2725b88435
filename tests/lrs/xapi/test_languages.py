"""Part Three 2.1.3.s4.b5: `Accept-Language` as RFC 2616 14.4 describes it."""

from __future__ import annotations

import pytest

from lrs.xapi.languages import best_language, in_one_language, language_ranges

MAP = dict.fromkeys(["en-US", "en-GB", "fr", "zh-Hant-TW"], "")


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("fr", "fr"),
        ("FR", "fr"),
        ("en", "en-US"),
        ("en-GB", "en-GB"),
        ("en-gb", "en-GB"),
        ("da, en-GB;q=0.8, en;q=0.7", "en-GB"),
        ("en;q=0.7, fr;q=0.8", "fr"),
        ("fr;q=0.2, *;q=0.5", "en-US"),
        ("fr;q=0.5, *;q=0.5", "fr"),
        ("*, en-US;q=0, en-GB;q=0", "fr"),
        ("en, en-US;q=0.1", "en-GB"),
        ("zh-hant", "zh-Hant-TW"),
        ("zh-Han", "en-US"),
        ("fr-FR", "fr"),
        ("de, fr-CA;q=0.5", "fr"),
        ("de", "en-US"),
        ("en-US;q=0, en-GB;q=0", "fr"),
        ("*;q=0", "en-US"),
        ("", "en-US"),
        ("fr;q=2, ;;, en-GB", "en-GB"),
        ("e" * 5000, "en-US"),
    ],
)
def test_the_best_language_is_taken(header: str, expected: str) -> None:
    assert best_language(MAP, header) == expected


def test_one_language_is_always_left() -> None:
    assert in_one_language({"fr": "un"}, "de;q=0.5, fr;q=0") == {"fr": "un"}
    assert in_one_language({}, "fr") == {}


def test_ranges_stand_in_the_order_of_their_quality() -> None:
    assert [wanted.tag for wanted in language_ranges("a;q=0.1, b, c;q=0.5, d")] == list("bdca")
