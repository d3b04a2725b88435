"""What is kept of somebody on the way through a module."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.models import (
    Attendance,
    ExerciseResponse,
    LearningSession,
    LessonProgress,
    TeamSession,
    VideoEvent,
    VideoWatch,
)
from users.days import long_moment
from users.privacy.registry import (
    REST,
    KeptData,
    Subject,
    Table,
    impersonal_declare,
    kept_data_declare,
    of_actor,
)


def _lessons(subject: Subject) -> Any:
    rows = of_actor(LessonProgress, "session__person__uid")(subject)
    return rows.select_related("session__trainable")


def _lesson_told(progress: LessonProgress) -> str:
    """«3 mars 2026 10:12 – une leçon de « Courriels », terminée»."""
    moment = long_moment(progress.started_at)
    words = (
        gettext("%(at)s – une leçon de « %(module)s », terminée")
        if progress.completed_at
        else gettext("%(at)s – une leçon de « %(module)s », commencée")
    )
    return words % {"at": moment, "module": progress.session.trainable.title}


kept_data_declare(
    KeptData(
        key="learning",
        order=48,
        title=_("Votre parcours dans les modules"),
        what=_(
            "Modules commencés, l’affiche qui vous y a mené, leçons lues, réponses aux exercices, "
            "passages de vidéo regardés. Sans connexion, le même parcours est gardé sans nom, sous "
            "un numéro tiré au hasard qu’un cookie relie douze heures à votre navigateur."
        ),
        why=_("Reprendre où vous en étiez, et en tirer les traces d’apprentissage."),
        who=_("Vous."),
        how_long=_("Aussi longtemps que les traces, dont ces lignes sont l’origine."),
        stays=_("Le parcours, sous un identifiant qui ne mène plus à personne."),
        tables=(
            Table(
                "courses.LearningSession",
                of_actor(LearningSession, "person__uid"),
                told="trainable started_at completed_at claimed_at set_aside_at came_by",
                untold=f"person {REST}",
            ),
            Table(
                "courses.LessonProgress",
                _lessons,
                told="lesson_uid started_at completed_at",
                untold=REST,
                sentence=_lesson_told,
            ),
            Table(
                "courses.ExerciseResponse",
                of_actor(ExerciseResponse, "session__person__uid"),
                told="kind number response started_at finished_at",
                untold=REST,
            ),
            Table(
                "courses.VideoWatch",
                of_actor(VideoWatch, "session__person__uid"),
                told="title segments started_at heard_at completed_at read_at",
                untold=REST,
            ),
            Table(
                "courses.VideoEvent",
                of_actor(VideoEvent, "watch__session__person__uid"),
                told="kind segments at",
                untold=REST,
            ),
        ),
    ),
    KeptData(
        key="team_sessions",
        order=53,
        title=_("Les séances d’équipe"),
        what=_("Les séances que vous avez animées, et celles où votre présence a été notée."),
        why=_("Faire compter une formation suivie ensemble."),
        who=_("Vous, et qui anime la séance."),
        how_long=_("Aussi longtemps que la formation qu’elles prouvent."),
        stays=_("La séance et les présences, sous un identifiant qui ne mène plus à personne."),
        tables=(
            Table(
                "courses.TeamSession",
                of_actor(TeamSession, "leader__uid"),
                told="trainable establishment department held_at closed_at",
                untold="uid code led_by leader",
            ),
            Table(
                "courses.Attendance",
                of_actor(Attendance, "person__uid"),
                told="session how added_at",
                untold="person declaration",
            ),
        ),
    ),
)

impersonal_declare("courses.ModuleIndexPage", "courses.ModulePage", "courses.LessonPage")
