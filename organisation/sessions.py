"""Who is signed in: the person of an account, or somebody whom a one-time code let in.

A session that a code opened knows a person and no account: `request.user` stays anonymous, so
whatever asks for an account, a right or a grant refuses it.
"""

from __future__ import annotations

import uuid

from django.contrib.auth import logout
from django.http import HttpRequest
from django.middleware.csrf import rotate_token

from organisation.models import Person
from organisation.selectors import person_known_as, person_of_user
from users.models import User
from users.shared import shared_on_sign_in

PERSON = "person"
"""In the browser's session: the uid of the person whom a code let in."""


def is_signed_in(request: HttpRequest) -> bool:
    """By account or by code; asks no table but the account's."""
    return account_of_request(request) is not None or bool(_session_uid(request))


def account_of_request(request: HttpRequest) -> User | None:
    """The account that is signed in; None for a visitor and for whom a code let in."""
    user = getattr(request, "user", None)
    return user if isinstance(user, User) else None


def person_of_request(request: HttpRequest) -> Person | None:
    """Who it is; None for a visitor, and for an account that has no person yet."""
    user = account_of_request(request)
    if user is not None:
        return person_of_user(user=user)
    uid = _session_uid(request)
    return person_known_as(uid=uuid.UUID(uid)) if uid else None


def session_begin(request: HttpRequest, person: Person) -> None:
    """The session is this person's from here on, without an account.

    Its key and the token of forms change, as at any sign-in. Whoever was signed in is no longer;
    what a visitor did in this browser stays with it.
    """
    if is_signed_in(request):
        logout(request)
    else:
        request.session.cycle_key()
    request.session[PERSON] = str(person.uid)
    shared_on_sign_in(request)
    rotate_token(request)


def account_signed_in(request: HttpRequest, **kwargs: object) -> None:
    """An account takes the place of a person that a code let in, who may be somebody else."""
    request.session.pop(PERSON, None)


def _session_uid(request: HttpRequest) -> str:
    session = getattr(request, "session", None)
    return session.get(PERSON, "") if session is not None else ""
