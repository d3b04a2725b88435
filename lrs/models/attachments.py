"""The data of attachments, once for each content."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Attachment(models.Model):
    """Octets that came with a statement; `sha2` is the hash that they have (Part Two 2.4.11).

    Kept in the database: they are evidence, and are stored in the transaction of their statement.
    """

    sha2 = models.CharField(_("empreinte"), max_length=128, primary_key=True)
    content_type = models.TextField(_("type de contenu"))
    content = models.BinaryField(_("contenu"))

    class Meta:
        verbose_name = _("pièce jointe")
        verbose_name_plural = _("pièces jointes")

    def __str__(self) -> str:
        return self.sha2
