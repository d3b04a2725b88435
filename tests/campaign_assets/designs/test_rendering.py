"""Every design as it comes out: what a printer, a screen reader and a telephone find in it."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import zxingcpp
from PIL import Image, ImageCms

from campaign_assets.designs import FORMATS, Design, Work, designs_all, rendered
from campaign_assets.designs.cache import FOLDER_BYTES
from campaign_assets.designs.rendering import PREVIEW_HEIGHT
from tests.support.pdf import pdf_fonts, pdf_text

from .samples import ADDRESS, BRANDS, code, every_design, work_of

POINTS_PER_MILLIMETRE = 72 / 25.4
SHEETS = [one for one in every_design() if one.formats[0].is_print]
SCREENS = [one for one in every_design() if not one.formats[0].is_print]
PAINTING = {"f", "f*", "F", "S", "s", "B", "B*", "b", "b*", "Do", "Tj", "TJ", "sh"}


def combinations(design: Design) -> list[tuple[str, str]]:
    """Every format and every brand once at least, without all pairs of them."""
    count, brands = len(design.formats), list(BRANDS)
    turns = range(max(count, len(brands)))
    return [(design.formats[turn % count].key, brands[turn % len(brands)]) for turn in turns]


SHEETS_AND_BRANDS = [
    pytest.param(design, format_, brand, id=f"{design.key}-{format_}-{brand}")
    for design in SHEETS
    for format_, brand in combinations(design)
]
every_sheet = pytest.mark.parametrize("design", SHEETS, ids=lambda one: one.key)


def opened(work: Work) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(rendered(work, "pdf")))


def elements(pdf: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    """The structure tree in reading order."""
    found: list[pikepdf.Dictionary] = []

    def walk(node: Any) -> None:
        if isinstance(node, pikepdf.Array):
            for child in node:
                walk(child)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                found.append(node)
            if "/K" in node:
                walk(node.K)

    walk(pdf.Root.StructTreeRoot.K)
    return found


def embedded(pdf: pikepdf.Pdf) -> list[bool]:
    """Of each font of the document, whether its file is in it."""
    fonts = [one for one in pdf.objects if _is_a(one, "/FontDescriptor")]
    return [any(key in one for key in ("/FontFile2", "/FontFile3")) for one in fonts]


def _is_a(one: Any, kind: str) -> bool:
    return isinstance(one, pikepdf.Dictionary) and one.get("/Type") == kind


@pytest.mark.parametrize(("design", "format_", "brand"), SHEETS_AND_BRANDS)
def test_sheet_is_pdf_ua(design: Design, format_: str, brand: str, tmp_path: Path) -> None:
    """ISO 14289-1: marked, titled, in a language, with tags, alternatives and fonts."""
    work = work_of(design, format=format_, brand=BRANDS[brand], qr=code())
    pdf = opened(work)
    root = pdf.Root
    assert bool(root.MarkInfo.Marked)
    assert str(root.Lang).startswith("fr")
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"].endswith(BRANDS[brand].name)
    kinds = [str(one.S) for one in elements(pdf)]
    assert kinds.count("/H1") == 1
    figures = [one for one in elements(pdf) if one.S == "/Figure"]
    assert all(str(one.get("/Alt", "")) for one in figures)
    alts = [str(one.Alt) for one in figures]
    assert work.alt in alts
    assert any(ADDRESS.removeprefix("https://") in alt for alt in alts)
    assert embedded(pdf)
    assert all(embedded(pdf))
    (page,) = pdf.pages
    assert page.Tabs == "/S"
    size = [float(side) / POINTS_PER_MILLIMETRE for side in page.mediabox.as_list()[2:]]
    assert size == pytest.approx((FORMATS[format_].width, FORMATS[format_].height), abs=0.01)


@every_sheet
def test_everything_drawn_is_tagged_or_decoration(design: Design) -> None:
    """ISO 14289-1, 7.1: with the printers' marks too."""
    pdf = opened(work_of(design, brand=BRANDS["long"], qr=code(), bleed=True))
    depth, seen = 0, set()
    for _operands, operator in pikepdf.parse_content_stream(pdf.pages[0]):
        name = str(operator)
        depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(name, 0)
        if name in PAINTING:
            seen.add(name)
            assert depth > 0
    assert depth == 0
    assert seen >= {"f", "TJ"} or seen >= {"f", "Tj"}


