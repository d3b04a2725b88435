"""QR codes are read back by a reader that did not draw them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import typst
import zxingcpp
from PIL import Image

from documents.qr import QUIET_ZONE, Correction, QrCode, qr_code

ADDRESS = "https://tous-cyber-vigilant.example/attestations/verifier/?code=7KQ2M9XW4TBD"
PRINTER = 150  # pixels per inch, what a poor office printer still gives


def drawn(code: QrCode, width: float, tmp_path: Path, *, around: str = "black") -> Image.Image:
    """The code `width` millimetres wide on a ground of another colour, as it comes from paper."""
    (tmp_path / "code.svg").write_text(code.svg)
    side = width + 20
    page = f"""#set page(width: {side}mm, height: {side}mm, margin: 10mm, fill: {around})
    #image("code.svg", width: {width}mm)"""
    (tmp_path / "page.typ").write_text(page)
    png = typst.compile(str(tmp_path / "page.typ"), format="png", ppi=PRINTER)
    return Image.open(io.BytesIO(png)).convert("L")


@pytest.mark.parametrize("correction", Correction)
@pytest.mark.parametrize("text", [ADDRESS, "é", "A" * 300])
def test_a_code_is_read_at_its_smallest_width_on_any_ground(
    text: str, correction: Correction, tmp_path: Path
) -> None:
    code = qr_code(text=text, correction=correction)
    found = zxingcpp.read_barcodes(drawn(code, code.smallest_width, tmp_path))
    assert [one.text for one in found] == [text]


def test_a_soiled_code_is_read(tmp_path: Path) -> None:
    code = qr_code(text=ADDRESS, correction=Correction.HIGH)
    picture = drawn(code, 40, tmp_path, around="white")
    middle = picture.width // 2
    picture.paste(0, (middle - 18, middle - 18, middle + 18, middle + 18))
    assert [one.text for one in zxingcpp.read_barcodes(picture)] == [ADDRESS]


def test_the_quiet_zone_is_part_of_the_drawing() -> None:
    code = qr_code(text=ADDRESS)
    assert f'viewBox="0 0 {code.modules} {code.modules}"' in code.svg
    assert f"M{QUIET_ZONE} {QUIET_ZONE}.5" in code.svg  # the first dark row starts inside of it


def test_equal_text_gives_an_equal_drawing_without_style_or_script() -> None:
    svg = qr_code(text=ADDRESS).svg
    assert svg == qr_code(text=ADDRESS).svg
    assert "style=" not in svg
    assert "class=" not in svg


@pytest.mark.parametrize("text", ["", "x" * 5000])
def test_what_no_code_can_carry_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"nothing|does not fit|Data too large|too"):
        qr_code(text=text)
