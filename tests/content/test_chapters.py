"""Chapters as editors type them."""

import pytest
from django.core.exceptions import ValidationError

from content.chapters import chapters_parse


def test_chapters_are_read_in_order() -> None:
    chapters = chapters_parse("0:00 Le piège\n\n 1:30  Le geste\n1:02:03 Fin\n")
    assert [(one.start, one.title, one.time) for one in chapters] == [
        (0, "Le piège", "0:00"),
        (90, "Le geste", "1:30"),
        (3723, "Fin", "62:03"),
    ]
    assert chapters_parse("") == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Le piège", 1),
        ("0:00 Un\n0:75 Deux", 2),
        ("0:00", 1),
        ("0:30 Un\n0:30 Deux", 2),
        ("1:00 Un\n0:30 Deux", 2),
    ],
)
def test_a_wrong_line_is_named(text: str, line: int) -> None:
    with pytest.raises(ValidationError, match=f"Ligne {line}"):
        chapters_parse(text)


def test_too_many_chapters_are_refused() -> None:
    with pytest.raises(ValidationError, match="50"):
        chapters_parse("\n".join(f"{minute}:00 Partie" for minute in range(51)))