@pytest.mark.parametrize(("design", "format_", "brand"), SHEETS_AND_BRANDS)
def test_every_word_is_read_in_its_order(
    design: Design, format_: str, brand: str, tmp_path: Path
) -> None:
    work = work_of(design, format=format_, brand=BRANDS[brand], qr=code())
    file = tmp_path / "sheet.pdf"
    file.write_bytes(rendered(work, "pdf"))
    assert all(name.startswith("Marianne") for name in pdf_fonts(file))
    read = _squeezed(pdf_text(file))
    required = [field.name for field in design.fields if field.is_required]
    said = ["Tous cyber vigilant", *(work.texts[name] for name in required)]
    places = [read.find(_squeezed(text)) for text in said]
    assert -1 not in places
    assert places == sorted(places)
    for text in (BRANDS[brand].name, BRANDS[brand].hotline, ADDRESS.removeprefix("https://")):
        assert _squeezed(text) in read


def _squeezed(text: str) -> str:
    """Without what the end of a line does to it: pdftotext takes a hyphen there for a division."""
    return "".join(text.replace("\u200b", "").replace("-", "").split())


@every_sheet
def test_nothing_leaves_the_sheet(design: Design) -> None:
    """With the longest name, a margin of 4 mm on A4 keeps the colour of the band."""
    work = work_of(design, brand=BRANDS["long"], qr=code())
    with Image.open(io.BytesIO(rendered(work, "png"))) as picture:
        page = picture.convert("L")
    margin = round(page.width * 4 / 210)
    foot = page.crop((0, page.height - margin, page.width, page.height - 2))
    left = page.crop((2, page.height - 3 * margin, margin, page.height - 2))
    assert foot.getextrema() == (255, 255)
    assert left.getextrema() == (255, 255)


@every_sheet
def test_printers_find_where_to_cut(design: Design) -> None:
    pdf = opened(work_of(design, bleed=True))
    (page,) = pdf.pages
    media, bleed, trim = (
        [float(side) / POINTS_PER_MILLIMETRE for side in box.as_list()]
        for box in (page.mediabox, page.bleedbox, page.trimbox)
    )
    width, height = design.formats[0].width, design.formats[0].height
    assert trim == pytest.approx((10, 10, 10 + width, 10 + height), abs=0.01)
    assert bleed == pytest.approx((7, 7, 13 + width, 13 + height), abs=0.01)
    assert media == pytest.approx((0, 0, 20 + width, 20 + height), abs=0.01)


@every_sheet
def test_ink_reaches_the_bleed_and_marks_stay_beyond(design: Design, tmp_path: Path) -> None:
    work = work_of(design, bleed=True)
    picture = _printed(rendered(work, "pdf"), 72, tmp_path).convert("RGB")
    at = lambda x, y: picture.getpixel(  # noqa: E731
        (round(x * POINTS_PER_MILLIMETRE), round(y * POINTS_PER_MILLIMETRE))
    )
    assert at(5, 60) == (255, 255, 255)
    assert at(8.5, 60) == at(12, 60)  # the ground goes on beyond the cut
    corner = picture.crop((0, 0, round(6 * POINTS_PER_MILLIMETRE), round(12 * 72 / 25.4)))
    assert corner.convert("L").getextrema()[0] < 200  # a mark


