"""What a film is: drawn frames, the words on them, and what is seen between the words.

The words stand once, here: they are drawn on the frames, and they are the captions. What is seen
is a track of descriptions, and with the words the transcript.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from starter.typography import french

from .actors import mark, words
from .stage import NIGHT, WHITE, Colour, Point, Stage

TALK, HEADLINE, GESTURE, HELP = "talk", "headline", "gesture", "help"
DRAWN = "drawn"  # an actor carries these words: they are only captions here
# Where words of a kind begin, how large, in which style; pixels of the film.
PLACES = {
    TALK: ((120.0, 178.0), 100.0, "Bold"),
    HEADLINE: ((112.0, 452.0), 112.0, "Bold"),
    GESTURE: ((116.0, 742.0), 53.0, "Medium"),
    HELP: ((116.0, 950.0), 44.0, "Regular"),
}


@dataclass(frozen=True)
class Words:
    """Lines on the screen from `start` to `end`, in seconds."""

    start: float
    end: float
    lines: tuple[str, ...]
    kind: str = TALK
    ink: Colour = WHITE
    at: Point | None = None  # else where words of its kind stand

    @property
    def typeset(self) -> tuple[str, ...]:
        return tuple(french(line) for line in self.lines)


@dataclass(frozen=True)
class Sight:
    """What is seen from `start` to `end`, for who does not see it."""

    start: float
    end: float
    text: str


@dataclass(frozen=True)
class Film:
    """`draw` draws the frame of a time without its words; `poster_at` is the time of the still
    that stands for the film."""

    slug: str
    seconds: float
    poster_at: float
    words: tuple[Words, ...]
    sights: tuple[Sight, ...]
    draw: Callable[[Stage, float], None]
    closing: float  # when the campaign's name appears
    closing_inks: tuple[Colour, Colour] = (WHITE, NIGHT)

    def stage(self, t: float) -> Stage:
        """The whole frame at `t`."""
        stage = Stage()
        self.draw(stage, t)
        for said in self.words:
            if said.start <= t < said.end and said.kind != DRAWN:
                self._write(stage, t, said)
        ink, ground = self.closing_inks
        mark(stage, 116, 128, ink, ground, min(1.0, (t - self.closing) / 0.5))
        return stage

    def _write(self, stage: Stage, t: float, said: Words) -> None:
        place, size, style = PLACES[said.kind]
        stays = said.end >= self.seconds
        words(
            stage,
            t,
            said.typeset,
            start=said.start,
            end=said.end + 1 if stays else said.end,
            ink=said.ink,
            at=said.at or place,
            size=size,
            style=style,
        )


# Files ----------------------------------------------------------------------------------------


def captions(film: Film) -> str:
    """WebVTT: the words, when they are on the screen; the last ones follow each other."""
    return _webvtt(_captions(film.words))


def descriptions(film: Film) -> str:
    """WebVTT: what is seen."""
    return _webvtt((sight.start, sight.end, french(sight.text)) for sight in film.sights)


def transcript(film: Film) -> str:
    """HTML: what is seen and what is written, in order of time."""
    moments = [(sight.start, 0, _seen(sight.text)) for sight in film.sights]
    moments += [
        (start, 1, f"<b>{_quoted(' '.join(text.split(chr(10))))}</b>")
        for start, _, text in _captions(film.words)
    ]
    items: list[list[str]] = []
    for _, is_said, text in sorted(moments):
        if not is_said or not items:
            items.append([])
        items[-1].append(text)
    listed = "".join(f"<li>{' '.join(item)}</li>" for item in items)
    intro = french("La vidéo est sans son. Ce qu'elle montre, et ce qui s'y écrit :")
    return f"<p>{intro}</p><ol>{listed}</ol>\n"


def _captions(said: Iterable[Words]) -> list[tuple[float, float, str]]:
    """Start, end, text. What is on the screen together is read one after the other: a caption ends
    where the next begins."""
    said = sorted(said, key=lambda each: each.start)
    cues = []
    for words_now, following in zip(said, [*said[1:], None], strict=True):
        end = words_now.end if following is None else min(words_now.end, following.start)
        cues.append((words_now.start, end, _two_lines(words_now.typeset)))
    return cues


def _two_lines(lines: Sequence[str]) -> str:
    """More would hide the picture."""
    return "\n".join([lines[0], " ".join(lines[1:])] if len(lines) > 2 else lines)


def _quoted(text: str) -> str:
    safe = html.escape(text, quote=False)
    return safe if text.startswith("«") else f"«\u00a0{safe}\u00a0»"


def _seen(text: str) -> str:
    return html.escape(french(text), quote=False)


def _webvtt(cues: Iterable[tuple[float, float, str]]) -> str:
    parts = [f"{_time(start)} --> {_time(end)}\n{text}\n" for start, end, text in cues]
    return "WEBVTT\n\n" + "\n".join(parts)


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds * 1000), 60_000)
    return f"{minutes:02d}:{rest // 1000:02d}.{rest % 1000:03d}"
