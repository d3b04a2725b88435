"""What pages the starter content has, parents before children."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from wagtail.models import Page

from campaign_assets.models import ResourcesIndexPage
from cms.models import HomePage, IncidentPage, StandardPage
from content.models import Audience
from courses.models import LessonPage, ModuleIndexPage, ModulePage
from meetings.models import MeetingsIndexPage
from starter.content.modules import MODULES
from starter.content.pages import (
    ACCESSIBILITY,
    AUDIENCE_PAGES,
    AUDIENCES_PAGE,
    CAMPAIGN_PAGE,
    HOME,
    INCIDENT,
    LEGAL_NOTICE,
    PERSONAL_DATA,
    SITE_MAP,
)
from starter.content.schema import (
    Block,
    HomeText,
    IncidentText,
    LessonText,
    ModuleText,
    PageText,
    call_to_action,
)
from starter.loading.links import PageIds, html, raw_blocks
from starter.loading.quizzes import quiz_ensure
from starter.loading.tree import HOME_PATH, PagePlan, identity
from starter.typography import french
from training.models import Trainable

RESOURCES_PATH = "/ressources/"
LISTINGS = (
    (
        "/modules/",
        ModuleIndexPage,
        "Modules",
        "Des formations de dix minutes au plus, à faire entre deux tâches.",
    ),
    (
        RESOURCES_PATH,
        ResourcesIndexPage,
        "Ressources",
        "Affiches et vidéos, à télécharger et à montrer dans votre hôpital.",
    ),
    (
        "/rencontres/",
        MeetingsIndexPage,
        "Rencontres",
        "Les rendez-vous régionaux de la cybersécurité en santé.",
    ),
)


def page_plans() -> Iterator[PagePlan]:
    """Every page of the starter content, in the order of the menu."""
    yield home_plan(HOME)
    for path, model, title, summary in LISTINGS:
        yield listing_plan(path, model, title, summary)
    yield page_plan("/", CAMPAIGN_PAGE)
    yield incident_plan(INCIDENT)
    yield page_plan("/", AUDIENCES_PAGE)
    for text in AUDIENCE_PAGES:
        yield page_plan(f"/{AUDIENCES_PAGE.slug}/", text)
    for text in (LEGAL_NOTICE, PERSONAL_DATA, ACCESSIBILITY, SITE_MAP):
        yield page_plan("/", text)
    for module in MODULES:
        yield from module_plans(module)


def home_plan(text: HomeText) -> PagePlan:
    def new() -> Page:
        return HomePage(
            title=text.title,
            summary=french(text.summary),
            message=french(text.message),
            lead=french(text.lead),
        )

    def fill(page: Page, pages: PageIds) -> None:
        actions = [
            Block("action", call_to_action(label, address).value) for label, address in text.actions
        ]
        aims = [
            Block("aim", {"title": aim.title, "text": aim.text, "pictogram": aim.pictogram})
            for aim in text.aims
        ]
        page.actions = _stream(actions, pages)
        page.aims = _stream(aims, pages)
        page.figures = _stream(text.figures, pages)

    return PagePlan(HOME_PATH, new, fill)


def listing_plan(path: str, model: type[Page], title: str, summary: str) -> PagePlan:
    def new() -> Page:
        return model(title=title, summary=french(summary), show_in_menus=True)

    return PagePlan(path, new, _nothing_to_fill)


def page_plan(parent: str, text: PageText) -> PagePlan:
    def new() -> Page:
        return StandardPage(
            title=french(text.title),
            summary=french(text.summary),
            show_in_menus=text.show_in_menus,
        )

    def fill(page: Page, pages: PageIds) -> None:
        page.body = _stream(text.body, pages)

    return PagePlan(f"{parent}{text.slug}/", new, fill)


def incident_plan(text: IncidentText) -> PagePlan:
    def new() -> Page:
        return IncidentPage(title=french(text.title), summary=french(text.summary))

    def fill(page: Page, pages: PageIds) -> None:
        page.at_once = _stream((Block("step", step) for step in text.at_once), pages)
        page.to_say = _stream((Block("step", step) for step in text.to_say), pages)
        page.gestures = _stream([text.gestures], pages)
        page.national_text = html(text.national, pages)

    return PagePlan(f"/{text.slug}/", new, fill)


def module_path(text: ModuleText) -> str:
    return f"/modules/{text.slug}/"


def module_plans(text: ModuleText) -> Iterator[PagePlan]:
    """The module, then its lessons; the quiz closes the last one."""
    path = module_path(text)
    yield PagePlan(path, lambda: _module_new(path, text), _audiences_fill(text.audiences))
    for lesson in text.lessons[:-1]:
        yield lesson_plan(path, lesson)
    yield lesson_plan(path, text.lessons[-1], quiz_of=text)


def lesson_plan(module_path: str, text: LessonText, quiz_of: ModuleText | None = None) -> PagePlan:
    def new() -> Page:
        return LessonPage(title=french(text.title), summary=french(text.summary))

    def fill(page: Page, pages: PageIds) -> None:
        blocks = list(text.body)
        if quiz_of is not None:
            quiz = quiz_ensure(path=module_path, text=quiz_of.quiz)
            blocks.append(Block("quiz", quiz.pk))
        page.body = _stream(blocks, pages)

    return PagePlan(f"{module_path}{text.slug}/", new, fill, is_part=True)


def _module_new(path: str, text: ModuleText) -> ModulePage:
    # The same training on every site, and again the same if its page comes back one day.
    trainable, _ = Trainable.objects.get_or_create(
        uid=identity(path), defaults={"title": french(text.title)}
    )
    return ModulePage(
        trainable=trainable,
        title=french(text.title),
        summary=french(text.summary),
        objectives=french(text.objectives),
        duration_minutes=text.duration_minutes,
        pass_mark=text.pass_mark,
        is_open=text.is_open,
    )


def _audiences_fill(codes: tuple[str, ...]) -> Any:
    def fill(page: Page, pages: PageIds) -> None:
        page.audiences = Audience.objects.filter(code__in=codes)

    return fill


def _nothing_to_fill(page: Page, pages: PageIds) -> None:
    """A listing has no body."""


def _stream(blocks: Iterable[Block], pages: PageIds) -> str:
    return json.dumps(raw_blocks(blocks, pages))
