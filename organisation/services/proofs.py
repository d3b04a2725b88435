"""The files that prove a request: kept while somebody decides, and deleted afterwards."""

from __future__ import annotations

import datetime as dt
import uuid

from django.core import signing
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django_tasks import task_backends

from documents.archives.packing import private_storage, private_store
from documents.uploads import Upload, UploadType
from organisation.models import AccessRequest
from users.models import User
from users.services import audit_record

PROOF_KEPT = dt.timedelta(days=90)
"""After the decision. Who withdrew has nothing decided: her proof goes at once."""
SENT_KEPT = dt.timedelta(days=1)
"""A proof that came with a form that has to be corrected."""
FOLDER, SENT = "access", "access/sent"


def proof_name(request: AccessRequest, proof: Upload) -> str:
    return f"{FOLDER}/{request.uid}.{proof.type}"


def proof_sent_keep(*, proof: Upload, user: User) -> str:
    """Keep a proof while its form is corrected; the word that finds it again, for this account."""
    stem = uuid.uuid4().hex
    private_store(f"{SENT}/{stem}.{proof.type}", ContentFile(proof.content))
    _queue(timezone.now() + SENT_KEPT)
    return signing.dumps({"stem": stem, "type": proof.type, "user": user.pk}, salt=SENT)


def proof_sent_find(*, word: str, user: User) -> Upload | None:
    """The proof that was kept under this word; None if it is another's, too old or gone."""
    try:
        said = signing.loads(word, salt=SENT, max_age=SENT_KEPT)
        kind: UploadType = said["type"]
        if said["user"] == user.pk:
            with private_storage().open(f"{SENT}/{said['stem']}.{kind}") as file:
                return Upload(file.read(), kind)
    except (signing.BadSignature, OSError):
        pass
    return None


def access_proofs_forget(*, now: dt.datetime) -> int:
    """Delete the proofs of what was decided longer ago than `PROOF_KEPT`, and those that were never
    asked with; how many. May be called again, and after an interruption: a file that is gone
    already counts as deleted."""
    old = AccessRequest.objects.exclude(proof="").filter(decided_at__lt=now - PROOF_KEPT)
    count = _sent_delete(now)
    for request in old.order_by("pk"):
        proof_delete(request=request, now=now)
        count += 1
    if count:
        audit_record(
            actor=None,
            action="access_request.proofs_forget",
            target=f"{count} proofs",
            details={"decided_before": (now - PROOF_KEPT).isoformat()},
        )
    return count


def _sent_delete(now: dt.datetime) -> int:
    storage, count = private_storage(), 0
    try:
        _folders, names = storage.listdir(SENT)
    except FileNotFoundError:
        return 0
    for name in names:
        if storage.get_modified_time(f"{SENT}/{name}") < now - SENT_KEPT:
            storage.delete(f"{SENT}/{name}")
            count += 1
    return count


def proof_forget_later(*, request: AccessRequest, now: dt.datetime) -> None:
    """Queue the task that deletes the proof; a backend that cannot wait leaves it to the timer."""
    if request.proof:
        _queue(now + PROOF_KEPT)


def _queue(at: dt.datetime) -> None:
    from organisation.tasks import proofs_forget  # the task stands above the services

    if task_backends[proofs_forget.backend].supports_defer:
        later = proofs_forget.using(run_after=at + dt.timedelta(minutes=1))
        transaction.on_commit(lambda: later.enqueue())


def proof_delete(*, request: AccessRequest, now: dt.datetime) -> None:
    """The file first: the row forgets its name only afterwards, so that the next run deletes what
    an interrupted one left."""
    if request.proof:
        private_storage().delete(request.proof)
        request.proof, request.proof_deleted_at = "", now
        request.save(update_fields=["proof", "proof_deleted_at"])
