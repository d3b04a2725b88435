"""What module and lesson pages show of the reader's own progress."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django import template
from django.http import HttpRequest, QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue

from campaign_assets.models.workshop import BY_POSTER
from content.models import SiteImage
from content.published import KEEP_SECONDS, published_generation
from courses.exercises import Refusal
from courses.learners import NOBODY, Learner
from courses.models import PREVIEW_ANSWERED, LearningSession, LessonPage, ModulePage, VideoWatch
from courses.permissions import may_learn
from courses.presenters import watch_told
from courses.selectors import (
    BlockState,
    ExerciseState,
    LessonState,
    ModuleProgress,
    exercise_pictures,
    exercise_state_answered,
    lesson_blocks,
    module_progress,
    promises_made,
    visit_claimable,
)
from courses.views.learner import learner_of
from courses.views.posted import LEARNER
from organisation.sessions import is_signed_in
from quizzes.selectors import QuizState
from training.attestations.selectors import completion_latest
from training.models import Completion

register = template.Library()


@register.simple_tag(takes_context=True)
def learner_progress(context: dict[str, Any], module: ModulePage) -> ModuleProgress:
    """How far the reader is in a module."""
    return module_progress(module=module, learner=_reader(context))


@register.simple_tag(takes_context=True)
def learner_promises(context: dict[str, Any], progress: ModuleProgress | None = None) -> list[str]:
    """What the reader decided to change, in a module that she has completed, or everywhere."""
    if progress is None:
        return promises_made(learner=_reader(context))
    if not progress.is_complete:
        return []
    return promises_made(learner=_reader(context), session=progress.session)


@register.simple_tag(takes_context=True)
def learner_evidence(context: dict[str, Any], module: ModulePage) -> Completion | None:
    """The reader's latest completion of a module, that an attestation can be made of."""
    person = _reader(context).person
    if person is None:
        return None
    return completion_latest(person=person, trainable_id=module.trainable_id)


@dataclass(frozen=True, slots=True)
class ExerciseView:
    """An exercise for its template: to be answered, or answered with its review."""

    state: ExerciseState
    is_asked: bool
    can_answer: bool
    is_preview: bool
    picture: SiteImage | None
    error: str
    given: QueryDict

    @property
    def fields_template(self) -> str:
        return f"courses/exercises/fields/{self.state.exercise.kind}.html"

    @property
    def review_template(self) -> str:
        return f"courses/exercises/review/{self.state.exercise.kind}.html"

    @property
    def fields_key(self) -> str:
        """A name for its form as everybody finds it, before she has entered anything."""
        state = self.state
        kept = (state.block_id, state.number, self.can_answer, self.fields_seconds)
        return f"{published_generation()} {kept}"

    @property
    def fields_seconds(self) -> int:
        """How long it may be kept; where it holds something of hers, not at all."""
        is_hers = self.is_preview or self.error or self.given or self.state.so_far is not None
        return 0 if is_hers else KEEP_SECONDS


@dataclass(frozen=True, slots=True)
class BlockView:
    """A block of a lesson with how its reader stands at it."""

    block: StreamValue.StreamChild
    text: str
    quiz: QuizState | None = None
    exercise: ExerciseView | None = None
    watch: VideoWatch | None = None


@dataclass(frozen=True, slots=True)
class LessonView:
    """A lesson as its reader sees it: where it stands, its blocks, what comes before and after."""

    progress: ModuleProgress
    current: LessonState | None
    previous: LessonState | None
    following: LessonState | None
    blocks: list[BlockView]
    can_learn: bool
    left: str


@register.simple_tag(takes_context=True)
def learner_lesson(context: dict[str, Any], lesson: LessonPage) -> LessonView:
    learner = _reader(context)
    progress = module_progress(module=lesson.module, learner=learner)
    at = next((i for i, one in enumerate(progress.lessons) if one.page.pk == lesson.pk), None)
    states = _as_previewed(context, lesson_blocks(lesson=lesson, session=progress.session))
    pictures = exercise_pictures(states)
    can_learn = _can_learn(context, learner, lesson.module)
    return LessonView(
        progress=progress,
        current=progress.lessons[at] if at is not None else None,
        previous=progress.lessons[at - 1] if at else None,
        following=_after(progress.lessons, at),
        blocks=[
            BlockView(
                state.block,
                lesson.texts.get(state.block.id, ""),
                state.quiz,
                _exercise_view(context, state.exercise, can_learn, pictures)
                if state.exercise
                else None,
                state.watch,
            )
            for state in states
        ],
        can_learn=can_learn,
        left=next((state.block.id for state in states if state.is_left), ""),
    )


def _as_previewed(context: dict[str, Any], states: list[BlockState]) -> list[BlockState]:
    """In the preview of what comes after the answers, every exercise with its review."""
    if getattr(context.get("request"), "preview_mode", None) != PREVIEW_ANSWERED:
        return states
    return [
        replace(state, exercise=state.exercise and exercise_state_answered(state.exercise))
        for state in states
    ]


