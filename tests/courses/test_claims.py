"""A visitor's module, counted in somebody's name: once, and for nobody by accident."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.test import Client

from courses.models import LearningSession
from courses.selectors import VisitorCount, visitor_counts
from lrs.identifiers import ANONYMOUS_NAME
from organisation.enums import CodeKind
from organisation.models import Person
from organisation.services import access_codes_issue
from organisation.services.codes import LIFETIMES
from quizzes.models import Attempt
from tests.courses.factories import lessons, make_module
from tests.courses.test_learning import finish, said, start, take_quiz
from tests.organisation.factories import AccountFactory, PersonFactory
from tests.quizzes.factories import make_quiz
from training.models import Completion
from users.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def module() -> Any:
    return make_module(2, quiz=make_quiz(4), is_open=True)


@pytest.fixture
def nurse() -> User:
    user: User = AccountFactory(email="nadia@hopital.test", first_name="Nadia")
    return user


def visit(client: Client, module: Any, right: int = 3) -> LearningSession:
    """The whole module as a visitor."""
    first, last = lessons(module)
    start(client, module)
    finish(client, first)
    take_quiz(client, last, right=right)
    return LearningSession.objects.get(person=None)


def claim_address(session: LearningSession) -> str:
    return f"/apprendre/visite/{session.uid}/compter/"


def code_for(person: Person, by: User) -> str:
    from django.utils import timezone

    issued = access_codes_issue(
        people=[person],
        kind=CodeKind.SHOWN,
        lifetime=LIFETIMES[CodeKind.SHOWN][0],
        actor=by,
        now=timezone.now(),
    )
    return issued[0].text


def test_a_visit_is_counted_once_after_a_sign_in(client: Client, module: Any, nurse: User) -> None:
    session = visit(client, module)
    address = claim_address(session)
    assert address in client.get(module.url).content.decode()
    assert "Recevoir un code par courriel" in client.get(address).content.decode()
    assert "Rien n’est compté" in client.post(address).content.decode()
    client.force_login(nurse)
    shown = client.get(address).content.decode()
    assert module.title in shown
    assert "Nadia" in shown
    assert not Completion.objects.exists()
    done = client.post(address, follow=True).content.decode()
    assert "C’est compté" in done
    client.post(address)
    completion = Completion.objects.get()
    assert completion.person == nurse.person
    assert completion.completed_at == session.completed_at
    assert completion.score_scaled == 0.75
    claimed = said()[-1]
    assert claimed["actor"]["account"]["name"] == str(nurse.person.uid)
    assert claimed["context"]["registration"] == str(session.uid)
    assert len([one for one in said() if one["verb"]["id"].endswith("completed")]) == 4


def test_a_code_counts_it_for_somebody_without_account(
    client: Client, module: Any, nurse: User
) -> None:
    address = claim_address(visit(client, module))
    person = PersonFactory()
    entered = client.post("/connexion/code/", {"code": code_for(person, nurse), "next": address})
    assert entered.url == address
    client.post(address)
    assert Completion.objects.get().person == person
    space = client.get("/mon-espace/").content.decode()
    assert module.title in space


def test_a_claimed_visit_is_nobody_elses(client: Client, module: Any, nurse: User) -> None:
    """The next one at the same computer, in the same browser, whose tab is still open."""
    session = visit(client, module)
    kept = client.session["visits"]
    client.force_login(nurse)
    client.post(claim_address(session))
    other = Client()
    other.force_login(AccountFactory())
    browser = other.session
    browser["visits"] = kept
    browser.save()
    assert other.post(claim_address(session)).status_code == 404
    assert Completion.objects.get().person == nurse.person


def test_a_visit_of_another_browser_does_not_exist(
    client: Client, module: Any, nurse: User, caplog: pytest.LogCaptureFixture
) -> None:
    session = visit(client, module)
    other = Client()
    other.force_login(nurse)
    with caplog.at_level(logging.WARNING, "courses.forgery"):
        for address in (claim_address(session), f"/apprendre/visite/{session.uid}/oublier/"):
            assert other.post(address).status_code == 404
    assert caplog.text.count("visit of another browser") == 2
    assert nurse.email not in caplog.text
    assert not Completion.objects.exists()


def test_a_failed_or_unfinished_visit_completes_nothing(
    client: Client, module: Any, nurse: User
) -> None:
    session = visit(client, module, right=1)
    client.force_login(nurse)
    client.post(claim_address(session))
    assert not Completion.objects.exists()


def test_one_who_signs_in_midway_goes_on_in_her_name(
    client: Client, module: Any, nurse: User
) -> None:
    first, last = lessons(module)
    start(client, module)
    finish(client, first)
    session = LearningSession.objects.get()
    client.force_login(nurse)
    offered = client.get(module.url).content.decode()
    assert "Continuer sous mon nom" in offered
    assert "Commencer le module" in offered  # what is not hers yet is not shown as hers
    client.post(claim_address(session))
    assert "Reprendre la leçon 2" in client.get(module.url).content.decode()
    take_quiz(client, last, right=4)
    assert Completion.objects.get().person == nurse.person
    actors = [statement["actor"]["account"]["name"] for statement in said()]
    hers = str(nurse.person.uid)
    assert set(actors) == {ANONYMOUS_NAME, hers}
    assert actors == sorted(actors, key=lambda name: name == hers)  # anonymous first, then hers


def test_an_attempt_that_is_open_is_handed_over(client: Client, module: Any, nurse: User) -> None:
    first, last = lessons(module)
    finish(client, first)
    block = next(block.id for block in last.body if block.block_type == "quiz")
    client.post(f"/apprendre/lecon/{last.uid}/quiz/{block}/")
    client.force_login(nurse)
    client.post(claim_address(LearningSession.objects.get()))
    assert Attempt.objects.get().actor == nurse.person.uid
    assert client.get(f"/apprendre/quiz/{Attempt.objects.get().uid}/question/1/").status_code == 200


def test_a_session_of_her_own_is_not_replaced(client: Client, module: Any, nurse: User) -> None:
    elsewhere = Client()
    elsewhere.force_login(nurse)
    start(elsewhere, module)
    start(client, module)
    visit_session = LearningSession.objects.get(person=None)
    client.force_login(nurse)
    told = client.post(claim_address(visit_session), follow=True).content.decode()
    assert "Vous avez déjà commencé ce module" in told
    visit_session.refresh_from_db()
    assert visit_session.person is None


def test_it_was_somebody_else(client: Client, module: Any, nurse: User) -> None:
    session = visit(client, module)
    client.force_login(nurse)
    assert "Était-ce vous" in client.get(module.url).content.decode()
    client.post(f"/apprendre/visite/{session.uid}/oublier/")
    assert "Était-ce vous" not in client.get(module.url).content.decode()
    assert client.post(claim_address(session)).status_code == 404
    assert not Completion.objects.exists()


def test_not_me_forgets_a_visit(client: Client, module: Any, nurse: User) -> None:
    session = visit(client, module)
    assert "Ce n’est pas moi" in client.get(module.url).content.decode()
    client.post("/connexion/pas-moi/", {"next": module.url})
    assert "Faire compter" not in client.get(module.url).content.decode()
    assert client.get(claim_address(session)).status_code == 404


def test_a_visit_is_forgotten_after_a_shift(client: Client, module: Any) -> None:
    session = visit(client, module)
    browser = client.session
    browser["visits"] = {uid: [pk, at - 13 * 3600] for uid, (pk, at) in browser["visits"].items()}
    browser.save()
    assert client.get(claim_address(session)).status_code == 404
    assert "Commencer sans me connecter" in client.get(module.url).content.decode()


def test_the_count_of_visitors_names_nobody(client: Client, module: Any, nurse: User) -> None:
    session = visit(client, module)
    start(Client(), module)
    trainable = module.trainable_id
    assert visitor_counts(trainable_ids=[trainable]) == {trainable: VisitorCount(2, 1)}
    client.force_login(nurse)
    client.post(claim_address(session))
    assert visitor_counts(trainable_ids=[trainable]) == {trainable: VisitorCount(1, 0)}


# By a poster -------------------------------------------------------------------------------------


def scan(client: Client, module: Any) -> Any:
    return client.get(f"/apprendre/affiche/{module.trainable.uid}/")


def test_a_poster_starts_a_module_that_is_not_open(client: Client) -> None:
    module = make_module(2)
    first, second = lessons(module)
    page = client.get(scan(client, module).url).content.decode()
    assert "Commencer sans me connecter" in page
    begun = client.post(f"/apprendre/module/{module.trainable.uid}/commencer/", {"affiche": "1"})
    assert begun.url == first.url
    assert finish(client, first).url == second.url
    finish(client, second)
    session = LearningSession.objects.get()
    assert session.completed_at is not None
    assert "Faire compter ma formation" in client.get(module.url).content.decode()


def test_scanning_and_reading_keep_nothing(client: Client) -> None:
    module = make_module(1)
    client.get(scan(client, module).url)
    assert "sessionid" not in client.cookies
    assert not LearningSession.objects.exists()


def test_a_poster_opens_its_module_alone(client: Client) -> None:
    scanned, other = make_module(1), make_module(1)
    client.post(f"/apprendre/module/{scanned.trainable.uid}/commencer/", {"affiche": "1"})
    assert "/accounts/login/" in start(client, other).url


def test_a_module_that_is_withdrawn_is_not_found(client: Client) -> None:
    module = make_module(1)
    module.unpublish()
    assert scan(client, module).status_code == 404


def test_starts_without_name_are_limited_and_those_with_one_are_not(
    client: Client, module: Any, nurse: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    from courses.views import learning
    from users.limits import Limit

    monkeypatch.setattr(learning, "VISITS_OF_ONE", Limit("visits", 2, 600))
    for _one in range(2):
        assert start(Client(), module).status_code == 302
    refused = start(Client(), module)
    assert refused.status_code == 429
    assert "Réessayez dans dix minutes" in refused.content.decode()
    client.force_login(nurse)
    assert start(client, module).status_code == 302
    assert start(Client(REMOTE_ADDR="192.0.2.9"), module).status_code == 302


def test_editors_read_how_many_come_without_name(
    client: Client, module: Any, django_assert_max_num_queries: Any
) -> None:
    start(client, module)
    editor = Client()
    editor.force_login(User.objects.create_superuser("admin@hopital.test", "secret-de-test"))
    address = "/admin/formations/sans-connexion/"
    shown = editor.get(address).content.decode()
    assert module.title in shown
    assert "<td>1</td>" in shown
    for _one in range(10):
        make_module(0)
    with django_assert_max_num_queries(12):
        editor.get(address)
