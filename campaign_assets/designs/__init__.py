"""Designs: drawings with words that a hospital makes its own.

A design is data, a folder here with a typst template and a description of its fields; a `Work` is
one design filled in: texts, format, whose brand stands on it, where its code leads. `rendered`
makes the file of a work, once.
"""

from campaign_assets.designs.formats import FORMATS, Format, Medium
from campaign_assets.designs.registry import (
    Design,
    DesignError,
    Field,
    Kind,
    design_get,
    designs_all,
)
from campaign_assets.designs.rendering import FileKind, rendered, work_check
from campaign_assets.designs.texts import TextDoesNotFit, TextRefused, TextUnreadable
from campaign_assets.designs.work import Brand, QrTarget, Work

__all__ = [
    "FORMATS",
    "Brand",
    "Design",
    "DesignError",
    "Field",
    "FileKind",
    "Format",
    "Kind",
    "Medium",
    "QrTarget",
    "TextDoesNotFit",
    "TextRefused",
    "TextUnreadable",
    "Work",
    "design_get",
    "designs_all",
    "rendered",
    "work_check",
]
