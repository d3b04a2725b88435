"""The ZIP of a kit, made in the background and once for equal content.

What is drawn or made for the moment is prepared file by file, each counted, so that work which is
begun again after a kill goes on from there; then all is put together. The oldest of a kit are
deleted when a newer one is ready.
"""

from __future__ import annotations

import datetime as dt
import tempfile
import time
import zipfile
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaign_assets.kits import MOST_BYTES, KitContents, kit_contents
from campaign_assets.models import KitArchive, KitPage
from documents.archives.packing import private_storage, private_store, zip_copy, zip_entry
from documents.enums import WorkState
from documents.work import RUN_SECONDS, Lease, LeasedWork

KEPT = dt.timedelta(hours=1)
"""How long an older ZIP stays after a newer one is ready, for who is just downloading it."""

PACKED = {"pdf", "png", "jpg", "jpeg", "webp", "gif", "mp4", "webm", "odt", "docx", "zip"}


@transaction.atomic
def kit_archive_request(*, kit: KitPage, now: dt.datetime) -> KitArchive:
    """The archive of the kit as it is now; one that is there already, whoever asked for it.

    :raises ValidationError: there is nothing in it, or too much.
    """
    contents = kit_contents(kit=kit)
    _check(contents)
    archive, is_new = KitArchive.objects.get_or_create(
        digest=contents.digest,
        defaults={
            "kit": kit,
            "requested_at": now,
            "total": sum(1 for _file in contents.files),
        },
    )
    if archive.state in (WorkState.FAILED, WorkState.EXPIRED):
        archive.state, archive.attempts, archive.done = WorkState.QUEUED, 0, 0
        archive.save(update_fields=["state", "attempts", "done"])
        is_new = True
    if is_new:
        transaction.on_commit(lambda: WORK.enqueue(archive.pk))
    return archive


def kit_archive_run(*, archive_id: int, seconds: float = RUN_SECONDS) -> None:
    """Go on with the archive for `seconds` at most, and queue what is left."""
    WORK.run(archive_id, seconds)


def kit_archive_wake(*, archive_id: int, now: dt.datetime) -> None:
    """Queue the work again if the worker that had it was killed."""
    WORK.wake(archive_id, now)


def _check(contents: KitContents) -> None:
    if not any(True for _file in contents.files):
        raise ValidationError(_("Les ressources de ce kit ne sont pas encore publiées."))
    if contents.size > MOST_BYTES:
        raise ValidationError(
            _("Ce kit est trop lourd pour un seul fichier : prenez ses ressources une à une.")
        )


def _go_on(lease: Lease, deadline: float) -> bool:
    archive = KitArchive.objects.select_related("kit").get(pk=lease.work_id)
    contents = kit_contents(kit=archive.kit)
    if contents.digest != archive.digest:
        # An editor was faster: whoever asks again gets the kit as it is now.
        lease.update(state=WorkState.EXPIRED)
        return True
    for number, file in enumerate(contents.files, start=1):
        if number <= archive.done:
            continue
        if time.monotonic() >= deadline:
            return False
        _prepare(file.download.file)
        if not lease.update(done=number, attempts=0):
            return True
    return _finish(lease, archive, contents)


def _prepare(file: File[bytes]) -> None:
    """Let what is made on demand be made now, and find what is lost before the rest is packed."""
    with file.open("rb") as content:
        content.read(1)


def _finish(lease: Lease, archive: KitArchive, contents: KitContents) -> bool:
    name = f"kits/{archive.uid}.zip"
    with tempfile.TemporaryFile() as whole:
        _put_together(whole, contents)
        size = whole.tell()
        whole.seek(0)
        private_store(name, File(whole))
    now = timezone.now()
    if lease.update(state=WorkState.READY, file=name, size=size, finished_at=now, attempts=0):
        _older_delete(archive, now)
    return True


def _put_together(whole: IO[bytes], contents: KitContents) -> None:
    with zipfile.ZipFile(whole, "w") as archive:
        for name, text in contents.texts.items():
            archive.writestr(zip_entry(name), text)
        for file in contents.files:
            is_packed = file.name.rpartition(".")[2] in PACKED
            entry = zip_entry(file.name, is_packed_already=is_packed)
            with file.download.file.open("rb") as content:
                zip_copy(archive, entry, content)
    whole.seek(0, 2)


def _older_delete(archive: KitArchive, now: dt.datetime) -> None:
    older = KitArchive.objects.filter(
        kit=archive.kit, state=WorkState.READY, finished_at__lt=now - KEPT
    ).exclude(pk=archive.pk)
    for one in older:
        private_storage().delete(one.file)
        one.state, one.file = WorkState.EXPIRED, ""
        one.save(update_fields=["state", "file"])


def _tasks() -> tuple[Any, Any]:
    from campaign_assets.tasks import kit_make, kit_watch  # the tasks stand above the services

    return kit_make, kit_watch


WORK = LeasedWork(KitArchive, _go_on, _tasks)
