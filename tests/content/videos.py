"""The smallest MP4 and WebM files that say how long they are."""

from __future__ import annotations

import struct


def box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(body), kind) + body


def mp4(seconds: float = 2.0, width: int = 640, height: int = 360, *, version: int = 0) -> bytes:
    scale, length = 1000, round(seconds * 1000)
    if version == 1:
        mvhd = box(b"mvhd", b"\1\0\0\0" + struct.pack(">QQIQ", 0, 0, scale, length) + bytes(80))
    else:
        mvhd = box(b"mvhd", bytes(12) + struct.pack(">II", scale, length) + bytes(80))
    tkhd = box(b"tkhd", bytes(76) + struct.pack(">II", width << 16, height << 16))
    moov = box(b"moov", mvhd + box(b"trak", tkhd))
    return box(b"ftyp", b"isom\0\0\0\0mp42") + moov + box(b"mdat", bytes(64))


def element(kind: int, body: bytes) -> bytes:
    raw = kind.to_bytes((kind.bit_length() + 7) // 8, "big")
    return raw + (0x0100000000000000 | len(body)).to_bytes(8, "big") + body


def webm(seconds: float = 2.0, width: int = 640, height: int = 360) -> bytes:
    info = element(0x1549A966, element(0x4489, struct.pack(">d", seconds * 1000)))
    picture = element(0xB0, width.to_bytes(2, "big")) + element(0xBA, height.to_bytes(2, "big"))
    tracks = element(0x1654AE6B, element(0xAE, element(0xE0, picture)))
    segment = element(0x18538067, info + tracks + element(0x1F43B675, bytes(64)))
    return element(0x1A45DFA3, element(0x4282, b"webm")) + segment
