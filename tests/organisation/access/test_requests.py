"""Asking, withdrawing, deciding; the proof and its end; the mails."""

from __future__ import annotations

import datetime as dt
import io
import re
import threading
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from documents.archives.packing import private_storage
from documents.uploads import upload_read
from notifications.models import Delivery
from organisation.enums import GrantRight, RequestState
from organisation.models import AccessRequest, Grant
from organisation.roles_of_access import RoleKey
from organisation.scopes import Scope
from organisation.services import (
    RequestClosed,
    access_proofs_forget,
    access_request_grant,
    access_request_refuse,
    access_request_withdraw,
    establishments_merge,
    proof_sent_find,
    proof_sent_keep,
)
from tests.organisation.access.conftest import Places
from tests.organisation.access.world import account, holder, pdf, request_of, today
from users.models import AuditEntry, User

DAY = dt.timedelta(days=1)


def grant(asked: AccessRequest, actor: User, **fields: Any) -> None:
    values = {"today": today(), "ends_on": today() + 365 * DAY, "now": timezone.now()}
    access_request_grant(request=asked, actor=actor, **values | fields)


def refuse(asked: AccessRequest, actor: User, reason: str = "Fonction non confirmée.") -> None:
    access_request_refuse(
        request=asked, actor=actor, today=today(), reason=reason, now=timezone.now()
    )


def test_the_first_referent_gets_her_role_and_gives_the_next(places: Places) -> None:
    newcomer = account()
    asked = request_of(newcomer, places.elsewhere)
    grant(asked, places.national)
    asked.refresh_from_db()
    assert (asked.state, asked.decided_by) == (RequestState.GRANTED, places.national)
    held = Grant.objects.at(today()).filter(user=newcomer, establishment=places.elsewhere)
    assert set(held.values_list("right", flat=True)) == {
        GrantRight.READ_COVERAGE,
        GrantRight.MANAGE_TRAINING,
        GrantRight.GIVE_ACCESS,
    }
    second = request_of(account(), places.elsewhere, RoleKey.COMMUNICATION)
    grant(second, newcomer)
    assert second.state == RequestState.GRANTED


def test_who_decides_what(places: Places) -> None:
    referent, communication = (
        request_of(account(), places.house, key)
        for key in (RoleKey.REFERENT, RoleKey.COMMUNICATION)
    )
    strangers = [
        holder(RoleKey.REGION, Scope.region(places.elsewhere.region)),
        holder(RoleKey.REFERENT, Scope.establishment(places.elsewhere)),
        holder(RoleKey.MANAGER, Scope.establishment(places.house)),
        account(is_superuser=True),
    ]
    for asked, actor in [
        *((one, stranger) for one in (referent, communication) for stranger in strangers),
        (referent, places.referent),
    ]:
        with pytest.raises(PermissionDenied):
            grant(asked, actor)
        with pytest.raises(PermissionDenied):
            refuse(asked, actor)
    grant(communication, places.referent)
    refuse(referent, places.ars)


def test_nobody_decides_on_her_own_request(places: Places) -> None:
    asked = request_of(places.ars, places.house)
    with pytest.raises(PermissionDenied):
        grant(asked, places.ars)


def test_one_request_at_a_time_for_a_place(places: Places) -> None:
    user = account()
    first = request_of(user, places.house)
    with pytest.raises(ValidationError, match="déjà"):
        request_of(user, places.house, RoleKey.COMMUNICATION)
    request_of(user, places.elsewhere)
    refuse(first, places.ars)
    request_of(user, places.house)


def test_roles_of_regions_and_the_nation_are_not_asked_for(places: Places) -> None:
    for key in (RoleKey.REGION, RoleKey.STEERING, RoleKey.DEPARTMENT_MANAGER):
        with pytest.raises(ValidationError):
            request_of(account(), places.house, key)


def test_the_second_who_decides_changes_nothing(places: Places) -> None:
    asked = request_of(account(), places.house)
    also = AccessRequest.objects.get(pk=asked.pk)  # as the second reader has it before her
    grant(asked, places.ars)
    with pytest.raises(RequestClosed) as closed:
        refuse(also, places.national)
    assert closed.value.request.decided_by == places.ars
    with pytest.raises(RequestClosed):
        access_request_withdraw(request=also, actor=also.user, now=timezone.now())
    assert AccessRequest.objects.get(pk=asked.pk).state == RequestState.GRANTED
    assert AuditEntry.objects.filter(action__startswith="access_request.").count() == 2


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_of_many_who_decide_at_once_one_does(places: Places) -> None:
    asked = request_of(account(), places.house)
    deciders = [places.ars, places.national, holder(RoleKey.STEERING, Scope.nation())]
    barrier, told = threading.Barrier(len(deciders)), []

    def decide(number: int) -> None:
        mine = AccessRequest.objects.get(pk=asked.pk)
        barrier.wait()
        try:
            (refuse if number % 2 else grant)(mine, deciders[number])
            told.append("done")
        except RequestClosed:
            told.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=[n]) for n in range(len(deciders))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["done", "told", "told"]
    asked.refresh_from_db()
    rights = Grant.objects.filter(user=asked.user).count()
    assert rights == (3 if asked.state == RequestState.GRANTED else 0)


