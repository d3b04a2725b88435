"""Every URL × every kind of user: who is let in, who is asked to sign in, who is refused, and for
whom the thing does not exist.

The kinds are the roles of `organisation.roles_of_access`, each in the place that the address names
and next to it, and those without any grant. `RULES` is the register: a URL of ours without a rule
fails, so whoever adds a view says here who may open it. Below `/admin/` one rule holds for all.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django.asserts import assertTemplateUsed

from organisation.roles_of_access import ROLES as TABLE

from .people import (
    ADMIN,
    ANONYMOUS,
    CADRE,
    CISO,
    EDITOR,
    EVERYBODY,
    GIVERS,
    GRANTED,
    LEARNER,
    NATION,
    NEXT_REFERENT,
    NEXT_REGION,
    OFFICER,
    OPERATOR,
    ORGANISER,
    ORGANISERS,
    REFERENT,
    REGION,
    ROLES,
    SPEAKERS,
    STRANGER,
    TRAINERS,
    WITHOUT_ACCOUNT,
    World,
)
from .rooms import levels

pytestmark = pytest.mark.django_db

LET_IN, SIGN_IN, REFUSED, NO_KEY = "let in", "asked to sign in", "refused", "without credential"
ABSENT = "told that there is nothing"
ADMIN_PREFIX = "admin/"
CLOSED = (401, 403, 404, 405)


@dataclass(frozen=True)
class Rule:
    """What happens to each kind of user; `arguments` makes the URL's, from the world."""

    outcome: Callable[[str], str]
    arguments: Callable[[World], dict[str, Any]] = field(default=lambda world: {})
    method: str = "get"
    headers: dict[str, str] = field(default_factory=dict)
    is_private: bool = False
    """The thing is there: a 404 says that its existence itself is kept from this kind of user."""


def everybody(kind: str) -> str:
    return LET_IN


def asked_to_sign_in(kind: str) -> str:
    """It is the way there."""
    return SIGN_IN


def signed_in(kind: str) -> str:
    return SIGN_IN if kind == ANONYMOUS else LET_IN


def with_account(kind: str) -> str:
    """Who came by a one-time code has none."""
    return SIGN_IN if kind in WITHOUT_ACCOUNT else LET_IN


def granted(*kinds: str) -> Callable[[str], str]:
    """Those with a grant to read coverage, out of `kinds`; the others see a clear 403."""

    def outcome(kind: str) -> str:
        if kind in WITHOUT_ACCOUNT:
            return SIGN_IN
        return LET_IN if kind in kinds else REFUSED

    return outcome


def private(
    kinds: tuple[str, ...],
    arguments: Callable[[World], dict[str, Any]],
    method: str = "get",
) -> Rule:
    """For `kinds` alone; to others who are signed in it does not exist."""

    def outcome(kind: str) -> str:
        if kind in WITHOUT_ACCOUNT:
            return SIGN_IN
        return LET_IN if kind in kinds else ABSENT

    return Rule(outcome, arguments, method, is_private=True)


def credential_only(kind: str) -> str:
    """The record store knows no sessions: whoever is signed in still needs a key."""
    return NO_KEY


def uids(*names: str, **others: Any) -> Callable[[World], dict[str, Any]]:
    return lambda world: {**dict.fromkeys(names, world.nowhere), **others}


def at_establishment(world: World) -> dict[str, Any]:
    return {"uid": world.establishment.uid}


def at_provider(world: World) -> dict[str, Any]:
    return {"organization_slug": "x"}


def numbered(world: World) -> dict[str, Any]:
    return {**at_establishment(world), "number": 1}


def page_zero(world: World) -> dict[str, Any]:
    return {"page_id": 0}


def at_department(world: World) -> dict[str, Any]:
    return {"uid": world.department.uid}


def for_department(**others: Any) -> Callable[[World], dict[str, Any]]:
    return lambda world: {"kind": "service", "uid": world.department.uid, **others}


def at_region(world: World) -> dict[str, Any]:
    return {"code": world.region.code}


def as_csv(place: Callable[[World], dict[str, Any]]) -> Callable[[World], dict[str, Any]]:
    return lambda world: {**place(world), "kind": "csv"}


