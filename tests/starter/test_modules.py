"""The starter modules, before anything is loaded: complete, and as long as they announce.

A test reads all modules and lists every fault it finds, with the module where it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from itertools import groupby
from typing import Any

from starter.content import figures
from starter.content.modules import MODULES
from starter.content.pages import AUDIENCE_PAGES
from starter.content.schema import MULTIPLE, SINGLE, TRUE_FALSE, Block, ModuleText
from starter.loading.links import PAGE_SCHEME
from starter.loading.plans import module_path
from tests.starter.reading import blocks_of, drawn, minutes_of, none_of, texts_of

INTERACTIVE = {"mail", "scenario", "sorting", "hotspot", "timeline", "commitment"}
AUDIENCES = [code for code, *_ in import_module("content.migrations.0002_audiences").AUDIENCES]
FIGURES = [value for value in vars(figures).values() if isinstance(value, Block)]


def blocks(kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The values of the blocks of a kind in all modules, each with a name to find it by."""
    for module in MODULES:
        for block in blocks_of(module):
            if block.kind == kind:
                yield f"{module.slug}: « {block.value.get('title', kind)} »", block.value


def test_a_module_has_lessons_and_a_quiz_drawn_from_twelve() -> None:
    def faults(module: ModuleText) -> Iterator[str]:
        questions = module.quiz.questions
        kinds = Counter(question.kind for question in questions)
        if not 3 <= len(module.lessons) <= 5:
            yield f"{len(module.lessons)} lessons"
        if len(questions) < 12 or not 5 <= drawn(module) < len(questions):
            yield f"{drawn(module)} of {len(questions)} questions are drawn"
        if any(kinds[kind] < 2 for kind in (SINGLE, MULTIPLE, TRUE_FALSE)):
            yield f"too few questions of a kind: {dict(kinds)}"
        if not module.audiences:
            yield "no audience"
        if not 3 <= module.objectives.count("<li>") <= 4:
            yield "three or four aims"

    none_of(f"{module.slug}: {fault}" for module in MODULES for fault in faults(module))


def test_a_module_has_gestures_a_case_a_corrected_error_and_something_to_do() -> None:
    def faults(module: ModuleText) -> Iterator[str]:
        kinds = Counter(block.kind for block in blocks_of(module))
        if kinds["gestures"] != 1:
            yield f"{kinds['gestures']} blocks of gestures"
        if not kinds["case"]:
            yield "no case"
        if not kinds["misconception"]:
            yield "no corrected error"
        if len(INTERACTIVE & kinds.keys()) < 2:
            yield "fewer than two kinds of exercise"

    none_of(f"{module.slug}: {fault}" for module in MODULES for fault in faults(module))


def test_a_module_takes_the_minutes_it_announces() -> None:
    none_of(
        f"{module.slug}: {minutes:.1f} minutes, {module.duration_minutes} announced"
        for module, minutes in ((module, minutes_of(module)) for module in MODULES)
        if not 5 <= minutes <= 10 or abs(module.duration_minutes - minutes) > 1
    )


def test_every_way_of_a_scenario_leads_to_an_end() -> None:
    none_of(
        f"{name}: {fault}"
        for name, value in blocks("scenario")
        for fault in _scenario_faults(value)
    )


def _scenario_faults(value: dict[str, Any]) -> Iterator[str]:
    steps = {step["key"]: step for step in value["steps"]}
    if len(steps) != len(value["steps"]):
        yield "two steps of one key"
    for key, step in steps.items():
        if bool(step["ways"]) == bool(step["outcome"]):
            yield f"«{key}» has ways or is an end, one of the two"
    outcomes = {step["outcome"] for step in steps.values()} - {""}
    if "good" not in outcomes or len(outcomes) < 2:
        yield f"its ends are {outcomes}"
    seen: set[str] = set()
    yield from _path_faults(steps, value["steps"][0]["key"], (), seen)
    yield from (f"no way leads to «{key}»" for key in steps.keys() - seen)


def _path_faults(
    steps: dict[str, Any], key: str, path: tuple[str, ...], seen: set[str]
) -> Iterator[str]:
    """What is wrong on the ways from `key`, reached by `path`; `seen` gathers the keys."""
    if key in path:
        yield f"a way leads back to «{key}»"
    elif key not in steps:
        yield f"«{key}» is no step"
    else:
        seen.add(key)
        for way in steps[key]["ways"]:
            yield from _path_faults(steps, way["leads_to"], (*path, key), seen)


def test_a_mail_has_clues_and_parts_that_are_none() -> None:
    def faults(parts: list[dict[str, Any]]) -> Iterator[str]:
        clues = [part for part in parts if part["is_suspicious"]]
        if len(clues) < 3:
            yield "fewer than three clues"
        if not any(part["feedback"] and not part["is_suspicious"] for part in parts):
            yield "nothing that looks suspect and is not"
        if not all(part["feedback"] for part in clues):
            yield "a clue without feedback"
        if not {"sender", "subject"} <= {part["kind"] for part in parts}:
            yield "no sender or no subject"
        if not all(part["target"] for part in parts if part["kind"] == "link"):
            yield "a link without target"

    none_of(
        f"{name}: {fault}" for name, value in blocks("mail") for fault in faults(value["parts"])
    )


def test_what_is_to_be_found_in_a_picture_stands_among_the_rest() -> None:
    """The list below the picture keeps this order: the first four would be a good guess."""
    for name, value in blocks("hotspot"):
        runs = len(list(groupby(area["is_right"] for area in value["areas"])))
        assert runs >= 4, name


def test_a_reason_given_in_an_exercise_is_given_once() -> None:
    """Said twice, it would explain one of the two badly, or give the second away."""
    for kind, entries in (("mail", "parts"), ("sorting", "items"), ("hotspot", "areas")):
        for name, value in blocks(kind):
            reasons = Counter(entry["feedback"] for entry in value[entries] if entry["feedback"])
            none_of(f"{name}: {reason}" for reason, times in reasons.items() if times > 1)


def test_addresses_in_examples_can_never_be_real() -> None:
    """RFC 2606 keeps `.example` free."""
    none_of(
        f"{module.slug}: {host}"
        for module in MODULES
        for text in texts_of((module.lessons, module.quiz))
        for host in re.findall(r"(?:https?://|@)([\w.-]+)", re.sub(r"</?b>", "", text))
        if not host.strip(".").endswith((".example", ".gouv.fr"))
    )


def test_a_figure_is_one_that_has_its_source() -> None:
    """A percentage elsewhere in a text would be a figure without publisher and date."""
    none_of(
        f"{name}: not in figures.py"
        for name, value in blocks("figure")
        if Block("figure", value) not in FIGURES
    )
    none_of(
        f"{module.slug}: {text[:60]}"
        for module in MODULES
        for block in blocks_of(module)
        if block.kind not in ("figure", "mail")
        for text in texts_of(block)
        if "%" in text
    )


def test_every_audience_has_a_module_written_for_it() -> None:
    """Its tile must not lead to what was written for everybody; its page sends there too."""
    sent = {
        page.slug: {block.value["target"] for block in page.body if block.kind == "call_to_action"}
        for page in AUDIENCE_PAGES
    }
    for audience in AUDIENCES:
        own = [one for one in MODULES if audience in one.audiences and len(one.audiences) <= 2]
        assert own, audience
        assert sent[audience] & {f"{PAGE_SCHEME}{module_path(one)}" for one in own}, audience
