"""Codes on paper or on a colleague's screen, which open a learner's session once."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organisation.enums import CodeKind

from .people import Person


class AccessCodeQuerySet(models.QuerySet["AccessCode"]):
    def usable(self, now: dt.datetime) -> AccessCodeQuerySet:
        """Those that would still open a session at `now`."""
        return self.filter(used_at=None, revoked_at=None, expires_at__gt=now)


class AccessCode(models.Model):
    """Somebody may sign in once as `person`, to learn and for nothing else.

    The code itself is nowhere: `digest` is made of it with the site's secret key.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="access_codes", verbose_name=_("agent")
    )
    kind = models.CharField(_("forme"), max_length=8, choices=CodeKind.choices)
    digest = models.CharField(_("empreinte"), max_length=64, unique=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="access_codes_issued",
        verbose_name=_("remis par"),
    )
    issued_at = models.DateTimeField(_("remis le"))
    expires_at = models.DateTimeField(_("expire le"))
    used_at = models.DateTimeField(_("utilisé le"), null=True)
    revoked_at = models.DateTimeField(_("annulé le"), null=True)

    objects = AccessCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("code de connexion")
        verbose_name_plural = _("codes de connexion")
        ordering = ["-issued_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("issued_at")), name="access_code_lasts_some_time"
            ),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(revoked_at=None),
                name="access_code_used_or_revoked_never_both",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.issued_at:%Y-%m-%d %H:%M}"
