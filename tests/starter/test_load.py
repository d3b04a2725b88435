"""Loading the starter content: complete, published, harmless when repeated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Page, Revision, Site

from campaign_assets.models import PosterPage, VideoPage
from cms.models import HomePage, IncidentPage, SiteSettings, StandardPage
from content.models import Audience, Video
from courses.checks import module_gaps
from courses.models import LessonPage, ModulePage
from quizzes.models import Choice, Question, Quiz, QuizItem
from starter.content.modules import MODULES
from starter.content.schema import QuestionText
from starter.loading.plans import module_path, page_plans
from starter.loading.tree import identity
from starter.services import starter_content_load
from training.models import Trainable

MODULE_PATH = f"/modules/{MODULES[0].slug}/"


@pytest.fixture(autouse=True)
def _site(starter_site: None) -> None:
    """Every test finds the starter content, as the browser tests of this worker do."""


def load() -> None:
    starter_content_load(progress=lambda line: None)


def page_at(path: str) -> Any:
    return Page.objects.get(translation_key=identity(path)).specific


def bodies(page: Page) -> Iterator[Any]:
    """The stream values of a page."""
    for name in ("body", "actions", "aims", "figures", "at_once", "to_say", "gestures"):
        if hasattr(page, name):
            yield getattr(page, name)


def state() -> dict[str, Any]:
    """What a second load must not change."""
    models = (Page, Revision, Quiz, QuizItem, Question, Choice, Trainable)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def test_everything_is_published_through_a_revision() -> None:
    for plan in page_plans():
        page = page_at(plan.path)
        assert page.live, plan.path
        assert page.live_revision_id == page.latest_revision_id is not None, plan.path
        assert not page.has_unpublished_changes, plan.path
        page.full_clean()
        for body in bodies(page):
            body.stream_block.clean(body)


def test_the_home_page_takes_the_place_of_the_one_wagtail_ships() -> None:
    home = Site.objects.get(is_default_site=True).root_page
    assert home.specific_class is HomePage
    assert Page.objects.filter(depth=2).count() == 1
    assert [page.title for page in home.get_children().in_menu()] == [
        "Modules",
        "Ressources",
        "Rencontres",
        "La campagne",
    ]


def test_addresses_are_those_of_the_design() -> None:
    for path in ("/", "/modules/", "/ressources/", "/rencontres/", "/signaler-un-incident/"):
        assert page_at(path).url == path


def test_the_footer_leads_to_the_legal_pages() -> None:
    settings = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    assert settings.legal_notice_page == page_at("/mentions-legales/").page_ptr
    assert settings.personal_data_page == page_at("/donnees-personnelles/").page_ptr
    assert settings.accessibility_page == page_at("/accessibilite/").page_ptr


def test_a_module_stands_with_lessons_and_quiz() -> None:
    for module in MODULES:
        page = ModulePage.objects.get(slug=module.slug)
        lessons = list(LessonPage.objects.child_of(page).order_by("path"))
        slugs = [lesson.slug for lesson in lessons]
        assert slugs == [lesson.slug for lesson in module.lessons], module.slug
        assert page.audiences.count() == len(module.audiences), module.slug
        quizzes = [block.value for lesson in lessons for block in lesson.body if _is_quiz(block)]
        assert len(quizzes) == 1, module.slug
        assert lessons[-1].body[-1].value == quizzes[0], module.slug
        items = quizzes[0].items.select_related("question").prefetch_related("question__choices")
        assert len(items) == len(module.quiz.questions), module.slug
        for item, text in zip(items, module.quiz.questions, strict=True):
            _question_is(item.question, text)


def _question_is(question: Question, text: QuestionText) -> None:
    question.full_clean()
    assert question.kind == text.kind, text.text
    choices = list(question.choices.all())
    right = [choice.is_correct for choice in text.choices]
    assert [choice.is_correct for choice in choices] == right, text.text
    for choice in choices:
        choice.full_clean()


def _is_quiz(block: Any) -> bool:
    return bool(block.block_type == "quiz")


def test_nothing_is_missing_that_an_editor_would_be_told_of() -> None:
    gaps = [gap for module in ModulePage.objects.all() for gap in module_gaps(module)]
    assert [f"{gap.page}: {gap.message}" for gap in gaps] == []


def test_the_tile_of_an_audience_leads_to_each_of_its_modules(client: Any) -> None:
    home = client.get("/").content.decode()
    for audience in Audience.objects.all():
        tile = f"{page_at('/modules/').url}?public={audience.code}"
        assert f'href="{tile}"' in home, audience
        shown = client.get(tile).content.decode()
        for module in MODULES:
            is_shown = f'href="{page_at(module_path(module)).url}"' in shown
            assert is_shown == (audience.code in module.audiences), (audience, module.slug)


def test_the_gallery_and_a_lesson_show_the_same_video() -> None:
    shown = {
        block.value["video"]
        for lesson in LessonPage.objects.all()
        for block in lesson.body
        if block.block_type == "video"
    }
    stored = {page.video for page in VideoPage.objects.all()}
    assert shown
    assert shown <= stored == set(Video.objects.all())


def test_posters_and_the_video_stand_in_the_gallery() -> None:
    gallery = page_at("/ressources/")
    assert PosterPage.objects.child_of(gallery).live().exists()
    assert VideoPage.objects.child_of(gallery).live().exists()


def test_loading_twice_changes_nothing() -> None:
    before = state()
    load()
    assert state() == before


def test_an_editors_words_survive_a_second_load() -> None:
    home, page, quiz = page_at("/"), page_at("/la-campagne/"), Quiz.objects.first()
    home.lead = "Nos mots à nous."
    page.title = "Notre campagne"
    page.slug = "notre-campagne"
    for changed in (home, page):
        changed.save_revision().publish()
    Quiz.objects.filter(pk=quiz.pk).update(title="Notre quiz")
    before = state()
    load()
    assert state() == before
    assert HomePage.objects.get().lead == "Nos mots à nous."


def test_a_page_moved_or_unpublished_stays_so() -> None:
    page_at("/vous-etes/usagers/").move(page_at("/la-campagne/"), pos="last-child")
    page_at("/rencontres/").unpublish()
    before = state()
    load()
    assert state() == before


def test_a_lesson_taken_out_stays_out_and_a_deleted_page_comes_back() -> None:
    lesson = LessonPage.objects.first()
    page_at(f"{MODULE_PATH}{lesson.slug}/").delete()
    page_at("/plan-du-site/").delete()
    load()
    assert not LessonPage.objects.filter(slug=lesson.slug).exists()
    assert page_at("/plan-du-site/").live


def test_a_module_that_comes_back_is_the_same_training() -> None:
    trainable = ModulePage.objects.get(slug=MODULES[0].slug).trainable
    page_at(MODULE_PATH).delete()
    load()
    assert ModulePage.objects.get(slug=MODULES[0].slug).trainable == trainable
    assert Trainable.objects.count() == Quiz.objects.count() == len(MODULES)


def test_a_page_that_an_editor_made_at_the_same_address_is_kept() -> None:
    home = page_at("/")
    page_at("/la-campagne/").delete()
    theirs = StandardPage(title="La campagne", slug="la-campagne", body=[("rich_text", "Ici.")])
    Page.objects.get(pk=home.pk).add_child(instance=theirs)
    load()
    assert home.get_children().filter(slug__startswith="la-campagne").count() == 1


def test_links_of_the_texts_lead_to_live_pages(client: Any) -> None:
    live = {page.url for page in Page.objects.live().filter(depth__gt=1)}
    live.add(reverse("privacy:kept"))
    shown = [*HomePage.objects.all(), *IncidentPage.objects.all(), *StandardPage.objects.all()]
    for page in shown:
        response = client.get(page.url)
        assert response.status_code == 200, page.url
        for body in bodies(page):
            html = str(body.render_as_block())
            links = re.findall(r'<a[^>]* href="(/[^"]*)"', html)
            assert set(links) <= live, page.url
            assert 'href="page:' not in html


def test_the_command_says_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    page_at("/plan-du-site/").delete()
    call_command("load_starter_content")
    written = capsys.readouterr().out
    assert f"1 créés, {len(list(page_plans())) - 1} déjà là" in written
    assert "Affiches et vidéo : 0 créées" in written


def test_a_poster_s_code_begins_the_module_of_its_gesture() -> None:
    posters = {page.slug: page.leads_to for page in PosterPage.objects.select_related("leads_to")}
    assert all(posters.values())
    assert posters["je-verrouille-je-pars"].slug == "mots-de-passe-cartes-et-postes-partages"
