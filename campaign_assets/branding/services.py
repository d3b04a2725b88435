"""Writing brand cards. Every change is a new state; going back is one too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.db import transaction

from campaign_assets.branding.logos import Logo
from campaign_assets.models import BrandState
from campaign_assets.models.branding import private_storage
from organisation.models import Establishment
from organisation.services import Contacts, establishment_contacts_set
from users.models import User
from users.services import audit_record

COMPARED = (
    "name",
    "intranet",
    "accent",
    "logo",
    "logo_type",
    "hotline",
    "security_contact_name",
    "security_contact_email",
)
"""What a state says, apart from when and by whom."""


class BrandChangedMeanwhile(Exception):
    """Somebody saved the card after this one was opened."""


@dataclass(frozen=True, slots=True)
class KeepLogo:
    """The logo stays as it is; `None` instead removes it."""


@dataclass(frozen=True, slots=True)
class BrandDraft:
    """What a card shall say."""

    name: str
    intranet: str
    accent: str
    contacts: Contacts
    logo: Logo | KeepLogo | None = KeepLogo()


@transaction.atomic
def brand_save(
    *,
    establishment: Establishment,
    draft: BrandDraft,
    seen: int,
    actor: User,
    now: dt.datetime,
) -> BrandState:
    """Save a card; without a change, the state that there is.

    :param seen: the number of the state that `actor` had before her, 0 for none.
    :raises BrandChangedMeanwhile: there is a newer one.
    """
    latest = _latest_locked(establishment)
    if (latest.number if latest else 0) != seen:
        raise BrandChangedMeanwhile
    state = BrandState(
        establishment=establishment,
        name=draft.name,
        intranet=draft.intranet,
        accent=draft.accent,
        hotline=draft.contacts.hotline,
        security_contact_name=draft.contacts.security_contact_name,
        security_contact_email=draft.contacts.security_contact_email,
    )
    _set_logo(state, draft.logo, latest)
    return _append(state, latest, actor, now)


@transaction.atomic
def brand_restore(*, state: BrandState, actor: User, now: dt.datetime) -> BrandState:
    """Let the card say again what it said in `state`, contacts included."""
    latest = _latest_locked(state.establishment)
    again = BrandState(establishment=state.establishment, restored_from=state)
    for name in COMPARED:
        setattr(again, name, getattr(state, name))
    return _append(again, latest, actor, now)


def brands_follow_merge(*, targets: Mapping[int, int]) -> None:
    """The card of an emptied establishment becomes that of the one it joined, if this has none.

    Of several emptied ones the first that has a card gives it; the others keep their history.
    One query, and an UPDATE for each card that moves.
    """
    with_card = set(
        BrandState.objects.filter(establishment__in={*targets, *targets.values()})
        .order_by()
        .values_list("establishment", flat=True)
        .distinct()
    )
    taken = with_card & set(targets.values())
    for emptied, stays in sorted(targets.items()):
        if emptied in with_card and stays not in taken:
            BrandState.objects.filter(establishment=emptied).update(establishment=stays)
            taken.add(stays)


def _latest_locked(establishment: Establishment) -> BrandState | None:
    """The newest state; whoever comes at the same moment waits at the establishment's row."""
    Establishment.objects.select_for_update().get(pk=establishment.pk)
    return BrandState.objects.filter(establishment=establishment).first()


def _set_logo(state: BrandState, logo: Logo | KeepLogo | None, latest: BrandState | None) -> None:
    if isinstance(logo, Logo):
        state.logo, state.logo_type = logo_keep(logo), logo.type
    elif isinstance(logo, KeepLogo) and latest is not None:
        state.logo, state.logo_type = latest.logo.name or "", latest.logo_type


def logo_keep(logo: Logo) -> str:
    """Keep a logo under a name that is its content's, and say it; hospitals of a group share it."""
    storage = private_storage()
    if not storage.exists(logo.name):
        return storage.save(logo.name, ContentFile(logo.content))
    return logo.name


def logo_kept(name: str) -> Logo | None:
    """The logo that was kept under a name; None for any other name."""
    match = Logo.NAME.match(name)
    storage = private_storage()
    if match is None or not storage.exists(name):
        return None
    with storage.open(name) as file:
        return Logo(file.read(), "svg" if match[1] == "svg" else "png")


def _append(
    state: BrandState, latest: BrandState | None, actor: User, now: dt.datetime
) -> BrandState:
    contacts = Contacts(state.hotline, state.security_contact_name, state.security_contact_email)
    establishment_contacts_set(establishment=state.establishment, contacts=contacts, actor=actor)
    if latest is not None and not state_changes(latest, state):
        return latest
    state.number = latest.number + 1 if latest else 1
    state.saved_by, state.saved_at = actor, now
    state.full_clean(validate_unique=False)
    state.save()
    audit_record(
        actor=actor,
        action="brand.restore" if state.restored_from_id else "brand.save",
        target=str(state.establishment.uid),
        details={"number": state.number, "changed": state_changes(latest, state)},
        place=state.establishment.uid,
    )
    return state


def state_changes(before: BrandState | None, after: BrandState) -> list[str]:
    """The names of the fields in which two states differ; all that are filled, without a first."""
    return [name for name in COMPARED if _value(before, name) != _value(after, name)]


def _value(state: BrandState | None, name: str) -> str:
    """As text; that of a file is its name."""
    return str(getattr(state, name) or "") if state else ""
