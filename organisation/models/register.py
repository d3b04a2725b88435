"""What was read from the register of establishments, and when."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from organisation.enums import RegisterKind


class RegisterImport(models.Model):
    """One successful import. The newest `file_date` guards against files that are older."""

    kind = models.CharField(_("format"), max_length=16, choices=RegisterKind.choices)
    file_name = models.CharField(_("fichier"), max_length=255)
    file_date = models.DateField(_("état au"), db_index=True)
    sha256 = models.CharField(_("empreinte SHA-256"), max_length=64)
    counts = models.JSONField(_("décompte"), default=dict)
    imported_at = models.DateTimeField(_("importé le"), auto_now_add=True)

    class Meta:
        verbose_name = _("import du registre")
        verbose_name_plural = _("imports du registre")
        ordering = ["-imported_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.file_date})"