# Live figures and names are for the near managers: the region and the nation read the monthly grid,
# and an administrator of the site has no grant by virtue of that.
OF_HOUSE, OF_DEPARTMENT = granted(CISO, REFERENT), granted(CADRE, CISO, REFERENT)
OF_GRID, OF_REGION, OF_NATION = (
    granted(CISO, REFERENT, REGION, NATION),
    granted(REGION, NATION),
    granted(NATION),
)
OF_REGIONS = granted(REGION, NEXT_REGION, NATION)


def managed(**others: Any) -> Callable[[World], dict[str, Any]]:
    return lambda world: {"kind": "etablissement", "uid": world.establishment.uid, **others}


def asked(world: World) -> dict[str, Any]:
    return {"uid": world.request.uid}


def of_place(**others: Any) -> Callable[[World], dict[str, Any]]:
    return lambda world: {"kind": "etablissement", "ref": str(world.establishment.uid), **others}


def of_grant(world: World) -> dict[str, Any]:
    return of_place(pk=world.grant.pk)(world)


def of_nation(**others: Any) -> Callable[[World], dict[str, Any]]:
    return lambda world: {"kind": "pays", "ref": "france", **others}


def of_counts(world: World) -> dict[str, Any]:
    return {"uid": world.counts.uid}


def of_meeting(world: World) -> dict[str, Any]:
    return {"uid": world.meeting.uid}


def of_registration(world: World) -> dict[str, Any]:
    return {"uid": world.meeting.uid, "registration_uid": world.registration.uid}


OF_DECLARERS = granted(CISO, STRANGER, REFERENT, NEXT_REFERENT, ADMIN)
# Who gives rights here; those next to it learn no more than who gives none.
OF_GIVERS = granted(REFERENT, REGION, NATION)
DECIDERS = (REFERENT, REGION, NATION)

XAPI = {"X-Experience-API-Version": "2.0.0"}