@every_sheet
@pytest.mark.parametrize("ppi", [150, 300])
def test_a_telephone_reads_the_printed_code(design: Design, ppi: int, tmp_path: Path) -> None:
    """On the smallest sheet of the design, at print size."""
    smallest = min(design.formats, key=lambda one: one.width)
    work = work_of(design, format=smallest.key, brand=BRANDS["long"], qr=code())
    found = zxingcpp.read_barcodes(_printed(rendered(work, "pdf"), ppi, tmp_path))
    assert [one.text for one in found] == [ADDRESS]
    assert str(found[0].format) in {"BarcodeFormat.QRCode", "QRCode", "QR Code"}


@pytest.mark.parametrize("design", SCREENS, ids=lambda one: one.key)
def test_a_screen_has_its_exact_pixels_and_a_profile(design: Design) -> None:
    for format_, brand in combinations(design):
        work = work_of(design, format=format_, brand=BRANDS[brand])
        for kind in ("png", "webp"):
            with Image.open(io.BytesIO(rendered(work, kind))) as picture:
                assert picture.size == (FORMATS[format_].width, FORMATS[format_].height)
                assert picture.mode == "RGB"
                _is_srgb(picture)


@every_sheet
def test_a_sheet_as_a_picture_is_a_trimmed_preview(design: Design) -> None:
    for kind in ("png", "webp"):
        content = rendered(work_of(design, bleed=True), kind)
        assert len(content) < FOLDER_BYTES / 2
        with Image.open(io.BytesIO(content)) as picture:
            assert picture.height == PREVIEW_HEIGHT
            _is_srgb(picture)


def _is_srgb(picture: Image.Image) -> None:
    profile = ImageCms.ImageCmsProfile(io.BytesIO(picture.info["icc_profile"]))
    assert "sRGB" in ImageCms.getProfileDescription(profile)


def test_equal_input_gives_equal_bytes_in_another_process(settings: Any, tmp_path: Path) -> None:
    settings.STORAGES = _private(settings, tmp_path)  # nothing remembered
    here = _digests()
    script = "import django; django.setup(); " + (
        "from tests.campaign_assets.designs.test_rendering import _digests as d; print(d())"
    )
    there = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script],
        check=True,
        capture_output=True,
        text=True,
        env={
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "VAR_DIR": str(tmp_path / "other"),
            "PYTHONPATH": str(Path(__file__).resolve().parents[3]),
            "PATH": "/usr/bin:/bin",
        },
    )
    assert there.stdout.strip() == here


def _digests() -> str:
    import hashlib

    design = designs_all()["serie"]
    work = work_of(design, brand=BRANDS["short"], qr=code())
    bleeding = work_of(design, brand=BRANDS["short"], qr=code(), bleed=True)
    files = [rendered(work, "pdf"), rendered(bleeding, "pdf"), rendered(work, "png")]
    files.append(rendered(work, "webp"))
    return " ".join(hashlib.sha256(one).hexdigest()[:16] for one in files)


def _private(settings: Any, folder: Path) -> dict[str, Any]:
    private = settings.STORAGES["private"]
    options = {**private["OPTIONS"], "location": str(folder / "private")}
    return {**settings.STORAGES, "private": {**private, "OPTIONS": options}}


def _printed(pdf: bytes, ppi: int, folder: Path) -> Image.Image:
    (folder / "sheet.pdf").write_bytes(pdf)
    target = folder / "sheet"
    command = ["pdftoppm", "-r", str(ppi), "-png", "-singlefile", folder / "sheet.pdf", target]
    subprocess.run(command, check=True, capture_output=True)
    with Image.open(target.with_suffix(".png")) as picture:
        return picture.convert("RGB")


@pytest.mark.parametrize("kind", ["pdf", "png"])
def test_a_format_that_the_design_lacks_is_no_work(kind: Any) -> None:
    with pytest.raises(ValueError, match="no format"):
        rendered(work_of(designs_all()["serie"], format="1080x1080"), kind)
