"""Reading how far a learner is."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, F, prefetch_related_objects
from wagtail.blocks import StreamValue

from content.models import SiteImage, Video
from courses.exercises import EXERCISES, Commitment, Content, Exercise
from courses.learners import NOBODY, Learner
from courses.models import ExerciseResponse, LearningSession, LessonPage, ModulePage, VideoWatch
from courses.outline import LessonEntry, module_outline
from quizzes.models import Attempt, Quiz
from quizzes.selectors import QuizState, quiz_states


@dataclass(frozen=True, slots=True)
class LessonState:
    page: LessonEntry
    number: int
    is_begun: bool
    is_done: bool


@dataclass(frozen=True, slots=True)
class ModuleProgress:
    """How far a learner is in a module; without a session nothing is begun."""

    session: LearningSession | None
    lessons: list[LessonState]

    @property
    def done_count(self) -> int:
        return sum(lesson.is_done for lesson in self.lessons)

    @property
    def percent(self) -> int:
        return 100 * self.done_count // len(self.lessons) if self.lessons else 0

    @property
    def next_lesson(self) -> LessonState | None:
        """Where to go on: the first lesson that is not done."""
        return next((lesson for lesson in self.lessons if not lesson.is_done), None)

    @property
    def is_complete(self) -> bool:
        return self.session is not None and self.session.completed_at is not None


def lessons_of(module: ModulePage) -> list[LessonPage]:
    """The live lessons of a module, in order."""
    return list(LessonPage.objects.child_of(module).live().order_by("path"))


def lesson_live(uid: uuid.UUID | str) -> LessonPage | None:
    """The lesson if it can be taken now: it and its module are published."""
    lesson = LessonPage.objects.live().filter(uid=uid).first()
    return lesson if lesson is not None and lesson.module.live else None


def session_current(*, learner: Learner, trainable_id: int) -> LearningSession | None:
    """The open session, else the last one that was completed."""
    if learner == NOBODY:
        return None
    sessions = LearningSession.objects.filter(learner.sessions, trainable=trainable_id)
    return sessions.order_by(F("completed_at").desc(nulls_first=True)).first()


def visit_claimable(*, learner: Learner, trainable_id: int) -> LearningSession | None:
    """What was done of a training in her browser without sign-in: a complete one before another,
    the last before the first."""
    if trainable_id not in learner.begun:
        return None
    visits = LearningSession.objects.filter(
        person=None, uid__in=learner.visits, trainable=trainable_id
    )
    return visits.order_by(F("completed_at").desc(nulls_last=True), "-started_at").first()


@dataclass(frozen=True, slots=True)
class VisitorCount:
    """How many began a training without sign-in, and how many of them finished it."""

    begun: int = 0
    completed: int = 0


def visitor_counts(*, trainable_ids: Iterable[int]) -> dict[int, VisitorCount]:
    """By training, in one query; those who had it counted in their name are no longer visitors."""
    rows = (
        LearningSession.objects.filter(person=None, trainable__in=list(trainable_ids))
        .values("trainable")
        .annotate(begun=Count("pk"), completed=Count("completed_at"))
        .order_by()
    )
    return {row["trainable"]: VisitorCount(row["begun"], row["completed"]) for row in rows}


def module_progress(*, module: ModulePage, learner: Learner) -> ModuleProgress:
    session = session_current(learner=learner, trainable_id=module.trainable_id)
    return session_progress(session=session, lessons=module_outline(module))


def session_progress(
    *, session: LearningSession | None, lessons: Sequence[LessonEntry]
) -> ModuleProgress:
    """How far a session is in these lessons; those that are no longer live count for nothing."""
    completed_at = _completion_times(session) if session else {}
    states = [
        LessonState(
            page=lesson,
            number=number,
            is_begun=lesson.uid in completed_at,
            is_done=completed_at.get(lesson.uid) is not None,
        )
        for number, lesson in enumerate(lessons, start=1)
    ]
    return ModuleProgress(session, states)


def _completion_times(session: LearningSession) -> dict[uuid.UUID, dt.datetime | None]:
    """When each lesson that was begun in a session was completed, by the lesson's uid."""
    rows = session.lesson_progress.order_by().values_list("lesson_uid", "completed_at")
    return dict(rows)


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


