"""Closed lists of the quizzes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class QuestionKind(models.TextChoices):
    SINGLE = "single", _("Une seule bonne réponse")
    MULTIPLE = "multiple", _("Plusieurs bonnes réponses")
    TRUE_FALSE = "true_false", _("Vrai ou faux")
    MATCHING = "matching", _("Association")
    ORDERING = "ordering", _("Mise en ordre")


class Scoring(models.TextChoices):
    """What an answer that is partly right is worth."""

    ALL = "all", _("Tout ou rien")
    PARTIAL = "partial", _("Points partiels")


class Difficulty(models.IntegerChoices):
    EASY = 1, _("facile")
    MEDIUM = 2, _("moyenne")
    HARD = 3, _("difficile")
