"""Looking at a PDF by way of the process that reads it."""

from __future__ import annotations

import logging
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO

log = logging.getLogger(__name__)

READER = Path(__file__).with_name("reader.py")
PATIENCE = 30  # seconds on the clock; a machine may have other work


class Verdict(StrEnum):
    GOOD = "good"
    BROKEN = "broken"
    ENCRYPTED = "encrypted"
    ACTIVE = "active"


class PdfRefused(Exception):
    """The PDF is not one that anybody can simply read; `verdict` says why."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(str(verdict))
        self.verdict = verdict


@dataclass(frozen=True, slots=True)
class PdfLook:
    """A PDF that is whole, open to all, and does nothing by itself."""

    first_page: bytes
    """As PNG, at most 1286 pixels wide and high."""


def pdf_look(file: IO[bytes]) -> PdfLook:
    """Read the PDF to its last object and draw its first page, within bounds of memory and time.

    :param file: read from where it stands.
    :raises PdfRefused: it is broken, encrypted or active, or went over the bounds.
    """
    with tempfile.TemporaryFile() as copy:
        shutil.copyfileobj(file, copy)
        copy.seek(0)
        out = _read(copy)
    word, _, picture = out.partition(b"\n")
    try:
        verdict = Verdict(word.decode())
    except ValueError:
        verdict = Verdict.BROKEN
    if verdict is not Verdict.GOOD or not picture:
        raise PdfRefused(verdict if verdict is not Verdict.GOOD else Verdict.BROKEN)
    return PdfLook(picture)


def _read(file: IO[bytes]) -> bytes:
    """What the reader says; nothing where it died."""
    command = [sys.executable, "-I", "-B", str(READER)]
    try:
        done = subprocess.run(  # noqa: S603  our own script, no shell
            command, stdin=file, capture_output=True, timeout=PATIENCE, check=True
        )
    except subprocess.TimeoutExpired:
        log.warning("a PDF took longer than %s s to read", PATIENCE)
        return b""
    except subprocess.CalledProcessError as error:
        log.warning("a PDF ended its reader (%s): %s", error.returncode, error.stderr[-500:])
        return b""
    return done.stdout
