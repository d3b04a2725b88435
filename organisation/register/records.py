"""What a line of the register becomes."""

from __future__ import annotations

import dataclasses
import datetime as dt

from organisation.enums import RegisterKind


class RegisterError(Exception):
    """The file as a whole is not taken; the message, in French, says why."""


@dataclasses.dataclass(frozen=True, slots=True)
class SiteRecord:
    """One site. None where the format does not tell: what is known then stays."""

    line: int
    finess_et: str
    finess_ej: str | None
    name: str
    category_code: str
    category_label: str
    sector: str | None
    postcode: str
    city: str
    department_code: str
    latitude: float | None = None
    longitude: float | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Problem:
    """A line that was refused. `finess_et` is kept where it could be read: such a site is not
    gone from the register, and is not closed."""

    line: int
    reason: str
    finess_et: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class OutOfScope:
    """A line of the register that is about no hospital."""

    line: int


Parsed = SiteRecord | Problem | OutOfScope


@dataclasses.dataclass(frozen=True, slots=True)
class RegisterFile:
    """What is known of a file before its lines are read."""

    kind: RegisterKind
    encoding: str
    date: dt.date
    sha256: str
