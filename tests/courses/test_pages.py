"""Module and lesson pages: identity, publication, cost."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page
from wagtail.rich_text import RichText

from courses.models import LessonPage, ModulePage
from starter.assets import picture_ensure
from tests.courses.factories import lessons, make_module
from tests.quizzes.factories import make_quiz
from training.models import Trainable
from users.models import User

pytestmark = pytest.mark.django_db


def test_a_copy_is_another_training_with_lessons_of_its_own() -> None:
    module = make_module(2)
    copy = module.copy(recursive=True, update_attrs={"slug": "copie", "title": "Copie"})
    copy = ModulePage.objects.get(pk=copy.pk)
    assert copy.trainable != module.trainable
    originals = {lesson.uid for lesson in lessons(module)}
    assert originals.isdisjoint(lesson.uid for lesson in lessons(copy))


def test_a_copy_keeps_its_identity_when_it_is_published_again() -> None:
    module = make_module(1)
    module.save_revision().publish()
    copy = ModulePage.objects.get(pk=module.copy(recursive=True, update_attrs={"slug": "copie"}).pk)
    identity = copy.trainable
    copy.get_latest_revision().publish()
    copy.refresh_from_db()
    assert copy.trainable == identity != module.trainable


def test_deleting_the_page_keeps_the_training() -> None:
    module = make_module(1)
    Page.objects.get(pk=module.pk).specific.delete()
    assert Trainable.objects.filter(pk=module.trainable_id).exists()


def test_publishing_a_module_publishes_its_lessons_and_its_title() -> None:
    module = make_module(2)
    first, second = lessons(module)
    first.title = "Titre revu"
    first.save_revision()
    second.unpublish()
    module.title = "Nouveau titre"
    module.save_revision().publish()
    assert [lesson.live for lesson in lessons(module)] == [True, True]
    assert LessonPage.objects.get(pk=first.pk).title == "Titre revu"
    assert Trainable.objects.get(pk=module.trainable_id).title == "Nouveau titre"


@pytest.mark.parametrize("path", ["index", "module", "lesson", "space"])
def test_a_page_costs_the_same_whatever_the_data(path: str, client: Client) -> None:
    client.force_login(User.objects.create_user("agent@hopital.test", "secret-de-test"))
    module = make_module(2, quiz=make_quiz(2))
    urls = {
        "index": "/modules/",
        "module": module.url,
        "lesson": lessons(module)[0].url,
        "space": "/mon-espace/",
    }

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(urls[path]).status_code == 200
        return len(captured)

    def more() -> None:
        for _ in range(4):
            other = make_module(2, quiz=make_quiz(2))
            client.post(f"/apprendre/module/{other.trainable.uid}/commencer/")

    more()
    count()  # makes the row of the site's settings, which forgets what was kept
    count()  # fills the caches
    before = count()
    more()
    count()  # the new pages are read once
    assert count() == before


def test_what_a_lesson_shows_follows_what_it_shows_of(client: Client) -> None:
    """Its texts are kept for all readers; its pictures, quizzes and words change on their own."""
    client.force_login(User.objects.create_user("agent@hopital.test", "secret-de-test"))
    picture = picture_ensure("ward-desk")
    quiz = make_quiz(2, title="Le quiz d’avant")
    extra = [{"type": "image", "value": {"image": picture.pk, "caption": ""}, "id": str(uuid4())}]
    lesson = lessons(make_module(1, quiz=quiz, extra=extra))[0]

    def shown() -> str:
        return client.get(lesson.url).text

    assert "Le quiz d’avant" in shown()
    assert "2 questions" in shown()
    picture.description = "Un autre texte alternatif"
    picture.save()
    quiz.title = "Le quiz d’après"
    quiz.save()
    quiz.items.all().last().delete()
    lesson.body[0] = ("rich_text", RichText("<p>Un texte revu</p>"))
    lesson.save_revision().publish()
    after = shown()
    for told in ("Un autre texte alternatif", "Le quiz d’après", "Une question", "Un texte revu"):
        assert told in after
    quiz.items.all().delete()
    assert "Le quiz d’après" not in shown()
