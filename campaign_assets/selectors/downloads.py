"""The files that assets give."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable
from dataclasses import dataclass

from django.core.files.base import ContentFile, File
from django.db.models.fields.files import FieldFile
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaign_assets.designs import Brand, FileKind, Format, QrTarget
from campaign_assets.designs.files import WorkFile
from campaign_assets.models import (
    AssetPage,
    CardPage,
    DesignedPage,
    PosterPage,
    TextAssetPage,
    VideoPage,
    VisualPage,
)
from campaign_assets.text_files import text_odt, text_txt
from content.models import SiteImage
from documents.files import etag_of
from documents.prose.odt import MEDIA_TYPE as ODT_TYPE

BYTES_PER_UNIT = 1000  # octets, as the State's sites count them


@dataclass(frozen=True)
class Download:
    """A file of an asset. `name` ends in its format and is stable for the life of the page."""

    page: AssetPage
    name: str
    label: str | Promise
    details: tuple[str, ...]
    file: File[bytes]
    content_type: str
    saved_as: str = ""

    @property
    def url(self) -> str:
        return reverse("campaign_assets:download", args=[self.page.pk, self.name])

    @property
    def extension(self) -> str:
        return self.name.rpartition(".")[2].upper()

    @property
    def filename(self) -> str:
        """What the file is called on the reader's disk."""
        return self.saved_as or f"{self.page.slug}-{self.name}"

    @property
    def etag(self) -> str:
        """Names the content: storage gives every new file a new name; what is drawn is named by
        what it is drawn from; what is made for the moment has its bytes at hand."""
        if isinstance(self.file, ContentFile):
            self.file.seek(0)
            content = self.file.read()
            self.file.seek(0)
        elif isinstance(self.file, WorkFile):
            content = self.file.digest.encode()
        elif isinstance(self.file, FieldFile):
            content = f"{self.file.name}:{self.file.size}".encode()
        else:
            content = str(self.file.name).encode()
        return etag_of(content)

    @property
    def description(self) -> str:
        """Format, size on paper or screen, weight: «PDF, A4, 84 Ko»."""
        return ", ".join([*self.details, weight(self.file.size)])


def downloads_of(*, page: AssetPage) -> list[Download]:
    """Every file of the asset, the most useful first; none for what a draft still lacks."""
    make = _DOWNLOADS.get(type(page))
    return make(page) if make else []


def downloads_register(model: type[AssetPage], make: Callable[..., list[Download]]) -> None:
    """Say what the assets of a type offer; called when the app is ready."""
    _DOWNLOADS[model] = make


def weight(size: int) -> str:
    """`size` in bytes as the French write it: «84 Ko», «1,2 Mo»."""
    kilo = size / BYTES_PER_UNIT
    if kilo < BYTES_PER_UNIT:
        return f"{max(1, round(kilo))}\N{NO-BREAK SPACE}Ko"
    return f"{kilo / BYTES_PER_UNIT:.1f}\N{NO-BREAK SPACE}Mo".replace(".", ",")


def _designed_downloads(page: DesignedPage) -> list[Download]:
    if not page.is_drawn:
        return _file_downloads(page)
    found = drawn_downloads(page, qr=page.campaign_qr)
    return [one for one in found if isinstance(one.file, WorkFile) and one.file.can_be_made]


def drawn_downloads(
    page: DesignedPage, *, brand: Brand | None = None, qr: QrTarget | None = None
) -> list[Download]:
    """Every format of the design; a sheet as PDF and the first one as a picture, too. None is made
    yet, so none is known to fit."""
    if page.drawn_as is None:
        return []
    formats = page.drawn_as.formats
    sheets = [one for one in formats if one.is_print]
    screens = [one for one in formats if not one.is_print]
    wanted: list[tuple[Format, FileKind]] = [(one, "pdf") for one in sheets]
    wanted += [(one, kind) for one in screens for kind in ("png", "webp")]
    wanted += [(one, "png") for one in sheets[:1]]
    return [
        _drawn(page, one, WorkFile(page.work(format=one.key, brand=brand, qr=qr), kind))
        for one, kind in wanted
    ]


def _drawn(page: DesignedPage, format_: Format, file: WorkFile) -> Download:
    kind = file.kind
    size = _pixels(format_.width, format_.height) if not format_.is_print else ()
    return Download(
        page,
        f"{format_.key}.{kind}",
        format_.label if kind == "pdf" or not format_.is_print else _("En image"),
        (kind.upper() if kind != "webp" else "WebP", *size),
        file,
        _mime(kind),
    )


def _file_downloads(page: DesignedPage) -> list[Download]:
    found = []
    if page.pdf:
        label = _("Fichier à imprimer")
        found.append(
            Download(page, "a4.pdf", label, ("PDF", "A4"), page.pdf.file, "application/pdf")
        )
    if page.preview:
        found.append(_picture(page, page.preview, _("En image")))
    return found


def _video_downloads(page: VideoPage) -> list[Download]:
    if not page.video:
        return []
    video = page.video
    extension = video.file_extension.lower()
    details = (extension.upper(), *_pixels(video.width, video.height))
    found = [
        Download(page, f"video.{extension}", _("Vidéo"), details, video.file, _mime(extension))
    ]
    if video.webm:
        details = ("WebM", *_pixels(video.width, video.height))
        label = _("Vidéo pour navigateurs récents")
        found.append(Download(page, "video.webm", label, details, video.webm, "video/webm"))
    if video.captions:
        found.append(
            Download(
                page,
                "sous-titres.vtt",
                _("Sous-titres"),
                ("WebVTT", "français"),
                video.captions,
                "text/vtt",
            )
        )
    return found


def _text_downloads(page: TextAssetPage) -> list[Download]:
    odt, txt = ContentFile(text_odt(page)), ContentFile(text_txt(page))
    return [
        Download(page, "texte.odt", _("Texte à modifier"), ("ODT", "Word"), odt, ODT_TYPE),
        Download(page, "texte.txt", _("Texte brut"), ("TXT",), txt, "text/plain; charset=utf-8"),
    ]


def _picture(page: AssetPage, image: SiteImage, label: str | Promise) -> Download:
    extension = image.filename.rpartition(".")[2].lower()
    details = (extension.upper(), *_pixels(image.width, image.height))
    return Download(page, f"image.{extension}", label, details, image.file, _mime(extension))


def _pixels(width: int | None, height: int | None) -> tuple[str, ...]:
    if not width or not height:
        return ()
    return (f"{width}\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}{height}\N{NO-BREAK SPACE}px",)


def _mime(extension: str) -> str:
    return mimetypes.guess_type(f"file.{extension}")[0] or "application/octet-stream"


_DOWNLOADS: dict[type[AssetPage], Callable[..., list[Download]]] = {
    PosterPage: _designed_downloads,
    VisualPage: _designed_downloads,
    CardPage: _designed_downloads,
    VideoPage: _video_downloads,
    TextAssetPage: _text_downloads,
}
