"""What module and lesson pages show of the reader's own progress."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.http import HttpRequest
from wagtail.blocks import StreamValue

from courses.models import LessonPage, ModulePage
from courses.selectors import (
    LessonState,
    ModuleProgress,
    lesson_quiz_states,
    module_progress,
)
from courses.views.learner import learner_of
from quizzes.selectors import QuizState

register = template.Library()


@register.simple_tag(takes_context=True)
def learner_progress(context: dict[str, Any], module: ModulePage) -> ModuleProgress:
    """How far the reader is in a module."""
    return module_progress(module=module, person=_reader(context))


@dataclass(frozen=True, slots=True)
class LessonView:
    """A lesson as its reader sees it: where it stands, its blocks, what comes before and after."""

    progress: ModuleProgress
    current: LessonState | None
    previous: LessonState | None
    following: LessonState | None
    blocks: list[tuple[StreamValue.StreamChild, QuizState | None]]
    has_open_quiz: bool


@register.simple_tag(takes_context=True)
def learner_lesson(context: dict[str, Any], lesson: LessonPage) -> LessonView:
    progress = module_progress(module=lesson.module, person=_reader(context))
    at = next((i for i, one in enumerate(progress.lessons) if one.page.pk == lesson.pk), None)
    quizzes = lesson_quiz_states(lesson=lesson, session=progress.session)
    return LessonView(
        progress=progress,
        current=progress.lessons[at] if at is not None else None,
        previous=progress.lessons[at - 1] if at else None,
        following=_after(progress.lessons, at),
        blocks=[
            (block, quizzes.get(block.id))
            for block in lesson.body
            if block.block_type != "quiz" or block.id in quizzes
        ],
        has_open_quiz=any(not state.is_passed for state in quizzes.values()),
    )


def _after(lessons: list[LessonState], at: int | None) -> LessonState | None:
    return lessons[at + 1] if at is not None and at + 1 < len(lessons) else None


def _reader(context: dict[str, Any]) -> Any:
    request: HttpRequest | None = context.get("request")
    return learner_of(request) if request is not None and hasattr(request, "user") else None
