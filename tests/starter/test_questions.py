"""The questions of the starter quizzes: answerable, explained, and not given away.

A test reads all questions and lists every fault it finds, with the question where it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from quizzes.enums import Difficulty
from quizzes.forms import choices_problem
from starter.content.modules import MODULES
from starter.content.schema import (
    MATCHING,
    MULTIPLE,
    ORDERING,
    SINGLE,
    TRUE_FALSE,
    ChoiceText,
    ModuleText,
    QuestionText,
)
from tests.starter.reading import drawn, none_of, questions_of


def test_a_question_can_be_answered_and_teaches() -> None:
    def faults(question: QuestionText) -> Iterator[str]:
        choices = [
            {"text": one.text, "is_correct": one.is_correct, "match": one.match}
            for one in question.choices
        ]
        if problem := choices_problem(question.kind, choices):
            yield problem
        if not question.explanation:
            yield "no explanation"
        if question.difficulty not in Difficulty.values:
            yield f"difficulty {question.difficulty}"
        if question.kind == MULTIPLE and all(one.is_correct for one in question.choices):
            yield "ticking all is right"
        if question.kind in (SINGLE, MULTIPLE):
            unexplained = [one for one in question.choices if not (one.is_correct or one.feedback)]
            yield from (f"no feedback for {one.text}" for one in unexplained)

    none_of(
        f"{name}: {fault}"
        for name, question in questions_of(SINGLE, MULTIPLE, TRUE_FALSE, MATCHING, ORDERING)
        for fault in faults(question)
    )


def test_a_choice_and_a_reason_are_given_once_in_a_question() -> None:
    def faults(question: QuestionText) -> Iterator[str]:
        said = [one.text for one in question.choices if one.text]
        said += [one.feedback for one in question.choices if one.feedback]
        said.append(question.explanation)
        yield from (text for text, times in Counter(said).items() if times > 1)

    none_of(
        f"{name}: {fault}"
        for name, question in questions_of(SINGLE, MULTIPLE, TRUE_FALSE)
        for fault in faults(question)
    )


def test_what_is_arranged_can_be_told_apart() -> None:
    def faults(question: QuestionText) -> Iterator[str]:
        placed = [choice.text for choice in question.choices if choice.is_correct]
        targets = [choice.match for choice in question.choices if choice.match]
        if not len(set(placed)) == len(placed) >= 3:
            yield f"to be placed: {placed}"
        if len(set(targets)) != len(targets):
            yield f"two places alike: {targets}"
        if len(targets) != (len(question.choices) if question.kind == MATCHING else 0):
            yield f"{len(targets)} places"

    none_of(
        f"{name}: {fault}"
        for name, question in questions_of(MATCHING, ORDERING)
        for fault in faults(question)
    )


def test_a_question_is_asked_once() -> None:
    kinds = (SINGLE, MULTIPLE, TRUE_FALSE, MATCHING, ORDERING)
    asked = Counter(question.text for _, question in questions_of(*kinds))
    none_of(text for text, times in asked.items() if times > 1)


def test_true_and_false_are_both_right_once() -> None:
    """Or the learner who always says «Faux» would pass."""
    for module in MODULES:
        answers = {
            choice.text
            for question in module.quiz.questions
            if question.kind == TRUE_FALSE
            for choice in question.choices
            if choice.is_correct
        }
        assert answers == {"Vrai", "Faux"}, module.slug


def test_the_draw_asks_about_every_subject() -> None:
    """Whatever is drawn, no lesson is left out."""

    def faults(module: ModuleText) -> Iterator[str]:
        questions, per_tag = module.quiz.questions, module.quiz.per_tag or 0
        tagged = Counter(tag for question in questions for tag in question.tags)
        if any(len(question.tags) != 1 for question in questions):
            yield "a question of no subject, or of two"
        if not 1 <= per_tag < min(tagged.values()):
            yield f"{per_tag} of each subject, of {dict(tagged)}"
        if per_tag * len(tagged) > drawn(module):
            yield f"{len(tagged)} subjects are too many"

    none_of(f"{module.slug}: {fault}" for module in MODULES for fault in faults(module))


def test_the_right_choice_has_no_fixed_place() -> None:
    for module in MODULES:
        places = [
            [choice.is_correct for choice in question.choices].index(True)
            for question in module.quiz.questions
            if question.kind == SINGLE
        ]
        assert len(set(places)) > 1, module.slug


def test_the_right_choice_is_not_known_by_its_length() -> None:
    """Who always takes the longest, or always the shortest, is wrong at least half the time."""

    def taken(module: ModuleText, extreme: Callable[..., ChoiceText]) -> tuple[int, int]:
        asked = [question for question in module.quiz.questions if question.kind == SINGLE]
        chosen = [extreme(one.choices, key=lambda choice: len(choice.text)) for one in asked]
        return sum(choice.is_correct for choice in chosen), len(asked)

    none_of(
        f"{module.slug}: the {name} choice is right {hits} times of {asked}"
        for module in MODULES
        for name, extreme in (("longest", max), ("shortest", min))
        for hits, asked in [taken(module, extreme)]
        if 2 * hits > asked
    )
