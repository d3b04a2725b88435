"""The file itself: size, encoding, digest, then its lines, never the whole of it in memory."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from organisation.enums import RegisterKind

from .formats import SITES_CSV_STATE, extract_date, kind_of, parse_line
from .records import Parsed, Problem, RegisterError, RegisterFile

MAX_BYTES = 256 * 1024 * 1024  # the register's extract is about a tenth of it
MAX_LINE = 8 * 1024  # bytes; its longest lines have a few hundred
_BOM = b"\xef\xbb\xbf"


def register_file(path: Path, *, date: dt.date | None = None) -> RegisterFile:
    """Look through a file once: which format, which encoding, of when, and its digest.

    `date` says of when the file is, where it carries no date or a wrong one.
    Raises RegisterError if it cannot be one of ours.
    """
    if not path.is_file():
        raise RegisterError(_("Ce fichier n’existe pas."))
    if path.stat().st_size > MAX_BYTES:
        raise RegisterError(_("Ce fichier est trop gros pour être le registre."))
    first, utf8, other = b"", 0, 0
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256")
        stream.seek(0)
        for number, line in _raw_lines(stream):
            first = line if number == 1 else first
            if not line.isascii():
                utf8, other = (utf8 + 1, other) if _is_utf8(line) else (utf8, other + 1)
    # Latin-1 in the broad sense that browsers have: the register may hold a «œ» or a «’».
    encoding = "utf-8" if utf8 >= other else "cp1252"
    header = first.removeprefix(_BOM).decode(encoding, "replace")
    kind = kind_of(header)
    return RegisterFile(
        kind=kind,
        encoding=encoding,
        date=date or (SITES_CSV_STATE if kind == RegisterKind.SITES_CSV else extract_date(header)),
        sha256=digest.hexdigest(),
    )


def parsed_lines(path: Path, file: RegisterFile) -> Iterator[Parsed]:
    """All lines but the first and the empty ones, in order."""
    with path.open("rb") as stream:
        for number, raw in _raw_lines(stream):
            if number == 1 or not raw.strip():
                continue
            yield _parse_raw(file, number, raw)


def _parse_raw(file: RegisterFile, number: int, raw: bytes) -> Parsed:
    if len(raw) > MAX_LINE:
        return Problem(number, _("ligne trop longue"))
    try:
        line = raw.decode(file.encoding)
    except UnicodeDecodeError:
        # The identifier is ASCII: it can be read though the rest cannot.
        problem = parse_line(file.kind, number, raw.decode("ascii", "replace") + "\x00")
        finess_et = problem.finess_et if isinstance(problem, Problem) else None
        return Problem(number, _("caractères illisibles dans cet encodage"), finess_et)
    return parse_line(file.kind, number, line.rstrip("\r\n"))


def _raw_lines(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Numbered lines with their end. One too long is cut: the rest of it is read and dropped."""
    number = 0
    while line := stream.readline(MAX_LINE + 1):
        number += 1
        yield number, line
        while len(line) > MAX_LINE and not line.endswith(b"\n"):
            line = stream.readline(MAX_LINE + 1)
            if len(line) <= MAX_LINE:
                break


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
