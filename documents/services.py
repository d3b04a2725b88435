"""Documents made by typst: tagged PDF (PDF/UA-1) and pictures.

A template is a typst file of an app, named `app/folder/file.typ`; it reads what it shows from
`json(bytes(sys.inputs.data))`. Text from outside is data and never becomes markup. Equal input
gives equal bytes. A template reads files of its own app only, and those that are given with the
data, at the root: a logo, a code. What several share, the colours and shapes of the campaign, is
the typst package `@local/charte` in `documents/packages/`.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import typst
from django.apps import apps

from documents.fonts import fonts

PACKAGES = Path(__file__).resolve().parent / "packages"

FILE_NAME = re.compile(r"[a-z0-9-]+\.(svg|png|jpg)")
NO_FILES: Mapping[str, bytes] = {}

PdfStandard = Literal["ua-1", "a-2b", "a-3b"]


class DocumentError(Exception):
    """The template is missing, or typst refused it; `hints` says what typst advises."""

    def __init__(self, message: str, hints: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.hints = hints


def pdf_render(
    *,
    template: str,
    data: Mapping[str, Any],
    timestamp: dt.datetime,
    files: Mapping[str, bytes] = NO_FILES,
    pdf_standard: PdfStandard = "ua-1",
) -> bytes:
    """The document as PDF. By default PDF/UA-1 (ISO 14289-1): typst refuses a template without
    title or with a figure without alternative.

    :param data: what JSON can carry.
    :param timestamp: the creation date in the file, aware; never the clock's, for equal bytes.
    :param files: pictures by name; the template finds «logo.svg» at «/logo.svg».
    :raises DocumentError: the template is missing or wrong, or a file cannot be drawn.
    """
    options = {"format": "pdf", "pdf_standards": [pdf_standard], "timestamp": timestamp}
    return _compile(template, data, files, **options)


def png_render(
    *, template: str, data: Mapping[str, Any], ppi: float, files: Mapping[str, bytes] = NO_FILES
) -> bytes:
    """The document's only page as PNG at `ppi` pixels per inch.

    :raises DocumentError: the template is missing or wrong, or makes several pages.
    """
    return _compile(template, data, files, format="png", ppi=ppi)


def _compile(
    template: str, data: Mapping[str, Any], files: Mapping[str, bytes], **options: Any
) -> bytes:
    root, path = _locate(template)
    compiler = typst.Compiler(
        input=_input(root, path, files),
        root=str(root),
        font_paths=fonts(),
        package_path=str(PACKAGES),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False, sort_keys=True)},
    )
    try:
        result = compiler.compile(**options)
    except typst.TypstError as error:
        raise DocumentError(f"{template}: {error.message}", tuple(error.hints)) from error
    except BaseException as error:
        # A drawing from outside may make the renderer panic, which pyo3 raises past `Exception`.
        if type(error).__name__ != "PanicException":
            raise
        raise DocumentError(f"{template}: the renderer gave up: {error}") from error
    if not isinstance(result, bytes):
        raise DocumentError(f"{template}: one page expected, {len(result or [])} made")
    return result


def _input(root: Path, path: Path, files: Mapping[str, bytes]) -> Any:
    """The template alone, or with files that are nowhere on the disk."""
    if not files:
        return str(path)
    if wrong := [name for name in files if not FILE_NAME.fullmatch(name)]:
        raise DocumentError(f"{path}: no names of pictures: {wrong}")
    return {"main.typ": f'#include "/{path.relative_to(root)}"'.encode(), **files}


def _locate(template: str) -> tuple[Path, Path]:
    """The folder of the app, which imports cannot leave, and the template in it."""
    label, _, rest = template.partition("/")
    try:
        root = Path(apps.get_app_config(label).path).resolve()
    except LookupError as error:
        raise DocumentError(f"{template}: no app named {label}") from error
    path = (root / rest).resolve()
    if not (path.is_relative_to(root) and path.suffix == ".typ" and path.is_file()):
        raise DocumentError(f"{template}: no such template")
    return root, path
