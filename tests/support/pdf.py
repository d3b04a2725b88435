"""What a PDF says of itself, read with poppler's tools (Debian: poppler-utils)."""

from __future__ import annotations

import subprocess
from pathlib import Path


def pdf_text(file: Path) -> str:
    """The text in reading order, ordinary spaces instead of non-breaking ones."""
    return _run("pdftotext", file, "-").replace("\N{NO-BREAK SPACE}", " ")


def pdf_structure(file: Path) -> list[str]:
    """The lines of the structure tree with their text, as a screen reader goes through it."""
    return [line.strip() for line in _run("pdfinfo", "-struct-text", str(file)).splitlines()]


def pdf_info(file: Path) -> dict[str, str]:
    """«Title», «Tagged», «Pages», «Page size» … as pdfinfo prints them."""
    lines = (line.partition(":") for line in _run("pdfinfo", file).splitlines())
    return {name: value.strip() for name, _colon, value in lines}


def pdf_fonts(file: Path) -> dict[str, bool]:
    """Each font's name without its subset tag, and whether it is embedded."""
    found = {}
    for line in _run("pdffonts", file).splitlines()[2:]:
        name, *_rest = line.split()
        embedded = line.split()[-5]
        found[name.rpartition("+")[2]] = embedded == "yes"
    return found


def _run(tool: str, *arguments: Path | str) -> str:
    # pdfinfo writes titles of elements in UTF-16 among UTF-8.
    result = subprocess.run([tool, *map(str, arguments)], check=True, capture_output=True)
    return result.stdout.decode(errors="replace")
