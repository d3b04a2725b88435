"""The statement browser: who reads it, what it finds, and how it tells it."""

from __future__ import annotations

import datetime as dt
import html
import uuid
from collections.abc import Sequence
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lrs import projectors
from lrs.admin import statements as screens
from lrs.identifiers import account_agent
from lrs.models import Statement
from lrs.projectors import Outcome, StoredStatement
from lrs.services import PLATFORM, StatementSource, credential_create, source_of, statements_store
from lrs.xapi.vocabulary import verbs
from tests.lrs.admin.conftest import CREDENTIALS, ClientFor
from tests.lrs.factories import ACTIVITY, statement, voiding
from tests.organisation.factories import EstablishmentFactory, PersonFactory
from users.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("registry")]

INDEX = "/admin/xapi/traces/"
SOMEBODY = uuid.UUID("1a2b3c4d-0000-4000-8000-000000000000")


def store(*, source: StatementSource = PLATFORM, **changes: Any) -> str:
    """Store one statement; answers its id."""
    made = statement(**changes)
    statements_store(statements=[made], source=source)
    return str(made["id"])


def found(client: Client, **params: Any) -> list[str]:
    """The ids on a page, in their order."""
    response = client.get(INDEX, params)
    assert response.status_code == 200
    assert not response.context["form"].errors, response.context["form"].errors
    return [str(line.statement.statement_id) for line in response.context["lines"]]


def detail(client: Client, statement_id: str) -> Any:
    return client.get(f"{INDEX}{statement_id}/")


class TestWho:
    @pytest.mark.parametrize("kind", ["anonymous", "account", "editor", "credentials"])
    def test_is_closed_to_everybody_else(self, client_for: ClientFor, kind: str) -> None:
        statement_id = store()
        client = Client()
        if kind == "account":
            client.force_login(User.objects.create_user("lectrice@campagne.test"))
        elif kind != "anonymous":
            client = client_for(*(CREDENTIALS if kind == "credentials" else ()))
        for response in (client.get(INDEX), detail(client, statement_id)):
            assert response.status_code in (302, 403)
            assert statement_id not in response.text
        assert INDEX not in client.get("/admin/").text

    def test_opens_to_whoever_may_view_statements(self, client_for: ClientFor) -> None:
        client = client_for("view_statement")
        statement_id = store(source=source_of(credential_create(name="LMS", scope="all")[0]))
        assert found(client) == [statement_id]
        page = detail(client, statement_id)
        assert "LMS" in page.text
        assert "/admin/xapi/acces/" not in page.text  # no way to where this user may not go
        assert INDEX in client.get("/admin/").text


