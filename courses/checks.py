"""What a module still lacks before it is published: named, with the place where it is mended.

What would leave readers out, or a learner without a way to finish, keeps the module from being
published; the rest is said, and the editor decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.blocks import StreamBlock, StreamValue
from wagtail.blocks.list_block import ListBlock, ListBlockValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlock, StructBlockValidationError
from wagtail.models import Page

from content.models import SiteImage, Video
from courses.models import LessonPage, ModulePage
from quizzes.gaps import quiz_gaps
from quizzes.models import Quiz

LONG_VIDEO = 180  # seconds; a longer one is easier with chapters


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is missing, on which page and, where it is in a block, in which."""

    page: Page
    message: str
    is_blocking: bool
    block_id: str = ""


def page_gaps(page: Page) -> list[Gap]:
    """The gaps of a module with its lessons, or of one lesson; of any other page none."""
    if isinstance(page, ModulePage):
        return module_gaps(page)
    if isinstance(page, LessonPage):
        return lesson_gaps(page)
    return []


def blocking_gaps(gaps: list[Gap]) -> list[Gap]:
    return [gap for gap in gaps if gap.is_blocking]


def module_gaps(module: ModulePage) -> list[Gap]:
    """Those of the module as given and of the newest draft of each lesson, which it publishes."""
    lessons = [
        lesson.get_latest_revision_as_object()
        for lesson in LessonPage.objects.child_of(module).order_by("path")
    ]
    return [*_own_gaps(module, lessons), *chain.from_iterable(map(lesson_gaps, lessons))]


def _own_gaps(module: ModulePage, lessons: list[LessonPage]) -> Iterator[Gap]:
    if not lessons:
        yield Gap(module, _("Le module n’a pas encore de leçon."), is_blocking=True)
    if not module.summary.strip():
        yield Gap(module, _("Le résumé manque : il présente le module dans les listes."), False)
    if lessons and not any(block.block_type == "quiz" for one in lessons for block in one.body):
        yield Gap(module, _("Aucune leçon n’a de quiz : lire suffira pour valider."), False)


def lesson_gaps(lesson: LessonPage) -> list[Gap]:
    gaps = [
        Gap(lesson, message, is_blocking=True, block_id=block_id)
        for block_id, message in _body_faults(lesson.body)
    ]
    if not lesson.body:
        gaps.append(Gap(lesson, _("La leçon est vide."), is_blocking=True))
    for block in lesson.body:
        for message, is_blocking in _content_gaps(block):
            gaps.append(Gap(lesson, message, is_blocking, block.id))
    return gaps


def _body_faults(body: StreamValue) -> Iterator[tuple[str, str]]:
    """What the blocks themselves refuse, by block id: a draft is saved without being checked."""
    for child in body:
        try:
            child.block.clean(child.value)
        except ValidationError as error:
            label = str(child.block.label)
            for message in _messages(error, child.block):
                yield child.id, f"{label} : {message}"


def _messages(error: ValidationError, block: Any) -> Iterator[str]:
    """Each refusal in a tree of blocks, led by the labels on the way to it."""
    if isinstance(error, StructBlockValidationError) and isinstance(block, StructBlock):
        yield from (str(message) for one in error.non_block_errors.as_data() for message in one)
        for name, inner in error.block_errors.items():
            child = block.child_blocks[name]
            for message in _messages(inner, child):
                yield f"{child.label} – {message}"
    elif isinstance(error, ListBlockValidationError) and isinstance(block, ListBlock):
        yield from (str(message) for one in error.non_block_errors.as_data() for message in one)
        for index, inner in error.block_errors.items():
            for message in _messages(inner, block.child_block):
                yield _("n° %(number)d – %(message)s") % {"number": index + 1, "message": message}
    elif isinstance(error, StreamBlockValidationError) and isinstance(block, StreamBlock):
        yield from (str(message) for one in error.non_block_errors.as_data() for message in one)
    else:
        yield from error.messages


def _content_gaps(block: StreamValue.StreamChild) -> Iterator[tuple[str, bool]]:
    """What a block shows and lacks: (message, is blocking)."""
    value = block.value
    if value is None:
        return
    if block.block_type == "quiz":
        yield from _quiz_gaps(value)
        return
    for name in ("image", "video"):
        chosen = value.get(name) if isinstance(value, dict) else None
        if chosen is not None:
            yield from _CHECKS[name](chosen)


def _image_gaps(image: SiteImage) -> Iterator[tuple[str, bool]]:
    alternative = image.description.strip().casefold()
    if not alternative:
        yield _("L’image « %(title)s » n’a pas de texte alternatif.") % {"title": image.title}, True
    elif alternative in {image.title.casefold(), Path(image.file.name).name.casefold()}:
        message = _("Le texte alternatif de « %(title)s » répète son nom : dites ce qu’on voit.")
        yield message % {"title": image.title}, False


def _video_gaps(video: Video) -> Iterator[tuple[str, bool]]:
    title = {"title": video.title}
    if not video.captions:
        yield _("La vidéo « %(title)s » n’a pas de sous-titres.") % title, True
    if not video.transcript.strip():
        yield _("La vidéo « %(title)s » n’a pas de transcription.") % title, True
    if not video.duration:
        yield _("La durée de la vidéo « %(title)s » manque : rien n’en sera compté.") % title, False
    elif video.duration > LONG_VIDEO and not video.chapters:
        yield _("La vidéo « %(title)s » est longue : donnez-lui des chapitres.") % title, False


def _quiz_gaps(quiz: Quiz) -> Iterator[tuple[str, bool]]:
    for message in quiz_gaps(quiz):
        yield f"{quiz.title} : {message}", False


_CHECKS: dict[str, Callable[[Any], Iterator[tuple[str, bool]]]] = {
    "image": _image_gaps,
    "video": _video_gaps,
}
