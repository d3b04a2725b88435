"""From a work to its file."""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from campaign_assets.designs.boxes import bleed_box_set
from campaign_assets.designs.cache import remembered
from campaign_assets.designs.data import data_of
from campaign_assets.designs.formats import FORMATS, Format
from campaign_assets.designs.pictures import picture_encode
from campaign_assets.designs.registry import FOLDER, Design, DesignError, design_get
from campaign_assets.designs.texts import (
    BRAND_LABELS,
    TextRefused,
    brand_problem,
    texts_problems,
    too_long,
)
from campaign_assets.designs.work import Work
from documents.fonts import fonts_folder
from documents.services import PACKAGES, DocumentError, pdf_render, png_render

FileKind = Literal["pdf", "png", "webp"]

# The files say when the series was drawn, not when this site made them: equal input, equal bytes.
DRAWN_AT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
BLEED = 3  # millimetres beyond the trimmed sheet
POINTS_PER_INCH = 72
MILLIMETRES_PER_INCH = 25.4
PREVIEW_HEIGHT = 1286  # pixels of a sheet as a picture, whatever its size: A4 at 110 ppi
MAKER_VERSION = "1"  # one more when what Python adds to a file changes
_OVERFLOW = re.compile(r"overflow:([\w.]+)")


def rendered(work: Work, kind: FileKind) -> bytes:
    """The file of the work; a sheet as a picture is a preview, trimmed.

    :raises TextRefused: a text does not fit, or cannot be read; says which and what to do.
    :raises DesignError: there is no such design, figure or world, or its description is wrong.
    :raises DocumentError: the template is wrong, or the logo cannot be drawn.
    :raises ValueError: the design has no such format, or a screen is asked as PDF.
    """
    design = design_get(work.design)
    _check(work, design, kind)
    return remembered(file_digest(work, kind), functools.partial(_made, work, design, kind))


def file_digest(work: Work, kind: FileKind) -> str:
    """Names the file of the work without making it: equal names, equal bytes."""
    name = "\n".join((work.digest, kind, settings.WAGTAIL_SITE_NAME, _drawn_with(work.design)))
    return hashlib.sha256(name.encode()).hexdigest()


def work_check(work: Work) -> None:
    """Raise what `rendered` would raise; quicker where pictures would have to be packed."""
    if work.is_print:
        rendered(work, "pdf")
        return
    design = design_get(work.design)
    _check(work, design, "png")
    _pdf(work, design)


def _check(work: Work, design: Design, kind: FileKind) -> None:
    if work.format not in FORMATS or FORMATS[work.format] not in design.formats:
        raise ValueError(f"{work.design} has no format {work.format!r}")
    if kind == "pdf" and not FORMATS[work.format].is_print:
        raise ValueError(f"{work.format} is a screen: a picture, no PDF")
    for name, value, known in (
        ("figure", work.figure, design.figures),
        ("world", work.world, design.worlds),
    ):
        if known and value not in known:
            raise DesignError(f"{work.design} has no {name} {value!r}")
    for problem in _problems(work, design):
        raise problem


def _problems(work: Work, design: Design) -> Iterator[TextRefused]:
    yield from texts_problems(design, work.texts).values()
    if not work.alt:
        yield TextRefused("alt", _("Décrivez le dessin pour qui ne le voit pas."))
    for field, text in _said_besides(work):
        problem = brand_problem(field, text)
        if problem:
            yield problem


def _said_besides(work: Work) -> Iterator[tuple[str, str]]:
    if work.brand:
        for name in ("name", "intranet", "hotline", "security_contact"):
            yield f"brand.{name}", getattr(work.brand, name)
    if work.qr:
        yield "qr.label", work.qr.label


def _made(work: Work, design: Design, kind: FileKind) -> bytes:
    if kind == "pdf":
        pdf = _pdf(work, design)
        return bleed_box_set(pdf, BLEED) if work.bleed else pdf
    format_ = FORMATS[work.format]
    data, files = data_of(work, design, bleed=0)
    with _overflow_told(design, format_):
        png = png_render(template=design.template, data=data, files=files, ppi=ppi_of(format_))
    return picture_encode(png, kind)


def _pdf(work: Work, design: Design) -> bytes:
    data, files = data_of(work, design, BLEED if work.bleed else 0)
    with _overflow_told(design, FORMATS[work.format]):
        return pdf_render(template=design.template, data=data, files=files, timestamp=DRAWN_AT)


@contextmanager
def _overflow_told(design: Design, format_: Format) -> Iterator[None]:
    """Say in French what the template says to us."""
    try:
        yield
    except DocumentError as error:
        overflow = _OVERFLOW.search(str(error))
        if overflow is None:
            raise
        raise too_long(overflow[1], _label(design, overflow[1]), format_) from error


def ppi_of(format_: Format) -> float:
    """Pixels per inch at which a screen has its exact size, and a sheet that of a preview."""
    if not format_.is_print:
        return POINTS_PER_INCH
    return PREVIEW_HEIGHT / format_.height * MILLIMETRES_PER_INCH


def _label(design: Design, field: str) -> str | Promise:
    labels: dict[str, str | Promise] = {one.name: one.label for one in design.fields}
    return (labels | BRAND_LABELS).get(field, field)


def _drawn_with(key: str) -> str:
    """Changes with whatever is drawn with: templates, shapes, typefaces, typst."""
    folders = (FOLDER / key, FOLDER / "shared", PACKAGES)
    files = (file for folder in folders for file in sorted(folder.rglob("*.t*")))
    written = tuple((str(file), file.stat().st_mtime_ns) for file in files)
    return _digest(written, (MAKER_VERSION, version("typst"), fonts_folder().name))


@functools.lru_cache(maxsize=64)
def _digest(written: tuple[tuple[str, int], ...], besides: Iterable[str]) -> str:
    """Reads the files again once one of them has been written again."""
    whole = hashlib.sha256("\n".join(besides).encode())
    for name, _written_at in written:
        whole.update(Path(name).name.encode() + b"\0" + Path(name).read_bytes())
    return whole.hexdigest()
