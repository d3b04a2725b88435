"""Documents from outside: told by their bytes, bounded, and made anew."""

from __future__ import annotations

import io
import zlib
from contextlib import suppress

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from documents.uploads import MAX_BYTES, UploadRefused, upload_read
from tests.organisation.access.world import pdf


def read(content: bytes):
    return upload_read(io.BytesIO(content))


def picture(kind: str, size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, kind, **options)
    return out.getvalue()


def test_of_a_pdf_the_pages_stay_and_nothing_that_acts() -> None:
    kept = read(pdf(pages=3))
    assert kept.type == "pdf"
    with pikepdf.open(io.BytesIO(kept.content)) as document:
        assert len(document.pages) == 3
        assert not document.attachments
        assert set(document.Root.keys()) == {"/Pages", "/Type"}
        for page in document.pages:
            assert not {"/AA", "/Annots"} & set(page.obj.keys())
    for word in (b"JavaScript", b"virus", b"MZ", b"OpenAction"):
        assert word not in kept.content


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_is_drawn_anew_without_what_it_carried(kind: str) -> None:
    exif = Image.Exif()
    exif[0x010E] = "GPS de la maison"
    kept = read(picture(kind, exif=exif) + b"<script>alert(1)</script>")
    assert kept.type == "jpg"
    with Image.open(io.BytesIO(kept.content)) as image:
        assert (image.format, image.size) == ("JPEG", (40, 30))
        assert not image.getexif()
    assert b"script" not in kept.content
    assert b"maison" not in kept.content


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7 mais rien de plus",
        b"<html><script>alert(1)</script></html>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"PK\x03\x04 un document",
        b"MZ\x90\x00",
        picture("PNG")[:60],
        b"\xff\xd8\xff\xe0" + b"\x00" * 50,
        b"GIF89a" + picture("PNG"),
        pdf(21),
    ],
)
def test_what_is_no_proof_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(UploadRefused, match=r"\w+ \w+"):
        read(content)


def test_five_megabytes_at_most() -> None:
    with pytest.raises(UploadRefused, match="5 Mo"):
        read(pdf() + b"\0" * MAX_BYTES)


def test_a_locked_pdf_says_so() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(UploadRefused, match="mot de passe"):
        read(out.getvalue())


def test_a_picture_of_too_many_pixels_is_not_decoded() -> None:
    header = bytearray(picture("PNG"))
    header[16:24] = (60_000).to_bytes(4, "big") * 2
    header[29:33] = zlib.crc32(bytes(header[12:29])).to_bytes(4, "big")
    with pytest.raises(UploadRefused, match="pixels"):
        read(bytes(header))


def packed_pdf(size: int) -> bytes:
    """An object stream that unpacks to `size` bytes, packed twice: some kilobytes."""
    body = b"4 0 <</A 1" + b" " * size + b">>"
    packed = zlib.compress(zlib.compress(body, 9), 9)
    out, at = io.BytesIO(b""), {}
    out.write(b"%PDF-1.5\n")
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources 4 0 R>>",
        5: b"<</Type/ObjStm/N 1/First 4/Filter[/FlateDecode/FlateDecode]/Length %d>>\nstream\n"
        % len(packed)
        + packed
        + b"\nendstream",
    }
    for number, text in objects.items():
        at[number] = out.tell()
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, text))
    start = out.tell()
    rows = [b"\0" * 6, *(b"\1" + at[n].to_bytes(4, "big") + b"\0" for n in (1, 2, 3))]
    rows += [b"\2" + (5).to_bytes(4, "big") + b"\0", b"\1" + at[5].to_bytes(4, "big") + b"\0"]
    rows.append(b"\1" + start.to_bytes(4, "big") + b"\0")
    table = b"".join(rows)
    out.write(b"6 0 obj\n<</Type/XRef/Size 7/W[1 4 1]/Root 1 0 R/Length %d>>\n" % len(table))
    out.write(b"stream\n" + table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % start)
    return out.getvalue()


def test_what_unpacks_to_very_much_is_not_unpacked() -> None:
    """A lenient reader takes both; only of the small one the object is there."""
    small, large = packed_pdf(1000), packed_pdf(200_000_000)
    assert len(large) < 10_000
    assert b"/A 1" in read(small).content
    assert b"/A 1" not in read(large).content


@settings(max_examples=150)
@given(st.binary(max_size=400), st.integers(0, 400), st.sampled_from(["pdf", "PNG", "JPEG"]))
def test_damage_is_refused_or_repaired_and_never_an_error(
    noise: bytes, place: int, kind: str
) -> None:
    whole = pdf() if kind == "pdf" else picture(kind)
    content = whole[:8] + whole[8:place] + noise + whole[place + len(noise) :]
    with suppress(UploadRefused):
        assert b"JavaScript" not in read(content).content
