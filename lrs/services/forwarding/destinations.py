"""Destinations: making, changing, pausing and closing them, and what an operator asks of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import httpx
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lrs.client import LrsClient
from lrs.enums import DeliveryState, ForwardState
from lrs.models import Forward, Replay
from lrs.selectors import database_now, statements_stored_count
from lrs.services.forwarding.answers import clean
from lrs.services.forwarding.filling import outbox_reset
from lrs.services.forwarding.outbox import destinations_changed, forward_wake
from users.models import User
from users.sealing import SealBroken, seal, unseal
from users.services import audit_record

_TEST_TIMEOUT = 10.0


@dataclass(frozen=True, slots=True)
class ConnectionReport:
    """What a destination answered when it was asked; `text` is for an operator's eyes."""

    is_good: bool
    text: str


@transaction.atomic
def forward_create(
    *,
    name: str,
    endpoint: str,
    key: str,
    secret: str,
    version: str,
    verbs: Sequence[str] = (),
    activities: Sequence[str] = (),
    actor: User | None = None,
) -> Forward:
    """Make a destination. It receives every statement stored from now on. Raises ValidationError.

    The secret has to be sent with each request, so it is kept, sealed with SECRET_KEY.
    """
    if not secret:
        raise ValidationError(_("Indiquez le secret."))
    forward = Forward(
        name=name,
        endpoint=endpoint,
        key=key,
        sealed_secret=seal(secret),
        version=version,
        verbs=list(verbs),
        activities=list(activities),
    )
    forward.full_clean()
    forward.save()
    _begin(forward)
    _record(forward, "lrs.forward.create", actor, _facts(forward))
    return forward


@transaction.atomic
def forward_update(
    *, forward: Forward, actor: User | None = None, secret: str = "", **values: Any
) -> Forward:
    """Change `name`, `endpoint`, `key`, `version`, `verbs` or `activities`, and perhaps the secret.

    New filters rule what is stored from now on; what waits already stays. Raises ValidationError.
    """
    before = _facts(forward)
    for name, value in values.items():
        setattr(forward, name, value)
    if secret:
        forward.sealed_secret = seal(secret)
    forward.full_clean()
    forward.save(update_fields=[*values, "sealed_secret"])
    changed = {name: value for name, value in _facts(forward).items() if before[name] != value}
    _record(forward, "lrs.forward.update", actor, {**changed, "secret_changed": bool(secret)})
    _after_commit(forward)
    return forward


@transaction.atomic
def forward_pause(*, forward: Forward, actor: User | None = None) -> None:
    """Send nothing more; what is stored meanwhile waits."""
    if _set_state(forward, ForwardState.PAUSED, of={ForwardState.ACTIVE, ForwardState.HALTED}):
        _record(forward, "lrs.forward.pause", actor)


@transaction.atomic
def forward_resume(*, forward: Forward, actor: User | None = None) -> None:
    """Send again, at once, whatever happened before. A closed destination begins anew."""
    was_closed = forward.state == ForwardState.CLOSED
    stopped = {ForwardState.PAUSED, ForwardState.HALTED, ForwardState.CLOSED}
    fresh = {"failures": 0, "next_attempt_at": None, "active_since": timezone.now()}
    if _set_state(forward, ForwardState.ACTIVE, of=stopped, **fresh):
        if was_closed:
            _begin(forward)
        _record(forward, "lrs.forward.resume", actor)


@transaction.atomic
def forward_close(*, forward: Forward, actor: User | None = None) -> None:
    """End it: nothing more is written to its outbox, and what waits is not sent."""
    if _set_state(forward, ForwardState.CLOSED, of=set(ForwardState) - {ForwardState.CLOSED}):
        forward.replays.filter(finished_at=None).update(finished_at=timezone.now())
        _record(forward, "lrs.forward.close", actor)


