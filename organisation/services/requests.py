"""Asking for access, taking it back, and deciding. Of two who close a request at the same moment
one does, and the other is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.archives.packing import private_store
from documents.uploads import Upload
from organisation.enums import RequestState
from organisation.mails import request_asked_tell, request_decided_tell
from organisation.models import AccessRequest, Establishment
from organisation.permissions import may_decide
from organisation.roles_of_access import Role
from organisation.scopes import Scope
from users.models import User
from users.services import audit_record

from .access import access_give
from .proofs import proof_delete, proof_forget_later, proof_name


class RequestClosed(Exception):
    """Somebody closed the request first; `request` says who, when and how."""

    def __init__(self, request: AccessRequest) -> None:
        super().__init__(request.state)
        self.request = request


@transaction.atomic
def access_request_create(
    *,
    user: User,
    establishment: Establishment,
    role: Role,
    function: str,
    message: str,
    proof: Upload | None,
    now: dt.datetime,
) -> AccessRequest:
    """Ask for a role. Raises ValidationError if it is none to ask for, if a request of hers for
    this establishment waits already, or if the establishment is closed."""
    if not role.may_be_asked:
        raise ValidationError(_("Ce rôle ne se demande pas."))
    if establishment.closed_on is not None and establishment.closed_on <= timezone.localdate(now):
        raise ValidationError(_("Cet établissement est fermé."))
    User.objects.select_for_update().get(pk=user.pk)
    waiting = AccessRequest.objects.filter(user=user, establishment=establishment)
    if waiting.filter(state=RequestState.PENDING).exists():
        raise ValidationError(_("Vous avez déjà une demande en attente pour cet établissement."))
    request = AccessRequest(
        user=user,
        establishment=establishment,
        role=role.key,
        function=function,
        message=message,
        requested_at=now,
    )
    if proof is not None:
        request.proof = proof_name(request, proof)
    request.full_clean(validate_unique=False, validate_constraints=False)
    request.save()
    if proof is not None:
        private_store(request.proof, ContentFile(proof.content))
    _record(request, "access_request.create", user)
    request_asked_tell(request=request, day=timezone.localdate(now))
    return request


@transaction.atomic
def access_request_withdraw(*, request: AccessRequest, actor: User, now: dt.datetime) -> None:
    """Take a request back, with its proof. Raises RequestClosed, or PermissionDenied if it is
    somebody else's."""
    if request.user_id != actor.pk:
        raise PermissionDenied
    _close(request, RequestState.WITHDRAWN, actor, now)
    _record(request, "access_request.withdraw", actor)
    proof_delete(request=request, now=now)


@transaction.atomic
def access_request_grant(
    *, request: AccessRequest, today: dt.date, ends_on: dt.date, actor: User, now: dt.datetime
) -> None:
    """Give what is asked for until `ends_on` (excluded). Raises RequestClosed, PermissionDenied,
    or ValidationError for the end; a role that she got meanwhile lasts at least as long."""
    _check_may_decide(request, actor, today)
    _close(request, RequestState.GRANTED, actor, now)
    access_give(
        user=request.user,
        role=request.asked,
        scope=Scope.establishment(request.establishment),
        today=today,
        ends_on=ends_on,
        actor=actor,
    )
    _record(request, "access_request.grant", actor)
    proof_forget_later(request=request, now=now)
    request_decided_tell(request=request, day=today)


@transaction.atomic
def access_request_refuse(
    *, request: AccessRequest, today: dt.date, reason: str, actor: User, now: dt.datetime
) -> None:
    """Refuse, with the reason that she reads. Raises RequestClosed, PermissionDenied, or
    ValidationError without a reason."""
    if not reason.strip():
        raise ValidationError({"reason": _("Dites pourquoi : la personne lira ce motif.")})
    _check_may_decide(request, actor, today)
    _close(request, RequestState.REFUSED, actor, now, reason=reason.strip())
    _record(request, "access_request.refuse", actor)
    proof_forget_later(request=request, now=now)
    request_decided_tell(request=request, day=today)


def access_requests_follow_merge(*, targets: Mapping[int, int], now: dt.datetime) -> None:
    """Requests go to where their establishments went. Of two that somebody now has for one place
    the older is withdrawn in her name."""
    moving = AccessRequest.objects.filter(establishment__in=targets)
    for request in moving.order_by("pk"):
        target = targets[request.establishment_id]
        if request.is_pending:
            twin = AccessRequest.objects.filter(
                user=request.user_id, establishment=target, state=RequestState.PENDING
            ).first()
            older = min((one for one in (request, twin) if one), key=lambda one: one.requested_at)
            if twin is not None:
                access_request_withdraw(request=older, actor=older.user, now=now)
        AccessRequest.objects.filter(pk=request.pk).update(establishment=target)


def _check_may_decide(request: AccessRequest, actor: User, today: dt.date) -> None:
    if not may_decide(user=actor, request=request, day=today):
        raise PermissionDenied(_("Cette demande n’est pas de votre ressort."))


def _close(
    request: AccessRequest, state: RequestState, actor: User, now: dt.datetime, reason: str = ""
) -> None:
    """Conditional, because SQLite has no row locks: whoever comes second changes nothing."""
    waiting = AccessRequest.objects.filter(pk=request.pk, state=RequestState.PENDING)
    closed = waiting.update(state=state, decided_at=now, decided_by=actor, reason=reason)
    request.refresh_from_db()
    if not closed:
        raise RequestClosed(request)


def _record(request: AccessRequest, action: str, actor: User) -> None:
    audit_record(
        actor=actor,
        action=action,
        target=f"access_request:{request.uid}",
        details={
            "user": request.user_id,
            "role": request.role,
            "establishment": str(request.establishment.uid),
            "proof": bool(request.proof),
        },
        place=request.establishment.uid,
    )
