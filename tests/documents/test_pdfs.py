"""What is seen of a PDF that others made, and that looking at one stays within bounds."""

from __future__ import annotations

import io
import resource
import time
import zlib

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from documents.pdfs import PdfRefused, Verdict, pdf_look
from tests.support.pdf import PDF, pdf_sample

LONGEST = 1286


def saved(pdf: pikepdf.Pdf) -> bytes:
    """As word processors write it: objects packed in compressed streams."""
    out = io.BytesIO()
    pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def changed(**entries: object) -> bytes:
    """The sample with more in its catalogue."""
    pdf = pikepdf.open(io.BytesIO(PDF))
    for name, value in entries.items():
        pdf.Root[f"/{name}"] = value
    return saved(pdf)


def verdict(content: bytes) -> Verdict:
    try:
        pdf_look(io.BytesIO(content))
    except PdfRefused as refusal:
        return refusal.verdict
    return Verdict.GOOD


def action(kind: str, **entries: object) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(Type=pikepdf.Name.Action, S=pikepdf.Name(f"/{kind}"), **entries)


def picture(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(pdf_look(io.BytesIO(content)).first_page))


def test_first_page_is_drawn_whole() -> None:
    drawn = picture(PDF)
    assert drawn.height == LONGEST
    assert drawn.width == pytest.approx(LONGEST * 210 / 297, abs=1)
    assert drawn.getpixel((5, LONGEST - 5)) == (0, 0, 0)  # the bar at its foot
    assert drawn.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("size", [(20_000_000, 3), (3, 20_000_000), (1, 1), (200_000, 200_000)])
def test_picture_is_bounded_whatever_the_page(size: tuple[int, int]) -> None:
    content = pdf_sample(width=size[0], height=size[1])
    try:
        drawn = picture(content)
    except PdfRefused:
        return
    assert max(drawn.size) <= LONGEST


def test_what_is_packed_out_of_sight_is_found() -> None:
    content = changed(OpenAction=action("JavaScript", JS="app.alert(1)"))
    assert b"JavaScript" not in content
    assert verdict(content) is Verdict.ACTIVE


@pytest.mark.parametrize(
    "entry",
    [
        {"OpenAction": action("Launch", F="cmd.exe")},
        {"OpenAction": action("GoToE")},
        {"AA": pikepdf.Dictionary(WC=action("SubmitForm", F="https://example.org"))},
        {"AcroForm": pikepdf.Dictionary(XFA=pikepdf.Array([]))},
        {"Names": pikepdf.Dictionary(EmbeddedFiles=pikepdf.Dictionary())},
        {"AF": pikepdf.Array([pikepdf.Dictionary(EF=pikepdf.Dictionary())])},
    ],
    ids=lambda entry: next(iter(entry)),
)
def test_every_way_to_act_or_to_carry_is_found(entry: dict[str, object]) -> None:
    assert verdict(changed(**entry)) is Verdict.ACTIVE


def test_a_real_attachment_is_found() -> None:
    pdf = pikepdf.open(io.BytesIO(PDF))
    pdf.attachments["a.exe"] = pikepdf.AttachedFileSpec(pdf, b"MZ", filename="a.exe")
    assert verdict(saved(pdf)) is Verdict.ACTIVE


def test_a_link_does_no_harm() -> None:
    link = action("URI", URI="https://example.org")
    assert verdict(changed(OpenAction=link)) is Verdict.GOOD


@pytest.mark.parametrize("user", ["", "secret"])
def test_an_encrypted_one_is_told(user: str) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(PDF)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="o", user=user))
    assert verdict(out.getvalue()) is Verdict.ENCRYPTED


def bomb() -> bytes:
    """Two gigabytes of drawing in some kilobytes: a stream that is packed twice."""
    squeezer, once = zlib.compressobj(1), b""
    piece = b"0 0 1 1 re f " * 80_000
    for _turn in range(2000):
        once += squeezer.compress(piece)
    twice = zlib.compress(once + squeezer.flush(), 9)
    pdf = pikepdf.open(io.BytesIO(PDF))
    filters = [pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode]
    pdf.pages[0].Contents = pikepdf.Stream(pdf, twice)
    pdf.pages[0].Contents.write(twice, filter=pikepdf.Array(filters))
    out = io.BytesIO()
    pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return out.getvalue()


def test_a_bomb_ends_its_reader_alone() -> None:
    content = bomb()
    assert len(content) < 1_000_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.monotonic()
    assert verdict(content) is Verdict.BROKEN  # fifteen seconds of the processor are enough
    assert time.monotonic() - begun < 40
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000  # kilobytes


def test_pages_in_a_circle_end() -> None:
    circle = PDF.replace(b"Kids[3 0 R]", b"Kids[2 0 R]")
    assert verdict(circle) is Verdict.BROKEN


@settings(max_examples=15, deadline=None)
@given(st.integers(0, len(PDF)), st.binary(max_size=40))
def test_whatever_is_in_it_there_is_an_answer(at: int, noise: bytes) -> None:
    assert verdict(PDF[:at] + noise + PDF[at + len(noise) :]) in Verdict
