"""The statements of a video in a lesson, after the xAPI Video Profile 1.0.

A learner's watching of one video in one learning session is one video session of the profile.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from courses.models import VideoEvent, VideoWatch
from courses.statements.base import LESSON, module_iri, statement_of
from courses.watching import COMPLETION_SHARE, pattern, seconds_in, share_played
from lrs.identifiers import activity_iri
from lrs.issuing import activity, named
from lrs.xapi import durations
from lrs.xapi.vocabulary import verbs, video

_VERBS = {
    VideoEvent.Kind.PLAYED: video.PLAYED,
    VideoEvent.Kind.PAUSED: video.PAUSED,
    VideoEvent.Kind.SEEKED: video.SEEKED,
}


def video_initialized(watch: VideoWatch) -> dict[str, Any]:
    return _about(watch, "initialized", watch.uid, verbs.INITIALIZED, watch.started_at)


def video_event(event: VideoEvent) -> dict[str, Any]:
    """«played», «paused» or «seeked», with what the profile asks of each."""
    extensions: dict[str, Any] = {}
    if event.kind == VideoEvent.Kind.SEEKED:
        extensions[video.RESULT_TIME_FROM] = event.time_from
        extensions[video.RESULT_TIME_TO] = event.time
    else:
        extensions[video.RESULT_TIME] = event.time
    if event.kind == VideoEvent.Kind.PAUSED:
        extensions |= _played(event.segments, event.watch.length)
    kind = VideoEvent.Kind(event.kind)
    result = {"extensions": extensions}
    return _about(event.watch, kind.value, event.uid, _VERBS[kind], event.at, result)


def video_completed(watch: VideoWatch) -> dict[str, Any]:
    """«completed»: enough of it was played, as the server counts."""
    assert watch.completed_at is not None
    result = {
        "completion": True,
        "duration": durations.written(dt.timedelta(seconds=seconds_in(watch.segments))),
        "extensions": {video.RESULT_TIME: watch.length} | _played(watch.segments, watch.length),
    }
    threshold = {video.CONTEXT_COMPLETION_THRESHOLD: COMPLETION_SHARE}
    verb, at = verbs.COMPLETED, watch.completed_at
    return _about(watch, "completed", watch.uid, verb, at, result, threshold)


def transcript_read(watch: VideoWatch) -> dict[str, Any]:
    """«experienced»: she read what is said and shown instead of playing it."""
    assert watch.read_at is not None
    return _about(watch, "experienced", watch.uid, verbs.EXPERIENCED, watch.read_at)


def _played(segments: list[Any], length: float) -> dict[str, Any]:
    return {
        video.RESULT_PLAYED_SEGMENTS: pattern(segments),
        video.RESULT_PROGRESS: round(share_played(segments, length), 3),
    }


def _about(
    watch: VideoWatch,
    what: str,
    row_uid: Any,
    verb: str,
    at: dt.datetime,
    result: dict[str, Any] | None = None,
    extensions: dict[str, Any] | None = None,
) -> dict[str, Any]:
    iri = activity_iri(LESSON, f"{watch.lesson_uid}/videos/{watch.block_id}")
    session = {
        video.CONTEXT_SESSION_ID: str(watch.uid),
        video.CONTEXT_LENGTH: watch.length,
    }
    return statement_of(
        watch.session,
        identity=(what, row_uid),
        verb=verb,
        target=activity(iri, video.ACTIVITY_TYPE, name=named(watch.title)),
        at=at,
        result=result,
        within=[activity_iri(LESSON, watch.lesson_uid), module_iri(watch.session.trainable)],
        category=video.CATEGORY,
        extensions=session | (extensions or {}),
    )
