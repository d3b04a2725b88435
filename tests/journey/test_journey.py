"""The whole way, in a real browser: published, learnt, recorded, read as coverage."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from io import StringIO
from typing import Any

import httpx
import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.core.management import call_command
from playwright.sync_api import Page, expect

from cms.services import REVIEWERS, WRITERS
from courses.models import ModuleIndexPage
from lrs.identifiers import home_page
from organisation.models import StaffRole
from tests.courses.factories import make_module
from tests.journey.admin import Editor
from tests.organisation.factories import (
    AppointmentFactory,
    DepartmentFactory,
    EstablishmentFactory,
    GrantFactory,
    PersonFactory,
)
from tests.quizzes.factories import make_quiz
from training.models import Trainable
from training.services import requirement_create
from users.models import User

PASSWORD = "un mot de passe de parcours"
MODULE = "Verrouiller son poste"
QUIZ = "Quiz du parcours"
QUESTIONS = {
    "Que faire en quittant le poste ?": ("Verrouiller", "Rien"),
    "À qui prêter sa carte ?": ("À personne", "À un collègue pressé"),
}
SINCE = dt.date(2024, 1, 1)


class World:
    """A hospital with six nurses; one has an account. A CISO reads, an editor writes."""

    def __init__(self) -> None:
        self.hospital = EstablishmentFactory(name="Centre hospitalier du parcours")
        ward = DepartmentFactory(establishment=self.hospital, name="Urgences")
        role = StaffRole.objects.get(code="infirmier")
        self.nurse = self._user("infirmiere@hopital.test", "Nadia")
        self.person = PersonFactory(user=self.nurse, first_name="Nadia", last_name="Le Goff")
        for person in [self.person, *PersonFactory.create_batch(5)]:
            AppointmentFactory(
                person=person,
                establishment=self.hospital,
                department=ward,
                role=role,
                starts_on=SINCE,
            )
        self.ciso = self._user("rssi@hopital.test", "Karim")
        GrantFactory(user=self.ciso, establishment=self.hospital, starts_on=SINCE)
        self.editor = self._user("redaction@campagne.test", "Hélène")
        self.editor.groups.set(Group.objects.filter(name__in=[WRITERS, REVIEWERS]))

    def _user(self, email: str, first_name: str) -> User:
        user = User.objects.create_user(email, PASSWORD, first_name=first_name)
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
        return user


def sign_in(page: Page, user: User) -> None:
    page.goto("/accounts/login/")
    page.fill("[name=login]", user.email)
    page.fill("[name=password]", PASSWORD)
    page.locator("main").get_by_role("button", name="Se connecter", exact=True).click()
    page.wait_for_url("**/mon-espace/")


def publish_module(page: Page) -> None:
    editor = Editor(page)
    for text, (right, wrong) in QUESTIONS.items():
        editor.write_question(text, right, wrong, "Un poste ouvert parle en votre nom.")
    editor.write_quiz(QUIZ, list(QUESTIONS))
    index = ModuleIndexPage.objects.get()
    module = editor.write_module(index.pk, MODULE, "Verrouiller en partant")
    editor.write_lesson(module, "Le geste", "Deux touches, une seconde.")
    editor.write_lesson(module, "Vérifier", "Deux questions pour finir.", quiz=QUIZ)
    editor.publish(module)


def answer(page: Page, *, right: bool) -> None:
    """Answer every question of the quiz and go to the result."""
    for _ in QUESTIONS:
        heading = page.get_by_role("heading", level=1).inner_text()
        page.get_by_label(QUESTIONS[heading][0 if right else 1]).check(force=True)
        page.get_by_role("button", name="Valider ma réponse").click()
        expect(page.get_by_text("Bonne réponse." if right else "Pas tout à fait.")).to_be_visible()
        page.get_by_role("link", name=re.compile("Question suivante|Voir mon résultat")).click()


def covered_nurses(page: Page) -> tuple[int, int]:
    """Covered and expected nurses, as the CISO reads them."""
    page.goto("/couverture/")
    row = page.locator("table tr", has=page.get_by_role("rowheader", name=re.compile("^Infirmier")))
    found = re.search(r"(\d+)\s*/\s*(\d+)", row.first.inner_text())
    assert found, row.first.inner_text()
    return int(found.group(1)), int(found.group(2))


def statements_read(base_url: str, person_uid: Any) -> list[dict[str, Any]]:
    """What an outside client reads, oldest first."""
    out = StringIO()
    call_command("create_lrs_credential", "Lecture du parcours", "--scope", "all", stdout=out)
    credential = json.loads(out.getvalue())
    agent = {"account": {"homePage": home_page(), "name": str(person_uid)}}
    response = httpx.get(
        f"{base_url}/xapi/statements",
        params={"agent": json.dumps(agent), "ascending": "true"},
        auth=(credential["key"], credential["secret"]),
        headers={"X-Experience-API-Version": "1.0.3"},
    )
    assert response.status_code == 200, response.text
    statements: list[dict[str, Any]] = response.json()["statements"]
    return statements


def verbs_of(statements: list[dict[str, Any]]) -> list[str]:
    return [statement["verb"]["id"].rsplit("/", 1)[1] for statement in statements]


def test_published_learnt_recorded_and_read(
    starter_site: None, live_server: Any, page_factory: Callable[..., Page]
) -> None:
    world = World()
    editor, nurse, ciso = page_factory(), page_factory(390), page_factory()

    sign_in(editor, world.editor)
    publish_module(editor)
    requirement_create(
        trainable=Trainable.objects.get(title=MODULE), starts_on=SINCE, place=world.hospital
    )
    sign_in(ciso, world.ciso)
    before, expected = covered_nurses(ciso)
    assert (before, expected) == (0, 6)

    # She begins, fails the quiz once, and leaves.
    sign_in(nurse, world.nurse)
    nurse.get_by_role("button", name=f"Commencer {MODULE}").click()
    nurse.get_by_role("button", name="Leçon suivante").click()
    nurse.get_by_role("button", name="Commencer le quiz").click()
    answer(nurse, right=False)
    expect(nurse.get_by_role("heading", level=1)).to_have_text("Il manque 2 bonnes réponses.")
    nurse.context.clear_cookies()
    assert covered_nurses(ciso) == (0, 6)

    # She comes back, resumes where she was, and passes.
    sign_in(nurse, world.nurse)
    nurse.get_by_role("button", name="Reprendre la leçon 2").click()
    nurse.get_by_role("button", name="Refaire le quiz").click()
    answer(nurse, right=True)
    expect(nurse.get_by_role("heading", level=1)).to_have_text("Bravo, module validé.")

    said = statements_read(live_server.url, world.person.uid)
    assert verbs_of(said) == [
        *("initialized", "initialized", "completed", "progressed", "initialized"),
        *("answered", "answered", "failed", "answered", "answered", "passed"),
        *("completed", "progressed", "completed"),
    ]
    assert said[-1]["object"]["definition"]["name"]["fr"] == MODULE
    assert said[-1]["result"] == {"completion": True, "success": True, "score": {"scaled": 1.0}}
    assert len({statement["context"]["registration"] for statement in said}) == 1

    assert covered_nurses(ciso) == (before + 1, expected)


@pytest.mark.parametrize("width", [390, 1280])
def test_a_module_is_taken_without_javascript(
    starter_site: None, page_factory: Callable[..., Page], login: Callable[..., None], width: int
) -> None:
    world = World()
    module = make_module(4, quiz=make_quiz(8), title="Sans script")
    page = page_factory(width, javascript=False)
    login(page, world.nurse)
    page.goto("/modules/")
    page.locator("main").get_by_role("link", name=module.title).first.click()
    page.get_by_role("button", name="Commencer le module").click()
    for _ in range(3):
        page.get_by_role("button", name="Leçon suivante").click()
    page.get_by_role("button", name="Commencer le quiz").click()
    for _ in range(8):
        page.locator("[name=choice]").first.check(force=True)
        page.get_by_role("button", name="Valider ma réponse").click()
        page.get_by_role("link", name=re.compile("Question suivante|Voir mon résultat")).click()
    expect(page.locator(".tcv-score__value")).to_contain_text("/ 8")
