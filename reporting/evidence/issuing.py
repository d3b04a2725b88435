"""Issuing, drawing and revoking a «dossier de preuve»."""

from __future__ import annotations

import datetime as dt
import json

from django.db import IntegrityError, transaction

from documents.codes import code_new
from organisation.models import Establishment, Region
from organisation.places import house_uid
from reporting.evidence.content import (
    Content,
    canonical,
    checksum,
    content_of_establishment,
    content_of_nation,
    content_of_region,
)
from reporting.evidence.paper import evidence_pdf_render
from reporting.models import CoverageMonth, EvidenceFile
from reporting.places import place_scope
from users.models import User
from users.services import audit_record

Place = Establishment | Region | None  # None is the nation


class NothingFrozenError(Exception):
    """A region or the nation has no figures before the first frozen month."""


@transaction.atomic
def evidence_issue(
    *, place: Place, user: User, day: dt.date, month: CoverageMonth | None, now: dt.datetime
) -> EvidenceFile:
    """Count, and keep what was counted. The caller has checked the right.

    :param day: of an establishment; the others are of a frozen `month`.
    :raises NothingFrozenError: of a region or the nation, without a month.
    """
    content = _content(place, day, month)
    text = canonical(content)
    file = _create(
        **place_scope(place).fields,
        day=dt.date.fromisoformat(content["day"]),
        computed_at=dt.datetime.fromisoformat(content["computed_at"]),
        requested_by=user,
        issued_at=now,
        content=text,
        sha256=checksum(text),
    )
    audit_record(
        actor=user,
        action="evidence.issue",
        target=file.number,
        details={"evidence": str(file.uid), "sha256": file.sha256},
        place=house_uid(place),
    )
    return file


def evidence_pdf(*, file: EvidenceFile) -> bytes:
    """The paper of a record; the checksum of what is handed out is known ever after."""
    pdf = evidence_pdf_render(file)
    edition = checksum(pdf)
    if edition not in file.editions:
        with transaction.atomic():
            row = EvidenceFile.objects.select_for_update().get(pk=file.pk)
            if edition not in row.editions:
                row.editions = [*row.editions, edition]
                row.save(update_fields=["editions"])
        file.editions = row.editions
    return pdf


@transaction.atomic
def evidence_revoke(*, file: EvidenceFile, user: User, now: dt.datetime) -> None:
    """The paper is no longer one to rely on; the record stays. Twice is the same as once."""
    revoked = EvidenceFile.objects.filter(pk=file.pk, revoked_at=None).update(revoked_at=now)
    if revoked:
        file.revoked_at = now
        audit_record(
            actor=user,
            action="evidence.revoke",
            target=file.number,
            details={"evidence": str(file.uid)},
            place=house_uid(file.establishment),
        )


def content_read(file: EvidenceFile) -> Content:
    content: Content = json.loads(file.content)
    return content


def _content(place: Place, day: dt.date, month: CoverageMonth | None) -> Content:
    if isinstance(place, Establishment):
        return content_of_establishment(establishment=place, day=day)
    if month is None:
        raise NothingFrozenError
    if isinstance(place, Region):
        return content_of_region(region=place, month=month)
    return content_of_nation(month=month)


def _create(**values: object) -> EvidenceFile:
    """With a number that nobody else drew."""
    for _attempt in range(5):
        number = f"DP-{values['day']:%Y}-{code_new()}"
        try:
            with transaction.atomic():
                return EvidenceFile.objects.create(number=number, **values)
        except IntegrityError:
            if not EvidenceFile.objects.filter(number=number).exists():
                raise
    raise RuntimeError("five numbers were taken")
