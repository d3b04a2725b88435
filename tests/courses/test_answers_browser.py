"""A lost connection, a session that ended in between, a shared computer: in a real browser."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from courses.models import ExerciseResponse, LessonPage
from organisation.enums import CodeKind
from organisation.services import access_codes_issue, person_for_user
from organisation.services.codes import LIFETIMES
from quizzes.models import Answer
from tests.courses.factories import lessons, list_items, make_module
from tests.courses.test_exercises import SORTING
from tests.organisation.factories import AccountFactory, AppointmentFactory, GrantFactory
from tests.quizzes.factories import make_quiz
from users.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Login = Callable[[Any, Any], None]
# The theme is left out: the design system writes it when it is ready, which may be after the load.
STORED = """async () => [
  [localStorage, sessionStorage].flatMap(Object.keys).filter((key) => key !== "scheme"),
  (await window.indexedDB.databases()).length,
  (await window.caches.keys()).length,
]"""


@pytest.fixture
def nurse() -> User:
    user: User = AccountFactory(email="nadia@hopital.test", first_name="Nadia", last_name="Petit")
    return user


@pytest.fixture
def lesson(transactional_db: None) -> LessonPage:
    block = {"type": "sorting", "value": list_items(SORTING), "id": str(uuid.uuid4())}
    return lessons(make_module(1, quiz=make_quiz(2), extra=[block], is_open=True))[0]


def answer_sorting(page: Page) -> None:
    for group in page.locator("fieldset.tcv-sorting").all():
        group.locator("label").first.click()
    page.get_by_role("button", name="Valider", exact=True).click()


def test_an_answer_waits_for_the_connection_in_the_open_page(
    page_factory: Any, login: Login, axe_check: Any, nurse: User, lesson: LessonPage
) -> None:
    page = page_factory(390)
    login(page, nurse)
    page.goto(lesson.url)
    stored = page.evaluate(STORED)
    page.context.set_offline(True)
    answer_sorting(page)
    expect(page.get_by_role("status").filter(has_text="Pas de connexion")).to_be_visible()
    expect(page.locator("main input:checked")).to_have_count(2)
    axe_check(page)
    assert page.evaluate(STORED) == stored
    assert not ExerciseResponse.objects.exists()
    page.context.set_offline(False)
    expect(page.get_by_role("link", name="Refaire l’exercice")).to_be_visible()
    assert ExerciseResponse.objects.count() == 1
    assert page.evaluate(STORED) == stored


def test_leaving_with_an_answer_that_waits_is_asked_about(
    page_factory: Any, login: Login, nurse: User, lesson: LessonPage
) -> None:
    page = page_factory(1280)
    login(page, nurse)
    page.goto(lesson.url)
    page.context.set_offline(True)
    answer_sorting(page)
    expect(page.get_by_text("Pas de connexion")).to_be_visible()
    with page.expect_event("dialog") as asked:
        page.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.accept()


def test_a_double_click_sends_one_answer_and_the_question_comes_back_answered(
    page_factory: Any, login: Login, nurse: User, lesson: LessonPage
) -> None:
    page = page_factory(390)
    login(page, nurse)
    page.goto(lesson.url)
    page.get_by_role("button", name="Commencer le quiz").click()
    page.get_by_text("Le signaler").click()
    posts: list[str] = []
    page.on("request", lambda one: posts.append(one.url) if one.method == "POST" else None)
    page.get_by_role("button", name="Valider ma réponse").dblclick()
    expect(page.get_by_text("Bonne réponse.")).to_be_visible()
    assert len(posts) == 1
    assert Answer.objects.count() == 1
    page.go_back()
    page.go_forward()
    assert Answer.objects.count() == 1


def test_signing_in_elsewhere_saves_the_answer(
    page_factory: Any, login: Login, axe_check: Any, nurse: User, lesson: LessonPage
) -> None:
    page = page_factory(1280)
    login(page, nurse)
    page.goto(lesson.url)
    page.context.clear_cookies(name="sessionid")
    answer_sorting(page)
    expect(page.get_by_text("Votre session s’est terminée")).to_be_visible()
    link = page.get_by_role("status").get_by_role("link", name="Se connecter")
    assert (link.get_attribute("target"), link.get_attribute("rel")) == ("_blank", "noopener")
    axe_check(page)
    login(page, nurse)  # as in the other tab
    page.get_by_role("button", name="Renvoyer ma réponse").click()
    expect(page.get_by_role("link", name="Refaire l’exercice")).to_be_visible()
    assert ExerciseResponse.objects.get().session.person == nurse.person


def test_an_answer_is_not_counted_for_the_next_person(
    page_factory: Any, login: Login, nurse: User, lesson: LessonPage
) -> None:
    person_for_user(user=nurse)
    page = page_factory(1280)
    login(page, nurse)
    page.goto(lesson.url)
    login(page, AccountFactory())
    answer_sorting(page)
    expect(page.get_by_text("Quelqu’un d’autre est connecté")).to_be_visible()
    assert not ExerciseResponse.objects.exists()


def test_without_script_the_answer_comes_back_in_a_page(
    page_factory: Any, login: Login, axe_check: Any, nurse: User, lesson: LessonPage
) -> None:
    person_for_user(user=nurse)
    page = page_factory(390, javascript=False)
    login(page, nurse)
    page.goto(lesson.url)
    page.context.clear_cookies(name="sessionid")
    answer_sorting(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Votre réponse est gardée dans cette page"
    )
    login(page, nurse)
    page.get_by_role("button", name="Renvoyer ma réponse").click()
    expect(page.get_by_role("link", name="Refaire l’exercice")).to_be_visible()
    assert ExerciseResponse.objects.count() == 1


def test_a_page_that_holds_an_answer_is_accessible(
    page_factory: Any, login: Login, axe_check: Any, nurse: User, lesson: LessonPage
) -> None:
    person_for_user(user=nurse)
    page = page_factory(320)
    login(page, nurse)
    page.goto(lesson.url)
    page.context.clear_cookies(name="sessionid")
    page.evaluate("document.querySelector('form[data-answer]').dataset.plain = '1'")
    answer_sorting(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Votre réponse est gardée")
    axe_check(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_shared_computer_warns_and_ends(
    page_factory: Any, axe_check: Any, nurse: User, lesson: LessonPage, settings: Any
) -> None:
    settings.SHARED_IDLE_MINUTES = 1
    page = page_factory(390)
    nurse.emailaddress_set.create(email=nurse.email, verified=True, primary=True)
    page.goto("/accounts/login/")
    axe_check(page)
    page.fill("input[name=login]", nurse.email)
    page.fill("input[name=password]", "vigilance")
    page.get_by_role("button", name="Se connecter", exact=True).last.click()
    page.wait_for_url("**/mon-espace/")
    box = page.get_by_role("alertdialog", name="Toujours là ?")
    expect(box).to_be_visible()
    expect(page.get_by_role("button", name="Je continue")).to_be_focused()
    axe_check(page)
    settings.SHARED_IDLE_MINUTES = 0  # the time is over
    page.reload()
    page.wait_for_url("**/accounts/login/**fin=inactivite")
    expect(page.get_by_text("Votre session s’est terminée")).to_be_visible()


# From a poster to a name -------------------------------------------------------------------------


def test_a_visitor_has_her_module_counted_with_a_printed_code(
    page_factory: Any, axe_check: Any, nurse: User
) -> None:
    module = make_module(1)
    person = AppointmentFactory(person__first_name="Nadia", person__last_name="Petit").person
    page = page_factory(390)
    page.goto(f"/apprendre/affiche/{module.trainable.uid}/")
    axe_check(page)
    page.get_by_role("button", name="Commencer sans me connecter").click()
    page.get_by_role("button", name="Terminer le module").click()
    axe_check(page)
    page.get_by_role("link", name="Faire compter ma formation").click()
    axe_check(page)
    page.get_by_role("link", name="J’ai un code imprimé").click()
    axe_check(page)
    issued = access_codes_issue(
        people=[person],
        kind=CodeKind.SHOWN,
        lifetime=LIFETIMES[CodeKind.SHOWN][0],
        actor=nurse,
        now=timezone.now(),
    )
    page.get_by_label("Code imprimé").fill(issued[0].text.lower())
    page.get_by_role("button", name="Ouvrir mes formations").click()
    expect(page.get_by_text("Nadia Petit").first).to_be_visible()
    axe_check(page)
    page.get_by_role("button", name="C’était moi : faire compter").click()
    expect(page.get_by_text("C’est compté")).to_be_visible()
    axe_check(page)
    page.get_by_role("button", name="Ce n’est pas moi").click()
    expect(page.get_by_text("Personne n’est connecté")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_the_screens_that_hand_out_codes_are_accessible(
    page_factory: Any, login: Login, axe_check: Any, nurse: User, width: int
) -> None:
    appointment = AppointmentFactory(in_department=True)
    GrantFactory(to_train=True, for_department=True, department=appointment.department, user=nurse)
    page = page_factory(width)
    login(page, nurse)
    page.goto("/codes/")
    axe_check(page)
    page.get_by_role("button", name="Créer les codes").click()
    expect(page.get_by_text("Cochez au moins un agent.")).to_be_visible()
    axe_check(page)
    page.get_by_text(str(appointment.person)).click()
    page.get_by_role("button", name="Créer les codes").click()
    expect(page.get_by_role("heading", name="Codes à remettre")).to_be_visible()
    expect(page.get_by_role("button", name="Imprimer")).to_be_visible()
    axe_check(page)
    page.get_by_role("link", name="Terminé").click()
    expect(page.get_by_text("pas encore utilisés")).to_be_visible()
    axe_check(page)
