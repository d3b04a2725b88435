"""What a learner finds in her space, from every source of evidence."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Site

from courses.learners import Learner
from courses.models import ModulePage
from courses.services import lesson_complete, session_open
from courses.space import LearnerSpace, learner_space
from organisation.models import Person
from tests.courses.factories import lessons, make_module
from tests.meetings.factories import MeetingsIndexPageFactory
from tests.organisation.factories import AccountFactory, AppointmentFactory, PersonFactory
from tests.reporting.factories import RetrainingFactory, TrainableFactory, completed
from training.enums import Provenance, TrainableKind
from training.services import requirement_create

pytestmark = pytest.mark.django_db

DAY = timezone.localdate()


def ago(days: int) -> dt.date:
    return DAY - dt.timedelta(days=days)


@pytest.fixture
def person() -> Person:
    made: Person = PersonFactory(user=AccountFactory())
    AppointmentFactory(person=made, starts_on=dt.date(2020, 1, 1))
    return made


def asked(module: ModulePage, **fields: Any) -> ModulePage:
    requirement_create(
        trainable=module.trainable, **{"starts_on": ago(400), "due_days": 30, **fields}
    )
    return module


def space_of(person: Person) -> LearnerSpace:
    return learner_space(person=person, day=DAY)


def titles(cards: list[Any]) -> list[str]:
    return [card.title for card in cards]


def page_of(person: Person) -> str:
    client = Client()
    client.force_login(person.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client.get("/mon-espace/").content.decode()


def test_late_due_begun_done_in_that_order(person: Person) -> None:
    begun = make_module(2, title="Commencé")
    session_open(learner=Learner(person=person), module=begun, now=timezone.now())
    done = asked(make_module(1, title="Validé"))
    completed(person, done.trainable, ago(3))
    asked(make_module(1, title="À faire"), due_days=500)
    asked(make_module(1, title="En retard"))
    make_module(1, title="À découvrir")
    space = space_of(person)
    assert (titles(space.late), titles(space.due)) == (["En retard"], ["À faire"])
    assert (titles(space.begun), titles(space.done)) == (["Commencé"], ["Validé"])
    assert titles(space.others) == ["À découvrir"]
    text = page_of(person)
    places = [text.index(f'id="mes-{tone}"') for tone in ("late", "due", "begun", "done")]
    assert places == sorted(places)


@pytest.mark.parametrize("provenance", [Provenance.TEAM, Provenance.IMPORT])
def test_what_was_declared_shows_as_done_and_says_so(
    person: Person, provenance: Provenance
) -> None:
    module = asked(make_module(1))
    completed(person, module.trainable, ago(3), provenance)
    [card] = space_of(person).done
    assert card.is_declared
    assert str(provenance.label) in page_of(person)


def test_what_another_system_saw_shows_as_done(person: Person) -> None:
    completed(person, make_module(1).trainable, ago(3))
    [card] = space_of(person).done
    assert (card.is_declared, card.completed_at is not None) == (False, True)
    assert str(Provenance.OBSERVED.label) not in page_of(person)


@pytest.mark.parametrize("act", ["unpublish", "delete"])
def test_a_module_that_is_gone_stays_done(person: Person, act: str) -> None:
    module = make_module(1, title="Ancien module")
    completed(person, module.trainable, ago(3))
    getattr(ModulePage.objects.get(pk=module.pk), act)()
    assert titles(space_of(person).done) == ["Ancien module"]
    assert "Ce module n’est plus en ligne." in page_of(person)


@pytest.mark.parametrize(
    ("days", "is_ending"), [(365 - 59, True), (365 - 62, False), (1, False), (360, True)]
)
def test_what_ends_within_sixty_days_asks_to_be_renewed(
    person: Person, days: int, is_ending: bool
) -> None:
    module = asked(make_module(1), validity_months=12)
    completed(person, module.trainable, ago(days))
    [card] = space_of(person).done
    assert card.is_ending is is_ending
    text = page_of(person)
    assert ("À renouveler" in text) is is_ending
    assert ("Refaire" in text) is is_ending
    assert "compte jusqu’au" in text


def test_what_ends_soon_stands_first_among_what_is_done(person: Person) -> None:
    old = asked(make_module(1, title="Bientôt"), validity_months=12)
    completed(person, old.trainable, ago(340))
    completed(person, make_module(1, title="Récent").trainable, ago(1))
    assert titles(space_of(person).done) == ["Bientôt", "Récent"]


def test_what_ran_out_is_late_from_that_day(person: Person) -> None:
    module = asked(make_module(1), validity_months=6)
    completed(person, module.trainable, ago(300))
    [card] = space_of(person).late
    assert card.obligation is not None
    assert card.obligation.due_on == card.obligation.valid_until


def test_renewed_in_time_it_counts_anew(person: Person) -> None:
    module = asked(make_module(1), validity_months=12)
    completed(person, module.trainable, ago(340))
    session = session_open(learner=Learner(person=person), module=module, now=timezone.now())
    for lesson in lessons(module):
        lesson_complete(session=session, lesson=lesson, now=timezone.now())
    [card] = space_of(person).done
    assert not card.is_ending


def test_a_retraining_says_why(person: Person) -> None:
    module = asked(make_module(1))
    completed(person, module.trainable, ago(30))
    RetrainingFactory(
        trainable=module.trainable, changed_on=ago(5), reason="La procédure a changé."
    )
    assert titles(space_of(person).late) == [module.title]
    assert "Ce module a changé\xa0: La procédure a changé." in page_of(person)


def test_a_voided_completion_is_done_no_more(person: Person) -> None:
    completed(person, make_module(1).trainable, ago(3)).delete()
    assert not space_of(person).done


def test_a_meeting_to_take_part_in_leads_to_the_calendar(person: Person) -> None:
    home = Site.objects.get(is_default_site=True).root_page
    index = MeetingsIndexPageFactory(parent=home)
    participation = TrainableFactory(title="Participer", kind=TrainableKind.MEETING)
    requirement_create(trainable=participation, starts_on=ago(10))
    page = page_of(person)
    assert "Ce module n’est plus en ligne" not in page
    assert f'href="{index.url}"' in page


def test_it_says_in_one_line_what_the_manager_sees(person: Person) -> None:
    assert "Il ne voit jamais vos réponses ni vos scores." in page_of(person)


def test_at_most_twelve_queries_whatever_the_catalogue_and_the_history(person: Person) -> None:
    counts = []
    client = Client()
    client.force_login(person.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    for _round in range(2):
        for number in range(3):
            module = asked(make_module(2), validity_months=12)
            make_module(1)
            completed(person, module.trainable, ago(10 + number), Provenance.TEAM)
            completed(person, asked(make_module(1)).trainable, ago(3))
            begun = make_module(2)
            session = session_open(learner=Learner(person=person), module=begun, now=timezone.now())
            lesson_complete(session=session, lesson=lessons(begun)[0], now=timezone.now())
            RetrainingFactory(trainable=module.trainable)
            AppointmentFactory(person=person, starts_on=dt.date(2020, 1, 1))
        for _twice in range(2):
            client.get("/mon-espace/")  # fills the caches of the frame
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/mon-espace/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1], counts
    assert counts[0] <= 12, "\n".join(query["sql"][:150] for query in queries)
