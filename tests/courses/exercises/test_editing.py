"""What editors are told before they publish an exercise that cannot work."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from courses.blocks import LessonBodyBlock
from starter.content.schema import (
    Block,
    area,
    clue,
    ending,
    harmless,
    plain,
    step,
    way,
)
from tests.content.factories import make_image
from tests.courses.samples import BLOCKS, HOTSPOT, MAIL, SCENARIO, value_of

pytestmark = pytest.mark.django_db


def checked(block: Block, **changed: Any) -> str:
    """What the editor reads about this block, all in one; empty if it is fine."""
    if block.kind == "hotspot":
        changed = {"image": make_image().pk, **changed}
    try:
        LessonBodyBlock().child_blocks[block.kind].clean(value_of(block, **changed))
    except ValidationError as error:
        return told(error)
    return ""


def told(error: Any) -> str:
    inner = [*getattr(error, "block_errors", {}).values()] if hasattr(error, "block_errors") else []
    outer = getattr(error, "non_block_errors", None)
    own = [said for one in outer.as_data() for said in one.messages] if outer else []
    if not inner and not own:
        own = [str(message) for message in error.messages]
    return " ".join([*own, *(told(one) for one in inner if one)])


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS)
def test_a_good_one_is_accepted(block: Block) -> None:
    assert checked(block) == ""


PARTS = MAIL.value["parts"]
SENDER = clue("sender", "Support", "Ce n’est pas lui.", target="support@ailleurs.example")
SUBJECT = plain("Urgent", "subject")
HARMLESS = harmless("text", "Bonjour,", "Rien de suspect.")


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ([SENDER, HARMLESS, plain("Au revoir")], "Il manque une partie « Objet »"),
        ([SUBJECT, HARMLESS, clue("text", "Vite", "On vous presse.")], "« Expéditeur »"),
        ([SENDER, SUBJECT, SUBJECT, HARMLESS], "« Objet » figure deux fois"),
        ([SENDER, SUBJECT, plain("Bonjour,")], "il suffit de tout marquer"),
        ([{**SENDER, "target": ""}, SUBJECT, HARMLESS], "Indiquez l’adresse réelle"),
        ([{**SENDER, "feedback": ""}, SUBJECT, HARMLESS], "Dites pourquoi c’est un indice"),
        (
            [harmless("sender", "Support", "C’est lui.", target="a@b.example"), SUBJECT, HARMLESS],
            "il n’y a rien à trouver",
        ),
    ],
)
def test_a_mail_without_clue_or_trap_is_refused(parts: list[Any], message: str) -> None:
    assert message in checked(MAIL, parts=parts)


RISK = area("Un écran", "Verrouillez.", at=(0, 0, 10, 10), is_right=True)
CUP = area("Une tasse", "Rien.", at=(50, 50, 10, 10), is_right=False)


@pytest.mark.parametrize(
    ("areas", "message"),
    [
        ([RISK, RISK], "ajoutez-en une sans danger"),
        ([CUP, CUP], "Aucune zone n’est à trouver"),
        ([RISK, {**CUP, "left": 95}], "dépasse le bord"),
        ([RISK], "2"),
    ],
)
def test_a_picture_without_risk_or_trap_is_refused(areas: list[Any], message: str) -> None:
    assert message in checked(HOTSPOT, areas=areas)


def test_a_picture_is_needed() -> None:
    assert checked(HOTSPOT, image=None)


TO_GOOD, TO_BAD = way("A", "…", "good"), way("B", "…", "bad")
BEGIN = step("a", "A", "…", TO_GOOD, TO_BAD)
GOOD, BAD = ending("good", "Bien", "…", "good"), ending("bad", "Mal", "…", "bad")


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        ([step("a", "A", "…", TO_GOOD, TO_GOOD), GOOD, BAD], "Aucune décision ne mène"),
        ([step("a", "A", "…", TO_GOOD), GOOD, BAD], "Une seule décision"),
        (
            [step("a", "A", "…", TO_GOOD, TO_BAD), step("good", "G", "…"), BAD],
            "Donnez à cette étape",
        ),
        ([{**BEGIN, "outcome": "good"}, GOOD, BAD], "pas les deux"),
        ([step("a b", "A", "…", TO_GOOD, TO_BAD), GOOD, BAD], "Un seul mot"),
        (
            [BEGIN, {**GOOD, "outcome": "mixed"}, BAD],
            "Aucune fin n’est bonne",
        ),
    ],
)
def test_a_scenario_that_does_not_end_well_or_at_all_is_refused(
    steps: list[Any], message: str
) -> None:
    assert message in checked(SCENARIO, steps=steps)
