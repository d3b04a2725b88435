"""What a browser may post, and what is noted when it posts more.

A view reads the fields named here and no others: who learns, in which session, and whether an
answer is right are known to the server. A field that tries to say so has no effect; it is noted for
operators, for somebody may be trying. The log carries opaque uids and the names of known fields,
never a value.
"""

from __future__ import annotations

import logging
import re
import uuid
from collections.abc import Iterable

from django.http import HttpRequest

from campaign_assets.models.workshop import BY_POSTER
from courses.views.learner import learner_of
from organisation.models import Person
from organisation.selectors import person_known_as

log = logging.getLogger("courses.forgery")

LEARNER = "learner"
"""Who the page was made for, as `Learner.name` has it."""
MADE_FOR = "X-Made-For"
"""The same in a header, where the post is no form; an empty one is a visitor's."""

FIELDS: dict[str, frozenset[str]] = {
    "module_start": frozenset({BY_POSTER}),
    "lesson_finish": frozenset({LEARNER}),
    "quiz_start": frozenset(),
    "exercise": frozenset({"number", LEARNER, "marked", "promise", "step", "way"}),
    "quiz_question": frozenset({"choice"}),
    "video_played": frozenset({"events"}),  # of a JSON body
    "transcript_read": frozenset({LEARNER}),
    "visit_claim": frozenset(),
    "visit_forget": frozenset(),
}
HAS_ANSWERS = frozenset({"exercise", "quiz_question"})
"""Their parts are named by uids that the view knows."""
_ALWAYS = frozenset({"csrfmiddlewaretoken"})
_PART = re.compile(r"(?:[a-z]+-)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:[-.:_][a-z0-9-]+)?")
# What is worth being named in the log; anything else is only counted.
TELLING = frozenset(
    {
        *("success", "score", "scaled", "raw", "result", "passed", "is_passed", "is_correct"),
        *("completion", "completed", "completed_at", "finished_at", "claimed_at", "timestamp"),
        *("actor", "person", "user", "email", "uid", "session", "registration", "attempt"),
        *("lesson", "lesson_uid", "block", "block_id", "module", "trainable", "revision"),
        *("statement", "verb", "correct_count"),
    }
)


def unexpected(posted: Iterable[str], name: str) -> list[str]:
    """Those of the posted names that this endpoint does not read."""
    known = FIELDS[name] | _ALWAYS
    has_answers = name in HAS_ANSWERS
    return sorted(
        field
        for field in posted
        if field not in known and not (has_answers and _PART.fullmatch(field))
    )


def fields_note(request: HttpRequest, name: str, target: object) -> None:
    """Note what a form posted beyond what is read. `target` is an opaque uid."""
    names_note(request, name, target, request.POST)


def names_note(request: HttpRequest, name: str, target: object, posted: Iterable[str]) -> None:
    """The same of any body, by the names in it."""
    found = unexpected(posted, name)
    if found:
        named = [field for field in found if field in TELLING]
        forgery_note(
            request,
            "unexpected fields",
            endpoint=name,
            fields=",".join(named) or "-",
            others=len(found) - len(named),
            target=target,
        )


def is_of_another(request: HttpRequest, made_for: str, endpoint: str) -> bool:
    """Whether the page was made for another learner than is here now; if so it is noted."""
    learner = learner_of(request)
    if made_for in learner.names or _was_hers(learner.person, made_for):
        return False
    forgery_note(request, "page of another learner", endpoint=endpoint)
    return True


def forgery_note(request: HttpRequest, what: str, **details: object) -> None:
    """A line for operators: what was tried, by whom as far as an opaque uid says it."""
    details = {"learner": learner_of(request).name or "visitor", **details}
    told = " ".join(f"{key}={value}" for key, value in details.items())
    log.warning("%s: %s", what, told, extra={"forgery": what, **details})


def _was_hers(person: Person | None, made_for: str) -> bool:
    """Whether a page that is still open was made for a row that was merged into hers since."""
    try:
        return person is not None and person_known_as(uid=uuid.UUID(made_for)) == person
    except ValueError:  # a visitor's, or an account's without a person
        return False
