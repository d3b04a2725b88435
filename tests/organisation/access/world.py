"""Accounts with roles, and requests, for the tests of rights."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from documents.uploads import upload_read
from organisation.models import AccessRequest, Establishment, Grant
from organisation.roles_of_access import RoleKey, role_of
from organisation.scopes import Scope
from organisation.services import access_request_create
from tests.organisation.factories import AccountFactory, AppointmentFactory
from users.models import User


def today() -> dt.date:
    return timezone.localdate()


def pdf(pages: int = 1) -> bytes:
    """A PDF with a script, an attachment and a link, as a hostile or careless sender makes them."""
    out = io.BytesIO()
    with pikepdf.new() as document:
        for _number in range(pages):
            page = document.add_blank_page(page_size=(595, 842))
            page.obj.AA = pikepdf.Dictionary(O=_script())
            page.obj.Annots = pikepdf.Array(
                [
                    pikepdf.Dictionary(
                        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, A=_script()
                    )
                ]
            )
        document.Root.OpenAction = _script()
        document.attachments["virus.exe"] = b"MZ"
        document.save(out)
    return out.getvalue()


def _script() -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def account(email: str = "", **fields: Any) -> User:
    """An account with a proved address."""
    named = {"email": email} if email else {}
    user: User = AccountFactory(address__verified=True, **named, **fields)
    return user


def holder(key: RoleKey, scope: Scope, ends_on: dt.date | None = None) -> User:
    """An account with a role since last year."""
    user = account()
    for right in sorted(role_of(key).rights):
        Grant.objects.create(
            user=user,
            right=right,
            starts_on=today() - dt.timedelta(365),
            ends_on=ends_on,
            **scope.fields,
        )
    return user


def colleague(establishment: Establishment, **person: Any) -> User:
    """An account whose person works in the hospital."""
    user = account()
    AppointmentFactory(establishment=establishment, person__user=user, **person)
    return user


def request_of(
    user: User, establishment: Establishment, key: RoleKey = RoleKey.REFERENT, **fields: Any
) -> AccessRequest:
    values: dict[str, Any] = {
        "function": "RSSI",
        "message": "Le standard confirme.",
        "proof": upload_read(io.BytesIO(pdf())),
        "now": timezone.now(),
    }
    return access_request_create(
        user=user, establishment=establishment, role=role_of(key), **values | fields
    )


def sent(content: bytes | None = None, name: str = "lettre.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf() if content is None else content, "application/pdf")
