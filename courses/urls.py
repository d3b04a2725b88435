"""What learners do; the pages that they read are Wagtail's."""

from django.urls import path

from courses.team.urls import urlpatterns as team_urlpatterns
from courses.views import exercise, learning, quiz, space, video, visits
from courses.views.answers import learner_post

app_name = "courses"

urlpatterns = [
    path("mon-espace/", space.my_space, name="my_space"),
    path(
        "apprendre/module/<uuid:trainable_uid>/commencer/",
        learner_post("module_start", learning.module_start),
        name="module_start",
    ),
    path(
        "apprendre/lecon/<uuid:lesson_uid>/terminer/",
        learner_post("lesson_finish", learning.lesson_finish),
        name="lesson_finish",
    ),
    path(
        "apprendre/lecon/<uuid:lesson_uid>/quiz/<uuid:block_id>/",
        learner_post("quiz_start", learning.quiz_start),
        name="quiz_start",
    ),
    path(
        "apprendre/lecon/<uuid:lesson_uid>/exercice/<uuid:block_id>/",
        learner_post("exercise", exercise.exercise),
        name="exercise",
    ),
    path(
        "apprendre/lecon/<uuid:lesson_uid>/video/<uuid:block_id>/",
        learner_post("video_played", video.played),
        name="video_played",
    ),
    path(
        "apprendre/lecon/<uuid:lesson_uid>/video/<uuid:block_id>/lue/",
        learner_post("transcript_read", video.transcript_read),
        name="transcript_read",
    ),
    path("apprendre/affiche/<uuid:trainable_uid>/", visits.module_scan, name="module_scan"),
    path(
        "apprendre/visite/<uuid:session_uid>/compter/",
        learner_post("visit_claim", visits.visit_claim),
        name="visit_claim",
    ),
    path(
        "apprendre/visite/<uuid:session_uid>/oublier/",
        learner_post("visit_forget", visits.visit_forget_view),
        name="visit_forget",
    ),
    path("apprendre/quiz/<uuid:attempt_uid>/", quiz.quiz, name="quiz"),
    path(
        "apprendre/quiz/<uuid:attempt_uid>/question/<int:number>/",
        learner_post("quiz_question", quiz.quiz_question),
        name="quiz_question",
    ),
    path("apprendre/quiz/<uuid:attempt_uid>/resultat/", quiz.quiz_result, name="quiz_result"),
    *team_urlpatterns,
]
