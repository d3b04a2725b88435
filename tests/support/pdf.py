"""What a PDF says of itself, read with poppler's tools (Debian: poppler-utils)."""

from __future__ import annotations

import subprocess
from io import BytesIO
from pathlib import Path

import zxingcpp
from PIL import Image


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


def pdf_codes(content: bytes, ppi: int = 300) -> list[str]:
    """What a telephone reads on the first page, printed so."""
    dots = subprocess.run(
        ["pdftoppm", "-r", str(ppi), "-gray", "-singlefile", "-"],
        input=content,
        check=True,
        capture_output=True,
    )
    return [one.text for one in zxingcpp.read_barcodes(Image.open(BytesIO(dots.stdout)))]


def _run(tool: str, *arguments: Path | str) -> str:
    # pdfinfo writes titles of elements in UTF-16 among UTF-8.
    result = subprocess.run([tool, *map(str, arguments)], check=True, capture_output=True)
    return result.stdout.decode(errors="replace")


def pdf_sample(text: str = "Bonjour", width: int = 210, height: int = 297) -> bytes:
    """A whole PDF of one page with a black bar across, and its table of references."""
    content = f"BT /F1 12 Tf 20 200 Td ({text}) Tj ET 0 0 {width} 40 re f".encode()
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>" % (width, height),
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj%sendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + (
        b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        % (table, len(out))
    )


PDF = pdf_sample()
