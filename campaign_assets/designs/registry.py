"""The designs there are, read from the folders beside this file.

`description.toml` is written by designers, so what is wrong with it is told in their words, with
the file's name. A folder without a description (`shared`) is no design.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from dataclasses import fields as dataclass_fields
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any

from campaign_assets.designs.formats import FORMATS, Format
from documents.services import DocumentError

FOLDER = Path(__file__).resolve().parent
DESCRIPTION = "description.toml"
TEMPLATE = "template.typ"


class DesignError(DocumentError):
    """The folder of a design is not what it should be, or there is none of that key."""


class Kind(StrEnum):
    POSTER = "poster"
    VISUAL = "visual"
    CARD = "card"


@dataclass(frozen=True, slots=True)
class Field:
    """A text of the design. `is_free`: hospitals may write their own. `is_labelled`: the template
    sets the label above it, and the text means little without. The sizes are points on A4
    or on a screen of 1080 pixels; the template scales them with the format."""

    name: str
    label: str
    max_length: int
    help: str = ""
    max_lines: int = 1
    default: str = ""
    is_required: bool = False
    is_free: bool = False
    is_labelled: bool = False
    size_max: float = 12
    size_min: float = 8


@dataclass(frozen=True, slots=True)
class Design:
    """A template and what it asks for. `figures` and `worlds` are what editors choose from: the
    names that the template knows, and what each is called."""

    key: str
    name: str
    kind: Kind
    formats: tuple[Format, ...]
    fields: tuple[Field, ...]
    figures: Mapping[str, str] = dataclass_field(default_factory=dict)
    worlds: Mapping[str, str] = dataclass_field(default_factory=dict)

    @property
    def template(self) -> str:
        """As `documents` names it."""
        return f"campaign_assets/designs/{self.key}/{TEMPLATE}"

    def field(self, name: str) -> Field:
        """:raises KeyError: the design has no such field."""
        return {one.name: one for one in self.fields}[name]


def designs_all(folder: Path = FOLDER) -> dict[str, Design]:
    """Every design by its key.

    :raises DesignError: a description is wrong; says which, and what is wrong.
    """
    return {
        file.parent.name: _read(file, file.stat().st_mtime_ns)
        for file in sorted(folder.glob(f"*/{DESCRIPTION}"))
    }


def design_get(key: str) -> Design:
    """:raises DesignError: there is no such design, or its description is wrong."""
    file = FOLDER / key / DESCRIPTION
    if not key.replace("-", "").isalnum() or not file.is_file():
        raise DesignError(f"no design {key!r}")
    return _read(file, file.stat().st_mtime_ns)


@functools.lru_cache(maxsize=64)
def _read(file: Path, _written_at: int) -> Design:
    """Read again when it has been written again."""
    try:
        said = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DesignError(f"{file}: {error}") from error
    return _Reader(file).design(said)


class _Reader:
    """Turns a description into a design, or says what is wrong with it."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def design(self, said: Mapping[str, Any]) -> Design:
        self._known("the design", said, Design, besides={"key"})
        fields = tuple(self._field(one) for one in self._get(said, "fields", list))
        names = [one.name for one in fields]
        self._expect(names, "it has no [[fields]]")
        self._expect(len(set(names)) == len(names), "two fields have the same name")
        self._expect((self.file.parent / TEMPLATE).is_file(), f"{TEMPLATE} is missing")
        return Design(
            key=self.file.parent.name,
            name=self._get(said, "name", str),
            kind=self._kind(self._get(said, "kind", str)),
            formats=self._formats(said),
            fields=fields,
            figures=self._labelled(said, "figures"),
            worlds=self._labelled(said, "worlds"),
        )

    def _field(self, said: Mapping[str, Any]) -> Field:
        name = self._get(said, "name", str)
        self._expect(name.isidentifier(), f"{name!r} is no name of a field: letters and _ only")
        self._known(f"field {name!r}", said, Field)
        self._expect("label" in said, f"field {name!r} has no label")
        self._expect("max_length" in said, f"field {name!r} has no max_length")
        field = Field(**said)
        for one in dataclass_fields(Field):
            wanted, value = _TYPES[str(one.type)], getattr(field, one.name)
            right = isinstance(value, wanted) and (bool in wanted or not isinstance(value, bool))
            self._expect(right, f"{one.name} of field {name!r} should be {_SPOKEN[wanted]}")
        self._expect(field.max_length > 0, f"max_length of field {name!r} is not positive")
        self._expect(field.max_lines > 0, f"max_lines of field {name!r} is not positive")
        self._expect(
            0 < field.size_min <= field.size_max, f"size_min of field {name!r} is above size_max"
        )
        self._expect(
            len(field.default) <= field.max_length, f"default of field {name!r} is too long"
        )
        return field

    def _kind(self, said: str) -> Kind:
        kinds = [str(kind) for kind in Kind]
        self._expect(said in kinds, f"kind {said!r} is none of {', '.join(kinds)}")
        return Kind(said)

    def _formats(self, said: Mapping[str, Any]) -> tuple[Format, ...]:
        keys = self._labelled(said, "formats")
        unknown = [key for key in keys if key not in FORMATS]
        self._expect(not unknown, f"unknown formats {unknown}; there are {', '.join(FORMATS)}")
        self._expect(keys, "it has no formats")
        return tuple(FORMATS[key] for key in keys)

    def _labelled(self, said: Mapping[str, Any], name: str) -> Mapping[str, str]:
        """Keys alone, or a table of keys with the words that editors see."""
        value = said.get(name, [])
        table = {one: one for one in value} if self._is_texts(value) else value
        right = isinstance(table, dict) and self._is_texts([*table.values()])
        self._expect(right, f"{name} should be a list of texts, or a table of texts")
        return MappingProxyType(dict(table))

    @staticmethod
    def _is_texts(value: object) -> bool:
        return isinstance(value, list) and all(isinstance(one, str) for one in value)

    def _get(self, said: Mapping[str, Any], name: str, wanted: type) -> Any:
        value = said.get(name)
        self._expect(isinstance(value, wanted) and value, f"{name} is missing")
        return value

    def _known(
        self, what: str, said: object, model: type, besides: frozenset[str] | set[str] = frozenset()
    ) -> None:
        assert isinstance(said, Mapping)
        unknown = set(said) - ({one.name for one in dataclass_fields(model)} - besides)
        self._expect(not unknown, f"{what} says what nobody reads: {', '.join(sorted(unknown))}")

    def _expect(self, holds: object, otherwise: str) -> None:
        if not holds:
            raise DesignError(f"{self.file}: {otherwise}")


_TYPES: dict[str, tuple[type, ...]] = {
    "str": (str,),
    "int": (int,),
    "bool": (bool,),
    "float": (int, float),
}
_SPOKEN = {
    (str,): "a text",
    (int,): "a whole number",
    (bool,): "true or false",
    (int, float): "a number",
}
