"""Editors see a module and a lesson as a learner will, before they publish."""

import pytest
from bs4 import BeautifulSoup
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from courses.models import ExerciseResponse, LessonPage, ModulePage
from tests.content.factories import make_image
from tests.courses.factories import lessons, make_index, make_module
from tests.courses.samples import BLOCKS, raw
from tests.quizzes.factories import make_quiz
from users.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("redaction@campagne.test"))
    return client


def test_a_draft_is_previewed_as_a_learner_sees_it(editor: Client) -> None:
    module = make_module(2, quiz=make_quiz(2))
    for page in (module, *lessons(module)):
        page.title = f"Brouillon de {page.title}"
        page.save_revision()
        shown = page.get_latest_revision_as_object().make_preview_request()
        assert shown.status_code == 200
        shown.render()
        assert f"Brouillon de {Page.objects.get(pk=page.pk).title}" in shown.content.decode()


def test_a_new_module_and_a_new_lesson_are_previewed_before_they_are_saved(editor: Client) -> None:
    module = make_module(1)
    for parent, model, fields in (
        (make_index(), "modulepage", {"objectives": "null", "duration_minutes": 8}),
        (module, "lessonpage", {"body-count": 0}),
    ):
        address = reverse("wagtailadmin_pages:preview_on_add", args=["courses", model, parent.pk])
        data = {"title": "Tout neuf", "slug": "tout-neuf", "pass_mark": 75, **fields}
        assert editor.post(address, data).json()["is_valid"] is True
        response = editor.get(f"{address}?in_preview_panel=true")
        assert response.status_code == 200
        assert "Tout neuf" in response.content.decode()
    assert (ModulePage.objects.count(), LessonPage.objects.count()) == (1, 1)


def exercises_lesson() -> LessonPage:
    image = make_image()
    extra = [
        raw(block, image=image.pk) if block.kind == "hotspot" else raw(block)
        for block in BLOCKS.values()
    ]
    return lessons(make_module(1, extra=extra))[0]


def previewed(page: LessonPage, mode: str, original: HttpRequest | None = None) -> str:
    shown = page.make_preview_request(original, mode)
    assert shown.status_code == 200
    return shown.content.decode()


def test_exercises_are_previewed_before_and_after_the_answers(editor: Client) -> None:
    lesson = exercises_lesson()
    before, after = (previewed(lesson, mode) for mode, _label in lesson.preview_modes)
    for told in ("L’adresse n’est pas la nôtre.", "Elle va à la DSI.", "Il ne contamine plus."):
        assert told not in before
        assert told in after
    assert "Passé inaperçu" in after
    assert "Issue mitigée" in after or "Mauvaise issue" in after
    assert not ExerciseResponse.objects.exists()


@pytest.mark.parametrize("is_open", [False, True])
def test_a_preview_posts_nowhere_and_shows_none_of_the_editor_s_own_progress(
    editor: Client, is_open: bool
) -> None:
    lesson = exercises_lesson()
    ModulePage.objects.update(is_open=is_open)
    editor.post(f"/apprendre/module/{lesson.module.trainable.uid}/commencer/")
    original = editor.get(lesson.url).wsgi_request
    for mode, _label in lesson.preview_modes:
        shown = BeautifulSoup(previewed(lesson, mode, original), "html.parser").select_one("main")
        assert shown is not None
        assert shown.select("form[action], form[method]") == []
        assert all(button.has_attr("disabled") for button in shown.select("form button"))


def test_the_admin_offers_both_previews(editor: Client) -> None:
    lesson = exercises_lesson()
    page = editor.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk])).content.decode()
    assert "Avant de répondre" in page
    assert "Après les réponses" in page