def test_withdrawing_deletes_the_proof_at_once(places: Places, private_folder: Path) -> None:
    asked = request_of(account(), places.house)
    assert private_storage().exists(asked.proof)
    with pytest.raises(PermissionDenied):
        access_request_withdraw(request=asked, actor=places.ars, now=timezone.now())
    access_request_withdraw(request=asked, actor=asked.user, now=timezone.now())
    assert not [one for one in private_folder.rglob("*") if one.is_file()]
    assert (asked.state, asked.proof) == (RequestState.WITHDRAWN, "")
    assert asked.proof_deleted_at is not None


def test_proofs_go_ninety_days_after_the_decision(
    places: Places, private_folder: Path, capsys: Any
) -> None:
    old, fresh, waiting = (request_of(account(), places.house) for _ in range(3))
    now = timezone.now()
    grant(old, places.ars, now=now - 91 * DAY)
    refuse(fresh, places.ars)
    AccessRequest.objects.filter(pk=waiting.pk).update(requested_at=now - 300 * DAY)
    call_command("apply_retention")
    assert re.search(r"^proofs, before [\d-]+: 1$", capsys.readouterr().out, re.MULTILINE)
    kept = {one.name for one in private_folder.rglob("*") if one.is_file()}
    assert kept == {f"{one.uid}.pdf" for one in (fresh, waiting)}
    old.refresh_from_db()
    assert old.proof == ""
    assert old.proof_deleted_at is not None
    said = AuditEntry.objects.get(action="access_request.proofs_forget")
    assert said.target == "1 proofs"
    assert access_proofs_forget(now=now) == 0
    assert AuditEntry.objects.filter(action="access_request.proofs_forget").count() == 1


def test_a_proof_that_was_never_asked_with_goes_after_a_day(
    places: Places, private_folder: Path
) -> None:
    upload = upload_read(io.BytesIO(pdf()))
    word = proof_sent_keep(proof=upload, user=places.ars)
    now = timezone.now()
    assert access_proofs_forget(now=now + DAY / 2) == 0
    assert proof_sent_find(word=word, user=places.ars) == upload
    assert access_proofs_forget(now=now + 2 * DAY) == 1
    assert proof_sent_find(word=word, user=places.ars) is None


def test_a_proof_whose_file_is_gone_counts_as_deleted(places: Places) -> None:
    asked = request_of(account(), places.house)
    grant(asked, places.ars, now=timezone.now() - 91 * DAY)
    private_storage().delete(asked.proof)
    assert access_proofs_forget(now=timezone.now()) == 1


def test_the_nearest_who_decide_are_told_and_no_name_is_mailed(places: Places) -> None:
    user = account(first_name="Maud", last_name="Kerjean")
    request_of(user, places.house)
    told = Delivery.objects.get(category="access_asked")
    assert told.address == places.ars.email
    for word in ("Kerjean", user.email, "RSSI"):
        assert word not in told.text + told.html + told.subject
    assert "l’organisme où vous travaillez" in told.text  # the agency's, not this hospital's
    request_of(account(), places.house, RoleKey.COMMUNICATION)
    assert Delivery.objects.filter(address=places.referent.email).count() == 1
    request_of(account(), places.elsewhere)
    assert Delivery.objects.filter(address=places.national.email).count() == 1


def test_she_is_told_whatever_else_she_got_this_week(places: Places, settings: Any) -> None:
    settings.NOTIFICATIONS_CAP = 0
    asked = request_of(account(), places.house)
    refuse(asked, places.ars, "La direction ne confirme pas.")
    told = Delivery.objects.get(category="access_decided")
    assert (told.address, told.skip_reason) == (asked.user.email, "")
    assert "La direction ne confirme pas." in told.text
    assert "La direction ne confirme pas." in told.html
    assert "obligatoires" not in told.text


def test_a_refusal_says_why(places: Places) -> None:
    with pytest.raises(ValidationError):
        refuse(request_of(account(), places.house), places.ars, "  ")


def test_requests_follow_a_merge(places: Places) -> None:
    user = account()
    first, second = request_of(user, places.house), request_of(user, places.elsewhere)
    establishments_merge(targets={places.elsewhere.pk: places.house.pk}, on=today())
    for one in (first, second):
        one.refresh_from_db()
    assert {one.establishment for one in (first, second)} == {places.house}
    assert (first.state, second.state) == (RequestState.WITHDRAWN, RequestState.PENDING)
    assert first.proof == ""
