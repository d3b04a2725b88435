"""Who signs in, and who did what.

A `User` is an account: an e-mail address and a password or a code. It is not a member of staff;
`organisation.Person` is, with or without an account. The audit log keeps the acts that somebody may
have to answer for, such as reading a list of names.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from users.privacy.models import ErasureRequest, RetentionRun, RetentionTimer
from users.providers.models import IdentityProvider, ProviderDomain, ProviderKind

__all__ = [
    "AuditEntry",
    "ErasureRequest",
    "IdentityProvider",
    "ProviderDomain",
    "ProviderKind",
    "RetentionRun",
    "RetentionTimer",
    "User",
    "UserManager",
]


class UserManager(BaseUserManager["User"]):
    """Accounts are made and found by e-mail address, whatever its case."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        if not email:
            raise ValueError("An account needs an e-mail address.")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str | None) -> User:
        return self.get(email__iexact=email)


class User(AbstractUser):
    """An account, known by its e-mail address."""

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("adresse électronique"), unique=True)

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta(AbstractUser.Meta):
        verbose_name = _("compte")  # type: ignore[assignment]
        verbose_name_plural = _("comptes")  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.get_full_name() or self.email


AUDIT_KEPT = dt.timedelta(days=1096)
"""Three years, the most that the CNIL recommends for a journal (deliberation 2021-122). The
triggers of the migration say the same: until then the database refuses to delete an entry."""


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    """Reading and adding; the database refuses the rest too (see the migration)."""

    def update(self, **kwargs: Any) -> int:
        raise EntryIsFinal

    def delete(self) -> tuple[int, dict[str, int]]:
        raise EntryIsFinal

    def forget(self, before: dt.datetime) -> int:
        """Entries whose time is over; the database refuses any that is younger than `AUDIT_KEPT`.
        How many they were."""
        return self.filter(at__lt=before)._raw_delete(self.db)

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        raise EntryIsFinal


class EntryIsFinal(Exception):
    """An entry of the audit log is never changed, and deleted by nobody before its time."""


class AuditEntry(models.Model):
    """One act, written once and never changed: who, what, on what, when."""

    at = models.DateTimeField(_("date"), auto_now_add=True, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="audit_entries",
        null=True,
        verbose_name=_("auteur"),
    )
    action = models.CharField(_("action"), max_length=64)
    target = models.CharField(_("objet"), max_length=255)
    details = models.JSONField(_("précisions"), default=dict)
    # The uid of the establishment in which it was done, opaque here: whose managers read the entry.
    place = models.UUIDField(_("lieu"), null=True, editable=False)

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = _("entrée du journal")
        verbose_name_plural = _("journal d’audit")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["action", "at"]),
            models.Index(fields=["target"]),
            models.Index(fields=["place", "at"]),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.target}"

    def save(self, **kwargs: Any) -> None:
        if not self._state.adding:
            raise EntryIsFinal
        super().save(**kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise EntryIsFinal
