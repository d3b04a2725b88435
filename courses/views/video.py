"""What a browser tells of a video in a lesson."""

from __future__ import annotations

import json
import logging
import uuid

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from courses.models import LessonPage
from courses.presenters import watch_told
from courses.selectors import lesson_videos
from courses.services import PlaybackInvalid, video_played, video_transcript_read
from courses.views.learner import learner_known, sign_in_needed
from courses.views.learning import lesson_or_404, session_here

MAX_BODY = 64 * 1024  # bytes
log = logging.getLogger("courses.forgery")


@require_POST
def played(request: HttpRequest, lesson_uid: uuid.UUID, block_id: uuid.UUID) -> HttpResponse:
    """Keep what was played; says how much of the video counts as seen by now."""
    lesson = _lesson_with_video(lesson_uid, block_id)
    if sign_in_needed(request, lesson.module):
        return JsonResponse({"text": _("Connectez-vous pour que la vidéo compte.")}, status=401)
    if len(request.body) > MAX_BODY:
        return JsonResponse({}, status=413)
    now = timezone.now()
    session = session_here(request, learner_known(request), lesson.module, now)
    try:
        watch = video_played(
            session=session,
            lesson=lesson,
            block_id=str(block_id),
            posted=json.loads(request.body),
            now=now,
        )
    except (PlaybackInvalid, ValueError, RecursionError) as refused:
        log.warning("playback refused: %s session=%s block=%s", refused, session.uid, block_id)
        return JsonResponse({}, status=400)
    return JsonResponse({"text": watch_told(watch), "is_done": watch.is_done})


@require_http_methods(["GET", "POST"])
def transcript_read(
    request: HttpRequest, lesson_uid: uuid.UUID, block_id: uuid.UUID
) -> HttpResponse:
    """The learner has read the transcript instead."""
    lesson = _lesson_with_video(lesson_uid, block_id)
    refused = sign_in_needed(request, lesson.module)
    if refused:
        return refused
    if request.method == "POST":
        now = timezone.now()
        session = session_here(request, learner_known(request), lesson.module, now)
        video_transcript_read(session=session, lesson=lesson, block_id=str(block_id), now=now)
    return redirect(f"{lesson.get_url(request)}#bloc-{block_id}")


def _lesson_with_video(lesson_uid: uuid.UUID, block_id: uuid.UUID) -> LessonPage:
    lesson = lesson_or_404(lesson_uid)
    if str(block_id) not in lesson_videos(lesson):
        raise Http404
    return lesson
