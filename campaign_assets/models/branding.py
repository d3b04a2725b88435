"""The brand cards of establishments, as states: the newest is the card, and none is lost."""

from __future__ import annotations

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from organisation.models import Establishment


def private_storage() -> Storage:
    return storages["private"]


class LogoType(models.TextChoices):
    SVG = "svg", "SVG"
    PNG = "png", "PNG"


class BrandState(models.Model):
    """What an establishment's brand card said from `saved_at` on, and who wrote it.

    The contacts are the establishment's own (`Establishment.hotline` …); they stand here as they
    were, so that one can see what changed and go back. States are never changed or removed.
    """

    establishment = models.ForeignKey(
        Establishment,
        on_delete=models.PROTECT,
        related_name="brand_states",
        verbose_name=_("établissement"),
    )
    number = models.PositiveIntegerField(_("numéro"))
    name = models.CharField(_("nom sur les supports"), max_length=120)
    intranet = models.CharField(_("adresse de l’intranet"), max_length=80, blank=True, default="")
    accent = models.CharField(_("couleur du bandeau"), max_length=7)
    logo = models.FileField(_("logo"), storage=private_storage, blank=True, max_length=120)
    logo_type = models.CharField(
        _("type du logo"), max_length=3, choices=LogoType.choices, blank=True, default=""
    )
    hotline = models.CharField(_("numéro à appeler"), max_length=40, blank=True, default="")
    security_contact_name = models.CharField(
        _("référent sécurité"), max_length=120, blank=True, default=""
    )
    security_contact_email = models.EmailField(
        _("adresse du référent sécurité"), blank=True, default=""
    )
    restored_from = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("repris de"),
    )
    saved_at = models.DateTimeField(_("enregistré le"))
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="brand_states",
        verbose_name=_("enregistré par"),
    )

    class Meta:
        verbose_name = _("état d’une carte de marque")
        verbose_name_plural = _("états des cartes de marque")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["establishment", "number"], name="brand_state_number_once"
            ),
            models.CheckConstraint(
                condition=models.Q(logo="", logo_type="")
                | ~models.Q(logo="") & ~models.Q(logo_type=""),
                name="brand_state_logo_has_a_type",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"
