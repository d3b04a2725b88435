"""Who is in front of a lesson.

A **learner** is a person whom the platform knows, or a visitor who gave no name. A visitor's
sessions belong to her browser, which holds their uids until it is closed; nothing else leads from
one of them to anybody, unless she has it counted for herself.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db.models import Q
from django.utils.crypto import salted_hmac

from organisation.models import Person


@dataclass(frozen=True, slots=True)
class Learner:
    """A known person, or the holder of the learning sessions `visits`, or nobody in particular.

    `begun` are the trainings that those sessions are about. A person has visits too when she began
    in this browser before she signed in, or somebody else did: they are hers once she says so.
    An account that has no person yet `is_known` all the same; `account` is its key.
    """

    person: Person | None = None
    is_known: bool = False
    account: int | None = None
    visits: frozenset[uuid.UUID] = frozenset()
    begun: frozenset[int] = frozenset()

    @property
    def sessions(self) -> Q:
        """Which learning sessions are hers. A visit that was claimed is that person's alone."""
        if self.person is not None:
            return Q(person=self.person)
        if self.is_known:
            return Q(pk__in=[])
        return Q(person=None, uid__in=self.visits)

    @property
    def name(self) -> str:
        """An opaque name of whoever it is, empty for a visitor: it stands in forms."""
        return str(self.person.uid) if self.person is not None else self._account_name

    @property
    def names(self) -> frozenset[str]:
        """The names that a page of hers may carry: her account may have got its person since."""
        return frozenset({self.name, self._account_name or self.name})

    @property
    def _account_name(self) -> str:
        if self.account is None:
            return ""
        return "account-" + salted_hmac("courses.learner", str(self.account)).hexdigest()[:16]


NOBODY = Learner()
