"""The private address of somebody's own meetings: making, replacing and reading it.

The address is the right: calendar programs cannot sign in. It carries the feed's uid, signed, so
that nothing can be guessed; another uid ends the old address at once.
"""

from __future__ import annotations

import datetime as dt
import uuid

from django.core import signing

from lrs.services import atomic_repeated
from meetings.models import CalendarFeed
from users.models import User

_SALT = "meetings.calendar"


def feed_make(*, account: User, now: dt.datetime) -> CalendarFeed:
    """The feed of this account; the one that there is already, if so."""
    feed, _is_new = CalendarFeed.objects.get_or_create(
        account=account, defaults={"created_at": now}
    )
    return feed


@atomic_repeated
def feed_replace(*, account: User, now: dt.datetime) -> CalendarFeed | None:
    """Another address: the old one leads nowhere from here on. None if there was none."""
    feed = CalendarFeed.objects.select_for_update().filter(account=account).first()
    if feed is not None:
        feed.uid, feed.created_at = uuid.uuid4(), now
        feed.save()
    return feed


def feed_token(feed: CalendarFeed) -> str:
    """`uid.signature`, in characters that need no escaping."""
    return signing.Signer(salt=_SALT, sep=".").sign(feed.uid.hex)


def feed_of_token(token: str) -> CalendarFeed | None:
    """The feed with its account; None for whatever is wrong, and for a closed account."""
    try:
        uid = uuid.UUID(hex=signing.Signer(salt=_SALT, sep=".").unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    feeds = CalendarFeed.objects.select_related("account")
    return feeds.filter(uid=uid, account__is_active=True).first()