# Full URL name → rule.
RULES: dict[str, Rule] = {
    "cms:search": Rule(everybody),
    # What is kept of people is told to all; one's own is given to oneself, with an account.
    "privacy:kept": Rule(everybody),
    "privacy:read": Rule(with_account),
    "privacy:file_html": Rule(with_account),
    "privacy:file_json": Rule(with_account),
    "privacy:erase": Rule(with_account),
    "privacy:withdraw": Rule(with_account, method="post"),
    "media": Rule(everybody, lambda world: {"path": "rien.png"}),
    "campaign_assets:download": Rule(
        everybody, lambda world: {"page_id": 0, "name": "affiche.pdf"}
    ),
    "campaign_assets:played": Rule(everybody, lambda world: {"page_id": 0}, "post"),
    # A kit is everybody's, like what is in it; none is there in this world.
    "campaign_assets:kit_request": Rule(everybody, lambda world: {"page_id": 0}, "post"),
    "campaign_assets:kit_progress": Rule(everybody, uids("uid")),
    # Speaking for a hospital is a right of its own: managing it is not enough.
    "campaign_assets:brands": Rule(granted(*SPEAKERS)),
    "campaign_assets:brand": Rule(granted(OFFICER), at_establishment),
    "campaign_assets:brand_preview": Rule(granted(OFFICER), at_establishment, "post"),
    "campaign_assets:brand_band": Rule(granted(OFFICER), at_establishment),
    "campaign_assets:brand_history": Rule(granted(OFFICER), at_establishment),
    "campaign_assets:brand_logo": Rule(granted(OFFICER), numbered),
    "campaign_assets:brand_restore": Rule(granted(OFFICER), numbered),
    "campaign_assets:adaptations": Rule(granted(*SPEAKERS)),
    # No page has that number; tests/campaign_assets/workshop asks for one that is there.
    "campaign_assets:workshop": Rule(with_account, page_zero),
    "campaign_assets:workshop_preview": Rule(with_account, page_zero, "post"),
    "campaign_assets:workshop_first": Rule(with_account, page_zero),
    "campaign_assets:adaptation_file": Rule(with_account, uids("uid", name="a4.pdf")),
    "campaign_assets:adaptation_delete": Rule(with_account, uids("uid")),
    # No kit is there; tests/campaign_assets/workshop/test_kits.py asks for one that is.
    "campaign_assets:kit_whose": Rule(with_account, page_zero),
    "campaign_assets:kit_own": Rule(with_account, uids("uid", page_id=0), "post"),
    "campaign_assets:kit_own_file": Rule(with_account, uids("uid", page_id=0)),
    # It hangs on walls.
    "campaign_assets:short_link": Rule(everybody, lambda world: {"code": "7KQ2M9X"}),
    # The signed address is the right; a wrong one is a 404 for everybody.
    "notifications:subscription": Rule(everybody, lambda world: {"token": "x"}),
    # A domain decides where it leads; nobody learns who has an account.
    # Whose session it is decides (tests/users/test_sessions.py); which request it answers
    # (tests/users/providers).
    "users:session_close": Rule(with_account, lambda world: {"pk": 0}, "post"),
    "users:openid_callback": Rule(everybody, lambda world: {"provider_id": "x"}),
    "users:saml_acs": Rule(everybody, at_provider, "post"),
    "users:saml_finish": Rule(everybody, at_provider),
    "users:saml_metadata": Rule(everybody, at_provider),
    "users:saml_logout": Rule(everybody, at_provider),
    "users:sign_in_address": Rule(asked_to_sign_in, method="post"),
    "organisation:workplace": Rule(with_account),
    "courses:my_space": Rule(signed_in),
    # Modules are public, and some open to visitors: tests/courses/test_visitors.py.
    "courses:module_start": Rule(everybody, uids("trainable_uid"), "post"),
    "courses:lesson_finish": Rule(everybody, uids("lesson_uid"), "post"),
    "courses:quiz_start": Rule(everybody, uids("lesson_uid", "block_id"), "post"),
    "courses:video_played": Rule(everybody, uids("lesson_uid", "block_id"), "post"),
    "courses:transcript_read": Rule(everybody, uids("lesson_uid", "block_id"), "post"),
    "courses:exercise": Rule(everybody, uids("lesson_uid", "block_id"), "post"),
    "courses:quiz": Rule(signed_in, uids("attempt_uid")),
    "courses:quiz_question": Rule(signed_in, uids("attempt_uid", number=1)),
    "courses:quiz_result": Rule(signed_in, uids("attempt_uid")),
    "courses:module_scan": Rule(everybody, uids("trainable_uid")),
    "courses:visit_claim": Rule(everybody, uids("session_uid")),
    "courses:visit_forget": Rule(everybody, uids("session_uid"), "post"),
    # Calendars of what is public. The private address is the right itself: a wrong one is a 404.
    "meetings:all_ics": Rule(everybody),
    "meetings:region_ics": Rule(everybody, at_region),
    "meetings:meeting_ics": Rule(everybody, uids("uid")),
    "meetings:own_ics": Rule(everybody, lambda world: {"token": "x"}),
    "meetings:subscriptions": Rule(everybody),
    "meetings:feed_create": Rule(with_account, method="post"),
    "meetings:feed_revoke": Rule(with_account),
    "organisation:code_sign_in": Rule(everybody),
    "organisation:not_me": Rule(everybody, method="post"),
    "organisation:session_state": Rule(everybody),
    # Codes are for people whom one knows: neither the region nor the nation hands any out.
    "organisation:codes": Rule(granted(*TRAINERS)),
    "organisation:codes_place": Rule(OF_DEPARTMENT, for_department()),
    "organisation:code_revoke": Rule(
        OF_DEPARTMENT, for_department(code_uid=uuid.UUID(int=0)), "post"
    ),
    # A headcount is of a whole house: a department's manager declares none, the region reads them.
    # An administrator declares for any house, as in the admin.
    "organisation:headcounts": Rule(OF_DECLARERS),
    "organisation:headcounts_sample": Rule(OF_DECLARERS, lambda world: {"kind": "csv"}),
    "organisation:headcounts_upload": Rule(OF_DECLARERS),
    "organisation:headcounts_place": Rule(granted(CISO, REFERENT, ADMIN), at_establishment),
    "organisation:headcounts_import": private((CISO, REFERENT, ADMIN), of_counts),
    "organisation:headcounts_columns": private((CISO, REFERENT, ADMIN), of_counts),
    "organisation:headcounts_words": private((CISO, REFERENT, ADMIN), of_counts, "post"),
    "organisation:headcounts_confirm": private((CISO, REFERENT, ADMIN), of_counts, "post"),
    "organisation:headcounts_undo": private((CISO, REFERENT, ADMIN), of_counts),
    "organisation:headcounts_discard": private((CISO, REFERENT, ADMIN), of_counts, "post"),
    "organisation:headcounts_lines": private(
        (CISO, REFERENT, ADMIN), lambda world: {**of_counts(world), "kind": "csv"}
    ),
    "organisation:my_access": Rule(with_account),
    "organisation:access_ask_where": Rule(with_account),
    "organisation:access_ask": Rule(with_account, at_establishment),
    # One's own request; and the same to those who decide it, at another address.
    "organisation:access_request": private((LEARNER,), asked),
    "organisation:access_withdraw": private((LEARNER,), asked),
    "organisation:access_decide": private(DECIDERS, asked),
    # Nobody has sent a proof here; tests/organisation/access asks for one that is there.
    "organisation:access_proof": Rule(with_account, asked),
    "organisation:access_queue": Rule(granted(*GIVERS)),
    "organisation:grants": Rule(granted(*GIVERS)),
    "organisation:grants_place": Rule(OF_GIVERS, of_place()),
    "organisation:grant_add": Rule(OF_GIVERS, of_place()),
    "organisation:grant_account": Rule(OF_GIVERS, of_grant),
    "organisation:grant_extend": Rule(OF_GIVERS, of_grant),
    "organisation:grant_end": Rule(OF_GIVERS, of_grant),
    # Acts by name: for those who give rights from within the house.
    "organisation:journal": Rule(granted(REFERENT), at_establishment),
    "organisation:journal_file": Rule(granted(REFERENT), as_csv(at_establishment)),
    # The names of those who come are for who holds the meeting; figures are another right.
    "meetings:organised": Rule(granted(*ORGANISERS)),
    "meetings:organised_meeting": private((ORGANISER,), of_meeting),
    "meetings:organised_sheet": private((ORGANISER,), of_meeting),
    "meetings:organised_file": private((ORGANISER,), as_csv(of_meeting)),
    "meetings:organised_add": private((ORGANISER,), of_meeting),
    "meetings:organised_unregister": private((ORGANISER,), of_registration),
    "meetings:organised_message": private((ORGANISER,), of_meeting),
    "meetings:organised_series": private((ORGANISER,), of_meeting),
    "meetings:organised_cancel": private((ORGANISER,), of_meeting),
    "meetings:attendance_roll": private((ORGANISER,), of_meeting),
    "meetings:attendance_walk_in": private((ORGANISER,), of_meeting),
    "meetings:attendance_mark": private((ORGANISER,), of_meeting, "post"),
    "meetings:attendance_screen": private((ORGANISER,), of_meeting),
    "meetings:attendance_poster": private((ORGANISER,), of_meeting),
    # The code at the door, or a signed address, is the right (tests/meetings/attendance).
    "meetings:door_form": Rule(everybody),
    "meetings:door": Rule(everybody, lambda world: {"code": "ABCDEFGH"}),
    "meetings:door_link": Rule(everybody, lambda world: {"token": "x"}),
    "meetings:attendance_attestation": Rule(signed_in, uids("uid")),
    "courses:team": Rule(granted(*TRAINERS)),
    "courses:team_obligations": Rule(OF_HOUSE, managed()),
    "courses:team_obligation_new": Rule(OF_HOUSE, managed()),
    "courses:team_obligation_end": Rule(OF_HOUSE, managed(pk=0)),
    "courses:team_session_new": Rule(OF_HOUSE, managed()),
    "courses:team_import": Rule(OF_HOUSE, at_establishment),
    "courses:team_import_confirm": Rule(OF_HOUSE, at_establishment, "post"),
    "courses:team_import_sample": Rule(OF_HOUSE, at_establishment),
    # Whose session it is decides; tests/courses/team asks for each kind of user.
    "courses:team_session": Rule(with_account, uids("uid")),
    "courses:team_names": Rule(with_account, uids("uid")),
    "courses:team_close": Rule(with_account, uids("uid")),
    "courses:team_withdraw": Rule(with_account, uids("uid", "person_uid")),
    "courses:team_join_form": Rule(signed_in),
    "courses:team_join": Rule(signed_in, lambda world: {"code": "ABCDEFGH"}),
    "reporting:home": Rule(granted(*GRANTED)),
    "reporting:establishment": Rule(OF_HOUSE, at_establishment),
    "reporting:establishment_file": Rule(OF_HOUSE, as_csv(at_establishment)),
    "reporting:departments": Rule(OF_HOUSE, at_establishment),
    "reporting:departments_file": Rule(OF_HOUSE, as_csv(at_establishment)),
    "reporting:missing": Rule(OF_HOUSE, at_establishment),
    "reporting:missing_file": Rule(OF_HOUSE, as_csv(at_establishment)),
    "reporting:missing_people": Rule(OF_HOUSE, at_establishment),
    "reporting:department_missing_people": Rule(OF_DEPARTMENT, at_department),
    "reporting:remind": Rule(OF_HOUSE, at_establishment),
    "reporting:department_remind": Rule(OF_DEPARTMENT, at_department),
    "reporting:objectives": Rule(OF_NATION, of_nation()),
    "reporting:objective_new": Rule(OF_NATION, of_nation()),
    # None is there: tests/reporting/test_objectives.py asks for those of each kind of place.
    "reporting:objective_edit": Rule(OF_NATION, of_nation(uid=uuid.UUID(int=0))),
    "reporting:objective_stop": Rule(OF_NATION, of_nation(uid=uuid.UUID(int=0))),
    # What the API is, is told to all; what it answers to whom is asked in tests/reporting/api.
    "reporting:api_documentation": Rule(everybody),
    "reporting:api_keys": Rule(granted(*GRANTED)),
    # Whose key it is decides (tests/reporting/api).
    "reporting:api_key_revoke": Rule(with_account, uids("uid")),
    "reporting:establishment_grid": Rule(OF_GRID, at_establishment),
    "reporting:establishment_revision": Rule(OF_HOUSE, at_establishment),
    "reporting:region_revision": Rule(OF_REGION, at_region),
    "reporting:nation_revision": Rule(OF_NATION),
    "reporting:department": Rule(OF_DEPARTMENT, at_department),
    "reporting:department_file": Rule(OF_DEPARTMENT, as_csv(at_department)),
    "reporting:department_missing": Rule(OF_DEPARTMENT, at_department),
    "reporting:department_missing_file": Rule(OF_DEPARTMENT, as_csv(at_department)),
    "reporting:establishment_attendance": Rule(OF_HOUSE, at_establishment),
    "reporting:establishment_attendance_file": Rule(OF_HOUSE, as_csv(at_establishment)),
    "reporting:department_attendance": Rule(OF_DEPARTMENT, at_department),
    "reporting:department_attendance_file": Rule(OF_DEPARTMENT, as_csv(at_department)),
    "reporting:region_attendance": Rule(OF_REGION, at_region),
    "reporting:region_attendance_file": Rule(OF_REGION, as_csv(at_region)),
    "reporting:nation_attendance": Rule(OF_NATION),
    "reporting:nation_attendance_file": Rule(OF_NATION, as_csv(lambda world: {})),
    "reporting:establishment_attestations": Rule(OF_HOUSE, at_establishment),
    "reporting:department_attestations": Rule(OF_DEPARTMENT, at_department),
    # An archive is its requester's: to everybody else it does not exist (tests/reporting).
    "reporting:attestations_progress": Rule(with_account, uids("uid")),
    "reporting:attestations_file": Rule(with_account, uids("uid")),
    # Those who edit the campaign, and those who speak for a hospital.
    "reporting:reach": Rule(granted(*SPEAKERS, EDITOR, ADMIN)),
    "reporting:reach_file": Rule(granted(*SPEAKERS, EDITOR, ADMIN), as_csv(lambda world: {})),
    # Registering is for everybody. One's registration opens by its signed address, or to its owner
    # who is signed in (tests/meetings/registrations); any other address is a 404, for everybody.
    "meetings:my_meetings": Rule(signed_in),
    "meetings:register": Rule(everybody, uids("uid")),
    "meetings:register_asked": Rule(everybody, uids("uid")),
    "meetings:registration": Rule(everybody, lambda world: {"token": "x"}),
    "meetings:registration_confirm": Rule(everybody, lambda world: {"token": "x"}, "post"),
    "meetings:registration_change": Rule(everybody, lambda world: {"token": "x"}, "post"),
    "meetings:registration_ics": Rule(everybody, lambda world: {"token": "x"}),
    "meetings:registration_cancel": Rule(everybody, lambda world: {"token": "x"}, "post"),
    "meetings:registration_again": Rule(everybody, lambda world: {"token": "x"}, "post"),
    "training:attestation_verify": Rule(everybody),
    "training:attestation_file": Rule(signed_in, uids("statement_id")),
    # The papers. A dossier is there for those who read its place (tests/reporting/evidence); its
    # check is for anybody who holds the paper.
    "reporting:establishment_board": Rule(OF_HOUSE, at_establishment),
    "reporting:establishment_board_pdf": Rule(OF_HOUSE, at_establishment),
    "reporting:department_board": Rule(OF_DEPARTMENT, at_department),
    "reporting:department_board_pdf": Rule(OF_DEPARTMENT, at_department),
    "reporting:region_board": Rule(OF_REGION, at_region),
    "reporting:region_board_pdf": Rule(OF_REGION, at_region),
    "reporting:nation_board": Rule(OF_NATION),
    "reporting:nation_board_pdf": Rule(OF_NATION),
    "reporting:establishment_matrix": Rule(OF_HOUSE, at_establishment),
    "reporting:department_matrix": Rule(OF_DEPARTMENT, at_department),
    "reporting:establishment_evidence": Rule(OF_HOUSE, at_establishment),
    "reporting:region_evidence": Rule(OF_REGION, at_region),
    "reporting:nation_evidence": Rule(OF_NATION),
    "reporting:evidence_pdf": Rule(with_account, uids("uid")),
    "reporting:evidence_revoke": Rule(with_account, uids("uid")),
    "reporting:evidence_verify": Rule(everybody, uids("uid")),
    "reporting:establishment_monthly": Rule(OF_HOUSE, at_establishment, "post"),
    "reporting:department_monthly": Rule(OF_DEPARTMENT, at_department, "post"),
    "reporting:region_monthly": Rule(OF_REGION, at_region, "post"),
    "reporting:nation_monthly": Rule(OF_NATION, method="post"),
    "reporting:region": Rule(OF_REGION, at_region),
    "reporting:region_file": Rule(OF_REGION, as_csv(at_region)),
    "reporting:region_silent": Rule(OF_REGION, at_region),
    "reporting:nation": Rule(OF_NATION),
    "reporting:nation_file": Rule(OF_NATION, as_csv(lambda world: {})),
    "reporting:nation_silent": Rule(OF_NATION),
    "reporting:region_silent_file": Rule(OF_REGION, as_csv(at_region)),
    "reporting:nation_silent_file": Rule(OF_NATION, as_csv(lambda world: {})),
    "reporting:establishment_trend": Rule(OF_GRID, at_establishment),
    "reporting:region_trend": Rule(OF_REGION, at_region),
    "reporting:nation_trend": Rule(OF_NATION),
    # Totals of all regions beside each other, for whoever answers for one.
    "reporting:observatory": Rule(OF_REGIONS),
    "reporting:observatory_file": Rule(OF_REGIONS, as_csv(lambda world: {})),
    "reporting:establishment_observatory": Rule(OF_GRID, at_establishment),
    "lrs:about": Rule(everybody),
    "lrs:statements": Rule(credential_only, headers=XAPI),
    "lrs:activities": Rule(credential_only, headers=XAPI),
    "lrs:state": Rule(credential_only, headers=XAPI),
    "lrs:activity_profile": Rule(credential_only, headers=XAPI),
    "lrs:agents": Rule(credential_only, headers=XAPI),
    "lrs:agent_profile": Rule(credential_only, headers=XAPI),
    "lrs:statements_more": Rule(credential_only, lambda world: {"cursor": "x"}, headers=XAPI),
}
# Names whose URL cannot be made from a name alone; each says where it is tested.
ELSEWHERE = {
    "lrs:unknown": "tests/lrs",
    "wagtail_serve": "tests/content/test_routing.py",
}