def _exercise_view(
    context: dict[str, Any], state: ExerciseState, can_learn: bool, pictures: dict[int, SiteImage]
) -> ExerciseView:
    request: HttpRequest | None = context.get("request")
    refusal: Refusal | None = getattr(request, "refusal", None)
    is_refused = refusal is not None and refusal.block_id == state.block_id
    wants_again = request is not None and request.GET.get("refaire") == state.block_id
    is_asked = state.finished is None or state.so_far is not None or is_refused or wants_again
    content = state.content if is_asked or not state.finished else state.finished.content
    is_preview = _is_preview(request)
    return ExerciseView(
        state=state,
        is_asked=is_asked,
        can_answer=can_learn or is_preview,
        is_preview=is_preview,
        picture=pictures.get(state.exercise.picture_id(content) or 0),
        error=refusal.message if refusal and is_refused else "",
        given=refusal.given if refusal and is_refused else QueryDict(),
    )


def _is_preview(request: HttpRequest | None) -> bool:
    return getattr(request, "is_preview", False)


def _can_learn(context: dict[str, Any], learner: Learner, module: ModulePage) -> bool:
    """Whether what she does is kept. An account will do, though it may have no person yet."""
    if _is_preview(context.get("request")):
        return False
    return may_learn(learner, module) or _signs_in(context)


def _signs_in(context: dict[str, Any]) -> bool:
    """Somebody with an account, though it may have no person yet, or with a code."""
    request: HttpRequest | None = context.get("request")
    return request is not None and not _is_preview(request) and is_signed_in(request)


@dataclass(frozen=True, slots=True)
class Identity:
    """Under whose name this page is read, empty for a visitor."""

    name: str
    has_visits: bool

    @property
    def is_known(self) -> bool:
        return bool(self.name)


@register.simple_tag(takes_context=True)
def learner_identity(context: dict[str, Any]) -> Identity:
    learner = _reader(context)
    return Identity(_name(context, learner), bool(learner.visits))


@register.simple_tag(takes_context=True)
def learner_name(context: dict[str, Any]) -> str:
    """Who the page is made for, as a post that is no form says it; empty for a visitor."""
    return _reader(context).name


@register.simple_tag(takes_context=True)
def learner_mark(context: dict[str, Any]) -> str:
    """Who the form was made for: an answer from it counts for nobody else."""
    name = _reader(context).name
    return format_html('<input type="hidden" name="{}" value="{}">', LEARNER, name) if name else ""


def _name(context: dict[str, Any], learner: Learner) -> str:
    """As she reads it herself; an account may have no person yet, or a person no name."""
    person = learner.person
    told = f"{person.first_name} {person.last_name}".strip() if person else ""
    if told or not _signs_in(context):
        return told
    return getattr(context["request"].user, "email", "") or _("Vous")


@dataclass(frozen=True, slots=True)
class ModuleEntry:
    """How its reader may begin a module.

    `poster` is the code of the one that brought her. `visit` is what was done of it in this browser
    without sign-in, where somebody has signed in since and may say that it was she.
    """

    may_begin: bool
    is_known: bool
    poster: str
    visit: LearningSession | None


@register.simple_tag(takes_context=True)
def module_entry(context: dict[str, Any], module: ModulePage) -> ModuleEntry:
    learner, is_known = _reader(context), _signs_in(context)
    request: HttpRequest | None = context.get("request")
    poster = request.GET.get(BY_POSTER, "") if request is not None else ""
    return ModuleEntry(
        may_begin=is_known or may_learn(learner, module, by_poster=bool(poster)),
        is_known=is_known,
        poster=poster,
        visit=visit_claimable(learner=learner, trainable_id=module.trainable_id)
        if is_known
        else None,
    )


register.filter("watch_told", watch_told)


@register.filter
def posted(given: QueryDict, name: str) -> str:
    """What was entered in the field `name`, where an answer is shown again."""
    return given.get(name, "")


@register.filter
def posted_all(given: QueryDict, name: str) -> list[str]:
    """All that was entered in the fields `name`."""
    return given.getlist(name)


def _after(lessons: list[LessonState], at: int | None) -> LessonState | None:
    return lessons[at + 1] if at is not None and at + 1 < len(lessons) else None


def _reader(context: dict[str, Any]) -> Learner:
    """Who reads; an editor's preview is nobody's, so that it shows no progress of her own."""
    request: HttpRequest | None = context.get("request")
    if request is None or not hasattr(request, "session") or _is_preview(request):
        return NOBODY
    learner: Learner | None = getattr(request, "learner", None)
    if learner is None:  # several tags of a page ask
        learner = learner_of(request)
        request.learner = learner  # type: ignore[attr-defined]
    return learner
