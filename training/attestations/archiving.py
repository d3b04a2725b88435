"""Archives of many attestations, made in the background.

What goes in is fixed when the work begins; then it goes part by part, each kept before it is
counted. Whoever works holds a lease; a worker that was killed loses it, and a task that waits for
that moment goes on with the next part. So a part may be made twice, and none is left out.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django_tasks import task_backends

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
    private_storage,
)
from training.attestations.selectors import (
    Validity,
    completions_to_attest,
    statements_standing,
    validities,
)
from training.enums import ArchiveState
from training.models import Attestation, AttestationArchive, Completion, Trainable
from users.models import User
from users.services import audit_record

BATCH = 50
RUN_SECONDS = 20.0
"""How long one task may take, so that other tasks have their turn."""

LEASE = dt.timedelta(seconds=120)
"""Much longer than a part or the putting together takes; a kill holds the work up for as long."""

PAUSE = dt.timedelta(seconds=60)
"""Before a run that failed is tried again."""

ATTEMPTS = 3
"""Runs in a row that may fail without any progress."""

KEPT = dt.timedelta(days=7)

UNFINISHED = (ArchiveState.QUEUED, ArchiveState.WORKING)
logger = logging.getLogger(__name__)


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
    transaction.on_commit(lambda: _enqueue(archive.pk))
    return archive


def archive_wake(*, archive_id: int, now: dt.datetime) -> None:
    """Queue the work again if whoever held the lease let it run out: that worker was killed."""
    dropped = AttestationArchive.objects.filter(
        pk=archive_id, state=ArchiveState.WORKING, lease_until__lt=now
    )
    if dropped.update(lease_token=None, lease_until=None):
        _enqueue(archive_id)


def archive_run(*, archive_id: int, seconds: float = RUN_SECONDS) -> None:
    """Work on an archive, for `seconds` at most, and queue what is left.

    Does nothing if it is finished or if another worker is at it.
    """
    lease = _lease_take(archive_id)
    if lease is None:
        return
    _watch_later(archive_id)
    deadline = time.monotonic() + seconds
    try:
        finished = _work(lease, deadline)
    except Exception:
        logger.exception("archive %s of attestations: a run failed", archive_id)
        may_try_again = _failed(lease)
        lease.release()
        if may_try_again:
            _enqueue_later(archive_id, timezone.now() + PAUSE)
        raise
    lease.release()
    if not finished:
        _enqueue(archive_id)


def archives_expire(*, now: dt.datetime) -> None:
    """Delete the files of the archives that are older than they are kept, finished or not."""
    old = AttestationArchive.objects.exclude(state=ArchiveState.EXPIRED)
    for archive in old.filter(requested_at__lt=now - KEPT):
        _files_delete(archive)
        archive.state = ArchiveState.EXPIRED
        archive.file = ""
        archive.attestation_ids = None
        archive.lease_token = None  # whoever still works on it finds that it is no longer theirs
        archive.save(update_fields=["state", "file", "attestation_ids", "lease_token"])


@dataclass(frozen=True, slots=True)
class _Lease:
    archive_id: int
    token: uuid.UUID

    def update(self, **columns: object) -> bool:
        """Write to the archive if the lease is still ours, and extend it; whether it was."""
        return bool(self._mine().update(lease_until=timezone.now() + LEASE, **columns))

    def release(self) -> None:
        self._mine().update(lease_token=None, lease_until=None)

    def _mine(self) -> QuerySet[AttestationArchive]:
        return AttestationArchive.objects.filter(pk=self.archive_id, lease_token=self.token)


def _lease_take(archive_id: int) -> _Lease | None:
    now = timezone.now()
    lease = _Lease(archive_id, uuid.uuid4())
    free = Q(lease_until=None) | Q(lease_until__lt=now)
    taken = AttestationArchive.objects.filter(free, pk=archive_id, state__in=UNFINISHED).update(
        lease_token=lease.token, lease_until=now + LEASE, state=ArchiveState.WORKING
    )
    return lease if taken else None


def _work(lease: _Lease, deadline: float) -> bool:
    """Whether the archive is finished, or no longer ours to finish."""
    archive = AttestationArchive.objects.get(pk=lease.archive_id)
    if archive.attestation_ids is None and not _fix_content(lease, archive):
        return True
    while archive.done < archive.total:
        if time.monotonic() >= deadline:
            return False
        if not _next_part(lease, archive):
            return True
    return _finish(lease, archive)


def _fix_content(lease: _Lease, archive: AttestationArchive) -> bool:
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


def _next_part(lease: _Lease, archive: AttestationArchive) -> bool:
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


def _finish(lease: _Lease, archive: AttestationArchive) -> bool:
    parts = _part_count(archive)
    file = archive_store(folder=_folder(archive), parts=parts)
    now = timezone.now()
    if lease.update(state=ArchiveState.READY, file=file, finished_at=now, attempts=0):
        parts_delete(folder=_folder(archive), parts=parts)
        _enqueue_later(archive.pk, archive.requested_at + KEPT + dt.timedelta(minutes=1))
    return True


def _failed(lease: _Lease) -> bool:
    """Count a failure; whether it is worth another try where it stands."""
    archive = AttestationArchive.objects.get(pk=lease.archive_id)
    attempts = archive.attempts + 1
    is_over = attempts >= ATTEMPTS
    state = ArchiveState.FAILED if is_over else ArchiveState.WORKING
    return lease.update(attempts=attempts, state=state) and not is_over


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


def _enqueue(archive_id: int) -> None:
    from training.tasks import archive_make  # the task stands above the services

    archive_make.enqueue(archive_id)


def _enqueue_later(archive_id: int, at: dt.datetime) -> None:
    from training.tasks import archive_make

    if task_backends[archive_make.backend].supports_defer:
        archive_make.using(run_after=at).enqueue(archive_id)


def _watch_later(archive_id: int) -> None:
    """Look after this run when its lease must have ended. A backend that cannot wait leaves that to
    whoever opens the page next."""
    from training.tasks import archive_watch

    if task_backends[archive_watch.backend].supports_defer:
        at = timezone.now() + dt.timedelta(seconds=2 * RUN_SECONDS) + LEASE
        archive_watch.using(run_after=at).enqueue(archive_id)
