"""Branching scenario: decisions, what follows from each, several ends."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from itertools import chain, islice
from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from courses.exercises.base import (
    Content,
    Exercise,
    ExerciseInvalid,
    Outcome,
    changed,
    given_one,
    parts_of,
    refused,
)
from lrs.issuing import component
from lrs.xapi import interactions

MOST_PATTERNS = 32
"""A scenario with more good paths than this has no `correctResponsesPattern`, which may be left
out: an incomplete one would call a good path wrong."""


class Ending(models.TextChoices):
    GOOD = "good", gettext_lazy("Bonne issue")
    MIXED = "mixed", gettext_lazy("Issue mitigée")
    BAD = "bad", gettext_lazy("Mauvaise issue")


NOWHERE: dict[str, Any] = {"uid": "", "title": "", "text": "", "outcome": "", "ways": []}
"""Where a draft without steps is."""

SCALED = {Ending.GOOD: 1.0, Ending.MIXED: 0.5, Ending.BAD: 0.0}


class WayBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=gettext_lazy("Décision"), max_length=200)
    consequence = blocks.TextBlock(
        label=gettext_lazy("Ce qui suit aussitôt"), max_length=400, rows=2
    )
    leads_to = blocks.CharBlock(
        label=gettext_lazy("Mène à l’étape"),
        max_length=40,
        help_text=gettext_lazy("Le nom court d’une étape de ce scénario."),
    )

    class Meta:
        label_format = "{text} → {leads_to}"


class StepBlock(blocks.StructBlock):
    key = blocks.CharBlock(
        label=gettext_lazy("Nom court"),
        max_length=40,
        validators=[
            RegexValidator(r"^[\w-]+\Z", gettext_lazy("Un seul mot : lettres, chiffres, tirets."))
        ],
        help_text=gettext_lazy("Un mot par lequel les décisions y mènent. L’agent ne le voit pas."),
    )
    title = blocks.CharBlock(label=gettext_lazy("Titre"), max_length=120)
    text = blocks.TextBlock(
        label=gettext_lazy("Situation, ou leçon à tirer si c’est une fin"), max_length=800, rows=3
    )
    ways = blocks.ListBlock(
        WayBlock(),
        label=gettext_lazy("Décisions possibles"),
        max_num=4,
        default=[],
        help_text=gettext_lazy("De deux à quatre ; aucune si l’histoire s’arrête ici."),
    )
    outcome = blocks.ChoiceBlock(
        label=gettext_lazy("Issue"),
        choices=Ending.choices,
        required=False,
        help_text=gettext_lazy("Seulement si l’histoire s’arrête ici."),
    )

    class Meta:
        label_format = "{key} : {title}"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned["ways"] and cleaned["outcome"]:
            raise refused(_("Une étape a soit des décisions, soit une issue, pas les deux."))
        if not cleaned["ways"] and not cleaned["outcome"]:
            raise refused(_("Donnez à cette étape des décisions, ou une issue si c’est une fin."))
        if len(cleaned["ways"]) == 1:
            raise refused(_("Une seule décision n’est pas un choix : donnez-en deux au moins."))
        return cleaned


class ScenarioBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=gettext_lazy("Titre"), max_length=120)
    situation = blocks.TextBlock(
        label=gettext_lazy("Situation de départ"),
        max_length=600,
        rows=3,
        help_text=gettext_lazy("Qui l’on est, où, à quelle heure. Reste affichée jusqu’au bout."),
    )
    steps = blocks.ListBlock(
        StepBlock(),
        label=gettext_lazy("Étapes"),
        min_num=3,
        max_num=20,
        help_text=gettext_lazy(
            "La première est le début. Chaque décision mène plus loin, jamais en arrière, et "
            "chaque chemin se termine par une issue : plusieurs fins, dont une bonne."
        ),
    )

    class Meta:
        icon = "redirect"
        label = gettext_lazy("Scénario à embranchements")
        group = gettext_lazy("Exercices")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        problem = scenario_problem(
            {step["key"]: [way["leads_to"] for way in step["ways"]] for step in cleaned["steps"]},
            keys=[step["key"] for step in cleaned["steps"]],
        )
        if problem:
            raise refused(problem)
        if not any(step["outcome"] == Ending.GOOD for step in cleaned["steps"]):
            raise refused(_("Aucune fin n’est bonne : on doit pouvoir réussir."))
        return cleaned


def scenario_problem(ways: Mapping[str, list[str]], *, keys: list[str]) -> str:
    """What keeps these steps from being a story with an end; empty if nothing does.

    `ways` says where each key leads, `keys` are all that were written, first the beginning.
    """
    twice = next((key for at, key in enumerate(keys) if key in keys[:at]), None)
    if twice is not None:
        return _("Deux étapes ont le nom court « %(key)s ».") % {"key": twice}
    for key, targets in ways.items():
        for target in targets:
            if target not in ways:
                return _(
                    "À l’étape « %(key)s », une décision mène à « %(target)s », qui n’existe pas."
                ) % {"key": key, "target": target}
    loop = _loop(ways)
    if loop is not None:
        return _("L’étape « %(key)s » finit par ramener à elle-même.") % {"key": loop}
    reached = _reached(ways, keys[0])
    lonely = next((key for key in keys if key not in reached), None)
    if lonely is not None:
        return _("Aucune décision ne mène à l’étape « %(key)s ».") % {"key": lonely}
    return ""


def _reached(ways: Mapping[str, list[str]], start: str) -> set[str]:
    reached, waiting = set[str](), [start]
    while waiting:
        key = waiting.pop()
        if key not in reached:
            reached.add(key)
            waiting.extend(ways[key])
    return reached


def _loop(ways: Mapping[str, list[str]]) -> str | None:
    """A step from which one can come back to it."""
    return next(
        (key for key in ways if any(key in _reached(ways, target) for target in ways[key])), None
    )


class Scenario(Exercise):
    """`response` is the path so far: ``[[step uid, way uid], …]``.

    A good end is worth 1, a mixed one 0.5, a bad one 0, whatever the path to it.
    """

    kind: ClassVar[str] = "scenario"
    submit_label: ClassVar[str | Promise] = gettext_lazy("Je décide")
    again_label: ClassVar[str | Promise] = gettext_lazy("Refaire, par un autre chemin")
    interaction_type: ClassVar[str] = "performance"

    def frozen(self, value: blocks.StructValue, rng: random.Random) -> Content:
        steps = parts_of(value["steps"])
        uid_of = {step["key"]: uid for uid, step in reversed(steps)}
        return {
            "title": value["title"],
            "situation": value["situation"],
            "steps": [
                {
                    "uid": uid,
                    "title": step["title"],
                    "text": step["text"],
                    "outcome": step["outcome"] or "",
                    "ways": [
                        {
                            "uid": way_uid,
                            "text": way["text"],
                            "consequence": way["consequence"],
                            "leads_to": uid_of[way["leads_to"]],
                        }
                        for way_uid, way in parts_of(step["ways"])
                        if way["leads_to"] in uid_of  # a draft may still lead nowhere
                    ],
                }
                for uid, step in steps
            ],
        }

    def asked(self, content: Content, so_far: Any) -> Any:
        path = so_far or []
        return {"path": _told(content, path), "step": _step_after(content, path)}

    def answered(self, content: Content, given: QueryDict, before: Any) -> Outcome:
        path = before or []
        step = _step_after(content, path)
        if given.get("step", "") != step["uid"]:
            if not path:
                raise ExerciseInvalid(changed())
            return Outcome(path, None, is_finished=False)  # an old tab, a second click
        ways = {way["uid"] for way in step["ways"]}
        way = given_one(given, "way", ways, _("Choisissez ce que vous faites."))
        path = [*path, [step["uid"], way]]
        reached = _step_after(content, path)
        if reached["ways"]:
            return Outcome(path, None, is_finished=False)
        return Outcome(path, SCALED[_ending(reached)])

    def review(self, content: Content, response: Any) -> Any:
        end = _step_after(content, response)
        ending = _ending(end)
        return {
            "path": _told(content, response),
            "end": end,
            "outcome": ending.value,
            "label": ending.label,
            "ends": sum(not step["ways"] for step in content["steps"]),
        }

    def example(self, content: Content) -> Any:
        """A path to an end that is not the best; where there is none, to a good one."""
        paths = chain(_paths(content, {Ending.MIXED, Ending.BAD}), _paths(content, {Ending.GOOD}))
        return next(paths, [])

    def interaction(self, content: Content) -> dict[str, Any]:
        """The steps with a decision; as patterns each path to a good end, unless they are many."""
        steps = [step for step in content["steps"] if step["ways"]]
        definition: dict[str, Any] = {
            "steps": [component(step["uid"], step["title"]) for step in steps]
        }
        good = list(islice(_paths(content, {Ending.GOOD}), MOST_PATTERNS + 1))
        if 0 < len(good) <= MOST_PATTERNS:
            definition["correctResponsesPattern"] = [self.pattern(content, path) for path in good]
        return definition

    def pattern(self, content: Content, response: Any) -> str:
        return interactions.pairs(response)


def _ending(step: dict[str, Any]) -> Ending:
    return Ending(step["outcome"] or Ending.MIXED)


def _step(content: Content, uid: str) -> dict[str, Any]:
    return next(step for step in content["steps"] if step["uid"] == uid)


def _way(step: dict[str, Any], uid: str) -> dict[str, Any]:
    return next(way for way in step["ways"] if way["uid"] == uid)


def _step_after(content: Content, path: Any) -> dict[str, Any]:
    """Where a path has led; the beginning where it is empty."""
    if not content["steps"]:
        return NOWHERE
    if not path:
        begin: dict[str, Any] = content["steps"][0]
        return begin
    step, way = path[-1]
    return _step(content, _way(_step(content, step), way)["leads_to"])


def _told(content: Content, path: Any) -> list[dict[str, Any]]:
    """The path as it is read: each step, what was decided, what followed."""
    return [
        {"step": step, "way": _way(step, way)}
        for step, way in ((_step(content, uid), way) for uid, way in path)
    ]


def _paths(content: Content, endings: set[Ending]) -> Iterator[list[list[str]]]:
    """Each path from the beginning to such an end. It goes nowhere that has no way to one."""
    promising = _leading_to(content, endings)

    def onward(path: list[list[str]]) -> Iterator[list[list[str]]]:
        step = _step_after(content, path)
        been = {uid for uid, _way in path}
        if step["uid"] not in promising or step["uid"] in been:  # a draft may still have a loop
            return
        if not step["ways"]:
            yield path
        for way in step["ways"]:
            yield from onward([*path, [step["uid"], way["uid"]]])

    return onward([])


def _leading_to(content: Content, endings: set[Ending]) -> set[str]:
    """The uids of such ends, and of every step from which one can come to one."""
    found = {
        step["uid"] for step in content["steps"] if not step["ways"] and _ending(step) in endings
    }
    size = -1
    while size != len(found):
        size = len(found)
        found |= {
            step["uid"]
            for step in content["steps"]
            if any(way["leads_to"] in found for way in step["ways"])
        }
    return found
