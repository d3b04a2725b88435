"""What a learner's pages cost her hospital's server: module, lesson, question, her own space.

The starter content as a signed-in learner finds it: one module begun, its exercises answered, its
quiz half taken, others completed before.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.harness import Ratio, Site, ratio, size

# Empty views. Her space lists the whole catalogue, so it has no limit but in queries.
LIMITS = {"module": 25, "lesson": 25, "question": 25}
QUERIES = 12


def ratios() -> Iterator[Ratio]:
    cookie, pages = _learner()
    site = Site(cookie)
    for name, path in pages.items():
        ask = functools.partial(site.get, path)
        yield ratio(f"page_{name}", ask, limit=LIMITS.get(name), rounds=size(40, 200))
        with CaptureQueriesContext(connection) as captured:
            site.get(path)
        yield Ratio(f"page_{name}_queries", len(captured), QUERIES)


def _learner() -> tuple[dict[str, str], dict[str, str]]:
    """The session of a learner in the middle of a module, and the addresses of her pages."""
    from courses.learners import Learner
    from courses.models import ModulePage
    from courses.selectors import lesson_quizzes, lessons_of
    from courses.services import lesson_open, quiz_open, session_open
    from organisation.services import person_for_user
    from users.models import User

    call_command("load_starter_content", stdout=None, verbosity=0)
    user = User.objects.create_user("agent@hopital.test", first_name="Nadia")
    learner = Learner(person_for_user(user=user))
    now = timezone.now()
    module, *others = ModulePage.objects.live().order_by("path")
    for other in others:
        _complete(learner, other, now - dt.timedelta(days=30))
    session = session_open(learner=learner, module=module, now=now)
    lessons = lessons_of(module)
    for lesson in lessons:
        lesson_open(session=session, lesson=lesson, now=now)
    last = lessons[-1]
    (block_id,) = lesson_quizzes(last)
    attempt = quiz_open(session=session, lesson=last, block_id=block_id, now=now)
    client = Client()
    client.force_login(user)
    cookie = {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}
    richest = max(lessons, key=lambda lesson: len(lesson.body))
    return cookie, {
        "module": module.url,
        "lesson": richest.url,
        "question": f"/apprendre/quiz/{attempt.uid}/question/1/",
        "space": "/mon-espace/",
    }


def _complete(learner: Any, module: Any, at: dt.datetime) -> None:
    """A module taken before, as its statements say it."""
    from courses import statements
    from courses.services import session_open
    from lrs.services import PLATFORM, statements_store

    session = session_open(learner=learner, module=module, now=at)
    session.completed_at = at
    session.save(update_fields=["completed_at"])
    said = [statements.module_completed(session, 1.0)]
    statements_store(statements=said, source=PLATFORM)
