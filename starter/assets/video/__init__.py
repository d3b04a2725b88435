"""The starter video. `scripts/make_starter_video.py` draws it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from campaign_assets.enums import Theme

FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True)
class StarterVideo:
    """A video with what its page says of it. `duration` in seconds, sizes in pixels."""

    slug: str
    title: str
    theme: Theme
    summary: str
    alt: str
    duration: float
    width: int
    height: int

    @property
    def file(self) -> Path:
        return FOLDER / f"{self.slug}.mp4"

    @property
    def captions(self) -> Path:
        return FOLDER / f"{self.slug}.vtt"

    @property
    def thumbnail(self) -> Path:
        return FOLDER / f"{self.slug}.png"

    @property
    def transcript(self) -> str:
        """HTML."""
        return (FOLDER / f"{self.slug}.html").read_text(encoding="utf-8")


# The slug of its page differs from the poster's of the same line.
VIDEO = StarterVideo(
    slug="je-verrouille-je-pars-la-video",
    title="Je verrouille, je pars\N{NO-BREAK SPACE}: la vidéo",
    theme=Theme.SESSION,
    summary="Vingt secondes sans son pour montrer ce qui change quand on verrouille sa session.",
    alt="Un grand cadenas jaune dont la serrure est un œil, sur fond bleu nuit.",
    duration=21.0,
    width=1280,
    height=720,
)
