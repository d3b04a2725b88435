"""How long a video is and how large its picture, read from its container.

MP4 is ISO/IEC 14496-12: boxes of a size and a type; `moov` holds `mvhd` (duration) and a `tkhd` for
each track (picture size). WebM is Matroska (RFC 9559) in EBML (RFC 8794): elements of an id and a
size; `Segment/Info` holds the duration, `Tracks` the picture size. Only heads are read: what the
file weighs does not matter, nor what a hostile one says about itself.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any

MOST_STEPS = 10_000
"""Boxes or elements looked at; a film of an hour has some hundred before its data."""

MOST_BYTES = 8 * 1024 * 1024
"""Of a head that is read into memory."""

LONGEST = 24 * 3600.0  # seconds; more is nonsense


class ProbeError(Exception):
    """The container is not whole, or not what it says."""


@dataclass(frozen=True, slots=True)
class VideoFacts:
    """Seconds, and pixels where the file says them."""

    duration: float
    width: int | None
    height: int | None


def video_probe(file: IO[bytes] | Any) -> VideoFacts:
    """What the MP4 or WebM says of itself.

    :param file: open for reading and seekable; left anywhere.
    :raises ProbeError: it is neither, or it is cut off.
    """
    size = file.seek(0, 2)
    size = file.tell() if size is None else size
    file.seek(0)
    head = file.read(12)
    try:
        if head[4:8] == b"ftyp":
            return _mp4(file, size)
        if head[:4] == b"\x1a\x45\xdf\xa3":
            return _webm(file, size)
    except (struct.error, IndexError) as error:
        raise ProbeError("cut off") from error
    raise ProbeError("neither MP4 nor WebM")


def _checked(duration: float, size: tuple[int, int] | None) -> VideoFacts:
    if not 0 < duration <= LONGEST:  # NaN is refused with it
        raise ProbeError(f"a duration of {duration} s")
    width, height = size or (None, None)
    return VideoFacts(round(duration, 3), width, height)


# MP4 -----------------------------------------------------------------------------------------


def _mp4(file: Any, size: int) -> VideoFacts:
    moov = None
    has_data = False
    for kind, start, end in _boxes_of_file(file, size):
        has_data = has_data or kind == b"mdat"
        if kind == b"moov":
            if end - start > MOST_BYTES:
                raise ProbeError("a head of that size")
            file.seek(start)
            moov = file.read(end - start)
    if moov is None or not has_data:
        raise ProbeError("without moov or mdat")
    return _moov(moov)


def _boxes_of_file(file: Any, size: int) -> Iterator[tuple[bytes, int, int]]:
    """(type, start, end) of what is inside each box at the top (clause 4.2)."""
    at = 0
    for _step in range(MOST_STEPS):
        if at == size:
            return
        file.seek(at)
        length, kind = struct.unpack(">I4s", file.read(8))
        start = at + 8
        if length == 1:
            (length,) = struct.unpack(">Q", file.read(8))
            start = at + 16
        end = size if length == 0 else at + length
        if end < start or end > size:
            raise ProbeError("a box beyond the end")
        yield kind, start, end
        at = end
    raise ProbeError("too many boxes")


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        if length < 8 or at + length > len(data):
            return
        yield kind, data[at + 8 : at + length]
        at += length


def _moov(moov: bytes) -> VideoFacts:
    duration = 0.0
    picture = None
    for kind, body in _boxes(moov):
        if kind == b"mvhd":
            duration = _mvhd(body)
        elif kind == b"trak":
            picture = picture or _tkhd(dict(_boxes(body)).get(b"tkhd", b""))
    return _checked(duration, picture)


def _mvhd(body: bytes) -> float:
    """Clause 8.2.2: times are 64 bits wide in version 1."""
    if body[0] == 1:
        scale, duration = struct.unpack_from(">IQ", body, 20)
    else:
        scale, duration = struct.unpack_from(">II", body, 12)
    return float(duration / scale) if scale else 0.0


def _tkhd(body: bytes) -> tuple[int, int] | None:
    """Clause 8.3.2: width and height are the last eight bytes, 16.16; zero for sound."""
    if len(body) < 8:
        return None
    width, height = struct.unpack(">II", body[-8:])
    return (width >> 16, height >> 16) if width >> 16 and height >> 16 else None


# WebM ----------------------------------------------------------------------------------------

SEGMENT, INFO, TRACKS, CLUSTER = 0x18538067, 0x1549A966, 0x1654AE6B, 0x1F43B675
SCALE, DURATION, ENTRY, PICTURE = 0x2AD7B1, 0x4489, 0xAE, 0xE0
WIDTH, HEIGHT = 0xB0, 0xBA
NANOSECONDS = 1_000_000_000


def _webm(file: Any, size: int) -> VideoFacts:
    file.seek(0)
    _id, length = _element(file)
    if length is None:
        raise ProbeError("a head without end")
    file.seek(length, 1)
    segment, length = _element(file)
    if segment != SEGMENT:
        raise ProbeError("without segment")
    if length is not None and file.tell() + length > size:
        raise ProbeError("cut off")
    parts = _segment(file, size)
    info = dict(_elements(parts[INFO]))
    scale = int.from_bytes(info.get(SCALE, b""), "big") or 1_000_000
    return _checked(_float(info.get(DURATION, b"")) * scale / NANOSECONDS, _webm_size(parts))


def _segment(file: Any, size: int) -> dict[int, bytes]:
    """Info and Tracks, which come before the first cluster or not at all (RFC 9559, 25.3)."""
    found: dict[int, bytes] = {}
    for _step in range(MOST_STEPS):
        if file.tell() >= size or len(found) == 2:
            break
        kind, length = _element(file)
        if kind == CLUSTER or length is None:
            break
        if kind in (INFO, TRACKS):
            if length > MOST_BYTES:
                raise ProbeError("a head of that size")
            found[kind] = file.read(length)
        else:
            file.seek(length, 1)
    if INFO not in found:
        raise ProbeError("without info")
    return found


def _webm_size(parts: dict[int, bytes]) -> tuple[int, int] | None:
    for kind, entry in _elements(parts.get(TRACKS, b"")):
        picture = dict(_elements(entry)).get(PICTURE) if kind == ENTRY else None
        if picture:
            facts = dict(_elements(picture))
            width, height = (int.from_bytes(facts.get(one, b""), "big") for one in (WIDTH, HEIGHT))
            return (width, height) if width and height else None
    return None


def _element(file: Any) -> tuple[int, int | None]:
    """Id and size of the element that begins here; None for a size that is not known."""
    first = file.read(1)[0]
    width = 9 - first.bit_length()
    kind = int.from_bytes(bytes([first]) + file.read(width - 1), "big")
    first = file.read(1)[0]
    width = 9 - first.bit_length()
    if width > 8:
        raise ProbeError("a size of no width")
    rest = file.read(width - 1)
    value = int.from_bytes(bytes([first & ((1 << (8 - width)) - 1)]) + rest, "big")
    is_unknown = value == (1 << (7 * width)) - 1
    return kind, None if is_unknown else value


def _elements(data: bytes) -> Iterator[tuple[int, bytes]]:
    stream = BytesIO(data)
    while stream.tell() < len(data):
        kind, length = _element(stream)
        if length is None:
            return
        yield kind, stream.read(length)


def _float(data: bytes) -> float:
    if len(data) == 4:
        return float(struct.unpack(">f", data)[0])
    if len(data) == 8:
        return float(struct.unpack(">d", data)[0])
    return 0.0
