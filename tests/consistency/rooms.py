"""The rooms of the house and their order, as import-linter has it in pyproject.toml."""

from __future__ import annotations

import functools
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE_FACE = "cms"  # the room that the root templates belong to


@functools.cache
def levels() -> dict[str, int]:
    """Room → its level, 0 on top. Rooms of one level do not know each other."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return {room: level for level, layer in enumerate(layers) for room in re.findall(r"\w+", layer)}


def may_know(upper: str, lower: str) -> bool:
    """Whether `upper` may refer to `lower`; packages that are no rooms are free to all."""
    known = levels()
    if upper == lower or lower not in known:
        return True
    return upper in known and known[upper] < known[lower]


def templates() -> list[tuple[str, Path]]:
    """(room, file) of every template of ours."""
    own = [(file.relative_to(ROOT).parts[0], file) for file in ROOT.glob("*/templates/**/*.html")]
    root = [(PAGE_FACE, file) for file in (ROOT / "templates").rglob("*.html")]
    return sorted((room, file) for room, file in [*own, *root] if room != "templates")
