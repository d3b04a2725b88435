"""The check before publishing: what is missing is named, and what is needed is insisted on."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import rich_text

from cms.models import EditorialApprovalTask
from content.models import SiteImage, Video
from courses.checks import module_gaps
from courses.models import LessonPage, ModulePage
from tests.campaign_assets.factories import SiteImageFactory, VideoFactory
from tests.courses.factories import lessons, list_items, make_module
from tests.courses.test_exercises import SORTING
from tests.quizzes.factories import make_quiz
from users.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("redaction@campagne.test"))
    return client


def block(kind: str, value: Any) -> dict[str, Any]:
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def told(module: ModulePage, *, blocking: bool | None = None) -> str:
    gaps = module_gaps(module)
    return "\n".join(gap.message for gap in gaps if blocking in (None, gap.is_blocking))


def publish(client: Client, page: Page) -> Any:
    """Press «Publier» in the editor of a module."""
    data = {
        "title": page.title,
        "slug": page.slug,
        "summary": page.summary,
        "objectives": rich_text("<p>Reconnaître</p>"),
        "duration_minutes": 8,
        "pass_mark": 75,
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
        "action-publish": "1",
    }
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data, follow=True)


def test_a_complete_module_lacks_nothing() -> None:
    quiz = make_quiz(2)
    image = SiteImageFactory(title="Poste", description="Un poste verrouillé, l’écran est noir")
    extra = [
        block("image", {"image": image.pk, "caption": ""}),
        block("video", {"video": VideoFactory().pk, "is_required": True}),
        block("sorting", list_items(SORTING)),
    ]
    assert told(make_module(2, quiz=quiz, extra=extra)) == ""


def test_a_module_without_lessons_and_an_empty_lesson_cannot_be_published() -> None:
    assert "pas encore de leçon" in told(make_module(0), blocking=True)
    module = make_module(1)
    LessonPage.objects.child_of(module).update(body="[]")
    assert "La leçon est vide." in told(module, blocking=True)


def test_what_leaves_readers_out_is_named_and_stops() -> None:
    image, video = SiteImageFactory(title="Poste"), VideoFactory(title="Le geste", duration=400)
    extra = [
        block("image", {"image": image.pk, "caption": ""}),
        block("video", {"video": video.pk, "is_required": False}),
    ]
    module = make_module(1, extra=extra)
    SiteImage.objects.update(description="")
    Video.objects.update(captions="", transcript="")
    stopping = told(module, blocking=True)
    assert "L’image « Poste » n’a pas de texte alternatif." in stopping
    assert "La vidéo « Le geste » n’a pas de sous-titres." in stopping
    assert "La vidéo « Le geste » n’a pas de transcription." in stopping
    assert "donnez-lui des chapitres" in told(module, blocking=False)


def test_a_half_written_exercise_is_named_with_its_place() -> None:
    half = SORTING | {"items": [{"text": "Une clé", "category": "", "feedback": ""}]}
    module = make_module(1, extra=[block("sorting", list_items(half))])
    (lesson,) = lessons(module)
    gaps = [gap for gap in module_gaps(module) if gap.is_blocking]
    assert all(gap.block_id == lesson.body[1].id for gap in gaps)
    assert any("Situations – n° 1 – Pourquoi" in gap.message for gap in gaps)


def test_questions_without_feedback_are_named() -> None:
    quiz = make_quiz(1)
    quiz.items.get().question.choices.update(feedback="")
    assert "n’a pas de retour" in told(make_module(1, quiz=quiz))


def test_the_newest_drafts_of_the_lessons_are_what_is_checked() -> None:
    module = make_module(1, quiz=make_quiz(1))
    (lesson,) = lessons(module)
    lesson.body = [("rich_text", "<p>Brouillon</p>"), ("key_message", {"title": "", "text": ""})]
    lesson.save_revision(clean=False)
    assert "Message clé : Message" in told(module, blocking=True)


def test_publishing_is_refused_and_the_draft_is_kept(editor: Client) -> None:
    module = make_module(0, title="Un module")
    module.unpublish()
    response = publish(editor, module)
    assert "Le module n’a pas encore de leçon." in response.content.decode()
    assert "Publier quand même" not in response.content.decode()
    module.refresh_from_db()
    assert not module.live
    assert module.latest_revision is not None


def test_what_only_could_be_better_is_published_on_a_second_word(editor: Client) -> None:
    module = make_module(1)
    module.unpublish()
    shown = publish(editor, module).content.decode()
    assert "Aucune leçon n’a de quiz" in shown
    assert not ModulePage.objects.get(pk=module.pk).live
    editor.post(reverse("courses_check", args=[module.pk]))
    assert ModulePage.objects.get(pk=module.pk).live


def test_several_at_once_are_published_only_if_each_may_be(editor: Client) -> None:
    ready, empty = make_module(1, quiz=make_quiz(1)), make_module(0)
    for module in (ready, empty):
        module.unpublish()
    query = f"?id={ready.pk}&id={empty.pk}"
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + query
    assert "n’est pas prêt" in editor.post(address, follow=True).content.decode()
    assert not ModulePage.objects.live().exists()


def test_a_reviewer_can_only_send_back_what_is_not_ready() -> None:
    task = EditorialApprovalTask.objects.create(name="Relecture")
    reviewer = User.objects.create_user("relecture@campagne.test")
    reviewer.groups.add(Group.objects.create(name="Relecteurs"))
    task.groups.set(reviewer.groups.all())

    def offered(module: ModulePage) -> list[str]:
        return [name for name, *_ in task.get_actions(module, reviewer)]

    assert offered(make_module(0)) == ["reject"]
    assert "approve" in offered(make_module(1, quiz=make_quiz(1)))


def test_the_check_is_for_those_who_may_edit_the_page() -> None:
    address = reverse("courses_check", args=[make_module(1).pk])
    assert Client().get(address).status_code == 302
    stranger = Client()
    stranger.force_login(User.objects.create_user("agent@hopital.test"))
    assert stranger.get(address).status_code == 302
