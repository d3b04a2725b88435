"""Applying a register file: one transaction, written in batches."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from organisation.models import Establishment, RegisterImport, Site
from organisation.services.merging import establishments_merge, pin_to_only_site, site_transfer
from users.services import audit_record

from .formats import COVERED_CATEGORIES
from .plan import Known, Moves, legal_entities, moves_of, promoted
from .reading import parsed_lines, register_file
from .records import OutOfScope, Problem, RegisterError, RegisterFile, SiteRecord
from .refresh import establishments_refresh

BATCH = 500
PROGRESS_LINES = 10_000
MOST_SITES = 200_000  # the register has some 13,000 of these categories
KEPT_PROBLEMS = 1_000  # all are counted, these are told one by one
MASS_CLOSING = 0.2  # share of the known sites that no single extract closes

Progress = Callable[[str], None]

COUNTS = (
    "new",
    "updated",
    "unchanged",
    "closed",
    "reopened",
    "merged",
    "transferred",
    "out_of_scope",
    "refused",
)


@dataclasses.dataclass(slots=True)
class ImportReport:
    """What an import did: counts by the names of `COUNTS`, and the first problems."""

    file: RegisterFile
    counts: Counter[str]
    problems: list[Problem]


@dataclasses.dataclass(slots=True)
class _Reading:
    records: dict[str, SiteRecord] = dataclasses.field(default_factory=dict)
    seen: set[str] = dataclasses.field(default_factory=set)
    problems: list[Problem] = dataclasses.field(default_factory=list)
    counts: Counter[str] = dataclasses.field(default_factory=Counter)

    def refuse(self, problem: Problem) -> None:
        self.counts["refused"] += 1
        if len(self.problems) < KEPT_PROBLEMS:
            self.problems.append(problem)
        if problem.finess_et:
            self.seen.add(problem.finess_et)


def register_import(
    *,
    path: Path,
    today: dt.date,
    date: dt.date | None = None,
    allow_older: bool = False,
    allow_mass_closing: bool = False,
    progress: Progress = lambda text: None,
) -> ImportReport:
    """Read a register file into the database, all or nothing.

    `date` is of when the file is, if it does not say. Lines that cannot be read are reported and
    the rest goes in; sites that are missing are closed at the file's date. Raises RegisterError
    for a file that is none of ours, older than the last one, or that would close too much.
    """
    file = register_file(path, date=date)
    _check_date(file, today, allow_older)
    progress(
        _("Fichier du %(date)s, encodage %(encoding)s.")
        % {"date": f"{file.date:%d/%m/%Y}", "encoding": file.encoding}
    )
    reading = _read(path, file, progress)
    with transaction.atomic():
        counts = reading.counts + _Application(file, reading, progress).run(allow_mass_closing)
        row = RegisterImport.objects.create(
            kind=file.kind,
            file_name=path.name[:255],
            file_date=file.date,
            sha256=file.sha256,
            counts={name: counts[name] for name in COUNTS},
        )
        audit_record(actor=None, action="register.import", target=f"register_import:{row.pk}")
    return ImportReport(file, counts, reading.problems)


def _check_date(file: RegisterFile, today: dt.date, allow_older: bool) -> None:
    if file.date > today + dt.timedelta(days=1):  # a day's grace for another clock
        raise RegisterError(_("Ce fichier porte une date à venir."))
    last = RegisterImport.objects.order_by("-file_date").first()
    if last is not None and file.date < last.file_date and not allow_older:
        raise RegisterError(
            _("Un état plus récent est déjà importé (%(date)s) ; --allow-older passe outre.")
            % {"date": f"{last.file_date:%d/%m/%Y}"}
        )


def _read(path: Path, file: RegisterFile, progress: Progress) -> _Reading:
    reading = _Reading()
    for lines, parsed in enumerate(parsed_lines(path, file), 1):
        if isinstance(parsed, OutOfScope):
            reading.counts["out_of_scope"] += 1
        elif isinstance(parsed, Problem):
            reading.refuse(parsed)
        elif parsed.finess_et in reading.records:
            earlier = reading.records[parsed.finess_et].line
            reason = _("site déjà donné à la ligne %(line)d") % {"line": earlier}
            reading.refuse(Problem(parsed.line, reason, parsed.finess_et))
        else:
            reading.records[parsed.finess_et] = parsed
            reading.seen.add(parsed.finess_et)
        if len(reading.records) > MOST_SITES:
            raise RegisterError(_("Ce fichier a trop de sites pour être le registre."))
        if lines % PROGRESS_LINES == 0:
            progress(_("%(lines)d lignes lues") % {"lines": lines})
    return reading


class _Application:
    """One import under way, inside its transaction."""

    def __init__(self, file: RegisterFile, reading: _Reading, progress: Progress) -> None:
        self.file = file
        self.records = reading.records
        self.seen = reading.seen
        self.progress = progress
        self.counts: Counter[str] = Counter()
        self.touched: set[int] = set()

    def run(self, allow_mass_closing: bool) -> Counter[str]:
        self.known = Known(
            sites=Site.objects.in_bulk(field_name="finess_et"),
            establishments=Establishment.objects.in_bulk(),
        )
        closing = self._closing(allow_mass_closing)
        moves = moves_of(self.known, self.records, frozenset(s.finess_et for s in closing))
        self.progress(_("Rattachement aux établissements…"))
        homes = self._homes(moves)
        self._merge(moves, homes)
        self.progress(_("Écriture des sites…"))
        self._update_sites()
        self._create_sites(homes)
        self._close(closing)
        establishments_refresh(self.touched, on=self.file.date)
        return self.counts

    def _closing(self, allow_mass_closing: bool) -> list[Site]:
        """Open sites that the file covers and does not have."""
        covered = COVERED_CATEGORIES[self.file.kind]
        open_sites = [
            site
            for site in self.known.sites.values()
            if site.closed_on is None and site.category_code in covered
        ]
        closing = [site for site in open_sites if site.finess_et not in self.seen]
        if len(closing) > MASS_CLOSING * len(open_sites) and not allow_mass_closing:
            raise RegisterError(
                _(
                    "Ce fichier fermerait %(closing)d sites sur %(all)d : il est sans doute "
                    "incomplet ; --allow-mass-closing passe outre."
                )
                % {"closing": len(closing), "all": len(open_sites)}
            )
        return closing

    def _homes(self, moves: Moves) -> dict[str, Establishment]:
        """An establishment for every legal entity of the file, by its number."""
        homes = self.known.by_legal_entity()
        rising = promoted(self.known, moves)
        for ej, establishment in rising.items():
            establishment.finess_ej = ej
            del moves.whole[establishment.pk]
        pin_to_only_site([establishment.pk for establishment in rising.values()])
        Establishment.objects.bulk_update(rising.values(), ["finess_ej"], batch_size=BATCH)
        homes |= rising
        missing = sorted(legal_entities(self.records.values()) - set(homes))
        created = Establishment.objects.bulk_create(
            [Establishment(finess_ej=ej) for ej in missing], batch_size=BATCH
        )
        homes |= dict(zip(missing, created, strict=True))
        self.touched |= {establishment.pk for establishment in rising.values()}
        self._revive(homes)
        return homes

    def _revive(self, homes: dict[str, Establishment]) -> None:
        """A legal entity that had gone into another and is named again is itself again."""
        named = legal_entities(self.records.values())
        back = [homes[ej].pk for ej in named if homes[ej].merged_into_id is not None]
        Establishment.objects.filter(pk__in=back).update(merged_into=None)
        self.touched |= set(back)

    def _merge(self, moves: Moves, homes: dict[str, Establishment]) -> None:
        targets = {pk: homes[ej].pk for pk, ej in moves.whole.items()}
        establishments_merge(targets=targets, on=self.file.date)
        for site, ej in moves.single:
            self.touched |= {site.establishment_id, homes[ej].pk}
            site_transfer(site=site, target=homes[ej])
        for site in self.known.sites.values():
            site.establishment_id = targets.get(site.establishment_id, site.establishment_id)
        self.touched |= set(targets.values())
        self.counts["merged"] += len(targets)
        self.counts["transferred"] += len(moves.single)

    def _update_sites(self) -> None:
        changed = []
        for finess_et, record in self.records.items():
            site = self.known.sites.get(finess_et)
            if site is None:
                continue
            outcome = _apply(site, record)
            self.counts[outcome] += 1
            if outcome != "unchanged":
                changed.append(site)
        self.touched |= {site.establishment_id for site in changed}
        _upsert_sites(changed)

    def _create_sites(self, homes: dict[str, Establishment]) -> None:
        new = [r for finess_et, r in self.records.items() if finess_et not in self.known.sites]
        alone = [record for record in new if record.finess_ej is None]
        own = Establishment.objects.bulk_create([Establishment() for _r in alone], batch_size=BATCH)
        home_of = {record.finess_et: e for record, e in zip(alone, own, strict=True)}
        sites = []
        for record in new:
            home = (
                home_of[record.finess_et] if record.finess_ej is None else homes[record.finess_ej]
            )
            site = Site(finess_et=record.finess_et, establishment=home)
            _apply(site, record)
            sites.append(site)
        Site.objects.bulk_create(sites, batch_size=BATCH)
        self.touched |= {site.establishment_id for site in sites}
        self.counts["new"] += len(sites)

    def _close(self, closing: list[Site]) -> None:
        for start in range(0, len(closing), BATCH):
            batch = [site.pk for site in closing[start : start + BATCH]]
            Site.objects.filter(pk__in=batch).update(closed_on=self.file.date)
        self.touched |= {site.establishment_id for site in closing}
        self.counts["closed"] += len(closing)


_SITE_FIELDS = (
    "name",
    "category_code",
    "category_label",
    "sector",
    "postcode",
    "city",
    "department_code",
    "latitude",
    "longitude",
)


def _apply(site: Site, record: SiteRecord) -> str:
    """Write the record on the site; what the file does not tell stays. Says what came of it."""
    outcome = "unchanged"
    for field in _SITE_FIELDS:
        value = getattr(record, field)
        if value is not None and value != getattr(site, field):
            setattr(site, field, value)
            outcome = "updated"
    if site.closed_on is not None:
        site.closed_on = None
        outcome = "reopened"
    return outcome


def _upsert_sites(sites: list[Site]) -> None:
    """Update many rows at the cost of an insert: one statement a batch."""
    fields = (*_SITE_FIELDS, "closed_on")
    rows = [
        Site(
            finess_et=site.finess_et,
            establishment_id=site.establishment_id,
            **{field: getattr(site, field) for field in fields},
        )
        for site in sites
    ]
    Site.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["finess_et"],
        update_fields=fields,
    )
