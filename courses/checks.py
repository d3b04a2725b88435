"""What a module still lacks before it is published: named, with the place where it is mended.

What would leave readers out, or a learner without a way to finish, keeps the module from being
published; the rest is said, and the editor decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.blocks import StreamBlock, StreamValue
from wagtail.blocks.list_block import ListBlock, ListBlockValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlock, StructBlockValidationError

from content.checks import Gap, image_gaps, video_gaps
from courses.models import LessonPage, ModulePage
from quizzes.gaps import quiz_gaps
from quizzes.models import Quiz


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
                yield child.id, f"{label} : {message}"


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


def _quiz_gaps(quiz: Quiz) -> Iterator[tuple[str, bool]]:
    for message in quiz_gaps(quiz):
        yield f"{quiz.title} : {message}", False


_CHECKS: dict[str, Callable[[Any], Iterator[tuple[str, bool]]]] = {
    "image": image_gaps,
    "video": video_gaps,
}
