"""What hospitals make of the campaign's drawings, and the short addresses that stand on them.

An adaptation keeps words, never files: files are drawn from it, from its page and from the brand
card as they are today, so that a print of tomorrow has the new logo. A short address outlives
both, for it hangs on a wall.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from organisation.models import Establishment

from .assets import AssetPage

BY_POSTER = "affiche"
"""The parameter by which the pages of modules know that somebody came by a poster; a short
address gives it its code, so that they may say later what came of it."""

PLACEMENT_LENGTH = 80  # signs


class Adaptation(models.Model):
    """A hospital's own words on an asset that is drawn, for one place where it hangs.

    `texts` has the free fields of the design, or none: then the page's own words stand there. The
    same words for the same place are one row.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    page = models.ForeignKey(
        AssetPage,
        on_delete=models.CASCADE,
        related_name="adaptations",
        verbose_name=_("ressource"),
    )
    establishment = models.ForeignKey(
        Establishment,
        on_delete=models.PROTECT,
        related_name="adaptations",
        verbose_name=_("établissement"),
    )
    texts = models.JSONField(_("textes"), default=dict)
    placement = models.CharField(
        _("emplacement"), max_length=PLACEMENT_LENGTH, blank=True, default=""
    )
    digest = models.CharField(_("empreinte"), max_length=64, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="adaptations",
        verbose_name=_("créée par"),
    )
    created_at = models.DateTimeField(_("créée le"))

    class Meta:
        verbose_name = _("adaptation")
        verbose_name_plural = _("adaptations")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "establishment", "digest"], name="adaptation_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.page_id} – {self.establishment} {self.placement}".strip()


class ShortLink(models.Model):
    """`/a/<code>/`: from a poster of `establishment`, hung at `placement`, to a page of this site.

    The campaign's own prints bear one too, without establishment: nobody knows where they hang.
    What it came from and where it leads may go; the address stays and then says so kindly.
    """

    code = models.CharField(_("code"), max_length=12, unique=True)
    establishment = models.ForeignKey(
        Establishment,
        on_delete=models.PROTECT,
        null=True,
        related_name="short_links",
        verbose_name=_("établissement"),
    )
    placement = models.CharField(
        _("emplacement"), max_length=PLACEMENT_LENGTH, blank=True, default=""
    )
    asset = models.ForeignKey(
        AssetPage,
        on_delete=models.SET_NULL,
        null=True,
        related_name="short_links",
        verbose_name=_("ressource"),
    )
    target = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("page"),
    )
    adaptation = models.OneToOneField(
        Adaptation,
        on_delete=models.SET_NULL,
        null=True,
        related_name="short_link",
        verbose_name=_("adaptation"),
    )
    created_at = models.DateTimeField(_("créée le"))

    class Meta:
        verbose_name = _("adresse courte")
        verbose_name_plural = _("adresses courtes")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["asset"],
                condition=models.Q(establishment=None),
                name="short_link_of_the_campaign_once",
            )
        ]

    def __str__(self) -> str:
        return self.code
