"""The question bank and the quizzes made from it."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from taggit.models import ItemBase, TagBase
from wagtail.models import Orderable, PreviewableMixin
from wagtail.search import index

from quizzes.enums import Difficulty, QuestionKind, Scoring

PREVIEW_ANSWERED = "answered"


class QuestionTag(TagBase):
    """A theme of questions; a vocabulary of its own, apart from the tags of pictures."""

    class Meta:
        verbose_name = _("thème de question")
        verbose_name_plural = _("thèmes de questions")


class TaggedQuestion(ItemBase):
    """A question has a theme."""

    tag = models.ForeignKey(QuestionTag, on_delete=models.CASCADE, related_name="tagged_questions")
    content_object = ParentalKey(
        "quizzes.Question", on_delete=models.CASCADE, related_name="tagged_items"
    )

    class Meta:
        verbose_name = _("thème d’une question")
        verbose_name_plural = _("thèmes des questions")


class Question(PreviewableMixin, index.Indexed, ClusterableModel):
    """A question with its choices and why the answer is what it is."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(
        _("type"), max_length=16, choices=QuestionKind.choices, default=QuestionKind.SINGLE
    )
    text = models.TextField(_("question"))
    image = models.ForeignKey(
        "content.SiteImage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("image"),
        help_text=_("Montrée sous la question, avec son texte alternatif."),
    )
    scoring = models.CharField(
        _("barème"),
        max_length=16,
        choices=Scoring.choices,
        default=Scoring.ALL,
        help_text=_(
            "Points partiels : chaque bonne réponse compte ; à un choix multiple, chaque mauvaise "
            "en retire autant, sans jamais descendre sous zéro."
        ),
    )
    difficulty = models.PositiveSmallIntegerField(
        _("difficulté"), choices=Difficulty.choices, default=Difficulty.MEDIUM
    )
    explanation = models.TextField(
        _("explication"),
        help_text=_("Montrée après la réponse, juste ou non : pourquoi, et quel geste retenir."),
    )

    tags = ClusterTaggableManager(
        through=TaggedQuestion,
        blank=True,
        verbose_name=_("thèmes"),
        help_text=_("Séparés par des virgules. Un quiz peut en tirer tant de questions chacun."),
    )

    search_fields = [index.SearchField("text"), index.AutocompleteField("text")]

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["text"]

    def __str__(self) -> str:
        return self.text

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return [("", _("La question")), (PREVIEW_ANSWERED, _("Après la bonne réponse"))]

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "quizzes/preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        from quizzes.previews import question_preview

        context: dict[str, Any] = super().get_preview_context(request, mode_name)
        shown = question_preview(self, is_answered=mode_name == PREVIEW_ANSWERED)
        return context | {"title": _("Question"), "shown": [shown]}


class Choice(Orderable):
    """One answer that a learner may choose.

    In a matching, `text` goes with `match`; a choice without text only distracts. In an ordering,
    the order of the choices is the right one. `match_uid` names the right-hand side to browsers and
    in statements: the choice's own uid would give the pair away.
    """

    question = ParentalKey(Question, on_delete=models.CASCADE, related_name="choices")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    text = models.CharField(_("réponse"), max_length=300, blank=True)
    is_correct = models.BooleanField(_("juste"), default=False)
    match = models.CharField(
        _("va avec"),
        max_length=300,
        blank=True,
        default="",
        help_text=_("Association seulement. Sans réponse à gauche, c’est un intrus."),
    )
    match_uid = models.UUIDField(default=uuid.uuid4, editable=False)
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
        return self.text or self.match


class Quiz(PreviewableMixin, index.Indexed, ClusterableModel):
    """Questions in an order, or a pool to draw from; how often and when it may be taken again."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("titre"), max_length=160)
    draw_count = models.PositiveSmallIntegerField(
        _("questions tirées"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Combien de questions sont posées, tirées au hasard. Vide : toutes."),
    )
    per_tag = models.PositiveSmallIntegerField(
        _("dont par thème"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Au moins tant de questions de chaque thème, puis le hasard complète."),
    )
    shuffle_questions = models.BooleanField(_("mélanger les questions"), default=False)
    shuffle_choices = models.BooleanField(
        _("mélanger les réponses"),
        default=False,
        help_text=_("« Vrai ou faux » garde son ordre ; une mise en ordre est toujours mélangée."),
    )
    pass_mark = models.PositiveSmallIntegerField(
        _("seuil de réussite (%)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("Vide : celui du module."),
    )
    attempts_allowed = models.PositiveSmallIntegerField(
        _("tentatives permises"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Par session de formation. Vide : autant qu’on veut."),
    )
    cooldown_minutes = models.PositiveSmallIntegerField(
        _("pause après un échec (minutes)"),
        default=0,
        help_text=_("Le temps de relire la leçon avant de recommencer. 0 : aucune."),
    )

    search_fields = [index.SearchField("title"), index.AutocompleteField("title")]

    class Meta:
        verbose_name = _("quiz")
        verbose_name_plural = _("quiz")
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(per_tag=None) | Q(draw_count__isnull=False),
                name="questions_per_tag_are_part_of_a_draw",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "quizzes/preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        from quizzes.previews import quiz_preview

        context: dict[str, Any] = super().get_preview_context(request, mode_name)
        return context | {"title": self.title, "shown": quiz_preview(self)}


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
