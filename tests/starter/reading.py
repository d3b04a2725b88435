"""Reading the starter texts: what is shown of them, and how long that takes aloud."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass

from starter.assets.video import VIDEO
from starter.content import pages as starter_pages
from starter.content.modules import MODULES
from starter.content.schema import Block, ModuleText, QuestionText
from starter.loading.plans import LISTINGS

WORDS_ALOUD = 150  # a minute
SECONDS_A_QUESTION = 20
# Fields and names that are no text: never shown, never typeset.
NOT_SHOWN = {"slug", "kind", "pictogram", "audiences", "tags"}
NOT_SHOWN |= {"key", "leads_to", "outcome", "category", "target", "image", "video"}

PAGES = [getattr(starter_pages, name) for name in starter_pages.__all__]


def texts_of(value: object) -> Iterator[str]:
    """Every text in dataclasses, blocks and containers, block types and slugs apart."""
    if isinstance(value, Block):
        yield from texts_of(value.value)
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in NOT_SHOWN:
                yield from texts_of(getattr(value, field.name))
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in NOT_SHOWN:
                yield from texts_of(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from texts_of(part)
    elif isinstance(value, str) and value:
        yield value


ALL_TEXTS = sorted({*texts_of(MODULES), *texts_of(PAGES), *texts_of(LISTINGS)})


def blocks_of(module: ModuleText) -> list[Block]:
    return [block for lesson in module.lessons for block in lesson.body]


def questions_of(*kinds: str) -> Iterator[tuple[str, QuestionText]]:
    """The questions of these kinds in all modules, each with a name to find it by."""
    for module in MODULES:
        for question in module.quiz.questions:
            if question.kind in kinds:
                yield f"{module.slug}: « {question.text[:50]} »", question


def drawn(module: ModuleText) -> int:
    return module.quiz.draw or len(module.quiz.questions)


def words_in(value: object) -> int:
    return sum(len(re.sub(r"<[^>]+>", " ", text).split()) for text in texts_of(value))


def minutes_of(module: ModuleText) -> float:
    """Read aloud, the video watched, with the time to answer what is drawn for the quiz."""
    watched = VIDEO.duration * sum(block.kind == "video" for block in blocks_of(module))
    answered = drawn(module) * SECONDS_A_QUESTION
    return words_in(module.lessons) / WORDS_ALOUD + (watched + answered) / 60


def none_of(faults: Iterable[str]) -> None:
    """Fail with all the faults at once: a text is mended in one reading."""
    found = list(faults)
    assert not found, "\n" + "\n".join(found)
