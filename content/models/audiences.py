"""The audiences of the campaign."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.Model):
    """One of the five audiences that the minister named; a migration brings them."""

    code = models.SlugField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("nom"), max_length=80)
    pitch = models.CharField(
        _("accroche"),
        max_length=160,
        blank=True,
        default="",
        help_text=_("Ce que cette personne trouvera ici, en une phrase."),
    )
    pictogram = models.CharField(_("pictogramme DSFR"), max_length=120, blank=True, default="")
    position = models.PositiveSmallIntegerField(_("ordre"), default=0)

    class Meta:
        verbose_name = _("public")
        verbose_name_plural = _("publics")
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name
