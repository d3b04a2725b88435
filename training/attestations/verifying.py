"""The public check of a code: each room that hands out papers says what there is of one.

Training's own attestations are looked for first; other rooms register a finder in their AppConfig.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from training.attestations import selectors
from training.attestations.codes import code_read
from training.attestations.names import masked
from training.attestations.selectors import Finding, Validity
from training.enums import Provenance
from training.models import Attestation


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """The answer to a code; what is not needed to compare with the paper is not in it."""

    finding: Finding
    code: str = ""
    kind: Promise | str = ""
    title: str = ""
    day_label: Promise | str = ""
    day: dt.date | None = None
    holder: str = ""
    origin: str = ""  # who declared what the platform did not observe
    withdrawn: Promise | str = ""  # what became of it, if it is not worth anything any more
    validity: Validity | None = None


Finder = Callable[[str, dt.date], Check | None]

_finders: list[Finder] = []


def finder_register(finder: Finder) -> None:
    """`finder` takes a code as it is stored and a day; None for a code that is none of its own."""
    if finder not in _finders:
        _finders.append(finder)


def code_check(*, typed: str, day: dt.date) -> Check:
    """What there is to say of a code. One that nobody could have been given is looked for too."""
    code = code_read(typed)
    for finder in (_attestation_find, *_finders):
        found = finder(code, day)
        if found is not None:
            return found
    return Check(finding=Finding.UNKNOWN)


def _attestation_find(code: str, day: dt.date) -> Check | None:
    attestation = Attestation.objects.filter(code=code).select_related("person").first()
    if attestation is None:
        return None
    provenance = Provenance(attestation.provenance)
    validity = selectors.validity_standing(attestation=attestation, day=day)
    return Check(
        finding=_finding(validity),
        code=code,
        kind=_("Formation"),
        title=attestation.title,
        day_label=_("Validée le"),
        withdrawn=_("la formation a été retirée des formations validées"),
        day=timezone.localdate(attestation.completed_at),
        holder=masked(attestation.person.first_name, attestation.person.last_name),
        origin=str(provenance.label) if provenance.is_declared else "",
        validity=validity,
    )


def _finding(validity: Validity | None) -> Finding:
    if validity is None:
        return Finding.WITHDRAWN
    return Finding.EXPIRED if validity.is_over else Finding.VALID
