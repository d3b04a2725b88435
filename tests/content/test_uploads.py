"""Uploads are hostile until checked: what they are, how long, and that they are one thing only."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from PIL import Image

from content.probing import ProbeError, video_probe
from content.validators import (
    MAX_VIDEO_BYTES,
    validate_pdf_file,
    validate_picture_file,
    validate_video_file,
    validate_webm_file,
)
from tests.support.pdf import PDF

from .videos import box, mp4, webm


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, kind)
    return out.getvalue()


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.exe", "MZ")
    return out.getvalue()


def refused(check: Callable[[File[bytes]], object], content: bytes, name: str) -> str:
    with pytest.raises(ValidationError) as error:
        check(ContentFile(content, name=name))
    return " ".join(error.value.messages)


@pytest.mark.parametrize("content", [mp4(61.5), mp4(61.5, version=1), webm(61.5)])
def test_duration_and_size_are_read_from_the_file(content: bytes) -> None:
    facts = video_probe(io.BytesIO(content))
    assert (facts.duration, facts.width, facts.height) == (61.5, 640, 360)


def test_starter_video_says_how_long_it_is() -> None:
    for file in Path("starter/assets/video").glob("*.mp4"):
        with file.open("rb") as content:
            assert 15 < video_probe(content).duration < 70


@pytest.mark.parametrize("make", [mp4, webm])
def test_a_video_cut_anywhere_is_refused_and_nothing_else_happens(
    make: Callable[..., bytes],
) -> None:
    whole = make()
    for end in range(len(whole)):
        with pytest.raises(ProbeError):
            video_probe(io.BytesIO(whole[:end]))


@pytest.mark.parametrize(
    "content",
    [
        mp4(0),
        mp4(10**6),
        webm(float("nan")),
        webm(-1),
        box(b"ftyp", b"isom") + box(b"moov", b"") + box(b"mdat", b""),
        box(b"ftyp", b"isom") + struct.pack(">I4sQ", 1, b"mdat", 2**63),
        box(b"ftyp", b"isom") + box(b"free", b"") * 20_000,
        b"\x1a\x45\xdf\xa3" + b"\x01" + b"\xff" * 7,
        b"\x1a\x45\xdf\xa3\x00",
    ],
)
def test_a_video_that_lies_is_refused(content: bytes) -> None:
    assert "incomplète ou abîmée" in refused(validate_video_file, content, "v.mp4")


class Sparse(File[bytes]):
    """A file of any weight that takes no room."""

    def __init__(self, head: bytes, weight: int, path: Path) -> None:
        path.write_bytes(head)
        with path.open("r+b") as file:
            file.truncate(weight)
        super().__init__(path.open("rb"), path.name)


def test_a_video_of_two_gigabytes_is_refused_without_being_read(tmp_path: Path) -> None:
    file = Sparse(mp4(), 2 * 1024**3, tmp_path / "film.mp4")
    tracemalloc.start()
    with pytest.raises(ValidationError, match="dépasse 500 Mo"):
        validate_video_file(file)
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()
    file.close()


def test_a_heavy_video_is_checked_by_its_head_alone(tmp_path: Path) -> None:
    head = mp4()
    weight = MAX_VIDEO_BYTES
    # The last box reaches to the end of the file (ISO/IEC 14496-12, 4.2).
    at = head.rindex(b"mdat") - 4
    head = head[:at] + struct.pack(">I", 0) + head[at + 4 :]
    file = Sparse(head, weight, tmp_path / "film.mp4")
    tracemalloc.start()
    assert validate_video_file(file).duration == 2.0
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()
    file.close()


def test_the_webm_beside_an_mp4_is_a_webm() -> None:
    validate_webm_file(ContentFile(webm(), name="v.webm"))
    assert "pas un WebM" in refused(validate_webm_file, mp4(), "v.webm")


def test_a_pdf_is_taken() -> None:
    validate_pdf_file(ContentFile(PDF, name="a.pdf"))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"<html>", "n’est pas un PDF"),
        (b"MZ" + PDF, "n’est pas un PDF"),
        (b"", "n’est pas un PDF"),
        (PDF[:40], "incomplet ou abîmé"),
        (PDF.replace(b"1 0 R>>\nstartxref", b"1 0 R/Encrypt 5 0 R>>\nstartxref"), "mot de passe"),
        (PDF + zipped(), "incomplet ou abîmé|deux choses"),
        (PDF[:9] + zipped() + PDF[9:], "deux choses"),
        (PDF[:9] + b"<script>alert(1)</script>" + PDF[9:], "deux choses"),
        (PDF[:9] + b"/S/JavaScript/JS(app.alert(1))" + PDF[9:], "un programme"),
        (PDF[:9] + b" " * 1024**2 + b"/Type/EmbeddedFile" + PDF[9:], "pièce jointe"),
    ],
)
def test_what_is_no_plain_pdf_is_refused(content: bytes, why: str) -> None:
    said = refused(validate_pdf_file, content, "a.pdf")
    assert any(one in said for one in why.split("|"))


@pytest.mark.parametrize(
    ("kind", "name"),
    [("PNG", "a.png"), ("JPEG", "a.jpg"), ("JPEG", "a.JPEG"), ("WEBP", "a.webp"), ("GIF", "a.gif")],
)
def test_a_picture_is_taken(kind: str, name: str) -> None:
    validate_picture_file(ContentFile(picture(kind), name=name))


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.png", "ne se lit pas"),
        (picture()[:60], "a.png", "ne se lit pas"),
        (b"", "a.png", "ne se lit pas"),
        (picture("JPEG"), "a.png", "ce que dit son nom"),
        (picture("BMP"), "a.bmp", "ne se lit pas"),
        (picture() + zipped(), "a.png", "deux choses"),
        (picture("GIF")[:20] + b"<script>" + picture("GIF")[20:], "a.gif", "deux choses"),
    ],
)
def test_what_is_no_plain_picture_is_refused(content: bytes, name: str, why: str) -> None:
    assert why in refused(validate_picture_file, content, name)


def test_a_picture_of_a_gigapixel_is_refused_by_its_head(monkeypatch: pytest.MonkeyPatch) -> None:
    content = picture()
    huge = content[:16] + struct.pack(">II", 40_000, 40_000) + content[24:]
    huge = huge[:29] + struct.pack(">I", zlib.crc32(huge[12:29])) + huge[33:]
    tracemalloc.start()
    said = refused(validate_picture_file, huge, "a.png")
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()
    assert "50 millions de pixels" in said


def test_a_heavy_picture_is_refused(settings: Any) -> None:
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 50
    assert "dépasse 15 Mo" in refused(validate_picture_file, picture(), "a.png")
