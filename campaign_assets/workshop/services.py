"""Keeping adaptations and the short addresses that stand on them."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat, Left

from campaign_assets.designs.texts import clean, clean_line
from campaign_assets.models import Adaptation, DesignedPage, ShortLink
from campaign_assets.models.posters import HungPage
from campaign_assets.workshop.selectors import words_digest
from organisation.models import Establishment
from organisation.services.codes import ALPHABET
from users.models import User
from users.services import audit_record, audit_record_each

SIGNS = 7
"""Of thirty-two signs: thirty-five bits. Were a million addresses in use, a guess would hit one in
thirty-four thousand times; it would see a public page."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a hospital says on a page, for one place where it hangs. `texts` are free fields of the
    design; those that are left out are the page's own, as they are on the day of the print."""

    page: DesignedPage
    placement: str
    texts: Mapping[str, str] = field(default_factory=dict)


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
    words = [Words(page, placement, texts)]
    (saved,) = adaptations_save(words=words, establishment=establishment, actor=actor, now=now)
    return saved


@transaction.atomic
def adaptations_save(
    *, words: Iterable[Words], establishment: Establishment, actor: User, now: dt.datetime
) -> list[Adaptation]:
    """The same for many, each once, in a fixed number of queries. Who comes at the same moment
    waits for the first one, and finds what is there."""
    drafts: dict[tuple[int, str], Adaptation] = {}
    pages = {}
    for one in words:
        draft = _draft(one, establishment, actor, now)
        drafts.setdefault((draft.page_id, draft.digest), draft)
        pages[one.page.pk] = one.page
    found = _found(establishment, drafts)
    missing = [drafts[key] for key in sorted(drafts.keys() - found.keys())]
    if missing:
        Adaptation.objects.bulk_create(missing, ignore_conflicts=True)
        found = _found(establishment, drafts)
        ours = [found[one.page_id, one.digest] for one in missing]
        ours = [one for one in ours if one.uid in {draft.uid for draft in missing}]
        hung = [one for one in ours if isinstance(pages[one.page_id], HungPage)]
        _short_links_create(hung, pages, now)
        targets = [str(one.uid) for one in ours]
        audit_record_each(actor=actor, action="adaptation.create", targets=targets)
    return [found[key] for key in drafts]


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


@transaction.atomic
def campaign_link_keep(*, page: HungPage, now: dt.datetime) -> ShortLink:
    """The short address on the campaign's own print of a page. It leads where the page leads now:
    what hangs already follows."""
    link, _is_new = ShortLink.objects.update_or_create(
        asset_id=page.pk,
        establishment=None,
        defaults={"target_id": page.leads_to_id or page.pk},
        create_defaults={
            "code": _codes_new(1)[0],
            "target_id": page.leads_to_id or page.pk,
            "created_at": now,
        },
    )
    return link


def code_draw() -> str:
    """A new code, «7KQ2M9X»."""
    return "".join(secrets.choice(ALPHABET) for _sign in range(SIGNS))


def _draft(words: Words, establishment: Establishment, actor: User, now: dt.datetime) -> Adaptation:
    said = {name: clean(text) for name, text in sorted(words.texts.items())}
    place = clean_line(words.placement)
    return Adaptation(
        page_id=words.page.pk,
        establishment=establishment,
        texts=said,
        placement=place,
        digest=words_digest(said, place),
        created_by=actor,
        created_at=now,
    )


def _found(
    establishment: Establishment, keys: Collection[tuple[int, str]]
) -> dict[tuple[int, str], Adaptation]:
    """Those that are there, by page and digest."""
    rows = Adaptation.objects.filter(
        establishment=establishment,
        page__in={page for page, _digest in keys},
        digest__in={digest for _page, digest in keys},
    ).select_related("establishment")
    return {(row.page_id, row.digest): row for row in rows}


def _short_links_create(
    adaptations: Sequence[Adaptation], pages: Mapping[int, DesignedPage], now: dt.datetime
) -> None:
    """What hangs on a wall bears a code; a picture on a screen has none."""
    codes = _codes_new(len(adaptations))
    ShortLink.objects.bulk_create(
        ShortLink(
            code=code,
            establishment=one.establishment,
            placement=one.placement,
            asset_id=one.page_id,
            target_id=pages[one.page_id].leads_to_id or one.page_id,
            adaptation=one,
            created_at=now,
        )
        for code, one in zip(codes, adaptations, strict=True)
    )


def _codes_new(count: int) -> list[str]:
    codes: set[str] = set()
    while len(codes) < count:
        drawn = {code_draw() for _turn in range(count - len(codes))}
        taken = ShortLink.objects.filter(code__in=drawn).values_list("code", flat=True)
        codes |= drawn - set(taken)
    return sorted(codes)
