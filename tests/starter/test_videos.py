"""The starter videos: the files, their captions, and what the script draws."""

from __future__ import annotations

import base64
import itertools
import re
import struct
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from scripts.film import locking, phishing, stage, story
from starter.assets.video import CALLING, VIDEO, VIDEOS, StarterVideo
from starter.typography import french

MEGABYTE = 1024 * 1024
FILMS = {VIDEO: locking.FILM, CALLING: phishing.FILM}
CUE = re.compile(r"(\d\d):(\d\d\.\d{3}) --> (\d\d):(\d\d\.\d{3})\n(.+?)(?:\n\n|\n*\Z)", re.S)
each_video = pytest.mark.parametrize("video", VIDEOS, ids=lambda video: video.slug)
pairs = pytest.mark.parametrize(("video", "film"), FILMS.items(), ids=lambda each: each.slug)

Cue = tuple[float, float, str]


def cues(path: Path) -> list[Cue]:
    return [
        (int(m) * 60 + float(s), int(n) * 60 + float(t), text)
        for m, s, n, t, text in CUE.findall(path.read_text(encoding="utf-8"))
    ]


# The files --------------------------------------------------------------------------------------


@each_video
def test_videos_are_light_enough_to_be_committed(video: StarterVideo) -> None:
    for file in (video.file, video.webm):
        assert 100_000 < file.stat().st_size < 3 * MEGABYTE
    assert video.thumbnail.stat().st_size < 200_000


@each_video
def test_mp4_is_h264_and_plays_while_it_loads(video: StarterVideo) -> None:
    raw = video.file.read_bytes()
    assert raw[4:8] == b"ftyp"
    assert b"avc1" in raw
    assert raw.index(b"moov") < raw.index(b"mdat")


@each_video
def test_webm_is_vp9(video: StarterVideo) -> None:
    raw = video.webm.read_bytes()
    assert raw.startswith(b"\x1a\x45\xdf\xa3")
    assert b"webm" in raw[:64]
    assert b"V_VP9" in raw[:2000]


@pairs
def test_duration_is_what_the_page_says(video: StarterVideo, film: story.Film) -> None:
    raw = video.file.read_bytes()
    # ISO/IEC 14496-12, 8.2.2: «mvhd», version and flags, two dates, timescale, duration.
    timescale, duration = struct.unpack_from(">II", raw, raw.index(b"mvhd") + 16)
    assert duration / timescale == pytest.approx(video.duration, abs=0.1)
    assert film.seconds == video.duration
    assert 30 <= video.duration <= 60


@each_video
def test_poster_frame_has_the_size_of_the_video(video: StarterVideo) -> None:
    with Image.open(video.thumbnail) as picture:
        assert picture.size == (video.width, video.height) == (stage.WIDTH, stage.HEIGHT)


@pytest.mark.browser
@each_video
def test_both_codecs_play_in_a_browser(
    page_factory: Callable[..., Any], video: StarterVideo
) -> None:
    page = page_factory(1280)
    for file, kind in ((video.file, "video/mp4"), (video.webm, "video/webm")):
        page.set_content("<video muted></video>")
        source = f"data:{kind};base64,{base64.b64encode(file.read_bytes()).decode()}"
        found = page.evaluate(
            """async (source) => {
                const video = document.querySelector("video");
                video.src = source;
                await new Promise((done, fail) => {
                    video.onloadeddata = done;
                    video.onerror = () => fail(video.error.message);
                });
                video.currentTime = video.duration / 2;
                await new Promise((done) => { video.onseeked = done; });
                await video.play();
                const from = video.currentTime;
                while (video.currentTime < from + 0.2) {
                    await new Promise((done) => { window.setTimeout(done, 50); });
                }
                return [video.duration, video.videoWidth, video.videoHeight];
            }""",
            source,
        )
        assert found[0] == pytest.approx(video.duration, abs=0.1)
        assert found[1:] == [video.width, video.height]


# Words ------------------------------------------------------------------------------------------


@pairs
def test_committed_texts_are_what_the_script_writes(video: StarterVideo, film: story.Film) -> None:
    assert video.slug == film.slug
    assert video.captions.read_text(encoding="utf-8") == story.captions(film)
    assert video.descriptions.read_text(encoding="utf-8") == story.descriptions(film)
    assert video.transcript == story.transcript(film).strip()


@each_video
def test_captions_can_be_read_in_time(video: StarterVideo) -> None:
    found = cues(video.captions)
    assert len(found) == video.captions.read_text(encoding="utf-8").count("-->")
    for start, end, text in found:
        assert 0 <= start < end <= video.duration
        lines = text.split("\n")
        assert len(lines) <= 2
        assert max(map(len, lines)) <= 37
        assert len(text) / (end - start) <= 20
        assert end - start >= 1.4
    for (_, end, _), (start, _, _) in itertools.pairwise(found):
        assert end <= start


