"""The statements that reach is, each from its stored row."""

from __future__ import annotations

from typing import Any

from campaign_assets.enums import ReachKind
from campaign_assets.models import AssetPage, ReachEvent
from lrs.identifiers import ANONYMOUS_NAME, activity_iri, home_page
from lrs.issuing import LANGUAGE, activity, issued, named
from lrs.xapi.vocabulary import activity_types, verbs, video

ASSET = "asset"
_VERBS = {
    ReachKind.DOWNLOAD: verbs.DOWNLOADED,
    ReachKind.PLAY: video.PLAYED,
    ReachKind.SCAN: verbs.INTERACTED,
}


def reached(event: ReachEvent) -> dict[str, Any]:
    """An establishment, or nobody in particular, «downloaded», «played», or met with an asset where
    it hangs. The asset is known by its translation key, which lasts as long as its page."""
    assert event.asset is not None
    kind = ReachKind(event.kind)
    extensions = {
        f"{home_page()}/extensions/{name}": value
        for name, value in (("file", event.file), ("placement", _placement(event)))
        if value
    }
    context: dict[str, Any] = {"language": LANGUAGE}
    return issued(
        identity=(kind.value, event.uid),
        actor=event.establishment.uid if event.establishment else ANONYMOUS_NAME,
        verb=_VERBS[kind],
        target=_asset_activity(event.asset, kind),
        at=event.at,
        context=context | ({"extensions": extensions} if extensions else {}),
    )


def _asset_activity(page: AssetPage, kind: ReachKind) -> dict[str, Any]:
    is_film = kind == ReachKind.PLAY
    return activity(
        activity_iri(ASSET, page.translation_key),
        video.ACTIVITY_TYPE if is_film else activity_types.MEDIA,
        name=named(page.title),
    )


def _placement(event: ReachEvent) -> str:
    return event.short_link.placement if event.short_link else ""
