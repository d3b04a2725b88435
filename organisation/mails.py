"""Mails about requests for access, to those who decide and to her who asked; and to her who asks to
be erased."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notifications.mails import LocalContact, bodies_render
from notifications.messages import Message
from notifications.registry import Category, category_register, recipient_now_declare
from notifications.services import deliveries_queue, deliveries_wake
from organisation.enums import GrantRight, ScopeKind
from organisation.local_contacts import local_contact
from organisation.models import AccessRequest, Grant, PersonAlias
from organisation.permissions import may_decide
from organisation.selectors import establishment_of_user, recipient_of_user
from users.days import long_day
from users.models import ErasureRequest, User
from users.privacy.registry import retention_of

ASKED, DECIDED = "access_asked", "access_decided"
ERASURE = "erasure_asked"
ANSWER = gettext_lazy("Il répond à une demande que vous avez faite sur la plateforme.")
MOST_TOLD = 20
"""Those who decide in one region are few; a mail to more would be a mistake in the grants."""


def recipient_by_now(recipient: uuid.UUID) -> uuid.UUID:
    """Whom mails to this uid concern, if it is that of a row that was merged into another."""
    alias = PersonAlias.objects.filter(uid=recipient).select_related("person").first()
    return alias.person.uid if alias else recipient


def register() -> None:
    recipient_now_declare(recipient_by_now)
    category_register(Category(ASKED, gettext_lazy("demandes d’accès à décider"), is_optional=True))
    category_register(
        Category(
            DECIDED,
            gettext_lazy("réponses à une demande d’accès"),
            is_optional=False,
            why=ANSWER,
            is_limited=False,
        )
    )
    category_register(
        Category(
            ERASURE,
            gettext_lazy("demandes d’effacement"),
            is_optional=False,
            why=ANSWER,
            is_limited=False,
        )
    )


def request_asked_tell(*, request: AccessRequest, day: dt.date) -> None:
    """Tell those who may decide and are nearest: of the hospital, else of its region, else of the
    nation. The mail names the hospital and nobody in it."""
    path = reverse("organisation:access_queue")
    scope, nearest = _nearest(request, day)
    # Who decides for a region or the nation does not work in this hospital.
    is_near = scope == ScopeKind.ESTABLISHMENT
    contact = local_contact(request.establishment) if is_near else LocalContact()
    messages = [
        _request_message(
            request,
            deciding,
            ASKED,
            contact=contact,
            subject=_("%(site)s : une demande d’accès attend votre décision"),
            path=path,
        )
        for deciding in nearest
    ]
    _queue(messages)


def request_decided_tell(*, request: AccessRequest, day: dt.date) -> None:
    path = reverse("organisation:access_request", args=[request.uid])
    subject = _("%(site)s : réponse à votre demande d’accès")
    contact = local_contact(request.establishment)
    _queue(
        [
            _request_message(
                request, request.user, DECIDED, contact=contact, subject=subject, path=path
            )
        ]
    )


def erasure_asked_tell(request: ErasureRequest, **kwargs: object) -> None:
    """To her own address: whoever sat down at her open session shall not erase her unseen."""
    user, due = request.user, request.due_at(retention_of("erasures").kept)
    establishment = establishment_of_user(user=user, day=timezone.localdate(request.asked_at))
    _queue(
        [
            _message(
                user,
                ERASURE,
                about=str(request.pk),
                words={"day": long_day(timezone.localtime(due))},
                contact=local_contact(establishment) if establishment else LocalContact(),
                subject=_("%(site)s : effacement de votre identité"),
                path=reverse("privacy:kept"),
            )
        ]
    )


def _nearest(request: AccessRequest, day: dt.date) -> tuple[ScopeKind | None, list[User]]:
    house = request.establishment
    giving = Grant.objects.at(day).filter(right=GrantRight.GIVE_ACCESS, user__is_active=True)
    above: tuple[tuple[ScopeKind, dict[str, object]], ...] = (
        (ScopeKind.ESTABLISHMENT, {"establishment": house}),
        (ScopeKind.REGION, {"region": house.region_id}),
        (ScopeKind.NATION, {}),
    )
    for scope, place in above:
        own = giving.filter(scope=scope, **place)
        users = User.objects.filter(pk__in=own.values("user"))
        found = [
            one
            for one in users.select_related("person").order_by("pk")[:MOST_TOLD]
            if may_decide(user=one, request=request, day=day)
        ]
        if found:
            return scope, found
    return None, []


def _request_message(
    request: AccessRequest,
    user: User,
    category: str,
    *,
    contact: LocalContact,
    subject: str,
    path: str,
) -> Message:
    place = request.establishment
    return _message(
        user,
        category,
        about=request.uid.hex,
        words={"request": request, "role": request.get_role_display(), "place": place},
        contact=contact,
        subject=subject,
        path=path,
    )


def _message(
    user: User,
    category: str,
    *,
    about: str,
    words: dict[str, object],
    contact: LocalContact,
    subject: str,
    path: str,
) -> Message:
    """`about` tells one mail of a category from the next; `words` are its template's."""
    recipient = recipient_of_user(user=user)
    bodies = bodies_render(
        f"organisation/email/{category}",
        words,
        category=category,
        recipient=recipient,
        contact=contact,
        space_path=path,
    )
    key = f"{category}:{about}:{recipient.hex}"
    return Message(
        category=category,
        recipient=recipient,
        address=user.email,
        key=key,
        covers=(key,),
        subject=subject % {"site": settings.WAGTAIL_SITE_NAME},
        text=bodies.text,
        html=bodies.html,
    )


def _queue(messages: list[Message]) -> None:
    if messages and deliveries_queue(messages=messages):
        transaction.on_commit(deliveries_wake)
