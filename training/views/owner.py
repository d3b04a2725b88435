"""Whose evidence is asked for."""

from __future__ import annotations

from django.http import HttpRequest

from organisation.models import Person
from organisation.selectors import person_of_user
from users.models import User


def owner_of(request: HttpRequest) -> Person | None:
    """The person behind a request, by whatever way she signed in; None for a visitor."""
    return person_of_user(user=request.user) if isinstance(request.user, User) else None
