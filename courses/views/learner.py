"""Who is learning."""

from __future__ import annotations

from django.http import HttpRequest

from organisation.models import Person
from organisation.selectors import person_of_user
from organisation.services import person_for_user
from users.models import User


def learner_of(request: HttpRequest) -> Person | None:
    """The signed-in person if she is known, without making one."""
    return person_of_user(user=request.user) if isinstance(request.user, User) else None


def learner_known(request: HttpRequest) -> Person:
    """The person of the account that is signed in, made on her first step."""
    assert isinstance(request.user, User), "the view asks for a sign-in"
    return person_for_user(user=request.user)
