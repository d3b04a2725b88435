"""Whom a line means and what it changes, case by case."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from organisation.enums import IdentifierKind, RosterStage
from organisation.headcounts.selectors import headcount_gaps
from organisation.models import (
    Appointment,
    Department,
    Establishment,
    Person,
    PersonIdentifier,
    RosterChange,
    RosterImport,
    RosterMapping,
)
from organisation.rosters import flow, selectors
from organisation.services import establishments_merge, people_merge
from organisation.sheets.layouts import Layout
from organisation.signals import appointments_changed
from tests.organisation.factories import (
    AccountFactory,
    AppointmentFactory,
    DepartmentFactory,
    EstablishmentFactory,
    HeadcountFactory,
    PersonFactory,
    StaffRoleFactory,
)
from tests.reporting.factories import CompletionFactory
from users.models import AuditEntry

from .generators import DAY, rpps_of, semicolons, staff_drawn
from .running import confirm, go_on, imported, preview, staff, state, undone, upload

pytestmark = pytest.mark.django_db
HEAD = "Matricule;RPPS;Nom;Prénom;E-mail;Métier;Service;Entrée;Sortie\n"


@pytest.fixture
def house() -> Establishment:
    return EstablishmentFactory()


def known(house: Establishment, **columns: Any) -> Person:
    """Somebody who works here as a nurse, without a department."""
    person = PersonFactory(last_name="Martin", first_name="Zoé", **columns)
    AppointmentFactory(person=person, establishment=house)
    return person


def number(person: Person, kind: IdentifierKind, value: str, house: Any = None) -> None:
    PersonIdentifier.objects.create(person=person, kind=kind, value=value, establishment=house)


def doubt(roster: RosterImport) -> RosterChange:
    return roster.changes.get(kind="doubtful")


class TestMatching:
    def test_the_national_number_first(self, house: Establishment) -> None:
        person = known(house, email="zoe@h.test")
        number(person, IdentifierKind.RPPS, rpps_of(1))
        roster = imported(house, f"{HEAD}77;{rpps_of(1)};Durand;Zoé;;Infirmier;;;\n")
        assert roster.counts["changed"] == 1
        person.refresh_from_db()
        assert person.last_name == "Durand"
        assert set(person.identifiers.values_list("kind", "value")) == {
            ("rpps", rpps_of(1)),
            ("hr", "77"),
        }

    def test_somebody_in_two_hospitals_is_one_person(self, house: Establishment) -> None:
        other = EstablishmentFactory()
        line = f"{{}};{rpps_of(1)};Martin;Zoé;zoe@{{}}.test;Médecin;;;\n"
        imported(house, HEAD + line.format(1, "a"))
        imported(other, HEAD + line.format(1, "b"))
        person = Person.objects.get()
        assert {one.establishment for one in person.appointments.all()} == {house, other}
        assert person.email == "zoe@a.test", "two hospitals do not take turns in correcting her"
        again = preview(house, HEAD + line.format(1, "a"))
        assert again.counts["same"] == 1

    def test_a_name_finds_nobody(self, house: Establishment) -> None:
        known(house)
        roster = preview(house, f"{HEAD}9;;Martin;Zoé;;Infirmier;;;\n")
        assert roster.counts["new"] == 1

    def test_an_hr_number_is_of_its_establishment(self, house: Establishment) -> None:
        number(known(house), IdentifierKind.HR, "1", house)
        roster = preview(EstablishmentFactory(), f"{HEAD}1;;Martin;Zoé;;Infirmier;;;\n")
        assert roster.counts["new"] == 1

    @pytest.mark.parametrize(
        ("line", "words"),
        [
            (f"1;{rpps_of(2)};Martin;Zoé;;Infirmier;;;", "autre numéro national"),
            ("1;;Durand;Paul;;Infirmier;;;", "autre nom et un autre prénom"),
            ("2;;Martin;Zoé;zoe@h.test;Infirmier;;;", "autre matricule"),
            ("1;;Martin;Zoé;autre@h.test;Infirmier;;;", "agents différents"),
            (f";{rpps_of(9)};Martin;Zoé;zoe@h.test;Infirmier;;;", "agents différents"),
        ],
    )
    def test_doubts_wait_and_the_rest_goes_on(
        self, house: Establishment, line: str, words: str
    ) -> None:
        person = known(house, email="zoe@h.test")
        number(person, IdentifierKind.HR, "1", house)
        number(person, IdentifierKind.RPPS, rpps_of(1))
        other = PersonFactory(email="autre@h.test")
        number(other, IdentifierKind.RPPS, rpps_of(9))
        before = state()["people"]
        roster = imported(house, f"{HEAD}{line}\n50;;Petit;Ana;;Infirmier;;;\n")
        assert words in doubt(roster).details[0]
        assert roster.counts["new"] == 1
        assert [one for one in state()["people"] if one in before] == before
        assert Appointment.objects.get(person=person).ends_on is None, "she may be in the file"

    def test_somebody_decides_that_it_is_she(self, house: Establishment) -> None:
        person = known(house)
        number(person, IdentifierKind.HR, "1", house)
        number(person, IdentifierKind.RPPS, rpps_of(1))
        file = f"{HEAD}1;{rpps_of(2)};Martin;Zoé;;Infirmier;;;\n"
        before = state()
        roster = preview(house, file)
        flow.roster_decide(roster=roster, change=doubt(roster), decision=str(person.pk))
        go_on(roster)
        confirm(roster)
        assert PersonIdentifier.objects.get(kind="rpps").value == rpps_of(2)
        assert preview(house, file).counts["same"] == 1
        undone(roster)
        assert state() == before

    def test_somebody_decides_that_it_is_another(self, house: Establishment) -> None:
        person = known(house, email="poste@h.test")
        number(person, IdentifierKind.HR, "1", house)
        file = f"{HEAD}1;;Durand;Paul;poste@h.test;Infirmier;;;\n"
        before = state()
        roster = preview(house, file)
        flow.roster_decide(roster=roster, change=doubt(roster), decision="new")
        go_on(roster)
        confirm(roster)
        paul = Person.objects.get(last_name="Durand")
        assert paul.identifiers.get().value == "1"
        assert paul.email == "poste@h.test"
        person.refresh_from_db()
        assert (person.email, person.identifiers.count()) == ("", 0)
        assert not preview(house, file).counts.get("doubtful")
        undone(roster)
        assert state() == before

    def test_only_what_was_proposed_can_be_decided(self, house: Establishment) -> None:
        number(known(house), IdentifierKind.HR, "1", house)
        stranger = PersonFactory()
        roster = preview(house, f"{HEAD}1;;Durand;Paul;;Infirmier;;;\n")
        with pytest.raises(ValidationError):
            flow.roster_decide(roster=roster, change=doubt(roster), decision=str(stranger.pk))


class TestWork:
    def test_a_move(self, house: Establishment) -> None:
        imported(house, f"{HEAD}1;;Martin;Zoé;;Infirmier;Cardiologie;01/02/2020;\n", as_of=DAY)
        later = DAY + dt.timedelta(days=20)
        file = f"{HEAD}1;;Martin;Zoé;;Infirmier;Urgences;15/11/2026;\n"
        roster = imported(house, file, as_of=later)
        assert roster.counts["moved"] == 1
        moved = dt.date(2026, 11, 15)
        found = {(one[4], one[5], one[6]) for one in staff(house)}
        assert found == {
            ("Cardiologie", dt.date(2020, 2, 1), moved),
            ("Urgences", moved, None),
        }

    def test_a_move_to_come_is_known_the_second_time(self, house: Establishment) -> None:
        imported(house, f"{HEAD}1;;Martin;Zoé;;Infirmier;Cardiologie;01/02/2020;\n")
        file = f"{HEAD}1;;Martin;Zoé;;Infirmier;Urgences;01/12/2026;\n"
        imported(house, file)
        coming = dt.date(2026, 12, 1)
        expected = {("Cardiologie", coming), ("Urgences", None)}
        assert {(one[4], one[6]) for one in staff(house)} == expected
        assert preview(house, file).counts["same"] == 1

    def test_who_is_missing_is_ended_not_deleted(self, house: Establishment) -> None:
        known(house)
        roster = imported(house, f"{HEAD}1;;Petit;Ana;;Infirmier;;;\n")
        assert roster.counts["gone"] == 1
        assert Appointment.objects.get(person__last_name="Martin").ends_on == DAY

    def test_a_partial_list_ends_nothing(self, house: Establishment) -> None:
        known(house)
        imported(house, f"{HEAD}1;;Petit;Ana;;Infirmier;;;\n", is_complete=False)
        assert Appointment.objects.filter(establishment=house, ends_on=None).count() == 2

    def test_the_last_day_is_worked(self, house: Establishment) -> None:
        imported(house, f"{HEAD}1;;Martin;Zoé;;Infirmier;;;31/12/2026\n")
        assert Appointment.objects.get().ends_on == dt.date(2027, 1, 1)

    def test_an_old_contract_is_not_the_one_that_began_since(self, house: Establishment) -> None:
        person = known(house)
        number(person, IdentifierKind.HR, "1", house)
        began = dt.date(2026, 10, 1)
        person.appointments.update(starts_on=began)
        imported(house, f"{HEAD}1;;Martin;Zoé;;Infirmier;;;30/06/2026\n")
        appointment = person.appointments.get()
        assert (appointment.starts_on, appointment.ends_on) == (began, DAY)

    def test_a_contract_that_ended_dates_the_leaving(self, house: Establishment) -> None:
        person = known(house)
        number(person, IdentifierKind.HR, "1", house)
        roster = imported(house, f"{HEAD}1;;Martin;Zoé;;Infirmier;;;15/10/2026\n")
        assert roster.counts["gone"] == 1
        assert person.appointments.get().ends_on == dt.date(2026, 10, 16)

    def test_two_departments_at_once(self, house: Establishment) -> None:
        line = "1;;Martin;Zoé;;Infirmier;{};01/02/2020;\n"
        file = HEAD + line.format("Cardiologie") + line.format("Urgences")
        roster = imported(house, file)
        assert roster.counts["new"] == 1
        assert Person.objects.get().appointments.count() == 2

    def test_a_file_without_departments_leaves_them(self, house: Establishment) -> None:
        department = DepartmentFactory(establishment=house)
        person = known(house)
        number(person, IdentifierKind.HR, "1", house)
        person.appointments.update(department=department)
        roster = preview(house, "Matricule;Nom;Prénom;Métier\n1;Martin;Zoé;Infirmier\n")
        assert roster.counts["same"] == 1
        moved = imported(house, "Matricule;Nom;Prénom;Métier\n1;Martin;Zoé;Cadre de santé\n")
        assert moved.counts["moved"] == 1
        assert person.appointments.get(ends_on=None).department == department

    def test_a_new_department_is_made_when_confirmed_and_goes_again(
        self, house: Establishment
    ) -> None:
        file = f"{HEAD}1;;Martin;Zoé;;Infirmier;Hôpital de jour;;\n"
        roster = preview(house, file)
        assert not Department.objects.exists()
        confirm(roster)
        assert Department.objects.get().name == "Hôpital de jour"
        undone(roster)
        assert not Department.objects.exists()

    def test_words_are_remembered(self, house: Establishment) -> None:
        file = f"{HEAD}1;;Martin;Zoé;;Soigneuse en chef;Cardio B;;\n"
        answers = {"role:soigneuse en chef": "cadre-sante", "department:cardio b": "Cardiologie"}
        imported(house, file, answers=answers)
        assert Appointment.objects.get().role.code == "cadre-sante"
        roster = upload(house, file)
        layout = Layout.of_json(roster.layout)
        flow.roster_columns_set(roster=roster, columns=layout.columns, day_order=layout.day_order)
        go_on(roster)
        assert roster.stage == RosterStage.PREVIEW, "nothing is asked a second time"

    def test_a_role_that_means_nothing_leaves_its_lines_out(self, house: Establishment) -> None:
        person = known(house)
        number(person, IdentifierKind.HR, "1", house)
        roster = imported(
            house, f"{HEAD}1;;Martin;Zoé;;Bénévole;;;\n", answers={"role:benevole": ""}
        )
        assert roster.counts["left_out"] == 1
        assert person.appointments.get().ends_on is None
        assert RosterMapping.objects.get().role is None


class TestConfirming:
    def test_many_leaving_has_to_be_said(self, house: Establishment) -> None:
        people = staff_drawn(20)
        imported(house, semicolons(people))
        roster = preview(house, semicolons(people[6:]))
        assert flow.is_mass_leaving(roster)
        for said in (None, 5):
            with pytest.raises(ValidationError, match="saisissez le nombre"):
                flow.roster_confirm(roster=roster, actor=None, leaving=said)
        confirm(roster)
        assert Appointment.objects.filter(ends_on=DAY).count() == 6

    def test_what_changed_since_the_preview_is_shown_again(self, house: Establishment) -> None:
        roster = preview(house, f"{HEAD}1;;Petit;Ana;;Infirmier;;;\n")
        known(house)
        flow.roster_confirm(roster=roster, actor=None)
        go_on(roster)
        assert roster.stage == RosterStage.PREVIEW
        assert "ont changé depuis" in roster.notice
        assert roster.counts["gone"] == 1
        assert not Person.objects.filter(last_name="Petit").exists()

    def test_an_older_list_or_one_to_come_is_refused(self, house: Establishment) -> None:
        file = f"{HEAD}1;;Petit;Ana;;Infirmier;;;\n"
        imported(house, file)
        with pytest.raises(ValidationError, match="plus récente"):
            upload(house, file, as_of=DAY - dt.timedelta(days=1))
        with pytest.raises(ValidationError, match="à venir"):
            upload(house, file, as_of=timezone.localdate() + dt.timedelta(days=1))

    def test_a_page_left_open_does_no_harm(self, house: Establishment) -> None:
        roster = preview(house, f"{HEAD}1;;Petit;Ana;;Infirmier;;;\n")
        stale = RosterImport.objects.get(pk=roster.pk)
        confirm(roster)
        with pytest.raises(ValidationError, match="plus à cette étape"):
            flow.roster_confirm(roster=stale, actor=None)
        with pytest.raises(ValidationError, match="plus à cette étape"):
            flow.roster_discard(roster=stale, actor=None)

    def test_signals_and_the_audit_log(self, house: Establishment) -> None:
        received: list[Any] = []

        def receiver(sender: Any, change: Any, **kwargs: Any) -> None:
            received.append(change)

        known(house)
        appointments_changed.connect(receiver)
        try:
            roster = imported(house, f"{HEAD}1;;Petit;Ana;;Infirmier;;;\n")
            undone(roster)
        finally:
            appointments_changed.disconnect(receiver)
        people = {pk for change in received for pk in change.person_ids}
        assert len(people) == 2
        assert {one for change in received for one in change.establishment_ids} == {house.pk}
        actions = AuditEntry.objects.filter(target=f"roster:{roster.uid}").order_by("pk")
        assert list(actions.values_list("action", flat=True)) == [
            *("roster.upload", "roster.confirm", "roster.apply", "roster.undo")
        ]


class TestUndoing:
    def test_who_changed_since_stays_and_the_report_says_why(self, house: Establishment) -> None:
        lines = "".join(f"{n};;Nom{n};Zoé;a{n}@h.test;Infirmier;;;\n" for n in range(1, 6))
        roster = imported(house, HEAD + lines)
        people = {one.last_name: one for one in Person.objects.all()}
        AppointmentFactory(person=people["Nom1"])
        Person.objects.filter(pk=people["Nom2"].pk).update(user=AccountFactory())
        people["Nom3"].appointments.update(ends_on=DAY)
        people["Nom4"].identifiers.all().delete()
        undone(roster)
        assert set(Person.objects.values_list("last_name", flat=True)) == {
            *("Nom1", "Nom2", "Nom3", "Nom4")
        }
        refused = selectors.changes_refused(roster=roster)
        assert ["affectations" in refused[0].refusal, "compte" in refused[1].refusal] == [True] * 2
        assert roster.outcome["refused"] == 4

    def test_who_has_learned_meanwhile_is_kept_with_what_she_learned(
        self, house: Establishment
    ) -> None:
        roster = imported(house, f"{HEAD}1;;Petit;Ana;;Infirmier;;;\n2;;Roux;Luc;;Infirmier;;;\n")
        completion = CompletionFactory(person=Person.objects.get(last_name="Petit"))
        undone(roster)
        assert [one.last_name for one in Person.objects.all()] == ["Petit"]
        completion.refresh_from_db()
        assert "formation" in selectors.changes_refused(roster=roster)[0].refusal

    def test_who_was_merged_meanwhile_stays_with_what_the_list_made(
        self, house: Establishment
    ) -> None:
        """Undoing would take from her what is hers by now, or look for a row that is gone."""
        other = known(house, email="ana.petit@h.test")
        roster = imported(
            house,
            f"{HEAD}1;;Petit;Ana;ana@h.test;Infirmier;A;;\n2;;Roux;Luc;;Infirmier;;;\n",
            is_complete=False,
        )
        made = Person.objects.get(last_name="Petit")
        people_merge(kept=other, gone=made, actor=AccountFactory(), now=timezone.now())
        undone(roster)
        assert list(Person.objects.all()) == [other]
        assert other.appointments.count() == 2
        assert "fusionnée" in selectors.changes_refused(roster=roster)[0].refusal

    def test_whom_an_address_was_taken_from_and_who_was_merged_meanwhile(
        self, house: Establishment
    ) -> None:
        imported(house, f"{HEAD}1;;Petit;Ana;a@h.test;Infirmier;;;\n")
        first = Person.objects.get()
        roster = imported(house, f"{HEAD}2;;Roux;Luc;b@h.test;Infirmier;;;\n", is_complete=False)
        change = roster.changes.get()
        change.effects["cleared"] = [[first.pk, "b@h.test"]]
        change.save()
        people_merge(kept=known(house), gone=first, actor=AccountFactory(), now=timezone.now())
        undone(roster)
        assert "autre agent" in selectors.changes_refused(roster=roster)[0].refusal

    def test_who_came_back_meanwhile_is_not_there_twice(self, house: Establishment) -> None:
        person = known(house)
        roster = imported(house, f"{HEAD}1;;Petit;Ana;;Infirmier;;;\n")
        AppointmentFactory(person=person, establishment=house, starts_on=DAY)
        undone(roster)
        assert person.appointments.filter(ends_on=None).count() == 1
        assert "autres affectations" in selectors.changes_refused(roster=roster)[0].refusal

    def test_the_last_list_first(self, house: Establishment) -> None:
        file = f"{HEAD}1;;Petit;Ana;;Infirmier;;;\n"
        first, second = imported(house, file), imported(house, file)
        with pytest.raises(ValidationError, match="Annulez d’abord"):
            flow.roster_undo(roster=first, actor=None, now=timezone.now())
        undone(second)
        undone(first)

    def test_thirty_days(self, house: Establishment) -> None:
        roster = imported(house, f"{HEAD}1;;Petit;Ana;;Infirmier;;;\n")
        now = timezone.now() + dt.timedelta(days=31)
        with pytest.raises(ValidationError, match="trente jours"):
            flow.roster_undo(roster=roster, actor=None, now=now)
        flow.rosters_expire(now=now)
        assert not RosterChange.objects.exists()
        assert Person.objects.exists()


def test_the_gap_between_declared_and_known(house: Establishment) -> None:
    known(house)
    nurse, midwife = StaffRoleFactory(), StaffRoleFactory(code="sage-femme")
    HeadcountFactory(establishment=house, role=nurse, people=5)
    HeadcountFactory(establishment=house, role=midwife, people=2)
    gaps = {gap.role.name: gap for gap in headcount_gaps(establishment=house, day=DAY)}
    assert gaps[nurse.name].missing == 4
    assert (gaps[midwife.name].declared, gaps[midwife.name].known) == (2, 0)


def test_hr_numbers_follow_a_merger_unless_they_are_somebody_elses(house: Establishment) -> None:
    joined = EstablishmentFactory()
    number(PersonFactory(), IdentifierKind.HR, "1", house)
    number(PersonFactory(), IdentifierKind.HR, "1", joined)
    number(PersonFactory(), IdentifierKind.HR, "2", joined)
    establishments_merge(targets={joined.pk: house.pk}, on=DAY)
    numbers = PersonIdentifier.objects.filter(establishment=house)
    assert sorted(numbers.values_list("value", flat=True)) == ["1", "2"]
    assert PersonIdentifier.objects.count() == 2
