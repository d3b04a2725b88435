"""The ZIP of a kit, made in the background and once for equal content: everybody's, or that in a
hospital's name.

What is drawn or made for the moment is prepared file by file, each counted, so that work which is
begun again after a kill goes on from there; then all is put together. What cannot be drawn with a
hospital's brand is told in place of its file. The older ones are deleted when a newer one is ready.
"""

from __future__ import annotations

import datetime as dt
import logging
import tempfile
import time
import zipfile
from collections.abc import Sequence
from dataclasses import asdict
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from campaign_assets.designs import DesignError, TextRefused
from campaign_assets.kits.contents import (
    MOST_BYTES,
    KitContents,
    KitFile,
    Refusal,
    kit_contents,
    kit_pages,
)
from campaign_assets.kits.houses import is_hung, placement_of
from campaign_assets.kits.texts import kit_texts
from campaign_assets.models import KitArchive, KitPage
from campaign_assets.workshop.services import Words, adaptations_save
from documents.archives.packing import private_storage, private_store, zip_copy, zip_entry
from documents.enums import WorkState
from documents.services import DocumentError
from documents.work import RUN_SECONDS, Lease, LeasedWork
from organisation.models import Establishment
from users.models import User

KEPT = dt.timedelta(hours=1)
"""How long an older ZIP stays after a newer one is ready, for who is just downloading it."""

HOUSE_KEPT = dt.timedelta(days=30)
"""How long a hospital's own ZIP stays: there are thousands of hospitals, and it is made again in
a minute."""

PACKED = {"pdf", "png", "jpg", "jpeg", "webp", "gif", "mp4", "webm", "odt", "docx", "zip"}
log = logging.getLogger(__name__)


def kit_archive_request(*, kit: KitPage, now: dt.datetime) -> KitArchive:
    """The archive of the kit as it is now; one that is there already, whoever asked for it.

    :raises ValidationError: there is nothing in it, or too much.
    """
    return _request(kit_contents(kit=kit), now)


def kit_house_request(
    *, kit: KitPage, establishment: Establishment, actor: User, now: dt.datetime
) -> KitArchive:
    """The archive of the kit in the name of `establishment`, as both are now; each poster gets the
    code of its place, the same one each time.

    :raises ValidationError: there is nothing in it, or too much.
    """
    words = [
        Words(step.asset, placement_of(step.item))
        for step in kit_pages(kit=kit)
        if is_hung(step.asset)
    ]
    adaptations_save(words=words, establishment=establishment, actor=actor, now=now)
    return _request(kit_contents(kit=kit, establishment=establishment), now)


def _request(contents: KitContents, now: dt.datetime) -> KitArchive:
    """What takes time is done before the transaction: SQLite lets one write at a time."""
    _check(contents)
    return _archive(contents, contents.digest, now)


@transaction.atomic
def _archive(contents: KitContents, digest: str, now: dt.datetime) -> KitArchive:
    archive, is_new = KitArchive.objects.get_or_create(
        digest=digest,
        defaults={
            "kit": contents.kit,
            "establishment": contents.house.establishment if contents.house else None,
            "requested_at": now,
            "total": sum(1 for _file in contents.files),
        },
    )
    if archive.state in (WorkState.FAILED, WorkState.EXPIRED):
        archive.state, archive.attempts, archive.done = WorkState.QUEUED, 0, 0
        archive.refused = []
        archive.save(update_fields=["state", "attempts", "done", "refused"])
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
    archive = KitArchive.objects.select_related("kit", "establishment").get(pk=lease.work_id)
    contents = kit_contents(kit=archive.kit, establishment=archive.establishment)
    if contents.digest != archive.digest:
        # An editor or a new logo was faster: whoever asks again gets the kit as it is now.
        lease.update(state=WorkState.EXPIRED)
        return True
    refused = [Refusal(**one) for one in archive.refused]
    for number, file in enumerate(contents.files, start=1):
        if number <= archive.done:
            continue
        if time.monotonic() >= deadline:
            return False
        if refusal := _prepare(file):
            refused.append(refusal)
        told = [asdict(one) for one in refused]
        if not lease.update(done=number, attempts=0, refused=told):
            return True
    return _finish(lease, archive, contents, refused)


def _prepare(file: KitFile) -> Refusal | None:
    """Let what is made on demand be made now, and find what is lost before the rest is packed; why
    it cannot be made."""
    field = ""
    try:
        with file.download.file.open("rb") as content:
            content.read(1)
        return None
    except TextRefused as refusal:
        field, why = refusal.field, str(refusal)
    except (DesignError, DocumentError):
        log.exception("a file of a kit cannot be drawn: %s", file.name)
        why = _("Ce support ne peut pas être dessiné en ce moment ; la campagne est prévenue.")
    page = file.download.page
    return Refusal(file.name, page.pk, page.title, field, why)


def _finish(
    lease: Lease, archive: KitArchive, contents: KitContents, refused: Sequence[Refusal]
) -> bool:
    name = f"kits/{archive.uid}.zip"
    with tempfile.TemporaryFile() as whole:
        _put_together(whole, contents, refused)
        size = whole.tell()
        whole.seek(0)
        private_store(name, File(whole))
    now = timezone.now()
    if lease.update(state=WorkState.READY, file=name, size=size, finished_at=now, attempts=0):
        _older_delete(archive, now)
    return True


def _put_together(whole: IO[bytes], contents: KitContents, refused: Sequence[Refusal] = ()) -> None:
    left_out = {refusal.file for refusal in refused}
    with zipfile.ZipFile(whole, "w") as archive:
        for name, text in kit_texts(contents=contents, refused=refused).items():
            archive.writestr(zip_entry(name), text)
        for file in contents.files:
            if file.name in left_out:
                continue
            is_packed = file.name.rpartition(".")[2] in PACKED
            entry = zip_entry(file.name, is_packed_already=is_packed)
            with file.download.file.open("rb") as content:
                zip_copy(archive, entry, content)
    whole.seek(0, 2)


def _older_delete(archive: KitArchive, now: dt.datetime) -> None:
    """Those that this one replaces, and hospitals' own that nobody has asked for lately."""
    replaced = Q(kit=archive.kit, establishment=archive.establishment, finished_at__lt=now - KEPT)
    forgotten = Q(establishment__isnull=False, finished_at__lt=now - HOUSE_KEPT)
    ready = KitArchive.objects.filter(state=WorkState.READY).exclude(pk=archive.pk)
    for one in ready.filter(replaced | forgotten):
        private_storage().delete(one.file)
        one.state, one.file = WorkState.EXPIRED, ""
        one.save(update_fields=["state", "file"])


def _tasks() -> tuple[Any, Any]:
    from campaign_assets.tasks import kit_make, kit_watch  # the tasks stand above the services

    return kit_make, kit_watch


WORK = LeasedWork(KitArchive, _go_on, _tasks)
