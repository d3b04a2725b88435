"""Modules for tests, published under the site's root."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Iterable
from typing import Any

from wagtail.models import Page

from courses.models import LessonPage, ModuleIndexPage, ModulePage
from quizzes.models import Quiz

_numbers = itertools.count(1)


def make_index() -> ModuleIndexPage:
    existing = ModuleIndexPage.objects.first()
    if existing:
        return existing
    home = Page.objects.filter(depth=2).first()
    assert home is not None
    return home.add_child(instance=ModuleIndexPage(title="Modules", slug="modules"))


def list_items(value: Any) -> Any:
    """A block's raw value, each list in it with the ids that Wagtail gives its entries."""
    if isinstance(value, dict):
        return {name: list_items(part) for name, part in value.items()}
    if isinstance(value, list):
        return [
            {"type": "item", "value": list_items(part), "id": str(uuid.uuid4())} for part in value
        ]
    return value


def make_module(
    lessons: int = 2,
    *,
    quiz: Quiz | None = None,
    extra: Iterable[dict[str, object]] = (),
    **fields: object,
) -> ModulePage:
    """A live module; the raw blocks `extra` and `quiz` stand in its last lesson."""
    number = next(_numbers)
    module = ModulePage(
        title=fields.pop("title", f"Module {number}"),
        slug=f"module-{number}",
        summary="Un module court.",
        objectives="<ul><li>Reconnaître</li></ul>",
        **fields,
    )
    make_index().add_child(instance=module)
    for at in range(1, lessons + 1):
        body: list[dict[str, object]] = [
            {"type": "rich_text", "value": f"<p>Texte {at}</p>", "id": str(uuid.uuid4())}
        ]
        if at == lessons:
            body.extend(extra)
        if quiz and at == lessons:
            body.append({"type": "quiz", "value": quiz.pk, "id": str(uuid.uuid4())})
        module.add_child(instance=LessonPage(title=f"Leçon {at}", slug=f"lecon-{at}", body=body))
    return ModulePage.objects.get(pk=module.pk)


def lessons(module: ModulePage) -> list[LessonPage]:
    return list(LessonPage.objects.child_of(module).order_by("path"))


def quiz_block_id(lesson: LessonPage) -> str:
    return next(block.id for block in lesson.body if block.block_type == "quiz")
