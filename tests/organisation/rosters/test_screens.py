"""The screens of a staff list: who may open them, what they show, by keyboard from file to undo."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organisation.enums import ChangeKind, IdentifierKind, RosterStage
from organisation.models import (
    Appointment,
    Establishment,
    Person,
    PersonIdentifier,
    RosterImport,
)
from organisation.rosters.plan import roster_plan
from tests.organisation.factories import AccountFactory, AppointmentFactory, EstablishmentFactory

from .generators import semicolons, staff_drawn
from .running import confirm, preview, undone, upload

HEAD = "Matricule;RPPS;Nom;Prénom;E-mail;Métier;Service;Entrée;Sortie\n"
ODD = (
    f"{HEAD}1;;Durand;Paul;;Infirmier;;;\n2;;;Zoé;;Infirmier;;;\n3;;Petit;Ana;;Infirmier;Cardio;;\n"
)


@pytest.fixture
def house(db: None) -> Establishment:
    """With somebody whom the first line of `ODD` makes doubtful, and somebody who is gone."""
    house = EstablishmentFactory(name="Centre hospitalier d’essai")
    person = AppointmentFactory(establishment=house).person
    PersonIdentifier.objects.create(
        person=person, kind=IdentifierKind.HR, establishment=house, value="1"
    )
    AppointmentFactory(establishment=house)
    return house


@pytest.fixture
def operator(db: None, client: Client) -> Client:
    """May import staff lists, and no more."""
    user = AccountFactory()
    wanted = ("access_admin", "add_rosterimport")
    user.user_permissions.set(Permission.objects.filter(codename__in=wanted))
    client.force_login(user)
    return client


def addresses(roster: RosterImport) -> list[str]:
    names = ("show", "columns", "words", "preview", "lines", "lines_file", "undo")
    return [
        *(reverse(f"listes:{name}") for name in ("index", "new", "sample")),
        *(reverse(f"listes:{name}", args=[roster.uid]) for name in names),
        *(reverse("listes:changes", args=[roster.uid, kind]) for kind in ChangeKind.values),
    ]


def test_every_screen_is_closed_to_other_editors(client: Client, house: Establishment) -> None:
    roster = preview(house, ODD)
    editor = AccountFactory()
    editor.user_permissions.set(Permission.objects.filter(codename="access_admin"))
    client.force_login(editor)
    decide = reverse("listes:decide", args=[roster.uid, roster.changes.first().pk])
    act = reverse("listes:act", args=[roster.uid, "abandonner"])
    for address in (*addresses(roster), decide, act):
        for answer in (client.get(address), client.post(address)):
            assert answer.status_code in (302, 403), address
            assert "Durand" not in answer.text
    roster.refresh_from_db()
    assert roster.stage == RosterStage.PREVIEW
    assert reverse("listes:index") not in client.get(reverse("wagtailadmin_home")).text


def test_whoever_follows_the_work_gets_the_whole_report(operator: Client) -> None:
    """The script takes one part of the page: counts and undo stand in it."""
    applied = confirm(preview(EstablishmentFactory(), ODD))
    text = operator.get(reverse("listes:show", args=[applied.uid])).text
    _before, _mark, part = text.partition("data-progress")
    part, _mark, _after = part.partition("data-progress-said")
    assert reverse("listes:undo", args=[applied.uid]) in part
    assert "Nouveaux" in part


def test_every_screen_opens_for_an_operator_in_every_stage(
    operator: Client, house: Establishment
) -> None:
    waiting = upload(house, ODD)
    shown = preview(house, ODD)
    applied = confirm(preview(EstablishmentFactory(), ODD))
    back = undone(confirm(preview(EstablishmentFactory(), ODD)))
    for roster in (waiting, shown, applied, back):
        for address in addresses(roster):
            answer = operator.get(address)
            assert answer.status_code in (200, 302), (roster.stage, address)
    assert operator.get(reverse("listes:show", args=[uuid.uuid4()])).status_code == 404
    nothing = reverse("listes:changes", args=[shown.uid, "rien"])
    assert operator.get(nothing).status_code == 404
    assert "Listes du personnel" in operator.get(reverse("wagtailadmin_home")).text


def test_a_refused_file_is_told_on_the_form(
    operator: Client, house: Establishment, tmp_path: Path
) -> None:
    path = tmp_path / "liste.csv"
    path.write_bytes(b"\x00\x00")
    with path.open("rb") as file:
        answer = operator.post(
            reverse("listes:new"),
            {"establishment": house.pk, "file": file, "as_of": "2026-11-01", "is_complete": "1"},
        )
    assert answer.status_code == 422
    assert "pas un tableau" in answer.text
    assert not RosterImport.objects.exists()


def test_wrong_columns_are_told_on_the_form(operator: Client, house: Establishment) -> None:
    roster = upload(house, ODD)
    answer = operator.post(
        reverse("listes:columns", args=[roster.uid]),
        {"last_name": "2", "first_name": "3", "role": "5", "day_order": "dmy"},
    )
    assert answer.status_code == 422
    assert "Un nom ne suffit pas" in answer.text


def test_the_screens_make_the_same_queries_for_twice_the_people(operator: Client, db: None) -> None:
    def queries(size: int) -> list[int]:
        roster = preview(EstablishmentFactory(), semicolons(staff_drawn(size)))
        counts = []
        for name, args in (
            ("index", []),
            ("preview", [roster.uid]),
            ("lines", [roster.uid]),
            ("changes", [roster.uid, "new"]),
            ("changes", [roster.uid, "doubtful"]),
        ):
            with CaptureQueriesContext(connection) as context:
                operator.get(reverse(f"listes:{name}", args=args))
            counts.append(len(context))
        return counts

    queries(5)  # warms what is cached for good
    assert queries(20) == queries(40)


def test_the_plan_makes_the_same_queries_for_twice_the_people(db: None) -> None:
    def queries(size: int) -> int:
        roster = preview(EstablishmentFactory(), semicolons(staff_drawn(size)))
        with CaptureQueriesContext(connection) as context:
            roster_plan(roster)
        return len(context)

    assert queries(100) == queries(200)


@pytest.mark.parametrize("width", [390, 1280])
def test_by_keyboard_from_the_file_to_undo(
    transactional_db: None,
    house: Establishment,
    tmp_path: Path,
    page_factory: Callable[..., Any],
    login: Callable[..., None],
    axe_check: Callable[[Any], None],
    width: int,
) -> None:
    path = tmp_path / "liste.csv"
    path.write_text(ODD)
    page = page_factory(width)
    login(page, AccountFactory(is_superuser=True, is_staff=True))

    def press(name: str, role: str = "button") -> None:
        page.get_by_role(role, name=name, exact=False).first.press("Enter")
        page.wait_for_load_state()

    page.goto("/admin/listes-du-personnel/")
    axe_check(page)
    press("Importer une liste", "link")
    page.wait_for_url("**/nouvelle/")
    axe_check(page)
    press("Choisir un établissement")
    press(house.name, "link")
    # The closing window gives the focus back to the button that opened it.
    page.locator(".modal").wait_for(state="detached")
    page.get_by_text(house.name).first.wait_for()
    page.set_input_files("[name=file]", str(path))
    press("Envoyer et voir les colonnes")
    page.wait_for_url("**/colonnes/")
    axe_check(page)
    press("Lire le fichier")
    page.wait_for_url("**/valeurs/")
    axe_check(page)
    press("Voir l’aperçu")
    page.wait_for_url("**/apercu/")
    axe_check(page)
    press("À décider", "link")
    page.wait_for_url("**/agents/doubtful/")
    axe_check(page)
    page.get_by_label("Quelqu’un d’autre, encore inconnu").press("Space")
    press("Décider")
    page.wait_for_url("**/apercu/")
    press("Lignes refusées", "link")
    page.wait_for_url("**/lignes/")
    axe_check(page)
    press("Retour à la liste", "link")
    press("Confirmer et enregistrer")
    page.get_by_role("heading", name="La liste est appliquée").wait_for()
    axe_check(page)
    assert Person.objects.filter(last_name__in=["Durand", "Petit"]).count() == 2
    assert Appointment.objects.exclude(ends_on=None).count() == 2
    press("Annuler cette liste", "link")
    page.wait_for_url("**/annuler/")
    axe_check(page)
    press("Annuler cette liste")
    page.get_by_role("heading", name="La liste est annulée").wait_for()
    axe_check(page)
    assert not Person.objects.filter(last_name__in=["Durand", "Petit"]).exists()
    assert not Appointment.objects.exclude(ends_on=None).exists()
