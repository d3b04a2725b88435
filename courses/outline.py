"""The modules and lessons that can be taken now, as every reader finds them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from content.published import Published
from courses.models import LessonPage, ModulePage


@dataclass(frozen=True, slots=True)
class LessonEntry:
    """A live lesson of a live module, without what it says."""

    pk: int
    uid: uuid.UUID
    title: str
    url: str
    path: str
    trail: tuple[dict[str, str], ...]
    """The steps of a breadcrumb that ends at this lesson."""


@dataclass(frozen=True, slots=True)
class Outlines:
    """The lessons of each module in order, by the module's path in the tree; each by its uid."""

    by_module: dict[str, tuple[LessonEntry, ...]]
    by_uid: dict[uuid.UUID, LessonEntry]


def module_outline(module: ModulePage) -> tuple[LessonEntry, ...]:
    """The live lessons of a module that is live, in order."""
    return _outlines.get().by_module.get(module.path, ())


def lesson_entry(uid: uuid.UUID | str) -> LessonEntry | None:
    """The lesson if it can be taken now: it and its module are published."""
    return _outlines.get().by_uid.get(uuid.UUID(str(uid)))


def _build() -> Outlines:
    modules = {module.path: module for module in ModulePage.objects.live()}
    trails = {path: _trail(module) for path, module in modules.items()}
    by_module: dict[str, list[LessonEntry]] = {path: [] for path in modules}
    for lesson in LessonPage.objects.live().defer("body").order_by("path"):
        module = modules.get(lesson.path[: -LessonPage.steplen])
        if module is not None:
            entry = LessonEntry(
                pk=lesson.pk,
                uid=lesson.uid,
                title=lesson.title,
                url=lesson.url or "",
                path=lesson.path,
                trail=(*trails[module.path], {"title": lesson.title, "url": lesson.url or ""}),
            )
            by_module[module.path].append(entry)
    return Outlines(
        {path: tuple(entries) for path, entries in by_module.items()},
        {entry.uid: entry for entries in by_module.values() for entry in entries},
    )


def _trail(module: ModulePage) -> tuple[dict[str, str], ...]:
    pages = [*module.get_ancestors().filter(depth__gt=2), module]
    return tuple({"title": page.title, "url": page.url or ""} for page in pages)


_outlines = Published(_build)
