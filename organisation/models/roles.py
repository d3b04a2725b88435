"""Staff roles and their families."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class RoleFamily(models.Model):
    """A family of roles (filière), such as «Soignante et rééducation»."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("nom"), max_length=80)
    position = models.PositiveSmallIntegerField(_("ordre"), default=0)

    class Meta:
        verbose_name = _("filière")
        verbose_name_plural = _("filières")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class StaffRole(models.Model):
    """A role (métier), such as «Infirmier ou infirmière»."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("nom"), max_length=120)
    family = models.ForeignKey(
        RoleFamily, on_delete=models.PROTECT, related_name="roles", verbose_name=_("filière")
    )
    position = models.PositiveSmallIntegerField(_("ordre"), default=0)

    class Meta:
        verbose_name = _("métier")
        verbose_name_plural = _("métiers")
        ordering = ["family__position", "position", "name"]

    def __str__(self) -> str:
        return self.name
