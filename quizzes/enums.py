"""Closed lists of the quizzes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class QuestionKind(models.TextChoices):
    SINGLE = "single", _("Une seule bonne réponse")
    MULTIPLE = "multiple", _("Plusieurs bonnes réponses")
    TRUE_FALSE = "true_false", _("Vrai ou faux")
