"""What learners do; the pages that they read are Wagtail's."""

from django.urls import path

from courses.team.urls import urlpatterns as team_urlpatterns
from courses.views import exercise, learning, quiz, space, video

app_name = "courses"

urlpatterns = [
    path("mon-espace/", space.my_space, name="my_space"),
    path(
        "apprendre/module/<uuid:trainable_uid>/commencer/",
        learning.module_start,
        name="module_start",
    ),
    path(
        "apprendre/lecon/<uuid:lesson_uid>/terminer/",
        learning.lesson_finish,
        name="lesson_finish",
    ),
    path(
        "apprendre/lecon/<uuid:lesson_uid>/quiz/<uuid:block_id>/",
        learning.quiz_start,
        name="quiz_start",
    ),
    path(
        "apprendre/lecon/<uuid:lesson_uid>/exercice/<uuid:block_id>/",
        exercise.exercise,
        name="exercise",
    ),
    path(
        "apprendre/lecon/<uuid:lesson_uid>/video/<uuid:block_id>/",
        video.played,
        name="video_played",
    ),
    path(
        "apprendre/lecon/<uuid:lesson_uid>/video/<uuid:block_id>/lue/",
        video.transcript_read,
        name="transcript_read",
    ),
    path("apprendre/quiz/<uuid:attempt_uid>/", quiz.quiz, name="quiz"),
    path(
        "apprendre/quiz/<uuid:attempt_uid>/question/<int:number>/",
        quiz.quiz_question,
        name="quiz_question",
    ),
    path("apprendre/quiz/<uuid:attempt_uid>/resultat/", quiz.quiz_result, name="quiz_result"),
    *team_urlpatterns,
]
