"""What the screens of staff lists show. A fixed number of queries each."""

from __future__ import annotations

import dataclasses
import datetime as dt
import uuid
from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from documents.exports import ExportTable, Value
from organisation.enums import ChangeKind, RosterStage
from organisation.models import (
    Appointment,
    Establishment,
    Person,
    RosterChange,
    RosterImport,
    RosterLine,
)

from .columns import Field

SAMPLE_LINES = (
    *(("00123", "Martin", "Camille", "camille.martin@exemple.fr", "10100000009"),),
    *(("00124", "Diallo", "Aïssatou", "", ""),),
)


@dataclasses.dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whom a doubtful line may mean."""

    pk: int
    name: str
    work: str


def rosters_listed() -> QuerySet[RosterImport]:
    """All lists, the newest first."""
    return RosterImport.objects.select_related("establishment", "requested_by")


def roster_get(uid: uuid.UUID) -> RosterImport | None:
    """One list with its establishment."""
    return rosters_listed().filter(uid=uid).first()


def changes_of_kind(*, roster: RosterImport, kind: str) -> QuerySet[RosterChange]:
    """What happens to people, by name."""
    return roster.changes.filter(kind=kind).order_by("name", "key")


def changes_refused(*, roster: RosterImport) -> QuerySet[RosterChange]:
    """Those whom undoing left as they were, with the reason."""
    return roster.changes.exclude(refusal="").order_by("name", "key")


def lines_refused(*, roster: RosterImport) -> QuerySet[RosterLine]:
    """The lines that are not taken, in the order of the file."""
    return roster.lines.exclude(problem="", conflict="").order_by("number")


def candidates_of(*, changes: Iterable[RosterChange]) -> dict[int, list[Candidate]]:
    """{primary key of a doubtful change: whom it may mean}. Two queries."""
    changes = list(changes)
    pks = {pk for change in changes for pk in change.effects.get("candidates", ())}
    work: dict[int, list[str]] = {}
    rows = Appointment.objects.filter(person__in=pks, ends_on=None).order_by("pk")
    for person, place, role in rows.values_list("person", "establishment__name", "role__name"):
        work.setdefault(person, []).append(f"{role}, {place}")
    people = {
        person.pk: Candidate(
            person.pk,
            ", ".join(filter(None, (str(person), person.email))),
            " ; ".join(work.get(person.pk, [])),
        )
        for person in Person.objects.filter(pk__in=pks)
    }
    return {
        change.pk: [people[pk] for pk in change.effects.get("candidates", ()) if pk in people]
        for change in changes
    }


def undecided_count(roster: RosterImport) -> int:
    """How many people of the file still wait for a decision."""
    doubtful = roster.counts.get(ChangeKind.DOUBTFUL, 0)
    return int(doubtful) - int(roster.counts.get("aside", 0))


def last_applied(*, establishment: Establishment) -> RosterImport | None:
    """The list that stands for an establishment."""
    applied = RosterImport.objects.filter(establishment=establishment, stage=RosterStage.APPLIED)
    return applied.order_by("-applied_at").first()


def columns_explained() -> list[tuple[str, str]]:
    """Each column of a staff list with what stands in it, in plain words."""
    texts = {
        Field.HR_NUMBER: _("Le numéro que votre logiciel donne à l’agent, par exemple 00123."),
        Field.LAST_NAME: _("Obligatoire. Le nom sous lequel on connaît l’agent."),
        Field.FIRST_NAME: _("Obligatoire."),
        Field.EMAIL: _("Celle du travail, et d’une seule personne ; vide s’il n’en a pas."),
        Field.NATIONAL_ID: _("Onze chiffres (RPPS) ou neuf signes (ADELI), pour les soignants."),
        Field.ROLE: _("Obligatoire. Métier, emploi ou grade, dans vos mots."),
        Field.DEPARTMENT: _("Service ou unité fonctionnelle (UF)."),
        Field.SITE: _("Le nom du site, ou son numéro FINESS géographique."),
        Field.STARTS_ON: _("Le premier jour dans ce poste, par exemple 02/09/2024."),
        Field.ENDS_ON: _("Le dernier jour travaillé ; vide tant que l’agent est là."),
    }
    return [(str(field.label), text) for field, text in texts.items()]


def sample_table() -> ExportTable:
    """An empty staff list with the right titles and two invented people."""
    rows: list[tuple[Value, ...]] = [
        (*line, role, department, "", dt.date(2024, 9, 2), None)
        for line, role, department in zip(
            SAMPLE_LINES, ("Infirmier", "Aide-soignante"), ("Cardiologie", "Urgences"), strict=True
        )
    ]
    return ExportTable(
        title=_("Liste du personnel"),
        filename="modele-liste-du-personnel",
        notes=columns_explained(),
        header=[
            *(str(Field(field).label) for field in ("hr_number", "last_name", "first_name")),
            *(str(Field(field).label) for field in ("email", "national_id", "role")),
            *(str(Field(field).label) for field in ("department", "site", "starts_on", "ends_on")),
        ],
        rows=rows,
    )


def refused_table(roster: RosterImport) -> ExportTable:
    """The lines to be corrected, for a spreadsheet."""
    lines = lines_refused(roster=roster)
    return ExportTable(
        title=_("Lignes refusées"),
        filename=f"lignes-refusees-{roster.as_of}",
        notes=(),
        header=[_("Ligne"), _("Motif")],
        rows=((line.number, line.problem or line.conflict) for line in lines.iterator(1000)),
    )
