"""Keeping adaptations and the short addresses that stand on them."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Mapping

from django.db import transaction
from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat, Left

from campaign_assets.designs.texts import clean, clean_line
from campaign_assets.models import Adaptation, DesignedPage, ShortLink
from campaign_assets.models.posters import HungPage
from organisation.models import Establishment
from organisation.services.codes import ALPHABET
from users.models import User
from users.services import audit_record

SIGNS = 7
"""Of thirty-two signs: thirty-five bits. Were a million addresses in use, a guess would hit one in
thirty-four thousand times; it would see a public page."""


@transaction.atomic
def adaptation_save(
    *,
    page: DesignedPage,
    establishment: Establishment,
    texts: Mapping[str, str],
    placement: str,
    actor: User,
    now: dt.datetime,
) -> Adaptation:
    """Keep the words of a hospital on a page; the same words for the same place are the same row,
    whoever writes them.

    :param texts: the free fields of the design.
    """
    said = {name: clean(text) for name, text in sorted(texts.items())}
    place = clean_line(placement)
    adaptation, is_new = Adaptation.objects.get_or_create(
        page_id=page.pk,
        establishment=establishment,
        digest=_digest(said, place),
        defaults={"texts": said, "placement": place, "created_by": actor, "created_at": now},
    )
    if is_new:
        if isinstance(page, HungPage):
            _short_link_create(adaptation, page, now)
        audit_record(actor=actor, action="adaptation.create", target=str(adaptation.uid))
    return adaptation


@transaction.atomic
def adaptation_delete(*, adaptation: Adaptation, actor: User) -> None:
    """Forget an adaptation. What hangs already goes on leading to its page."""
    audit_record(
        actor=actor,
        action="adaptation.delete",
        target=str(adaptation.uid),
        details={"page": adaptation.page_id, "texts": adaptation.texts},
    )
    adaptation.delete()


def adaptations_follow_merge(*, targets: Mapping[int, int]) -> None:
    """What was adapted for an emptied establishment is that of the one it joined; so are the codes
    on its walls. Two UPDATEs, whatever the number of establishments; `merged_into` is set already.

    The same words on both sides stay two rows: the digest of the one that moves gets a mark.
    """
    stays = Establishment.objects.filter(pk=OuterRef("establishment")).values("merged_into")
    Adaptation.objects.filter(establishment__in=targets).update(
        digest=Concat(Left("digest", 40), Value("-"), Cast("pk", CharField())),
        establishment=Subquery(stays),
    )
    ShortLink.objects.filter(establishment__in=targets).update(establishment=Subquery(stays))


def code_draw() -> str:
    """A new code, «7KQ2M9X»."""
    return "".join(secrets.choice(ALPHABET) for _sign in range(SIGNS))


def _short_link_create(adaptation: Adaptation, page: HungPage, now: dt.datetime) -> None:
    """What hangs on a wall bears a code; a picture on a screen has none."""
    code = code_draw()
    while ShortLink.objects.filter(code=code).exists():
        code = code_draw()
    ShortLink.objects.create(
        code=code,
        establishment=adaptation.establishment,
        placement=adaptation.placement,
        asset_id=page.pk,
        target_id=page.leads_to_id or page.pk,
        adaptation=adaptation,
        created_at=now,
    )


def _digest(texts: Mapping[str, str], placement: str) -> str:
    plain = json.dumps([dict(texts), placement], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()
