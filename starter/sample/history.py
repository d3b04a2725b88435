"""Fourteen months of learning, issued as statements through the ordinary path.

The rows that say what happened (sessions, lessons, attempts, answers) are drawn in memory and
stored in bulk; the statements are built from them by the same functions as a learner's own, and go
through `statements_store` like everything else. Nothing writes a completion directly.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from courses import statements as course_statements
from courses.models import LearningSession, LessonPage, LessonProgress, ModulePage
from courses.selectors import lesson_quizzes, lessons_of, quiz_key
from lrs.identifiers import activity_iri
from lrs.services import PLATFORM, statements_store
from quizzes import statements as quiz_statements
from quizzes.drawing import Pool, pool_of
from quizzes.kinds import kind_of
from quizzes.models import Answer, Attempt
from quizzes.services import answer_graded, attempt_finish
from starter.sample.people import SamplePerson, uuid_drawn
from starter.sample.places import FAMILY_ENGAGEMENT

BATCH = 500  # statements stored in one transaction
FAILS_FIRST = 0.22
ABANDONS = 0.06
RETAKES = 0.6


@dataclass(slots=True)
class ModulePlan:
    """A module to be learnt: when it was launched, and what it is made of."""

    page: ModulePage
    launched_on: dt.date
    validity_months: int | None
    lessons: list[LessonPage] = field(default_factory=list)
    quiz_keys: dict[str, str] = field(default_factory=dict)
    pools: dict[str, Pool] = field(default_factory=dict)
    quizzes: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class History:
    """What was drawn, row by row."""

    sessions: list[LearningSession] = field(default_factory=list)
    progress: list[LessonProgress] = field(default_factory=list)
    attempts: list[Attempt] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    said: list[dict[str, Any]] = field(default_factory=list)


def plan_made(page: ModulePage, launched_on: dt.date, validity_months: int | None) -> ModulePlan:
    """Read a module once, with the quiz of each lesson that has one."""
    plan = ModulePlan(page, launched_on, validity_months, lessons_of(page))
    for lesson in plan.lessons:
        for block_id, quiz in lesson_quizzes(lesson).items():
            uid = str(lesson.uid)
            plan.quiz_keys[uid] = quiz_key(lesson, block_id)
            plan.quizzes[uid] = quiz
            plan.pools[uid] = pool_of(quiz)
    return plan


def history_drawn(people: list[SamplePerson], plans: list[ModulePlan], today: dt.date) -> History:
    """Draw who took what, when and how it went, up to the end of yesterday."""
    history = History()
    for one in people:
        rng = random.Random(f"history {one.draft.uid}")  # noqa: S311 - invented data
        for plan in plans:
            _person_takes(rng, one, plan, today, history)
    return history


def _person_takes(
    rng: random.Random, one: SamplePerson, plan: ModulePlan, today: dt.date, history: History
) -> None:
    chance = one.place.hospital.engagement * FAMILY_ENGAGEMENT[one.family]
    day = _first_day(rng, one, plan)
    leaves_on = one.posts[-1].ends_on or today
    while rng.random() < chance and day < min(today, leaves_on):
        abandons = rng.random() < ABANDONS
        gives_up_after = rng.randint(1, len(plan.lessons) - 1) if abandons else None
        completed = Taking(rng, one, plan, history).take(day, gives_up_after=gives_up_after)
        if not completed or plan.validity_months is None:
            return
        chance = RETAKES
        day += dt.timedelta(int(plan.validity_months * 30.4) + rng.randint(-20, 60))


def _first_day(rng: random.Random, one: SamplePerson, plan: ModulePlan) -> dt.date:
    """Most people begin some weeks after the launch or after they came."""
    begins = max(plan.launched_on, one.posts[0].starts_on)
    return begins + dt.timedelta(int(rng.gammavariate(2.0, 32.0)))


class Taking:
    """One person takes one module once; appends the rows and statements to the history."""

    def __init__(
        self, rng: random.Random, one: SamplePerson, plan: ModulePlan, history: History
    ) -> None:
        self.rng = rng
        self.plan = plan
        self.history = history
        assert one.person is not None
        self.person = one.person
        self.now = timezone.now()

    def take(self, day: dt.date, *, gives_up_after: int | None = None) -> bool:
        """Take it on `day`, up to that many lessons. Returns whether it was completed."""
        self.now = self._moment(day)
        self.session = LearningSession(
            uid=uuid_drawn(self.rng),
            person=self.person,
            trainable=self.plan.page.trainable,
            revision=str(self.plan.page.live_revision_id or ""),
            started_at=self.now,
        )
        self.history.sessions.append(self.session)
        self._say(course_statements.module_initialized(self.session))
        scores: list[float] = []
        for number, lesson in enumerate(self.plan.lessons, start=1):
            scores += self._lesson(number, lesson)
            if number == gives_up_after:
                return False
        self.session.completed_at = self.now
        score = sum(scores) / len(scores) if scores else None
        self._say(course_statements.module_completed(self.session, score))
        return True

    def _lesson(self, number: int, lesson: LessonPage) -> list[float]:
        progress = LessonProgress(
            session=self.session,
            uid=uuid_drawn(self.rng),
            lesson_uid=lesson.uid,
            started_at=self.now,
        )
        self.history.progress.append(progress)
        self._say(course_statements.lesson_initialized(self.session, progress, lesson.title))
        self._pass(40, 130)
        scores = self._quiz(lesson)
        progress.completed_at = self.now
        self._say(course_statements.lesson_completed(self.session, progress, lesson.title))
        percent = 100 * number // len(self.plan.lessons)
        self._say(course_statements.module_progressed(self.session, progress, percent))
        return scores

    def _quiz(self, lesson: LessonPage) -> list[float]:
        if str(lesson.uid) not in self.plan.quiz_keys:
            return []
        attempt = self._attempt(lesson, fails=self.rng.random() < FAILS_FIRST)
        while not attempt.is_passed:
            self._pass(30, 200)
            attempt = self._attempt(lesson, fails=False)
        return [attempt.score()["scaled"]]

    def _attempt(self, lesson: LessonPage, *, fails: bool) -> Attempt:
        uid = str(lesson.uid)
        attempt = Attempt(
            uid=uuid_drawn(self.rng),
            quiz_uid=self.plan.quizzes[uid].uid,
            quiz_title=self.plan.quizzes[uid].title,
            actor=self.person.uid,
            context_key=self.plan.quiz_keys[uid],
            registration=self.session.uid,
            parents=[
                activity_iri(course_statements.LESSON, lesson.uid),
                course_statements.module_iri(self.plan.page.trainable),
            ],
            revision=self.session.revision,
            pass_mark=self.plan.quizzes[uid].pass_mark or self.plan.page.pass_mark,
            questions=self.plan.pools[uid].drawn(self.rng),
            started_at=self.now,
        )
        self.history.attempts.append(attempt)
        answers = list(self._answers(attempt, fails))
        attempt_finish(attempt, answers, self.now)
        self._say(quiz_statements.finished(attempt))
        return attempt

    def _answers(self, attempt: Attempt, fails: bool) -> Iterator[Answer]:
        count = len(attempt.questions)
        wrong_count = (
            count - attempt.needed_count + self.rng.randint(1, 2)
            if fails
            else self.rng.choice([0, 0, 1, count - attempt.needed_count])
        )
        wrong = set(self.rng.sample(range(count), min(wrong_count, count)))
        for position, question in enumerate(attempt.questions):
            asked_at = self.now
            self._pass(15, 50)
            answer = Answer(
                attempt=attempt,
                uid=uuid_drawn(self.rng),
                position=position,
                asked_at=asked_at,
                answered_at=self.now,
            )
            kind = kind_of(question)
            response = (
                kind.drawn_wrong(question, self.rng) if position in wrong else kind.right(question)
            )
            answer_graded(answer, question, response)
            self.history.answers.append(answer)
            self._say(quiz_statements.answered(attempt, answer))
            yield answer

    def _moment(self, day: dt.date) -> dt.datetime:
        """Some moment of the day or night: hospitals never close."""
        hour = self.rng.choice([8, 9, 10, 11, 13, 14, 15, 16, 17, 22, 3])
        at = dt.time(hour, self.rng.randint(0, 59), self.rng.randint(0, 59))
        return timezone.make_aware(dt.datetime.combine(day, at))

    def _pass(self, least: int, most: int) -> None:
        self.now += dt.timedelta(seconds=self.rng.randint(least, most))

    def _say(self, statement: dict[str, Any]) -> None:
        self.history.said.append(statement)


def history_store(history: History, progress: Callable[[str], None]) -> int:
    """Store the rows, then the statements in the order in which they happened.

    Returns the number of statements.
    """
    LearningSession.objects.bulk_create(history.sessions, batch_size=1000)
    LessonProgress.objects.bulk_create(history.progress, batch_size=1000)
    Attempt.objects.bulk_create(history.attempts, batch_size=200)
    Answer.objects.bulk_create(history.answers, batch_size=1000)
    history.said.sort(key=lambda statement: statement["timestamp"])
    count = len(history.said)
    for start in range(0, count, BATCH):
        statements_store(statements=history.said[start : start + BATCH], source=PLATFORM)
        if start // BATCH % 10 == 9:
            progress(f"{start + BATCH} / {count} traces")
    return count