def our_urls(prefix: str = "", names: str = "", resolver: Any = None) -> Iterator[tuple[str, str]]:
    """(route, full name) of every URL whose view is one of our rooms'."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            namespace = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from our_urls(route, names + namespace, pattern)
        elif isinstance(pattern, URLPattern):
            view = getattr(pattern.callback, "view_class", pattern.callback)
            if view.__module__.split(".")[0] in levels():
                yield route, f"{names}{pattern.name}"


def public_names() -> list[str]:
    return [name for route, name in our_urls() if not route.startswith(ADMIN_PREFIX)]


def outcome_of(response: HttpResponseBase, rule: Rule) -> str:
    if response.status_code == 302 and "/accounts/login/" in response["Location"]:
        return SIGN_IN
    if response.status_code == 404 and rule.is_private:
        return ABSENT
    return {403: REFUSED, 401: NO_KEY}.get(response.status_code, LET_IN)


def test_every_url_has_a_rule() -> None:
    unknown = set(public_names()) - set(RULES) - set(ELSEWHERE)
    assert not unknown, f"say in RULES who may open {sorted(unknown)}"


def test_every_rule_has_a_url() -> None:
    """Of the rooms that have addresses at all: a branch may not have every room yet."""
    rooms = {name.partition(":")[0] for name in public_names()}
    ruled = {name for name in (*RULES, *ELSEWHERE) if name.partition(":")[0] in rooms}
    assert not ruled - set(public_names())


@pytest.fixture(scope="module")
def _world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Made once, in a transaction around all tests of this file; each is undone to here."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


@pytest.fixture
def world(_world: World, db: None) -> World:
    return _world


@pytest.fixture
def _bare_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a refusal only the status is read here; drawing its page took a third of the time."""
    for status in (403, 404):
        bare = partial(_bare, status)
        monkeypatch.setattr(f"config.urls.handler{status}", bare, raising=False)


