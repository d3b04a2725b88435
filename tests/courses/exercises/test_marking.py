"""Mail and hotspot: what marking is worth, and what its review says."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from courses.exercises import EXERCISES, ExerciseInvalid
from courses.exercises.marking import Marking, Verdict
from tests.courses.samples import MAIL, frozen

MAIL_EXERCISE = EXERCISES["mail"]
assert isinstance(MAIL_EXERCISE, Marking)


def posted(*marked: str) -> QueryDict:
    data = QueryDict(mutable=True)
    data.setlist("marked", list(marked))
    return data


def content_of(*is_right: bool) -> dict[str, Any]:
    """Areas of a picture, to be found or not."""
    areas = [
        {"uid": str(at), "text": f"Zone {at}", "is_right": right, "feedback": "Parce que."}
        for at, right in enumerate(is_right)
    ]
    return {"title": "", "areas": areas, "image": None, "alt": ""}


HOTSPOT_EXERCISE = EXERCISES["hotspot"]
contents = st.lists(st.booleans(), min_size=2, max_size=12).filter(
    lambda sorts: len(set(sorts)) == 2
)


@given(contents)
def test_exactly_what_was_to_be_found_is_worth_all(sorts: list[bool]) -> None:
    content = content_of(*sorts)
    right = [str(at) for at, one in enumerate(sorts) if one]
    assert HOTSPOT_EXERCISE.answered(content, posted(*right), None).scaled == 1


@given(contents)
def test_marking_everything_is_worth_nothing(sorts: list[bool]) -> None:
    content = content_of(*sorts)
    everything = [str(at) for at in range(len(sorts))]
    assert HOTSPOT_EXERCISE.answered(content, posted(*everything), None).scaled == 0


@given(contents, st.sets(st.integers(min_value=0, max_value=11), min_size=1))
def test_one_more_found_is_never_worth_less_and_one_false_alarm_never_more(
    sorts: list[bool], marked: set[int]
) -> None:
    content = content_of(*sorts)
    chosen = [str(at) for at in marked if at < len(sorts)] or ["0"]
    before = HOTSPOT_EXERCISE.answered(content, posted(*chosen), None).scaled
    assert before is not None
    for at, is_right in enumerate(sorts):
        after = HOTSPOT_EXERCISE.answered(content, posted(*chosen, str(at)), None).scaled
        assert after is not None
        assert 0 <= after <= 1
        assert after >= before if is_right else after <= before


def test_a_response_keeps_the_order_of_the_parts_and_each_once() -> None:
    content = content_of(True, True, False)
    outcome = HOTSPOT_EXERCISE.answered(content, posted("1", "0", "1"), None)
    assert outcome.response == ["0", "1"]
    assert HOTSPOT_EXERCISE.pattern(content, outcome.response) == "0[,]1"


def test_a_response_of_one_has_no_separator() -> None:
    assert HOTSPOT_EXERCISE.pattern(content_of(True, False), ["0"]) == "0"


def test_nothing_marked_is_asked_again() -> None:
    with pytest.raises(ExerciseInvalid, match="Rien n’est encore marqué"):
        HOTSPOT_EXERCISE.answered(content_of(True, False), posted(), None)


def test_only_parts_that_are_explained_can_be_marked() -> None:
    content = frozen(MAIL)
    silent = next(part["uid"] for part in content["parts"] if part["text"] == "Bonjour,")
    with pytest.raises(ExerciseInvalid):
        MAIL_EXERCISE.answered(content, posted(silent), None)


def test_every_part_is_told_found_missed_false_alarm_or_harmless() -> None:
    content = frozen(MAIL)
    options = MAIL_EXERCISE.options(content)
    sender, date = options[0], options[1]
    review = MAIL_EXERCISE.review(content, [sender["uid"], date["uid"]])
    verdicts = {
        part["text"]: part["verdict"]
        for place in ("heading", "body", "attachments")
        for part in review[place]
    }
    assert verdicts["Service informatique"] == Verdict.FOUND
    assert verdicts["mardi 14 avril, 3 h 41"] == Verdict.FALSE_ALARM
    assert verdicts["Votre boîte a atteint 98 % de sa capacité."] == Verdict.HARMLESS
    assert verdicts["https://messagerie.hopital.example"] == Verdict.MISSED
    assert verdicts["Bonjour,"] is None
    assert (review["found"], review["to_find"], review["false_alarms"]) == (1, 3, 1)


def test_a_mail_is_laid_out_as_a_mail_program_does() -> None:
    asked = MAIL_EXERCISE.asked(frozen(MAIL), None)
    assert [part["kind"] for part in asked["heading"]] == ["subject", "sender", "reply_to", "date"]
    assert [part["kind"] for part in asked["body"]] == ["text", "text", "text", "link"]
    assert [part["text"] for part in asked["attachments"]] == ["procedure.pdf"]
