"""The statements that a learner's rows are, each from its stored row alone."""

from courses.statements.base import LESSON, module_iri
from courses.statements.exercises import exercise_answered
from courses.statements.progress import (
    lesson_completed,
    lesson_initialized,
    module_claimed,
    module_completed,
    module_initialized,
    module_progressed,
)
from courses.statements.videos import (
    transcript_read,
    video_completed,
    video_event,
    video_initialized,
)

__all__ = [
    "LESSON",
    "exercise_answered",
    "lesson_completed",
    "lesson_initialized",
    "module_claimed",
    "module_completed",
    "module_initialized",
    "module_iri",
    "module_progressed",
    "transcript_read",
    "video_completed",
    "video_event",
    "video_initialized",
]