@each_video
def test_descriptions_cover_the_whole_film(video: StarterVideo) -> None:
    found = cues(video.descriptions)
    assert found[0][0] == 0
    assert found[-1][1] == video.duration
    for (_, end, _), (start, _, _) in itertools.pairwise(found):
        assert end == start


@each_video
def test_transcript_says_what_is_written_and_what_is_seen(video: StarterVideo) -> None:
    said = re.sub(r"<[^>]+>", " ", video.transcript)
    for _, _, text in [*cues(video.captions), *cues(video.descriptions)]:
        assert text.replace("\n", " ") in said
    assert "sans son" in said


@pairs
def test_words_on_the_picture_are_the_captions(video: StarterVideo, film: story.Film) -> None:
    spoken = {" ".join(text.split()) for _, _, text in cues(video.captions)}
    for said in film.words:
        assert " ".join(" ".join(said.typeset).split()) in {" ".join(t.split()) for t in spoken}
        if said.kind != story.DRAWN:
            middle = film.stage((said.start + min(said.end, said.start + 2.4)) / 2)
            drawn = {mark.text for mark in middle.marks if isinstance(mark, stage.Text)}
            assert set(said.typeset) <= drawn


@pairs
def test_words_have_room_and_size(video: StarterVideo, film: story.Film) -> None:
    """Within the margins; the sentences of the story 18 px high on a phone 360 px wide."""
    for said in film.words:
        if said.kind == story.DRAWN:
            continue
        at, size, style = story.PLACES[said.kind]
        font = stage.font_of(style, round(size))
        for line in said.typeset:
            assert (said.at or at)[0] + font.getlength(line) <= stage.WIDTH - 100
        assert size * 360 / stage.WIDTH >= (18 if said.kind == story.TALK else 8)


@each_video
def test_texts_of_videos_are_well_set(video: StarterVideo) -> None:
    for text in (video.transcript, video.captions.read_text(encoding="utf-8"), video.title):
        plain = re.sub(r"<[^>]+>|\d\d:\d\d\.\d{3} --> .*", "", text)
        assert french(plain) == plain


# The picture ------------------------------------------------------------------------------------

SKETCH = 0.1  # of the film's size
SAMPLES = 12.5  # a second, every other frame
CELLS = (8, 6)


@cache
def cells_over_time(film: story.Film) -> list[list[float]]:
    """The relative luminance (WCAG 2.x, 0 to 1) of each cell of the picture over time."""
    before, frames = None, []
    for i in range(round(film.seconds * SAMPLES)):
        drawn = film.stage(i / SAMPLES)
        if drawn.frame() == before:
            frames.append(frames[-1])
            continue
        before = drawn.frame()
        pixels = drawn.painted(SKETCH).resize(CELLS, Image.Resampling.BOX).tobytes()
        frames.append([_luminance(pixels[j : j + 3]) for j in range(0, len(pixels), 3)])
    return [list(cell) for cell in zip(*frames, strict=True)]


@cache  # flat shapes: few colours
def _luminance(rgb: bytes) -> float:
    linear = [_linear(level / 255) for level in rgb]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _linear(level: float) -> float:
    return level / 12.92 if level <= 0.04045 else ((level + 0.055) / 1.055) ** 2.4


def turns(values: list[float]) -> list[int]:
    """Where luminance has changed by a tenth, up and down by turns."""
    found, edge, way = [], values[0], 0
    for i, value in enumerate(values):
        if way * (value - edge) > 0:
            edge = value  # goes on in the same direction
        elif abs(value - edge) >= 0.1:
            way, edge = (1 if value > edge else -1), value
            found.append(i)
    return found


def test_turns_are_counted() -> None:
    assert turns([0, 0.05, 0.2, 0.5, 0.45, 0.1, 0.9]) == [2, 5, 6]
    assert turns([0.5, 0.5, 0.45, 0.5]) == []


@pairs
def test_nothing_flashes(video: StarterVideo, film: story.Film) -> None:
    """WCAG 2.3.1: no more than three flashes in any second. A flash is two opposing changes; here
    in any forty-eighth of the picture, which is stricter."""
    for values in cells_over_time(film):
        times = turns(values)
        for i, first in enumerate(times):
            within = [at for at in times[i:] if at - first < SAMPLES]
            assert len(within) <= 6


@pairs
def test_a_frame_is_drawn_the_same_twice(video: StarterVideo, film: story.Film) -> None:
    first, second = film.stage(12.0), film.stage(12.0)
    assert first.frame() == second.frame()
    assert first.painted(SKETCH).tobytes() == second.painted(SKETCH).tobytes()
