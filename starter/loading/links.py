"""Texts with `page:`, `picture:` and `video:` addresses: what StreamFields and rich texts store."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from starter.assets import picture_ensure, video_ensure
from starter.content.schema import Block
from starter.typography import french

ENTRIES = uuid.uuid5(uuid.NAMESPACE_URL, "urn:tous-cyber-vigilant:starter:entries")
PAGE_SCHEME = "page:"
PICTURE_SCHEME = "picture:"
VIDEO_SCHEME = "video:"
_PAGE_LINK = re.compile(rf'href="{PAGE_SCHEME}([^"]+)"')

# The site's pages by path, such as {"/modules/": 12}.
PageIds = Mapping[str, int]


def page_id(address: str, pages: PageIds) -> int:
    """The page at `address`, such as ``page:/modules/``; KeyError if there is none."""
    return pages[address.removeprefix(PAGE_SCHEME)]


def html(source: str, pages: PageIds) -> str:
    """`source` typeset, with its `page:` links as Wagtail stores links to pages."""
    linked = _PAGE_LINK.sub(lambda found: f'linktype="page" id="{pages[found[1]]}"', source)
    return french(linked)


def raw_blocks(blocks: Iterable[Block], pages: PageIds) -> list[dict[str, Any]]:
    """The blocks as a StreamField takes them: ``[{"type": …, "value": …}]``."""
    return [{"type": block.kind, "value": _value(block, pages)} for block in blocks]


def _value(block: Block, pages: PageIds) -> Any:
    if block.kind in ("call_to_action", "action"):
        target = {"page": page_id(block.value["target"], pages), "url": ""}
        return {"text": french(block.value["text"]), "target": target}
    return _typeset(block.value, pages)


def _item(number: int, value: Any, pages: PageIds) -> dict[str, Any]:
    """An entry of a list block, with the lasting id that answers refer to."""
    uid = uuid.uuid5(ENTRIES, f"{number} {value}")
    return {"type": "item", "value": _typeset(value, pages), "id": str(uid)}


def _typeset(value: Any, pages: PageIds) -> Any:
    if isinstance(value, str) and value.startswith(PICTURE_SCHEME):
        return picture_ensure(value.removeprefix(PICTURE_SCHEME)).pk
    if isinstance(value, str) and value.startswith(VIDEO_SCHEME):
        return video_ensure(value.removeprefix(VIDEO_SCHEME)).pk
    if isinstance(value, dict):
        return {name: _typeset(part, pages) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_item(number, part, pages) for number, part in enumerate(value)]
    if isinstance(value, str) and not value.startswith("https://"):
        return html(value, pages)
    return value
