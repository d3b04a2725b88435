"""Campaigns: what the assets of a season belong to."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField

from campaign_assets.enums import Theme


class Campaign(models.Model):  # type: ignore[django-manager-missing]  # of a PageManager
    """A campaign with its dates, its theme and what it wants.

    It has no page of its own: the gallery, filtered by it, is its page and says what it is.
    """

    code = models.SlugField(
        _("code"),
        max_length=40,
        unique=True,
        help_text=_("Ce qui la désigne dans les adresses : « automne-2026 »."),
    )
    name = models.CharField(_("nom"), max_length=120)
    theme = models.CharField(_("thème"), max_length=24, choices=Theme.choices, default=Theme.WHOLE)
    objectives = RichTextField(
        _("objectifs"),
        features=["bold", "ul", "link"],
        help_text=_("Ce que la campagne veut changer, et à quoi on le verra."),
    )
    starts_on = models.DateField(_("début"))
    ends_on = models.DateField(_("fin"), help_text=_("Le dernier jour."))

    class Meta:
        verbose_name = _("campagne")
        verbose_name_plural = _("campagnes")
        ordering = ["-starts_on", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="campaign_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("La fin précède le début.")})
