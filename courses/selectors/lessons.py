"""Reading a lesson: its blocks, and how its reader stands at each."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from wagtail.blocks import StreamValue

from content.models import SiteImage, Video
from courses.models import LearningSession, LessonPage, ModulePage, VideoWatch
from courses.selectors.exercises import ExerciseState, lesson_exercise_states
from quizzes.models import Quiz
from quizzes.selectors import QuizState, quiz_states


def lessons_of(module: ModulePage) -> list[LessonPage]:
    """The live lessons of a module, in order."""
    return list(LessonPage.objects.child_of(module).live().order_by("path"))


def lesson_live(uid: uuid.UUID | str) -> LessonPage | None:
    """The lesson if it can be taken now: it and its module are published."""
    lesson = LessonPage.objects.live().filter(uid=uid).first()
    return lesson if lesson is not None and lesson.module.live else None


def quiz_key(lesson: LessonPage, block_id: str) -> str:
    """The place of a quiz: its lesson and its block, whatever quiz stands there."""
    return f"{lesson.uid}:{block_id}"


def lesson_quizzes(lesson: LessonPage) -> dict[str, Quiz]:
    """The quizzes of a lesson in order, by block id."""
    return {
        block.id: block.value
        for block in lesson.body
        if block.block_type == "quiz" and block.value is not None
    }


def lesson_quiz_states(
    *, lesson: LessonPage, session: LearningSession | None
) -> dict[str, QuizState]:
    """The state of each quiz of the lesson, by block id; quizzes without questions are left out."""
    states = quiz_states(
        places={
            quiz_key(lesson, block_id): quiz.pk for block_id, quiz in lesson_quizzes(lesson).items()
        },
        registration=session.uid if session else None,
    )
    return {key.partition(":")[2]: state for key, state in states.items() if state.question_count}


def lesson_videos(lesson: LessonPage) -> dict[str, Video]:
    """The videos of a lesson in order, by block id."""
    return {
        block.id: block.value["video"]
        for block in lesson.body
        if block.block_type == "video" and block.value["video"] is not None
    }


def lesson_video_watches(
    *, lesson: LessonPage, session: LearningSession | None
) -> dict[str, VideoWatch]:
    """What was played of the lesson's videos, by block id; no query where it has none."""
    if session is None or not any(block.block_type == "video" for block in lesson.body):
        return {}
    watches = session.video_watches.filter(lesson_uid=lesson.uid)
    return {str(watch.block_id): watch for watch in watches}


@dataclass(frozen=True, slots=True)
class BlockState:
    """A block of a lesson, and how its reader stands at it where there is something to do."""

    block: StreamValue.StreamChild
    quiz: QuizState | None = None
    exercise: ExerciseState | None = None
    watch: VideoWatch | None = None

    @property
    def is_left(self) -> bool:
        """Whether it keeps the lesson from being complete."""
        if self.exercise is not None:
            return self.exercise.exercise.is_required and self.exercise.finished is None
        if self.quiz is not None:
            return not self.quiz.is_passed
        if self.block.block_type == "video":
            return self.block.value["is_required"] and not (self.watch and self.watch.is_done)
        return False


def lesson_blocks(*, lesson: LessonPage, session: LearningSession | None) -> list[BlockState]:
    """The blocks of a lesson in order; a quiz without questions is left out."""
    exercises = lesson_exercise_states(lesson=lesson, session=session)
    quizzes = lesson_quiz_states(lesson=lesson, session=session)
    watches = lesson_video_watches(lesson=lesson, session=session)
    return [
        BlockState(block, quizzes.get(block.id), exercises.get(block.id), watches.get(block.id))
        for block in lesson.body
        if block.block_type != "quiz" or block.id in quizzes
    ]


def lesson_remainder(*, lesson: LessonPage, session: LearningSession) -> list[str]:
    """The ids of the blocks that are left to do before the lesson is complete, in order."""
    blocks = lesson_blocks(lesson=lesson, session=session)
    return [state.block.id for state in blocks if state.is_left]


def exercise_pictures(blocks: Iterable[BlockState]) -> dict[int, SiteImage]:
    """The pictures of these exercises with their renditions, by id.

    One query if there are any, and one more where somebody answered about another picture than the
    one that is there now.
    """
    found: dict[int, SiteImage] = {}
    wanted: set[int] = set()
    for state in blocks:
        if state.exercise is not None:
            picture = state.exercise.exercise.picture(state.block.value)
            found |= {picture.pk: picture} if picture else {}
            wanted |= state.exercise.picture_ids
    missing = wanted - found.keys()
    found |= SiteImage.objects.in_bulk(missing) if missing else {}
    prefetch_related_objects(list(found.values()), "renditions")
    return found
