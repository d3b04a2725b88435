"""What happens below that requirements have to follow."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Subquery

from organisation.enums import ScopeKind
from organisation.models import Establishment
from organisation.scopes import Scope
from organisation.services import person_for_user
from organisation.signals import (
    EstablishmentsMerge,
    PeopleMerge,
    establishments_merged,
    people_merged,
)
from training.models import Attestation, Completion, DeclaredCompletion, Requirement
from training.services import completions_withdraw
from training.signals import completions_changed, requirements_changed


def connect() -> None:
    establishments_merged.connect(requirements_follow_merge)
    people_merged.connect(training_goes_over, dispatch_uid="training.people_merged")


def training_goes_over(change: PeopleMerge, **kwargs: Any) -> None:
    """What somebody learnt, and what she declared of others, when two rows become one person.

    Completions are moved as deriving them again would: their statements stay as they are.
    """
    _declared_twice_withdraw(change)
    kept, gone = change.kept, change.gone
    moved = Completion.objects.filter(person=gone)
    trainables = set(moved.order_by().values_list("trainable_id", flat=True).distinct())
    moved.update(person=kept)
    DeclaredCompletion.objects.filter(person=gone).update(person=kept)
    DeclaredCompletion.objects.filter(instructor=gone).update(instructor=kept)
    DeclaredCompletion.objects.filter(withdrawn_by=gone).update(withdrawn_by=kept)
    Attestation.objects.filter(person=gone).update(person=kept)
    if trainables:
        people = {kept.pk, gone.pk}
        completions_changed.send(sender=Completion, person_ids=people, trainable_ids=trainables)


def _declared_twice_withdraw(change: PeopleMerge) -> None:
    """Both ticked on one list, and one person by now: one declaration of the two stands."""
    mine, theirs = (
        DeclaredCompletion.objects.standing().filter(person=one)
        for one in (change.kept, change.gone)
    )
    same = mine.filter(
        trainable=OuterRef("trainable"),
        completed_at=OuterRef("completed_at"),
        provenance=OuterRef("provenance"),
    )
    twice = list(theirs.filter(Exists(same)))
    if twice:
        completions_withdraw(
            declarations=twice,
            withdrawn_by=person_for_user(user=change.actor),
            actor=change.actor,
            now=change.now,
            about=f"person:{change.kept.uid}",
        )


def requirements_follow_merge(change: EstablishmentsMerge, **kwargs: Any) -> None:
    """A requirement of an establishment that became part of another is the other's."""
    moved = Requirement.objects.filter(establishment__in=change.targets)
    requirement_ids = set(moved.values_list("pk", flat=True))
    if not requirement_ids:
        return
    heir = Establishment.objects.filter(pk=OuterRef("establishment"))
    moved.update(establishment=Subquery(heir.values("merged_into")[:1]))
    scopes = frozenset(Scope(ScopeKind.ESTABLISHMENT, one) for one in change.establishment_ids)
    requirements_changed.send(sender=Requirement, requirement_ids=requirement_ids, scopes=scopes)
