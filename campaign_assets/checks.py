"""What an asset still lacks before it is published."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist, ValidationError
from django.utils.translation import gettext as _

from campaign_assets.models import AssetPage, KitPage, VideoPage
from campaign_assets.selectors import newest_of
from content.checks import Gap, image_address, image_gaps, video_address, video_gaps


def asset_gaps(page: AssetPage) -> list[Gap]:
    """The gaps of the asset as given. A draft is saved without its required fields; here they are
    asked for."""
    gaps = [*_field_gaps(page), *_picture_gaps(page)]
    if isinstance(page, VideoPage):
        gaps += _video_gaps(page)
    if isinstance(page, KitPage):
        gaps += _kit_gaps(page)
    if not page.summary.strip():
        gaps.append(
            Gap(page, _("Le résumé manque : il présente la ressource dans les listes."), False)
        )
    return gaps


def _field_gaps(page: AssetPage) -> Iterator[Gap]:
    try:
        page.full_clean()
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            for message in messages:
                yield Gap(page, f"{_label(page, name)}{message}", is_blocking=True)


def _label(page: AssetPage, name: str) -> str:
    if name == NON_FIELD_ERRORS:
        return ""
    try:
        label = str(page._meta.get_field(name).verbose_name).capitalize()
    except FieldDoesNotExist:
        label = name
    return f"{label}\N{NO-BREAK SPACE}: "


def _picture_gaps(page: AssetPage) -> Iterator[Gap]:
    if page.preview is not None:
        for message, is_blocking in image_gaps(page.preview):
            yield Gap(page, message, is_blocking, address=image_address(page.preview))


def _video_gaps(page: VideoPage) -> Iterator[Gap]:
    if page.video is not None:
        for message, is_blocking in video_gaps(page.video):
            yield Gap(page, message, is_blocking, address=video_address(page.video))


def _kit_gaps(page: KitPage) -> Iterator[Gap]:
    items = list(page.items.all())
    if not items:
        yield Gap(page, _("Le plan de déploiement n’a pas encore d’étape."), is_blocking=True)
    newest = newest_of(pages=[item.asset for item in items])
    for item in items:
        title = {"title": item.asset.title}
        if item.asset.format == page.format:
            yield Gap(page, _("« %(title)s » est un kit : un kit n’en contient pas.") % title, True)
        elif item.asset_id not in newest:
            message = _("« %(title)s » n’est pas publiée : le kit paraîtra sans elle.")
            yield Gap(page, message % title, is_blocking=False)
        elif newest[item.asset_id].pk != item.asset_id:
            message = _("« %(title)s » est remplacée : le kit prendra la nouvelle version.")
            yield Gap(page, message % title, is_blocking=False)
