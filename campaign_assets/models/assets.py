"""What every asset is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from campaign_assets.enums import AssetFormat, Language, Licence, Theme
from content.models import AudiencePage, SiteImage

# A file that a published page promises is protected: it cannot vanish under the page. It is null
# in a draft only, which may still lack it.


def reviewers() -> Q:
    """Those who may approve: whoever publishes pages anywhere, and the administrators."""
    publishes = Q(groups__page_permissions__permission__codename="publish_page")
    return Q(is_active=True) & (Q(is_superuser=True) | publishes)


class AssetQuerySet(PageQuerySet):
    def current(self) -> AssetQuerySet:
        """Those that nothing newer has replaced: a replacement counts once it is published."""
        return self.filter(Q(superseded_by=None) | Q(superseded_by__live=False))

    def offered(self, now: dt.datetime | None = None) -> AssetQuerySet:
        """Those that anybody may have now. Wagtail's clock takes down what has expired a little
        later than its minute; nothing is given in between."""
        now = now or timezone.now()
        return self.live().public().filter(Q(expire_at=None) | Q(expire_at__gt=now))


AssetManager = PageManager.from_queryset(AssetQuerySet)


class AssetPage(AudiencePage):
    """What assets share. Only its subclasses are created."""

    asset_format: ClassVar[AssetFormat]
    # Whether it is only published with a picture of itself.
    needs_preview: ClassVar[bool] = True

    format = models.CharField(
        _("format"), max_length=16, choices=AssetFormat.choices, editable=False, db_index=True
    )
    theme = models.CharField(_("thème"), max_length=24, choices=Theme.choices)
    campaign = models.ForeignKey(
        "campaign_assets.Campaign",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="assets",
        verbose_name=_("campagne"),
    )
    language = models.CharField(
        _("langue"), max_length=8, choices=Language.choices, default=Language.FRENCH
    )
    preview = models.ForeignKey(
        SiteImage,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("aperçu"),
        help_text=_(
            "L’image de la galerie : l’affiche entière, ou une image de la vidéo. "
            "Son texte alternatif dit ce qu’on y voit."
        ),
    )
    licence = models.CharField(
        _("licence"), max_length=24, choices=Licence.choices, default=Licence.ETALAB
    )
    credit = models.CharField(
        _("crédit"),
        max_length=160,
        help_text=_("Qui a conçu ce support, tel qu’il faut le citer."),
    )
    superseded_by = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="supersedes",
        verbose_name=_("remplacée par"),
        help_text=_(
            "La nouvelle version. Dès qu’elle est publiée, celle-ci quitte la galerie ; "
            "son adresse continue et mène à la nouvelle."
        ),
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to=reviewers,
        verbose_name=_("relecture confiée à"),
        help_text=_("Cette personne seule l’approuve ; sans nom, n’importe qui de la relecture."),
    )
    # Folded words for the gallery's search, which finds the beginnings of words too.
    folded_words = models.TextField(editable=False, default="")

    objects = AssetManager()

    parent_page_types = ["campaign_assets.ResourcesIndexPage"]
    subpage_types: list[str] = []
    is_creatable = False
    filing_panels = [
        *AudiencePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("campaign"), FieldPanel("theme"), FieldPanel("language")],
            heading=_("Où la ranger"),
        ),
    ]
    identity_panels = [*filing_panels, FieldPanel("preview")]
    rights_panel = MultiFieldPanel(
        [FieldPanel("licence"), FieldPanel("credit")], heading=_("Droits")
    )
    promote_panels = [
        *AudiencePage.promote_panels,
        MultiFieldPanel(
            [
                PageChooserPanel("superseded_by", "campaign_assets.AssetPage"),
                FieldPanel("reviewer"),
            ],
            heading=_("Version et relecture"),
        ),
    ]

    class Meta:
        verbose_name = _("ressource")
        verbose_name_plural = _("ressources")

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.format = self.format_now() or self.format
        self.folded_words = f" {self.get_folded_text()}"
        super().save(*args, **kwargs)

    def full_clean(self, exclude: Any = None, **kwargs: Any) -> None:
        exclude = set(exclude or ())
        if not self.needs_preview:
            exclude.add("preview")
        super().full_clean(exclude=exclude, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.superseded_by_id is not None and self._is_its_own_successor():
            raise ValidationError(
                {"superseded_by": _("Cette ressource se remplacerait elle-même.")}
            )

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Its page goes with its files: from the minute of its end on there is neither."""
        is_over = self.expire_at is not None and self.expire_at <= timezone.now()
        if is_over and not getattr(request, "is_preview", False):
            raise Http404
        response: HttpResponse = super().serve(request, *args, **kwargs)
        return response

    @property
    def is_drawn(self) -> bool:
        """Whether an establishment can make it its own; only what is drawn here can be."""
        return False

    def format_now(self) -> str:
        """The format as the type, or what the editor chose, has it; "" for `AssetPage` itself."""
        return getattr(type(self), "asset_format", "")

    def _searched_texts(self) -> Any:
        yield from super()._searched_texts()
        yield from (self.get_theme_display(), self.get_format_display())
        if self.campaign is not None:
            yield self.campaign.name

    def _is_its_own_successor(self) -> bool:
        seen: set[int] = set()
        follows = self.superseded_by_id
        while follows is not None and follows not in seen:
            if follows == self.pk:
                return True
            seen.add(follows)
            follows = (
                AssetPage.objects.filter(pk=follows)
                .values_list("superseded_by_id", flat=True)
                .first()
            )
        return False


def check_field(field: str, validator: Callable[[Any], None], value: object) -> None:
    """Run `validator` and show what it refuses beside `field`."""
    try:
        validator(value)
    except ValidationError as error:
        raise ValidationError({field: error.messages}) from error
