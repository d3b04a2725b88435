"""The blocks of a lesson: those of every page, what only lessons tell, exercises, the quiz."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.blocks import SnippetChooserBlock

from content.blocks import BodyBlock
from courses.blocks.reading import CaseBlock, GesturesBlock, MisconceptionBlock
from courses.blocks.video import LessonVideoBlock
from courses.exercises import (
    CommitmentBlock,
    HotspotBlock,
    MailBlock,
    ScenarioBlock,
    SortingBlock,
    TimelineBlock,
)


class LessonBodyBlock(BodyBlock):
    video = LessonVideoBlock()
    gestures = GesturesBlock()
    case = CaseBlock()
    misconception = MisconceptionBlock()
    mail = MailBlock()
    scenario = ScenarioBlock()
    sorting = SortingBlock()
    hotspot = HotspotBlock()
    timeline = TimelineBlock()
    commitment = CommitmentBlock()
    quiz = SnippetChooserBlock(
        "quizzes.Quiz", label=_("Quiz"), icon="help", template="courses/blocks/quiz.html"
    )