@dataclass(frozen=True, slots=True)
class ExerciseState:
    """An exercise of a lesson as its reader finds it.

    `content` is what is asked, or what was when there is a response; `number` is the go that an
    answer would be, `so_far` the response of a go of several steps that has begun.
    """

    block_id: str
    exercise: Exercise
    content: Content
    number: int
    so_far: Any
    finished: ExerciseResponse | None

    @property
    def asked(self) -> Any:
        """What to show of the go that an answer would be."""
        return self.exercise.asked(self.content, self.so_far)

    @property
    def review(self) -> Any:
        """What to show of the last finished go; None before it."""
        if self.finished is None:
            return None
        return self.exercise.review(self.finished.content, self.finished.response)

    @property
    def picture_ids(self) -> set[int]:
        """The picture that is asked about, and the one of the last finished go."""
        contents = [self.content, *([self.finished.content] if self.finished else [])]
        ids = (self.exercise.picture_id(content) for content in contents)
        return {one for one in ids if one is not None}


def lesson_exercise_states(
    *, lesson: LessonPage, session: LearningSession | None
) -> dict[str, ExerciseState]:
    """The exercises of a lesson in order, by block id; one query."""
    blocks = [block for block in lesson.body if block.block_type in EXERCISES]
    responses: dict[str, list[ExerciseResponse]] = defaultdict(list)
    if blocks and session:
        for response in session.exercise_responses.filter(lesson_uid=lesson.uid):
            responses[str(response.block_id)].append(response)
    return {
        block.id: exercise_state(block=block, session=session, responses=responses[block.id])
        for block in blocks
    }


def exercise_state(
    *,
    block: StreamValue.StreamChild,
    session: LearningSession | None,
    responses: list[ExerciseResponse],
) -> ExerciseState:
    """The exercise of this block, after these goes of it in order."""
    exercise = EXERCISES[block.block_type]
    open_one = next((one for one in responses if one.finished_at is None), None)
    number = open_one.number if open_one else len(responses) + 1
    # The same order each time somebody looks, before her session has begun and after.
    seed = f"{block.id} {number}"
    return ExerciseState(
        block_id=block.id,
        exercise=exercise,
        content=(
            open_one.content if open_one else exercise.frozen(block.value, random.Random(seed))  # noqa: S311 - an order
        ),
        number=number,
        so_far=open_one.response if open_one else None,
        finished=next((one for one in reversed(responses) if one.finished_at), None),
    )


def exercise_state_answered(state: ExerciseState) -> ExerciseState:
    """The exercise as it will stand once it is answered, with a response that it makes up."""
    response = ExerciseResponse(
        kind=state.exercise.kind,
        content=state.content,
        response=state.exercise.example(state.content),
    )
    return replace(state, finished=response)


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


def promises_made(*, learner: Learner, session: LearningSession | None = None) -> list[str]:
    """What a learner decided to change, in that session or ever: the last choice at each place."""
    sessions = LearningSession.objects.filter(learner.sessions)
    responses = ExerciseResponse.objects.filter(
        session__in=sessions.filter(pk=session.pk) if session else sessions,
        kind=Commitment.kind,
        finished_at__isnull=False,
    )
    last = {(one.lesson_uid, one.block_id): one for one in responses.order_by("finished_at")}
    exercise = EXERCISES[Commitment.kind]
    texts = (exercise.review(one.content, one.response) for one in last.values())
    return list(dict.fromkeys(text for some in texts for text in some))


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


def session_score(session: LearningSession) -> float | None:
    """The mean of the best passed attempt at each quiz, from 0 to 1; None without quiz."""
    best: dict[str, float] = {}
    for attempt in Attempt.objects.filter(registration=session.uid, is_passed=True):
        scaled = attempt.score()["scaled"]
        best[attempt.context_key] = max(scaled, best.get(attempt.context_key, 0.0))
    return sum(best.values()) / len(best) if best else None
