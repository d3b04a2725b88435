"""The ZIP of an archive: parts as they are made, and the whole put together from them.

A part is a ZIP of its own with the PDFs of one batch and the lines of the list that belong to them.
It is stored under a name that follows from its number, so that work which is begun again after a
kill writes the same part anew and never a second one.
"""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import IO

from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _

from documents.archives.names import FileNames
from documents.archives.packing import private_storage, private_store, zip_entry
from documents.exports import csv_lines
from training.attestations.names import file_stem

LINES = "lines.json"
LIST_NAME = "0_liste.csv"


@dataclass(frozen=True, slots=True)
class Line:
    """An attestation in the list; days as they are written in French."""

    last_name: str
    first_name: str
    title: str
    completed_on: str
    counts_until: str
    provenance: str
    code: str


def part_store(*, folder: str, number: int, files: Iterable[tuple[Line, bytes]]) -> None:
    """Keep the part `number` of the archive in `folder`, in place of an earlier try."""
    out = io.BytesIO()
    lines = []
    with zipfile.ZipFile(out, "w") as part:
        for line, content in files:
            part.writestr(zip_entry(f"{line.code}.pdf"), content)
            lines.append(asdict(line))
        part.writestr(zip_entry(LINES), json.dumps(lines))
    private_store(_part_name(folder, number), ContentFile(out.getvalue()))


def archive_store(*, folder: str, parts: int) -> str:
    """Put the `parts` together, with a list in front; answers the name of the stored file."""
    name = f"{folder}/attestations.zip"
    with tempfile.TemporaryFile() as whole:
        _put_together(whole, folder, parts)
        whole.seek(0)
        private_store(name, File(whole))
    return name


def parts_delete(*, folder: str, parts: int) -> None:
    """Deleting what is not there is no error, so it bears repetition."""
    for number in range(parts):
        private_storage().delete(_part_name(folder, number))


def _put_together(whole: IO[bytes], folder: str, parts: int) -> None:
    names = FileNames()
    names.take(LIST_NAME, "")
    listed: list[tuple[Line, str]] = []
    with zipfile.ZipFile(whole, "w") as archive:
        for number in range(parts):
            with (
                private_storage().open(_part_name(folder, number)) as file,
                zipfile.ZipFile(file) as part,
            ):
                for line in _lines(part):
                    name = names.take(_stem(line), ".pdf")
                    archive.writestr(zip_entry(name), part.read(f"{line.code}.pdf"))
                    listed.append((line, name))
        archive.writestr(zip_entry(LIST_NAME), _list(listed).encode())


def _lines(part: zipfile.ZipFile) -> Sequence[Line]:
    return [Line(**line) for line in json.loads(part.read(LINES))]


def _stem(line: Line) -> str:
    return file_stem(last_name=line.last_name, first_name=line.first_name, title=line.title)


def _list(listed: Sequence[tuple[Line, str]]) -> str:
    header = (
        _("Nom"),
        _("Prénom"),
        _("Formation"),
        _("Validée le"),
        _("Compte jusqu’au"),
        _("Provenance"),
        _("Code de vérification"),
        _("Fichier"),
    )
    rows = [(*asdict(line).values(), name) for line, name in listed]
    return "".join(csv_lines(header=header, rows=rows))


def _part_name(folder: str, number: int) -> str:
    return f"{folder}/part-{number:05d}.zip"
