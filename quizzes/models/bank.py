"""The question bank and the quizzes made from it."""

from __future__ import annotations

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable
from wagtail.search import index

from quizzes.enums import QuestionKind


class Question(index.Indexed, ClusterableModel):
    """A question with its choices and why the answer is what it is."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(
        _("type"), max_length=16, choices=QuestionKind.choices, default=QuestionKind.SINGLE
    )
    text = models.TextField(_("question"))
    explanation = models.TextField(
        _("explication"),
        help_text=_("Montrée après la réponse, juste ou non : pourquoi, et quel geste retenir."),
    )

    search_fields = [index.SearchField("text"), index.AutocompleteField("text")]

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["text"]

    def __str__(self) -> str:
        return self.text


class Choice(Orderable):
    """One answer that a learner may choose."""

    question = ParentalKey(Question, on_delete=models.CASCADE, related_name="choices")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    text = models.CharField(_("réponse"), max_length=300)
    is_correct = models.BooleanField(_("juste"), default=False)
    feedback = models.CharField(
        _("retour"),
        max_length=300,
        blank=True,
        default="",
        help_text=_("Montré à qui a choisi cette réponse."),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("réponse possible")
        verbose_name_plural = _("réponses possibles")

    def __str__(self) -> str:
        return self.text


class Quiz(index.Indexed, ClusterableModel):
    """Questions in an order."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("titre"), max_length=160)

    search_fields = [index.SearchField("title"), index.AutocompleteField("title")]

    class Meta:
        verbose_name = _("quiz")
        verbose_name_plural = _("quiz")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class QuizItem(Orderable):
    """A question's place in a quiz."""

    quiz = ParentalKey(Quiz, on_delete=models.CASCADE, related_name="items")
    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, related_name="+", verbose_name=_("question")
    )

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["quiz", "question"], name="question_once_per_quiz")
        ]

    def __str__(self) -> str:
        return str(self.question)

    def clean(self) -> None:
        super().clean()
        if self.question_id and not self.question.choices.exists():
            raise ValidationError({"question": _("Cette question n’a pas encore de réponses.")})
