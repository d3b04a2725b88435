"""Regions, establishments, sites, departments."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.folding import fold
from organisation.enums import EstablishmentFamily, Sector

finess_validator = RegexValidator(
    r"^[0-9][0-9A-Z][0-9]{7}$",
    _("Un numéro FINESS a neuf caractères, par exemple 010000024 ou 2A0000014."),
)


class Region(models.Model):
    """One of the 18 regions, each with its regional health agency (ARS)."""

    code = models.CharField(_("code INSEE"), max_length=2, unique=True)
    name = models.CharField(_("nom"), max_length=80)

    class Meta:
        verbose_name = _("région")
        verbose_name_plural = _("régions")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class EstablishmentQuerySet(models.QuerySet["Establishment"]):
    def open_at(self, day: dt.date) -> EstablishmentQuerySet:
        """Those not closed yet at `day`."""
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=day))


class Establishment(models.Model):
    """A hospital: the legal entity. Without `finess_ej` it stands for one site whose legal entity
    is not known yet, and is merged when the register names it."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    finess_ej = models.CharField(
        _("FINESS juridique"),
        max_length=9,
        unique=True,
        null=True,
        blank=True,
        validators=[finess_validator],
    )
    name = models.CharField(_("nom"), max_length=255)
    # For searching; whoever writes many rows at once writes it with the name.
    folded_name = models.TextField(editable=False, default="")
    register_name = models.CharField(
        max_length=255,
        blank=True,
        default="",
        editable=False,
        help_text="The name the register import gave last; a name that differs was set by hand.",
    )
    family = models.CharField(
        _("famille"),
        max_length=16,
        choices=EstablishmentFamily.choices,
        default=EstablishmentFamily.OTHER,
        db_index=True,
    )
    sector = models.CharField(
        _("secteur"), max_length=8, choices=Sector.choices, blank=True, default=Sector.UNKNOWN
    )
    region = models.ForeignKey(
        Region,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="establishments",
        verbose_name=_("région"),
        help_text=_("Vide pour les collectivités qui n’appartiennent à aucune région."),
    )
    closed_on = models.DateField(_("fermé depuis le"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged_from",
        verbose_name=_("fusionné dans"),
    )

    hotline = models.CharField(
        _("numéro à appeler en cas d’incident"), max_length=40, blank=True, default=""
    )
    security_contact_name = models.CharField(
        _("référent sécurité (nom ou fonction)"), max_length=120, blank=True, default=""
    )
    security_contact_email = models.EmailField(
        _("adresse du référent sécurité"), blank=True, default=""
    )

    objects = EstablishmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("établissement")
        verbose_name_plural = _("établissements")
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["region", "family"])]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded_name = fold(self.name)
        super().save(*args, **kwargs)


class Site(models.Model):
    """A place of an establishment, as the register knows it (FINESS ET)."""

    finess_et = models.CharField(
        _("FINESS géographique"), max_length=9, unique=True, validators=[finess_validator]
    )
    establishment = models.ForeignKey(
        Establishment,
        on_delete=models.PROTECT,
        related_name="sites",
        verbose_name=_("établissement"),
    )
    name = models.CharField(_("nom"), max_length=255)
    category_code = models.CharField(_("catégorie FINESS"), max_length=4, blank=True, default="")
    category_label = models.CharField(
        _("libellé de la catégorie"), max_length=120, blank=True, default=""
    )
    sector = models.CharField(
        _("secteur"), max_length=8, choices=Sector.choices, blank=True, default=Sector.UNKNOWN
    )
    postcode = models.CharField(_("code postal"), max_length=5, blank=True, default="")
    city = models.CharField(_("ville"), max_length=120, blank=True, default="")
    department_code = models.CharField(_("département"), max_length=3, blank=True, default="")
    latitude = models.FloatField(_("latitude (WGS 84)"), null=True, blank=True)
    longitude = models.FloatField(_("longitude (WGS 84)"), null=True, blank=True)
    closed_on = models.DateField(_("fermé depuis le"), null=True, blank=True)

    class Meta:
        verbose_name = _("site")
        verbose_name_plural = _("sites")
        ordering = ["name", "finess_et"]

    def __str__(self) -> str:
        return f"{self.name} ({self.finess_et})"


class Department(models.Model):
    """A service of an establishment: cardiology, the emergency ward, payroll …"""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    establishment = models.ForeignKey(
        Establishment,
        on_delete=models.PROTECT,
        related_name="departments",
        verbose_name=_("établissement"),
    )
    site = models.ForeignKey(
        Site,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="departments",
        verbose_name=_("site"),
    )
    name = models.CharField(_("nom"), max_length=160)

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["establishment", "name"], name="department_name_once_per_establishment"
            )
        ]

    def __str__(self) -> str:
        return self.name