class TestFilters:
    def test_newest_first(self, operator: Client) -> None:
        ids = [store() for _ in range(3)]
        assert found(operator) == ids[::-1]

    def test_by_person(self, operator: Client) -> None:
        wanted = store(actor=account_agent(SOMEBODY))
        nobody = store(actor=account_agent("anonymous"))
        outside = store(actor={"mbox": "mailto:zoe@CHU.test"})
        store()
        assert found(operator, person=str(SOMEBODY).upper()) == [wanted]
        for text in ("anonyme", "Anonymous"):
            assert found(operator, person=text) == [nobody]
        for text in ("zoe@chu.test", "mailto:zoe@chu.test"):
            assert found(operator, person=text) == [outside]

    def test_by_verb(self, operator: Client) -> None:
        passed = store(verb={"id": verbs.PASSED})
        other = store(verb={"id": "https://verbs.test/x"})
        assert found(operator, verb=verbs.PASSED) == [passed]
        assert found(operator, verb_iri="https://verbs.test/x") == [other]

    def test_by_activity_and_registration(self, operator: Client) -> None:
        registration = uuid.uuid4()
        one = store(object={"id": "https://lms.test/a/1"})
        two = store(context={"registration": str(registration)})
        assert found(operator, activity="https://lms.test/a/1") == [one]
        assert found(operator, registration=registration) == [two]
        assert found(operator, registration=registration, activity=ACTIVITY) == [two]
        assert found(operator, registration=registration, activity="https://lms.test/a/1") == []

    def test_by_credential(self, operator: Client) -> None:
        credential, _secret = credential_create(name="LMS", scope="all")
        theirs = store(source=source_of(credential))
        store()
        assert found(operator, credential=credential.pk) == [theirs]

    def test_by_time_of_storage_as_the_clock_here_says(self, operator: Client) -> None:
        statement_id = store()
        stored = timezone.localtime(Statement.objects.get().stored)
        minute = dt.timedelta(minutes=1)
        now, later = (f"{stored + shift:%Y-%m-%dT%H:%M}" for shift in (0 * minute, minute))
        assert found(operator, since=now, until=later) == [statement_id]
        assert found(operator, since=later) == []
        assert found(operator, until=f"{stored - minute:%Y-%m-%dT%H:%M}") == []

    def test_by_voiding(self, operator: Client) -> None:
        voided = store()
        voids = store(verb={"id": verbs.VOIDED}, object=voiding(voided)["object"])
        assert found(operator) == [voids, voided]
        assert found(operator, voided="no") == [voids]
        assert found(operator, voided="yes") == [voided]

    @pytest.mark.parametrize(
        "params",
        [
            {"person": "Zoé"},
            {"verb": "https://verbs.test/unknown"},
            {"verb_iri": "réussi"},
            {"verb": verbs.PASSED, "verb_iri": verbs.FAILED},
            {"activity": "pas d’IRI"},
            {"registration": "12"},
            {"credential": "0"},
            {"credential": "x"},
            {"since": "hier"},
            {"since": "2026-03-29T02:30"},  # the hour that summer time leaves out
            {"voided": "peut-être"},
            {"person": "\x00"},
            {"activity": "https://lms.test/\x00"},
        ],
    )
    def test_says_what_it_does_not_understand(
        self, operator: Client, params: dict[str, str]
    ) -> None:
        store()
        response = operator.get(INDEX, params)
        assert response.status_code == 200
        assert response.context["form"].errors
        assert response.context["lines"] == []
        assert "Corrigez les filtres" in response.text


