"""Many files at once, which become drafts of assets.

Each file stands for itself: what is refused says why and takes nothing with it. A PDF and a picture
of the same name are one asset, the sheet and its preview.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model

from campaign_assets.enums import AssetFormat
from campaign_assets.models import AssetPage, Campaign, ResourcesIndexPage
from content.models import Audience, SiteImage
from content.validators import PICTURES, validate_pdf_file, validate_picture_file
from users.models import User

MOST_FILES = 40
MOST_BYTES = 200 * 1024 * 1024
"""Of all files of one upload."""

PICTURE_ENDINGS = {ending for endings in PICTURES.values() for ending in endings}


@dataclass(frozen=True)
class Filing:
    """Where all drafts of an upload are filed, so that it is said once."""

    format: AssetFormat
    theme: str
    campaign: Campaign | None
    language: str
    licence: str
    credit: str
    audiences: Sequence[Audience] = ()


@dataclass
class Outcome:
    """What became of the files of one name: a draft, or why not."""

    names: list[str]
    page: AssetPage | None = None
    errors: list[str] = field(default_factory=list)


def uploadable_formats() -> dict[str, type[AssetPage]]:
    """The types whose file may be made elsewhere: those that carry a PDF and a picture."""
    return {
        model.asset_format: model
        for model in ResourcesIndexPage.creatable_subpage_models()
        if issubclass(model, AssetPage) and any(f.name == "pdf" for f in model._meta.fields)
    }


def drafts_create(
    *, index: ResourcesIndexPage, user: User, filing: Filing, files: Sequence[File[bytes]]
) -> list[Outcome]:
    """Make a draft of each file, or of each pair of a PDF and a picture of the same name.

    :raises ValidationError: too many files, or too heavy together; nothing is made then.
    """
    if len(files) > MOST_FILES:
        raise ValidationError(_("Quarante fichiers au plus à la fois : envoyez le reste ensuite."))
    if sum(file.size for file in files) > MOST_BYTES:
        raise ValidationError(_("Ces fichiers pèsent plus de 200 Mo ensemble : envoyez-en moins."))
    return [_outcome(index, user, filing, ones) for ones in _pairs(files)]


def _pairs(files: Iterable[File[bytes]]) -> list[list[File[bytes]]]:
    by_stem: dict[str, list[File[bytes]]] = defaultdict(list)
    for file in files:
        by_stem[PurePath(str(file.name)).stem.casefold()].append(file)
    groups: list[list[File[bytes]]] = []
    for ones in by_stem.values():
        is_pair = len(ones) == 2 and {_is_pdf(one) for one in ones} == {True, False}
        groups += [ones] if is_pair else [[one] for one in ones]
    return groups


def _outcome(
    index: ResourcesIndexPage, user: User, filing: Filing, files: list[File[bytes]]
) -> Outcome:
    outcome = Outcome([PurePath(str(file.name)).name for file in files])
    for file in files:
        try:
            _check(file)
        except ValidationError as error:
            outcome.errors += error.messages
    if not outcome.errors:
        outcome.page = _draft(index, user, filing, files)
    return outcome


def _check(file: File[bytes]) -> None:
    ending = PurePath(str(file.name)).suffix.lower().removeprefix(".")
    if ending == "pdf":
        validate_pdf_file(file)
    elif ending in PICTURE_ENDINGS:
        validate_picture_file(file)
    else:
        raise ValidationError(_("Seuls les PDF et les images PNG, JPEG, WebP ou GIF sont pris."))


@transaction.atomic
def _draft(
    index: ResourcesIndexPage, user: User, filing: Filing, files: list[File[bytes]]
) -> AssetPage:
    title = _title(files[0])
    model: Any = uploadable_formats()[filing.format]
    page: AssetPage = model(
        title=title,
        slug=_free_slug(index, title),
        live=False,
        owner=user,
        theme=filing.theme,
        campaign=filing.campaign,
        language=filing.language,
        licence=filing.licence,
        credit=filing.credit,
        **dict(_stored(file, title, user, filing.credit) for file in files),
    )
    page.audiences = list(filing.audiences)
    index.add_child(instance=page)
    page.save_revision(user=user, log_action=True, clean=False)
    return page


def _stored(file: File[bytes], title: str, user: User, credit: str) -> tuple[str, Any]:
    """The field of the page, and the stored file that belongs into it. A picture still lacks its
    text alternative, without which the page is not published."""
    file.seek(0)
    if _is_pdf(file):
        document: Any = get_document_model()(title=title, file=file, uploaded_by_user=user)
        document._set_document_file_metadata()
        document.save()
        return "pdf", document
    image = SiteImage(title=title, description="", credit=credit, file=file, uploaded_by_user=user)
    image.save()
    return "preview", image


def _is_pdf(file: File[bytes]) -> bool:
    return str(file.name).lower().endswith(".pdf")


def _title(file: File[bytes]) -> str:
    words = PurePath(str(file.name)).stem.replace("_", " ").replace("-", " ").split()
    title = " ".join(words)[:120].strip()
    return (title[:1].upper() + title[1:]) or _("Sans titre")


def _free_slug(index: ResourcesIndexPage, title: str) -> str:
    stem = slugify(title)[:80].strip("-") or "ressource"
    taken = set(index.get_children().filter(slug__startswith=stem).values_list("slug", flat=True))
    slug, number = stem, 1
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug
