"""What a browser tells of a video in a lesson."""

from __future__ import annotations

import json
import uuid

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from courses.models import LessonPage, VideoWatch
from courses.presenters import watch_told
from courses.selectors import lesson_videos
from courses.services import PlaybackInvalid, video_played, video_transcript_read
from courses.views.learner import learner_known, sign_in_needed
from courses.views.learning import lesson_or_404, session_here
from courses.views.posted import MADE_FOR, forgery_note, is_of_another, names_note
from organisation.sessions import is_signed_in

MAX_BODY = 64 * 1024  # bytes


@require_POST
def played(request: HttpRequest, lesson_uid: uuid.UUID, block_id: uuid.UUID) -> HttpResponse:
    """Keep what was played; says how much of the video counts as seen by now.

    The script keeps what meets no session (401) and sends it again; what was played in a page of
    somebody else (409) counts for nobody.
    """
    lesson = _lesson_with_video(lesson_uid, block_id)
    refused = _refused(request, lesson)
    if refused:
        return refused
    try:
        watch = _kept(request, lesson, str(block_id))
    except (PlaybackInvalid, ValueError, RecursionError) as invalid:
        why = str(invalid) if isinstance(invalid, PlaybackInvalid) else "body"
        forgery_note(request, "playback refused", why=why, target=lesson_uid, block=block_id)
        return JsonResponse({}, status=400)
    return JsonResponse({"text": watch_told(watch), "is_done": watch.is_done})


def _refused(request: HttpRequest, lesson: LessonPage) -> HttpResponse | None:
    made_for = request.headers.get(MADE_FOR)
    if sign_in_needed(request, lesson.module) or (made_for and not is_signed_in(request)):
        return JsonResponse({"text": _("Connectez-vous pour que la vidéo compte.")}, status=401)
    if made_for is not None and is_of_another(request, made_for, "video_played"):
        text = _("Quelqu’un d’autre est connecté : la vidéo ne compte plus. Rechargez la page.")
        return JsonResponse({"text": text}, status=409)
    if len(request.body) > MAX_BODY:
        return JsonResponse({}, status=413)
    return None


def _kept(request: HttpRequest, lesson: LessonPage, block_id: str) -> VideoWatch:
    posted = json.loads(request.body)
    if isinstance(posted, dict):
        names_note(request, "video_played", lesson.uid, posted)
    now = timezone.now()
    session = session_here(request, learner_known(request), lesson.module, now)
    return video_played(session=session, lesson=lesson, block_id=block_id, posted=posted, now=now)


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
