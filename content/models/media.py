"""Pictures and videos."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtailmedia.models import AbstractMedia

from content.chapters import Chapter, chapters_parse, validate_chapters
from content.validators import validate_video_file, validate_webm_file, validate_webvtt_file


class SiteImage(AbstractImage):
    """A picture. Its description is its text alternative, and is compulsory."""

    description = models.CharField(
        _("texte alternatif"),
        max_length=255,
        help_text=_("Ce que l’image apporte, pour qui ne la voit pas. Sans « image de »."),
    )
    credit = models.CharField(_("crédit"), max_length=160, blank=True, default="")

    admin_form_fields = (*Image.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    @property
    def default_alt_text(self) -> str:
        return self.description


class SiteRendition(AbstractRendition):
    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class Video(AbstractMedia):
    """A video with captions and a transcript, both compulsory; how long it is and how large its
    picture are read from the file."""

    webm = models.FileField(
        _("le même film en WebM"),
        upload_to="media",
        blank=True,
        default="",
        help_text=_(
            "Plus léger pour les navigateurs qui le lisent ; le MP4 reste pour les autres."
        ),
    )
    captions = models.FileField(
        _("sous-titres (WebVTT)"),
        upload_to="captions",
        validators=[validate_webvtt_file],
        help_text=_("Un fichier .vtt en français, sons utiles compris."),
    )
    descriptions = models.FileField(
        _("descriptions (WebVTT)"),
        upload_to="captions",
        blank=True,
        default="",
        validators=[validate_webvtt_file],
        help_text=_("Ce qui ne fait que se voir, pour les lecteurs d’écran ; facultatif."),
    )
    transcript = RichTextField(
        _("transcription"),
        features=["bold", "italic", "ol", "ul"],
        help_text=_("Ce qui est dit et montré, pour qui ne voit pas ou n’entend pas la vidéo."),
    )

    chapters = models.TextField(
        _("chapitres"),
        blank=True,
        default="",
        validators=[validate_chapters],
        help_text=_("Un par ligne : le temps, puis le titre. Par exemple « 1:30 Verrouiller »."),
    )

    admin_form_fields = (
        "title",
        "file",
        "webm",
        "captions",
        "descriptions",
        "transcript",
        "chapters",
        "thumbnail",
        "collection",
        "tags",
    )

    class Meta:
        verbose_name = _("vidéo")
        verbose_name_plural = _("vidéos")

    @property
    def sources(self) -> list[dict[str, str]]:
        """The lighter one first: a browser plays the first that it can."""
        found: list[dict[str, str]] = list(super().sources)
        if self.webm:
            found.insert(0, {"src": self.webm.url, "type": "video/webm"})
        return found

    @property
    def chapter_list(self) -> list[Chapter]:
        return chapters_parse(self.chapters)

    def clean(self) -> None:
        super().clean()
        if self.file:
            facts = validate_video_file(self.file)
            # What the file says is so, whatever was typed or known of an older file.
            self.duration, self.width, self.height = facts.duration, facts.width, facts.height
        if self.webm:
            validate_webm_file(self.webm)