@transaction.atomic
def outbox_retry(
    *, forward: Forward, rows: Collection[int] | None = None, actor: User | None = None
) -> int:
    """Let set-aside rows wait again, those with these primary keys or all; answers how many."""
    chosen = forward.outbox.filter(state=DeliveryState.SET_ASIDE)
    if rows is not None:
        chosen = chosen.filter(pk__in=rows)
    count = outbox_reset(chosen)
    if count:
        _record(forward, "lrs.forward.retry", actor, {"statements": count})
        _after_commit(forward)
    return count


@transaction.atomic
def replay_request(
    *, forward: Forward, since: dt.datetime, until: dt.datetime, actor: User | None = None
) -> Replay:
    """Send again what was stored after `since`, up to `until`, in the background.

    Raises ValidationError if the span is empty or not over, or the destination is closed.
    """
    if since >= until or until > timezone.now():
        raise ValidationError(_("La période doit être passée, et sa fin suivre son début."))
    if forward.state == ForwardState.CLOSED:
        raise ValidationError(_("Cette destination est fermée."))
    replay = Replay.objects.create(
        forward=forward,
        since=since,
        until=until,
        total=statements_stored_count(since=since, until=until),
        created_by=actor,
    )
    span = {"since": since.isoformat(), "until": until.isoformat(), "statements": replay.total}
    _record(forward, "lrs.forward.replay", actor, span)
    _after_commit(forward)
    return replay


def connection_test(
    *, forward: Forward, transport: httpx.BaseTransport | None = None
) -> ConnectionReport:
    """Ask the destination what it is (Part Three 2.8) and whether it knows our key.

    Some stores have no «about»; the key is tried on one page of statements, where 403 is as good as
    200: it may write, and not read.
    """
    try:
        secret = unseal(forward.sealed_secret)
        with LrsClient(
            forward.endpoint,
            forward.key,
            secret,
            version=forward.version,
            timeout=_TEST_TIMEOUT,
        ) as client:
            return _report(forward, client)
    except SealBroken:
        return ConnectionReport(False, _("Le secret est illisible ; ressaisissez-le."))
    except httpx.HTTPError as error:
        return ConnectionReport(False, f"{type(error).__name__}: {error}")


def _report(forward: Forward, client: LrsClient) -> ConnectionReport:
    spoken = _versions(client.ask("about"))
    if spoken and not any(one[:2] == forward.version[:2] for one in spoken):
        text = _("Cette destination ne parle pas xAPI %(wanted)s, mais %(spoken)s.")
        return ConnectionReport(
            False, text % {"wanted": forward.version, "spoken": ", ".join(spoken)}
        )
    answer = client.ask("statements", limit="1")
    if answer.status_code in (200, 403):
        named = ", ".join(spoken) or _("versions non annoncées")
        return ConnectionReport(True, _("La destination répond et connaît la clé (%s).") % named)
    return ConnectionReport(False, f"{answer.status_code} {clean(answer.text)[:300]}")


def _versions(about: httpx.Response) -> list[str]:
    try:
        spoken = about.json()["version"]
    except (ValueError, KeyError, TypeError):
        return []
    return [str(one) for one in spoken] if isinstance(spoken, list) else []


def _begin(forward: Forward) -> None:
    """The first replay covers the moments in which writers do not know of it."""
    Replay.objects.create(forward=forward, since=database_now(), sends_again=False)
    _after_commit(forward)


def _set_state(
    forward: Forward, state: ForwardState, *, of: set[ForwardState], **values: Any
) -> bool:
    changed = Forward.objects.filter(pk=forward.pk, state__in=of).update(state=state, **values)
    forward.refresh_from_db()
    _after_commit(forward)
    return bool(changed)


def _after_commit(forward: Forward) -> None:
    destinations_changed()
    transaction.on_commit(partial(_tell, forward.pk))


def _tell(forward_id: int) -> None:
    destinations_changed()
    forward_wake(forward_id, timezone.now())


def _facts(forward: Forward) -> dict[str, Any]:
    names = ("name", "endpoint", "key", "version", "verbs", "activities")
    return {name: getattr(forward, name) for name in names}


def _record(
    forward: Forward, action: str, actor: User | None, details: dict[str, Any] | None = None
) -> None:
    audit_record(actor=actor, action=action, target=forward.name, details=details)
