"""What editors decide for the whole site."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from cms.enums import AccessibilityStatus


@register_setting(icon="cog")
class SiteSettings(BaseSiteSetting):
    """Names, footer and addresses. The header and footer read them through `cms.chrome`."""

    campaign_name = models.CharField(
        _("nom de la campagne"), max_length=80, default="Tous cyber vigilant"
    )
    tagline = models.CharField(
        _("signature"),
        max_length=160,
        default="La cybersécurité, c’est la continuité de la sécurité des soins",
    )
    brand = models.TextField(
        _("bloc-marque"),
        max_length=120,
        default="République\nFrançaise",
        help_text=_("Une ligne du bloc par ligne de texte."),
    )
    footer_text = models.TextField(
        _("texte du pied de page"),
        max_length=400,
        default=(
            "La campagne de sensibilisation et de formation à la cybersécurité "
            "de tous les professionnels des établissements de santé."
        ),
    )
    legal_notice_page = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("mentions légales"),
    )
    personal_data_page = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("données personnelles et cookies"),
    )
    accessibility_page = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("déclaration d’accessibilité"),
    )
    accessibility_status = models.CharField(
        _("état de l’accessibilité"),
        max_length=16,
        choices=AccessibilityStatus.choices,
        default=AccessibilityStatus.NOT_AUDITED,
    )
    national_portal_url = models.URLField(
        _("portail national de signalement"), default="https://signalement.social-sante.gouv.fr"
    )
    contact_email = models.EmailField(
        _("adresse de contact de la campagne"),
        blank=True,
        default="",
        help_text=_("Montrée quand une page est refusée ou introuvable."),
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel("campaign_name"), FieldPanel("tagline"), FieldPanel("brand")],
            heading=_("En-tête"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("footer_text"),
                PageChooserPanel("legal_notice_page"),
                PageChooserPanel("personal_data_page"),
                PageChooserPanel("accessibility_page"),
                FieldPanel("accessibility_status"),
            ],
            heading=_("Pied de page"),
        ),
        MultiFieldPanel(
            [FieldPanel("national_portal_url"), FieldPanel("contact_email")],
            heading=_("Signalement et contact"),
        ),
    ]

    class Meta:
        verbose_name = _("réglages du site")

    def __str__(self) -> str:
        return self.campaign_name
