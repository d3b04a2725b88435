"""What learners read of their own rows."""

from __future__ import annotations

from django.utils.translation import gettext as _

from courses.models import VideoWatch
from courses.watching import share_played


def watch_told(watch: VideoWatch) -> str:
    """How much of the video counts as seen, in words."""
    if watch.completed_at:
        return _("Vidéo vue.")
    if watch.read_at:
        return _("Transcription lue.")
    percent = int(100 * share_played(watch.segments, watch.length))
    return _("Vous avez vu %(percent)d %% de la vidéo.") % {"percent": percent}
