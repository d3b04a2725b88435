"""Archives of many attestations, made in the background.

What goes in is fixed when the work begins; then it goes part by part, each kept before it is
counted (see `documents.work`).
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from documents.archives.packing import private_storage
from documents.enums import UNFINISHED, WorkState
from documents.work import RUN_SECONDS, Lease, LeasedWork
from organisation.models import Department, Establishment
from organisation.scopes import Scope
from training.attestations.codes import code_shown
from training.attestations.document import attestation_pdf_render
from training.attestations.issuing import attestations_issue
from training.attestations.packing import (
    Line,
    archive_store,
    part_store,
    parts_delete,
)
from training.attestations.selectors import (
    Validity,
    completions_to_attest,
    statements_standing,
    validities,
)
from training.models import Attestation, AttestationArchive, Completion, Trainable
from users.models import User
from users.services import audit_record

BATCH = 50
KEPT = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class ArchiveChoice:
    """Which attestations: of a training, of the days from `since` to `until`; None is all."""

    trainable: Trainable | None = None
    since: dt.date | None = None
    until: dt.date | None = None


@transaction.atomic
def archive_request(
    *, user: User, place: Department | Establishment, choice: ArchiveChoice, now: dt.datetime
) -> AttestationArchive:
    """Ask for an archive; the one that is being made already, if it is the same.

    The caller has checked the right. Whoever answers for it is on record, the names are not.
    """
    archives_expire(now=now)
    wanted = {
        "requested_by": user,
        "trainable": choice.trainable,
        "since": choice.since,
        "until": choice.until,
        **_scope_of(place).fields,
    }
    running = AttestationArchive.objects.filter(state__in=UNFINISHED, **wanted).first()
    if running is not None:
        return running
    archive = AttestationArchive.objects.create(requested_at=now, **wanted)
    audit_record(
        actor=user,
        action="attestations.export",
        target=f"{place._meta.model_name}:{place.uid}",
        details={
            "archive": str(archive.uid),
            "trainable": str(choice.trainable.uid) if choice.trainable else None,
            "since": str(choice.since) if choice.since else None,
            "until": str(choice.until) if choice.until else None,
        },
    )
    transaction.on_commit(lambda: WORK.enqueue(archive.pk))
    return archive


def archive_wake(*, archive_id: int, now: dt.datetime) -> None:
    """Queue the work again if whoever held the lease let it run out: that worker was killed."""
    WORK.wake(archive_id, now)


def archive_run(*, archive_id: int, seconds: float = RUN_SECONDS) -> None:
    """Work on an archive, for `seconds` at most, and queue what is left.

    Does nothing if it is finished or if another worker is at it.
    """
    WORK.run(archive_id, seconds)


def archives_expire(*, now: dt.datetime, of: QuerySet[AttestationArchive] | None = None) -> int:
    """Delete the files of the archives that are older than they are kept, finished or not: of all,
    or of these only. How many they were."""
    rows = AttestationArchive.objects.all() if of is None else of
    count = 0
    for archive in rows.exclude(state=WorkState.EXPIRED).filter(requested_at__lt=now - KEPT):
        _files_delete(archive)
        archive.state = WorkState.EXPIRED
        archive.file = ""
        archive.attestation_ids = None
        archive.lease_token = None  # whoever still works on it finds that it is no longer theirs
        archive.save(update_fields=["state", "file", "attestation_ids", "lease_token"])
        count += 1
    return count


def _work(lease: Lease, deadline: float) -> bool:
    """Whether the archive is finished, or no longer ours to finish."""
    archive = AttestationArchive.objects.get(pk=lease.work_id)
    if archive.attestation_ids is None and not _fix_content(lease, archive):
        return True
    while archive.done < archive.total:
        if time.monotonic() >= deadline:
            return False
        if not _next_part(lease, archive):
            return True
    return _finish(lease, archive)


def _fix_content(lease: Lease, archive: AttestationArchive) -> bool:
    """Issue what is missing, and write down what goes in: the latest of each person × training."""
    now = timezone.now()
    completions = completions_to_attest(
        scope=Scope.of(archive),
        day=timezone.localdate(now),
        trainable=archive.trainable,
        since=archive.since,
        until=archive.until,
    )
    latest: dict[tuple[int, int], Completion] = {}
    for one in completions.select_related("trainable").order_by("completed_at", "pk"):
        latest[one.person_id, one.trainable_id] = one
    issued = attestations_issue(completions=list(latest.values()), now=now)
    issued.sort(key=_by_name)
    archive.attestation_ids = [one.pk for one in issued]
    archive.total = len(issued)
    return lease.update(attestation_ids=archive.attestation_ids, total=archive.total)


def _by_name(attestation: Attestation) -> tuple[str, str, str, int]:
    person = attestation.person
    names = person.last_name.casefold(), person.first_name.casefold()
    return (*names, attestation.title.casefold(), attestation.pk)


def _next_part(lease: Lease, archive: AttestationArchive) -> bool:
    assert archive.attestation_ids is not None, "the content is fixed first"
    ids = archive.attestation_ids[archive.done : archive.done + BATCH]
    part_store(folder=_folder(archive), number=archive.done // BATCH, files=_files(ids))
    archive.done += len(ids)
    return lease.update(done=archive.done, attempts=0)


def _files(ids: Sequence[int]) -> Iterator[tuple[Line, bytes]]:
    """The PDFs of a batch, without scores, in seven queries. What was withdrawn is left out."""
    day = timezone.localdate()
    found = Attestation.objects.select_related("person").in_bulk(ids)
    batch = [found[pk] for pk in ids if pk in found]
    standing = statements_standing(attestations=batch)
    counts = validities(attestations=batch, day=day)
    for one in batch:
        if one.statement_id in standing:
            validity = counts[one.pk]
            content = attestation_pdf_render(attestation=one, validity=validity, with_score=False)
            yield _line(one, validity), content


def _line(attestation: Attestation, validity: Validity) -> Line:
    return Line(
        last_name=attestation.person.last_name,
        first_name=attestation.person.first_name,
        title=attestation.title,
        completed_on=date_format(timezone.localdate(attestation.completed_at), "d/m/Y"),
        counts_until=date_format(validity.last_day, "d/m/Y") if validity.last_day else "",
        provenance=attestation.get_provenance_display(),
        code=code_shown(attestation.code),
    )


def _finish(lease: Lease, archive: AttestationArchive) -> bool:
    parts = _part_count(archive)
    file = archive_store(folder=_folder(archive), parts=parts)
    now = timezone.now()
    if lease.update(state=WorkState.READY, file=file, finished_at=now, attempts=0):
        parts_delete(folder=_folder(archive), parts=parts)
        WORK.enqueue_later(archive.pk, archive.requested_at + KEPT + dt.timedelta(minutes=1))
    return True


def _files_delete(archive: AttestationArchive) -> None:
    parts_delete(folder=_folder(archive), parts=_part_count(archive))
    if archive.file:
        private_storage().delete(archive.file)


def _part_count(archive: AttestationArchive) -> int:
    return -(-archive.total // BATCH)


def _folder(archive: AttestationArchive) -> str:
    return f"attestations/{archive.uid}"


def _scope_of(place: Department | Establishment) -> Scope:
    if isinstance(place, Department):
        return Scope.department(place)
    return Scope.establishment(place)


def _tasks() -> tuple[Any, Any]:
    from training.tasks import archive_make, archive_watch  # the tasks stand above the services

    return archive_make, archive_watch


WORK = LeasedWork(AttestationArchive, _work, _tasks)
