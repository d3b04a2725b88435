"""Another file in the place of one that an asset carries; its address stays.

The library of the admin has one row for each file that was sent. The new file is a row of its own,
which the page takes instead: so a replacement is a state of the page like any other, which can wait
for its review, and the old file is there to be put back. What else uses the old row keeps it.
"""

from __future__ import annotations

from contextlib import ExitStack
from enum import StrEnum
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import models, transaction
from django.utils.translation import gettext as _
from wagtail.documents.models import AbstractDocument
from wagtail.models import Revision

from campaign_assets.checks import asset_gaps
from campaign_assets.models import AssetPage
from campaign_assets.permissions import may_publish_asset, may_submit_asset
from campaign_assets.selectors.replaceable import Earlier, Slot
from content.checks import blocking_gaps
from content.models import SiteImage
from content.validators import (
    EBML_MAGIC,
    PICTURES,
    validate_pdf_file,
    validate_picture_file,
    validate_webvtt_file,
)
from users.models import User

SAME_ENDINGS = [set(endings) for endings in PICTURES.values()]
_NOT_COPIED = {"file_hash", "file_size", "created_at", "uploaded_by_user"}
_FOCUS = {f"focal_point_{name}" for name in ("x", "y", "width", "height")}  # of the old picture


class Fate(StrEnum):
    """What becomes of a page whose file is replaced."""

    PUBLISHED = "published"
    SUBMITTED = "submitted"
    DRAFTED = "drafted"
    JOINS_DRAFT = "joins-draft"
    """There are unpublished changes already: publishing a file must not publish them."""


def fate_of(*, page: AssetPage, user: User) -> Fate:
    """What will happen, so that it is said before."""
    if may_publish_asset(user, page):
        if not page.live:
            return Fate.DRAFTED
        return Fate.JOINS_DRAFT if page.has_unpublished_changes else Fate.PUBLISHED
    return Fate.SUBMITTED if may_submit_asset(user, page) else Fate.DRAFTED


def file_replace(*, page: AssetPage, slot: Slot, file: File[bytes], user: User) -> Fate:
    """Put `file` in the place of the slot's.

    :param page: its latest state.
    :raises ValidationError: the file is not what it should be, or the page would lack something;
        nothing is changed then.
    """
    _check(slot, file)
    with transaction.atomic():
        setattr(page, slot.field, _renewed(slot, file, user))
        return _keep(page, user)


@transaction.atomic
def file_put_back(*, page: AssetPage, earlier: Earlier, user: User) -> Fate:
    """Give the page the file back that it had.

    :raises ValidationError: the page would lack something."""
    setattr(page, earlier.field, earlier.holder)
    return _keep(page, user)


def _keep(page: AssetPage, user: User) -> Fate:
    """As far as `user` may bring it; nothing is published that the check would refuse."""
    fate = fate_of(page=page, user=user)
    if fate is Fate.PUBLISHED and (gaps := blocking_gaps(asset_gaps(page))):
        raise ValidationError([gap.message for gap in gaps])
    revision: Revision = page.save_revision(user=user, log_action=True, clean=False)
    if fate is Fate.PUBLISHED:
        revision.publish(user=user)
    elif fate is Fate.SUBMITTED:
        workflow: Any = page.get_workflow()
        workflow.start(page, user)
    return fate


def _check(slot: Slot, file: File[bytes]) -> None:
    """The checks of an upload, and that the address goes on telling the truth."""
    sent = PurePath(str(file.name)).suffix.lower().removeprefix(".")
    if not _is_same_ending(slot.extension, sent):
        message = _(
            "L’adresse du fichier finit par « .%(wanted)s » et doit le rester : "
            "envoyez un fichier .%(wanted)s (le vôtre est « %(name)s »)."
        )
        raise ValidationError(message % {"wanted": slot.extension, "name": file.name})
    if isinstance(slot.holder, AbstractDocument):
        validate_pdf_file(file)
    elif isinstance(slot.holder, SiteImage):
        validate_picture_file(file)
    elif slot.part in ("captions", "descriptions"):
        validate_webvtt_file(file)
    elif _is_webm(file) != (slot.extension == "webm"):
        raise ValidationError(_("Ce fichier n’est pas ce que dit son nom."))
    # for the rest, a film is checked with the row that it makes


def _is_webm(file: File[bytes]) -> bool:
    file.seek(0)
    head: bytes = file.read(len(EBML_MAGIC))
    return head == EBML_MAGIC


def _is_same_ending(one: str, other: str) -> bool:
    return one == other or any({one, other} <= same for same in SAME_ENDINGS)


def _renewed(slot: Slot, file: File[bytes], user: User) -> Any:
    """A row like the old one with the new file in it."""
    file.seek(0)
    # The ending of the name stays to the letter: «.jpeg» is not «.jpg» in an address.
    file.name = f"{PurePath(str(file.name)).stem}.{slot.extension}"
    with ExitStack() as opened:
        row: Any = _copied(slot, opened)
        setattr(row, slot.part, file)
        row.uploaded_by_user = user
        if isinstance(row, AbstractDocument):
            row._set_document_file_metadata()
        elif isinstance(row, SiteImage):
            row._set_image_file_metadata()
        else:
            row.full_clean()
        row.save()
    row.tags.set(slot.holder.tags.names())
    return row


def _copied(slot: Slot, opened: ExitStack) -> Any:
    """The old row again, not saved yet. Its other files are copied, too: each row of the library
    takes its files along when it is deleted."""
    old = slot.holder
    left_out = _NOT_COPIED | (_FOCUS if isinstance(old, SiteImage) else set())
    row = type(old)()
    for field in old._meta.concrete_fields:
        if field.primary_key or field.name in left_out or field.name == slot.part:
            continue
        value = getattr(old, field.attname)
        if isinstance(field, models.FileField) and value:
            content = opened.enter_context(value.storage.open(value.name))
            value = File(content, name=PurePath(value.name).name)
        setattr(row, field.attname, value)
    return row
