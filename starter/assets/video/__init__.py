"""The starter videos. `scripts/film` draws them and writes what stands beside them; see there."""

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
    width: int = 1920
    height: int = 1080

    @property
    def file(self) -> Path:
        """H.264."""
        return FOLDER / f"{self.slug}.mp4"

    @property
    def webm(self) -> Path:
        """VP9."""
        return FOLDER / f"{self.slug}.webm"

    @property
    def captions(self) -> Path:
        """The words on the screen."""
        return FOLDER / f"{self.slug}.vtt"

    @property
    def descriptions(self) -> Path:
        """What is only seen."""
        return FOLDER / f"{self.slug}.descriptions.vtt"

    @property
    def thumbnail(self) -> Path:
        return FOLDER / f"{self.slug}.png"

    @property
    def transcript(self) -> str:
        """HTML: what is seen and what is written."""
        return (FOLDER / f"{self.slug}.html").read_text(encoding="utf-8").strip()


# The slug of its page differs from the poster's of the same line.
VIDEO = StarterVideo(
    slug="je-verrouille-je-pars-la-video",
    title="Je verrouille, je pars\N{NO-BREAK SPACE}: la vidéo",
    theme=Theme.SESSION,
    summary="Quarante secondes sans son : la même sonnette, deux fois ; ce qui change quand on "
    "verrouille sa session.",
    alt="Un grand cadenas jaune dont la serrure est un œil, sur fond bleu nuit.",
    duration=40.0,
)
CALLING = StarterVideo(
    slug="j-appelle-avant-de-cliquer-la-video",
    title="J’appelle avant de cliquer\N{NO-BREAK SPACE}: la vidéo",
    theme=Theme.PHISHING,
    summary="Quarante-cinq secondes sans son : un message pressant, deux fois ; ce qui change "
    "quand on appelle avant de cliquer.",
    alt="Une grande enveloppe marquée d’un œil, prise à un hameçon, sur fond corail.",
    duration=45.0,
)
VIDEOS = (VIDEO, CALLING)
