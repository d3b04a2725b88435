"""Reading the exercises of a lesson: what is asked, and what was answered."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any

from wagtail.blocks import StreamValue

from courses.exercises import EXERCISES, Commitment, Content, Exercise
from courses.learners import Learner
from courses.models import ExerciseResponse, LearningSession, LessonPage


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
        given = ExerciseResponse.objects.filter(session=session, lesson_uid=lesson.uid).order_by()
        for response in sorted(given, key=lambda one: one.number):
            responses[str(response.block_id)].append(response)
    return {
        block.id: exercise_state(block=block, responses=responses[block.id]) for block in blocks
    }


def exercise_state(
    *,
    block: StreamValue.StreamChild,
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
