"""Watching a video in a lesson.

The browser tells what it played; what counts, and when it is enough, is decided here.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from courses import statements
from courses.models import LearningSession, LessonPage, VideoEvent, VideoWatch
from courses.selectors import lesson_videos
from courses.services.progress import lesson_open
from courses.watching import (
    COMPLETION_SHARE,
    PLAYING,
    PlaybackInvalid,
    Told,
    events_read,
    is_possible,
    merged,
    share_played,
)
from lrs.services import PLATFORM, atomic_repeated, statements_store

__all__ = ["PlaybackInvalid", "video_played", "video_transcript_read"]


@atomic_repeated
def video_played(
    *, session: LearningSession, lesson: LessonPage, block_id: str, posted: Any, now: dt.datetime
) -> VideoWatch:
    """Keep what a browser played of the video in this block.

    Raises KeyError for another block, PlaybackInvalid for what is no playback, or cannot have been
    played in the time that went by. An event that is told twice is kept once.
    """
    watch, said = _watch_open(session, lesson, block_id, now)
    events = events_read(posted, watch.length)
    told = watch.events.filter(key__in=[one.key for one in events])
    known = set(told.values_list("key", flat=True))
    fresh = [one for one in events if one.key not in known]
    if not fresh:
        return watch
    played = merged([*watch.segments, *(segment for one in fresh for segment in one.segments)])
    if not is_possible(watch.segments, played, (now - watch.heard_at).total_seconds()):
        raise PlaybackInvalid("speed")
    said += [
        statements.video_event(_event_keep(watch, one, now)) for one in fresh if one.kind != PLAYING
    ]
    watch.segments = played
    watch.heard_at = now
    if watch.completed_at is None and share_played(played, watch.length) >= COMPLETION_SHARE:
        watch.completed_at = now
        said.append(statements.video_completed(watch))
    watch.save(update_fields=["segments", "heard_at", "completed_at"])
    statements_store(statements=said, source=PLATFORM)
    return watch


@atomic_repeated
def video_transcript_read(
    *, session: LearningSession, lesson: LessonPage, block_id: str, now: dt.datetime
) -> VideoWatch:
    """The learner has read what is said and shown. Raises KeyError for another block."""
    watch, said = _watch_open(session, lesson, block_id, now)
    if watch.read_at is None:
        watch.read_at = now
        watch.save(update_fields=["read_at"])
        said.append(statements.transcript_read(watch))
    statements_store(statements=said, source=PLATFORM)
    return watch


def _watch_open(
    session: LearningSession, lesson: LessonPage, block_id: str, now: dt.datetime
) -> tuple[VideoWatch, list[dict[str, Any]]]:
    """The watch of this block, locked, and the statement that it began if it did."""
    session = LearningSession.objects.select_for_update().get(pk=session.pk)
    video = lesson_videos(lesson)[block_id]
    progress = lesson_open(session=session, lesson=lesson, now=now)
    watch, is_new = VideoWatch.objects.get_or_create(
        session=session,
        lesson_uid=lesson.uid,
        block_id=block_id,
        defaults={
            "title": video.title,
            "length": round(video.duration, 3),
            "started_at": now,
            # What is told late was played since the lesson was begun.
            "heard_at": progress.started_at,
        },
    )
    return watch, [statements.video_initialized(watch)] if is_new else []


def _event_keep(watch: VideoWatch, told: Told, now: dt.datetime) -> VideoEvent:
    return VideoEvent.objects.create(
        watch=watch,
        key=told.key,
        kind=told.kind,
        time=told.time,
        time_from=told.time_from if told.time_from is not None else told.time,
        segments=merged([*watch.segments, *told.segments]),
        at=now,
    )