def _bare(status: int, request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(status=status)


@pytest.mark.usefixtures("_bare_refusals")
@pytest.mark.parametrize("name", sorted(set(RULES) & set(public_names())))
def test_who_may_open(name: str, world: World) -> None:
    rule = RULES[name]
    address = reverse(name, kwargs=rule.arguments(world))
    for kind in EVERYBODY:
        response = getattr(world.client(kind), rule.method)(address, headers=rule.headers)
        assert response.status_code < 500, (kind, address)
        assert outcome_of(response, rule) == rule.outcome(kind), (
            kind,
            address,
            response.status_code,
        )


@pytest.mark.parametrize("name", sorted(set(RULES) & set(public_names())))
def test_no_other_method_opens_what_is_closed(name: str, world: World) -> None:
    """A view that checks when it shows must check when it writes: whoever may not open it is not
    let in by another method either."""
    rule = RULES[name]
    address = reverse(name, kwargs=rule.arguments(world))
    wrong = []
    for kind in EVERYBODY:
        expected = rule.outcome(kind)
        if expected == LET_IN:
            continue
        client = world.client(kind)
        for method in ("get", "post", "put", "delete"):
            response = getattr(client, method)(address, headers=rule.headers)
            is_refused = response.status_code in CLOSED or outcome_of(response, rule) == expected
            if not is_refused:
                wrong.append((kind, method, response.status_code))
    assert not wrong, address


def test_no_address_below_the_admin_opens_to_those_outside_it(world: World) -> None:
    """Those with variable parts too: each gets a number, a uid or a word."""
    addresses = admin_addresses_filled()
    assert len(addresses) > 100
    wrong = []
    for kind in (ANONYMOUS, LEARNER, CADRE, CISO, REFERENT, OFFICER, REGION, ORGANISER, NATION):
        client = world.client(kind)
        for address in addresses:
            if client.get(address).status_code == 200:
                wrong.append((kind, address))
    assert not wrong


def admin_addresses_filled() -> list[str]:
    """The addresses of our own views below /admin/ that have variable parts."""
    values = {"int": "1", "uuid": str(uuid.UUID(int=1)), "slug": "csv", "str": "1", "path": "1"}

    def fill(match: re.Match[str]) -> str:
        return values.get(match[1] or "str", "1")

    routes = {route for route, _name in all_urls() if route.startswith(ADMIN_PREFIX)}
    filled = {re.sub(r"<(?:(\w+):)?\w+>", fill, route) for route in routes if "<" in route}
    found = (f"/{route}" for route in filled if not set(route) & set("(^\\["))
    return sorted(one for one in found if not one.startswith(OPEN_IN_ADMIN))


def all_urls(prefix: str = "", resolver: Any = None) -> Iterator[tuple[str, str]]:
    """(route, name) of every URL, Wagtail's too."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern).removeprefix("^").removesuffix("$")
        if isinstance(pattern, URLResolver):
            yield from all_urls(route, pattern)
        else:
            yield route, str(pattern.name)


def test_the_pages_of_refusal_are_drawn_for_everybody(world: World) -> None:
    refusing = reverse("reporting:nation")
    for kind in EVERYBODY:
        client = world.client(kind)
        assert client.get("/nulle-part/").status_code == 404, kind
        if RULES["reporting:nation"].outcome(kind) == REFUSED:
            refusal = client.get(refusing)
            assert refusal.status_code == 403, kind
            assertTemplateUsed(refusal, "403.html")


def admin_addresses() -> list[str]:
    """Every page below /admin/ whose address has no variable part, Wagtail's own and ours."""
    found: set[str] = set()

    def walk(resolver: Any, prefix: str) -> None:
        for pattern in resolver.url_patterns:
            route = prefix + str(pattern.pattern).removeprefix("^").removesuffix("$")
            if isinstance(pattern, URLResolver):
                walk(pattern, route)
            elif not set(route) & set("<(\\["):
                found.add(f"/{route}")

    walk(get_resolver(), "")
    return sorted(address for address in found if address.startswith(f"/{ADMIN_PREFIX}"))


# What Wagtail itself opens to everybody: signing in and out, and the admin's translations.
OPEN_IN_ADMIN = (
    "/admin/login/",
    "/admin/logout/",
    "/admin/password_reset/",
    "/admin/jsi18n/",
    "/admin/sprite/",
)


@pytest.mark.parametrize(
    "kind", [kind for kind in EVERYBODY if kind not in (EDITOR, OPERATOR, ADMIN)]
)
def test_the_admin_is_closed_to(kind: str, world: World) -> None:
    client = world.client(kind)
    wrong = []
    for address in admin_addresses():
        if not address.startswith(OPEN_IN_ADMIN):
            response = client.get(address)
            if response.status_code == 200:
                wrong.append(address)
    assert not wrong


def test_the_admin_opens_to_administrators(world: World) -> None:
    assert world.client(ADMIN).get("/admin/").status_code == 200


def test_the_admin_opens_to_editors_and_keeps_settings_from_them(world: World) -> None:
    client = world.client(EDITOR)
    assert client.get("/admin/").status_code == 200
    assert client.get("/admin/users/").status_code != 200


def test_the_admin_opens_to_operators_and_keeps_accounts_and_pages_from_them(world: World) -> None:
    client = world.client(OPERATOR)
    assert client.get("/admin/journal/").status_code == 200
    for address in ("/admin/users/", "/admin/pages/", "/admin/agents/", "/admin/habilitations/"):
        assert client.get(address).status_code != 200, address


def test_the_audit_log_is_closed_to_editors(world: World) -> None:
    assert world.client(EDITOR).get("/admin/journal/").status_code != 200


def test_every_role_of_the_table_is_asked() -> None:
    assert {role.key for role in TABLE} == set(ROLES.values())
    assert set(GRANTED) < set(EVERYBODY)
