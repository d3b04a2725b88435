"""What the rooms above tell this one at start: kinds of runs, and categories of mails."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

    from notifications.messages import Message
    from notifications.models import Run


WHY_TRAINING = gettext_lazy(
    "Il fait partie du suivi des formations obligatoires par votre employeur : "
    "on ne peut pas s’en désabonner."
)


@dataclass(frozen=True, slots=True)
class Category:
    """A category of mails, as its readers know it.

    `is_optional`: one may unsubscribe. An employer may remind of a training that is compulsory, so
    those mails are not; `why` says it to their readers. `is_limited`: the limit of mails to one
    person holds it back; an answer to what she asked for it does not.
    """

    name: str
    label: _StrOrPromise
    is_optional: bool
    why: _StrOrPromise = WHY_TRAINING
    is_limited: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """What one step of a run found. `cursor` is where the next begins; None if nothing is left.

    `counts` says how many were looked at, and how many got no mail for which reason.
    """

    messages: Sequence[Message]
    cursor: str | None
    counts: Mapping[str, int] = field(default_factory=dict)


Compose: TypeAlias = Callable[["Run"], Step]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of run. `compose` reads `run.period` and `run.cursor` and writes nothing.

    `counted` names what the steps count, for the operators. `is_periodic`: a later run says what an
    earlier one did not; those that somebody asked for stand each for itself.
    """

    name: str
    label: _StrOrPromise
    compose: Compose
    counted: Mapping[str, _StrOrPromise] = field(default_factory=dict)
    is_periodic: bool = True


RecipientNow: TypeAlias = Callable[[uuid.UUID], uuid.UUID]

_categories: dict[str, Category] = {}
_recipient_now: list[RecipientNow] = []
_kinds: dict[str, Kind] = {}


def category_register(category: Category) -> None:
    _categories[category.name] = category


def kind_register(kind: Kind) -> None:
    _kinds[kind.name] = kind


def recipient_now_declare(recipient_now: RecipientNow) -> None:
    """The room that knows the staff says who a recipient of old mails is by now."""
    _recipient_now[:] = [recipient_now]


def recipient_now(recipient: uuid.UUID) -> uuid.UUID:
    """Herself, unless she was merged with somebody since."""
    return _recipient_now[0](recipient) if _recipient_now else recipient


def category_of(name: str) -> Category:
    """Raises KeyError for a category that no room has registered."""
    return _categories[name]


def categories() -> list[Category]:
    return list(_categories.values())


def kind_of(name: str) -> Kind:
    """Raises KeyError for a kind that no room has registered."""
    return _kinds[name]


def kinds() -> list[Kind]:
    return list(_kinds.values())