class TestPages:
    @pytest.fixture(autouse=True)
    def _small_pages(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(screens, "PAGE_SIZE", 2)

    def test_follow_each_other_and_keep_the_filters(self, operator: Client) -> None:
        ids = [store(verb={"id": verbs.PASSED}) for _ in range(5)]
        store(verb={"id": verbs.FAILED})
        seen, url = [], f"{INDEX}?verb={verbs.PASSED}&activity="
        while url:
            context = operator.get(url).context
            seen += [str(line.statement.statement_id) for line in context["lines"]]
            url = context["older_url"]
        assert seen == ids[::-1]

    def test_what_comes_meanwhile_moves_no_page(self, operator: Client) -> None:
        ids = [store() for _ in range(4)]
        url = operator.get(INDEX).context["older_url"]
        store()
        response = operator.get(url)
        shown = [str(line.statement.statement_id) for line in response.context["lines"]]
        assert shown == [ids[1], ids[0]]
        assert response.context["newest_url"] == INDEX
        assert "Revenir aux plus récentes" in response.text

    @pytest.mark.parametrize("after", ["x", "-1", "²", "1.5", "9" * 20, " "])
    def test_a_broken_place_is_the_beginning(self, operator: Client, after: str) -> None:
        statement_id = store()
        assert found(operator, after=after) == [statement_id]

    def test_nothing_is_counted_and_nothing_skipped(self, operator: Client) -> None:
        for _ in range(5):
            store()
        url = operator.get(INDEX).context["older_url"]
        with CaptureQueriesContext(connection) as queries:
            operator.get(url)
        statements = [one["sql"] for one in queries if "lrs_statement" in one["sql"]]
        assert statements
        assert not any("COUNT(" in sql or "OFFSET" in sql for sql in statements)


def test_the_listing_makes_the_same_queries_for_twice_the_rows(operator: Client) -> None:
    def fill() -> None:
        for number in range(4):
            credential, _secret = credential_create(name=f"LMS {number}", scope="all")
            store(source=source_of(credential))
            store(actor=account_agent(uuid.uuid4()))

    def queries() -> int:
        with CaptureQueriesContext(connection) as context:
            operator.get(INDEX)
        return len(context)

    fill()
    queries()  # warms what is cached for good
    first = queries()
    fill()
    assert queries() == first


class TestDetail:
    def test_tells_the_facts(self, operator: Client) -> None:
        registration = uuid.uuid4()
        statement_id = store(
            verb={"id": verbs.PASSED},
            result={"score": {"scaled": 0.86}},
            context={"registration": str(registration)},
        )
        page = detail(operator, statement_id).text
        assert "avec 86\u00a0%" in page
        assert "la plateforme elle-même" in page
        assert "1 mars 2026, 09:00:00" in page
        assert f"registration={registration}" in page
        assert "oui : elle peut valider" in page
        assert "2.0.0" in page
        assert '"scaled": 0.86' in html.unescape(page)

    def test_of_an_outside_source(self, operator: Client) -> None:
        credential, _secret = credential_create(name="LMS du CHU", scope="all")
        page = detail(operator, store(source=source_of(credential))).text
        assert f"/admin/xapi/acces/{credential.pk}/" in page
        assert "non : elle ne valide" in page

    def test_a_voided_one_names_what_voids_it(self, operator: Client) -> None:
        target = store()
        other = store(
            verb={"id": verbs.COMMENTED}, object={"objectType": "StatementRef", "id": target}
        )
        voids = store(verb={"id": verbs.VOIDED}, object=voiding(target)["object"])
        page = detail(operator, target).text
        assert "Cette trace est annulée" in page
        assert f"{INDEX}{voids}/" in page
        assert other not in page
        assert f"{INDEX}{target}/" in detail(operator, voids).text

    def test_names_what_it_refers_to_here_or_not(self, operator: Client) -> None:
        here, absent = store(), str(uuid.uuid4())
        statement_id = store(
            object={"objectType": "StatementRef", "id": here},
            context={"statement": {"objectType": "StatementRef", "id": absent}},
        )
        page = detail(operator, statement_id).text
        assert f"{INDEX}{here}/" in page
        assert f"{INDEX}{absent}/" not in page
        assert "(pas dans ce registre)" in page

    def test_an_unknown_one_is_404(self, operator: Client) -> None:
        assert detail(operator, str(uuid.uuid4())).status_code == 404

    def test_tells_what_became_of_it(self, operator: Client) -> None:
        def describe(stored: Sequence[StoredStatement]) -> dict[uuid.UUID, list[Outcome]]:
            return {one.statement_id: [Outcome("Une <b>validation</b>", "/ici/")] for one in stored}

        projectors.projector_register(
            verbs=frozenset({verbs.COMPLETED}),
            projector=lambda stored: None,
            clear=lambda: None,
            describe=describe,
        )
        page = detail(operator, store()).text
        assert '<a href="/ici/">Une &lt;b&gt;validation&lt;/b&gt;</a>' in page
        assert "Rien : elle est gardée" in detail(operator, store(verb={"id": verbs.PASSED})).text


def test_establishments_are_named_and_people_are_not(operator: Client) -> None:
    house, person = EstablishmentFactory(name="CHU de Rennes"), PersonFactory(last_name="Secret")
    for actor in (house.uid, person.uid):
        store(actor=account_agent(actor))
    page = operator.get(INDEX).text
    assert "CHU de Rennes a terminé" in page
    assert f"L’agent {str(person.uid)[:8]} a terminé" in page
    assert "Secret" not in page


class TestHostileContent:
    SCRIPT = '</code><script>alert("x")</script>'

    def test_is_escaped(self, operator: Client) -> None:
        statement_id = store(
            actor={"mbox": "mailto:a@b.test", "name": self.SCRIPT},
            verb={"id": "https://verbs.test/x", "display": {"fr": self.SCRIPT}},
            object={"id": ACTIVITY, "definition": {"name": {"fr": self.SCRIPT}}},
            result={"response": self.SCRIPT, "extensions": {"https://x.test/e": self.SCRIPT}},
        )
        for page in (operator.get(INDEX).text, detail(operator, statement_id).text):
            assert "<script>alert(" not in page
            assert "&lt;script&gt;alert(" in page

    def test_a_huge_one_is_shown_in_part(self, operator: Client) -> None:
        statement_id = store(result={"response": "x" * 1_000_000})
        page = detail(operator, statement_id)
        assert "Seul le début est montré" in page.text
        assert len(page.content) < 400_000
        assert len(operator.get(INDEX).content) < 200_000

    def test_a_deep_one_is_shown(self, operator: Client) -> None:
        deep: Any = 1
        for _ in range(90):
            deep = [deep]
        statement_id = store(result={"extensions": {"https://x.test/e": deep}})
        assert detail(operator, statement_id).status_code == 200
