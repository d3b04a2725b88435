"""Two rows that turn out to be one person become one.

What is known of both is hers from then on, and counts as hers at every date. The uid of the row
that goes stays an alias: statements are not written again, and those to come may still name it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from lrs.services import atomic_repeated, writers_wait
from notifications.services import recipient_merge
from organisation.attested import contradicts
from organisation.duplicates import people_said_apart
from organisation.effects import effects_told
from organisation.models import (
    AccessCode,
    Appointment,
    Establishment,
    Grant,
    Person,
    PersonAlias,
    PersonIdentifier,
    RosterChange,
)
from organisation.selectors import recipient_of_account
from organisation.signals import (
    AppointmentsChange,
    PeopleMerge,
    appointments_changed,
    people_merged,
)
from users.models import User
from users.privacy.erasure import subject_erase
from users.privacy.registry import Subject
from users.services import audit_record

from .people_apart import apart_forget


@atomic_repeated
def people_merge(
    *,
    kept: Person,
    gone: Person,
    actor: User,
    now: dt.datetime,
    is_account_emptied: bool = False,
    address: str = "",
) -> Person:
    """Make `gone` a part of `kept`, whose name and account stay; answers her as she is.

    `address` is the one of the two that stays, that of `kept` if nobody says; the other is kept
    nowhere.

    Appointments, numbers and everything that other rooms keep of `gone` go over (`people_merged`);
    the same appointment twice over some of the same days becomes one over all of them. Where both
    have an account, that of `gone` is emptied, if `is_account_emptied` says so: nobody is locked
    out unasked. It cannot be undone.

    Raises ValidationError, and changes nothing, for what `merge_refusals` tells, or where there is
    a second account and nobody said that it may be emptied, or where neither has `address`.
    """
    # No statement is on its way that names who is just going: it would find nobody.
    writers_wait()
    kept, gone = _locked(kept, gone)
    refusals = merge_refusals(kept=kept, gone=gone, actor=actor, day=timezone.localdate(now))
    accounts = (kept.user, gone.user) if kept.user and gone.user else None
    if accounts and not is_account_emptied:
        refusals.append(_("Chaque fiche a un compte : dites que le second peut être fermé."))
    if address and address not in (kept.email, gone.email):
        refusals.append(_("L’adresse choisie n’est plus celle d’une des deux fiches."))
    if refusals:
        raise ValidationError(refusals)
    houses, days = _appointments_go_over(kept, gone)
    for model in (PersonIdentifier, AccessCode, RosterChange, PersonAlias):
        model._default_manager.filter(person=gone).update(person=kept)
    apart_forget(person=gone)
    PersonAlias.objects.create(uid=gone.uid, person=kept, merged_at=now)
    recipient_merge(kept=kept.uid, gone=gone.uid)
    _identity_goes_over(kept, gone, address)
    people_merged.send(sender=Person, change=PeopleMerge(kept, gone, accounts, actor, now))
    if accounts:
        _account_empty(accounts[1], actor=actor, now=now)
    change = AppointmentsChange(frozenset(houses), frozenset({kept.pk, gone.pk}))
    _record(kept, gone, days, actor=actor)
    gone.delete()  # refused as long as a row refers to it that nobody thought of
    appointments_changed.send(sender=Appointment, change=change)
    return Person.objects.select_related("user").get(pk=kept.pk)


def merge_refusals(*, kept: Person, gone: Person, actor: User | None, day: dt.date) -> list[str]:
    """Why these two cannot become one; empty if they can. A fixed number of queries."""
    if kept.pk == gone.pk:
        return [_("C’est deux fois la même fiche.")]
    if kept.erased_at is not None or gone.erased_at is not None:
        return [_("L’identité d’une des deux fiches est effacée : rien ne dit plus qui c’était.")]
    refusals = []
    if people_said_apart(first=kept, second=gone) is not None:
        refusals.append(
            _("Quelqu’un a dit que ce sont deux personnes : proposez-les d’abord à nouveau.")
        )
    if actor is not None and actor.pk in (kept.user_id, gone.user_id):
        refusals.append(_("Une des fiches est la vôtre : demandez à un collègue de les fusionner."))
    refusals += _two_numbers(kept, gone)
    if gone.user is not None and kept.user is not None and _holds_rights(gone.user, day):
        refusals.append(
            _(
                "Le compte %(email)s serait fermé, or il porte des droits : gardez plutôt cette "
                "fiche-là, ou terminez d’abord ses habilitations et ses rôles d’administration."
            )
            % {"email": gone.user.email}
        )
    return refusals


def _locked(kept: Person, gone: Person) -> tuple[Person, Person]:
    """Both as they are now, the lower number first, so that two merges never wait in a circle.

    Appointments before people, as whoever moves one has them: she holds the appointment, and asks
    for the person at the end.
    """
    appointments = Appointment.objects.filter(person__in=[kept.pk, gone.pk])
    list(appointments.select_for_update().order_by("pk").values_list("pk"))
    rows = Person.objects.select_for_update(of=("self",)).select_related("user")
    found = {row.pk: row for row in rows.filter(pk__in={kept.pk, gone.pk}).order_by("pk")}
    if not {kept.pk, gone.pk} <= found.keys():
        raise ValidationError(_("Une des deux fiches a déjà été fusionnée avec une autre."))
    return found[kept.pk], found[gone.pk]


def _two_numbers(kept: Person, gone: Person) -> list[str]:
    """National numbers by which they are two people: on the rosters, or attested at sign-in."""
    rows = PersonIdentifier.objects.filter(person__in=[kept, gone], establishment=None)
    by_kind: dict[str, dict[int, PersonIdentifier]] = defaultdict(dict)
    for row in rows.order_by("kind"):
        by_kind[row.kind][row.person_id] = row
    refusals = [
        _("Deux numéros %(kind)s différents, %(one)s et %(other)s : ce sont deux personnes.")
        % {
            "kind": both[kept.pk].get_kind_display(),
            "one": both[kept.pk].value,
            "other": both[gone.pk].value,
        }
        for both in by_kind.values()
        if len(both) > 1
    ]
    numbered = {pk for both in by_kind.values() for pk in both}
    is_other = _is_attested_other(kept, gone, numbered) or _is_attested_other(gone, kept, numbered)
    if not refusals and is_other:
        refusals.append(
            _("Le numéro national attesté à la connexion de l’un n’est pas celui de l’autre.")
        )
    return refusals


def _is_attested_other(one: Person, other: Person, numbered: Collection[int]) -> bool:
    """Whether the account of `other` signed in with a number that is neither's, one of which has a
    number. `numbered`: who has one, by primary key."""
    if other.user is None or not contradicts(person=one, user=other.user):
        return False
    return other.pk not in numbered or contradicts(person=other, user=other.user)


def _holds_rights(user: User, day: dt.date) -> bool:
    """Merging moves no right from one account to another: rights come from above, one by one."""
    return (
        user.is_staff
        or user.is_superuser
        or user.groups.exists()
        or user.user_permissions.exists()
        or Grant.objects.filter(Q(ends_on=None) | Q(ends_on__gt=day), user=user).exists()
    )


def _appointments_go_over(kept: Person, gone: Person) -> tuple[set[int], dict[int, list[dt.date]]]:
    """Where either of them works or did, and from when on it counts otherwise there."""
    rows = list(Appointment.objects.filter(person__in=[kept, gone]).order_by("pk"))
    days: dict[int, list[dt.date]] = defaultdict(list)
    for row in sorted(rows, key=lambda one: one.person_id == kept.pk):
        # What `gone` did counts as another's from there on; what `kept` does, as of one who
        # learnt more, which matters where `gone` was not.
        if row.person_id == gone.pk or row.establishment_id not in days:
            days[row.establishment_id].append(row.starts_on)
    staying, dropped = appointments_unified(rows, kept.pk)
    Appointment.objects.filter(pk__in=[row.pk for row in dropped]).delete()
    Appointment.objects.bulk_update(
        staying, ["person", "starts_on", "ends_on", "site"], batch_size=200
    )
    return {row.establishment_id for row in rows}, days


def appointments_unified(
    rows: Iterable[Appointment], person: int
) -> tuple[list[Appointment], list[Appointment]]:
    """The appointments of one person out of those of two: what stays, and what is in it by now.

    Those of the same place, department and role that share a day become one over all their days: a
    row of hers if there is one. An appointment that was taken back (of no day) stays as it is.
    """
    same: dict[tuple[int | None, ...], list[Appointment]] = defaultdict(list)
    for row in rows:
        same[row.establishment_id, row.department_id, row.role_id].append(row)
    staying: list[Appointment] = []
    dropped: list[Appointment] = []
    for group in same.values():
        for cluster in _clusters(group):
            first, *others = sorted(cluster, key=lambda row: (row.person_id != person, row.pk))
            first.starts_on = min(row.starts_on for row in cluster)
            first.ends_on = _latest(cluster)
            for row in others:
                first.site_id = first.site_id or row.site_id
            first.person_id = person
            staying.append(first)
            dropped += others
    return staying, dropped


def _clusters(rows: Sequence[Appointment]) -> Iterable[list[Appointment]]:
    """Together those that share a day with one of the others."""
    cluster: list[Appointment] = []
    end = dt.date.min
    for row in sorted(rows, key=lambda one: (one.starts_on, one.pk)):
        own_end = row.ends_on or dt.date.max
        if own_end <= row.starts_on:
            yield [row]
            continue
        if cluster and row.starts_on >= end:
            yield cluster
            cluster = []
        end = max(end, own_end) if cluster else own_end
        cluster.append(row)
    if cluster:
        yield cluster


def _latest(rows: Collection[Appointment]) -> dt.date | None:
    ends = [row.ends_on for row in rows]
    return None if None in ends else max(end for end in ends if end is not None)


def _identity_goes_over(kept: Person, gone: Person, address: str) -> None:
    """Where `kept` says nothing, what `gone` said; the address that was chosen; the account, if
    there is but one."""
    kept.email = address or kept.email
    for column in ("first_name", "last_name", "email"):
        setattr(kept, column, getattr(kept, column) or getattr(gone, column))
    account, gone.user = gone.user, None
    gone.save(update_fields=["user"])  # one person an account: first the one, then the other
    kept.user = kept.user or account
    kept.save(update_fields=["first_name", "last_name", "email", "user"])


def _account_empty(user: User, *, actor: User, now: dt.datetime) -> None:
    """Nobody's any more, by the same steps as when somebody has her account erased: its addresses
    and ways to sign in are free for the one that stays."""
    subject = Subject(user, None, frozenset({recipient_of_account(user=user)}))
    subject_erase(subject=subject, actor=actor, now=now, why="merged")


def _record(kept: Person, gone: Person, days: dict[int, list[dt.date]], *, actor: User) -> None:
    """An entry for each house where she works or did; one without a place if there is none."""
    uids = dict(Establishment.objects.filter(pk__in=days).values_list("pk", "uid"))
    details = {"establishments": sorted(days)[:50], "uids": [str(gone.uid)]}
    for house in sorted(days):
        audit_record(
            actor=actor,
            action="person.merge",
            target=f"person:{kept.uid}",
            details=details | {"effects": effects_told(days[house])},
            place=uids[house],
        )
    if not days:
        audit_record(
            actor=actor, action="person.merge", target=f"person:{kept.uid}", details=details
        )
