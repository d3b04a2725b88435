"""The blocks of a lesson: those of every page, and the quiz."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.blocks import SnippetChooserBlock

from content.blocks import BodyBlock


class LessonBodyBlock(BodyBlock):
    quiz = SnippetChooserBlock(
        "quizzes.Quiz", label=_("Quiz"), icon="help", template="courses/blocks/quiz.html"
    )
