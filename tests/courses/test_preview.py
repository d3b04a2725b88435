"""Editors see a module and a lesson as a learner will, before they publish."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from courses.models import LessonPage, ModulePage
from tests.courses.factories import lessons, make_index, make_module
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
