"""Frames into files: H.264 in MP4 and VP9 in WebM, silent, equal bytes for equal frames."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

from .stage import FPS, HEIGHT, WIDTH
from .story import Film

# Colours as televisions have them, named in the file, so that night stays night everywhere.
NAMED = ("-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709")
COLOURS = ("-vf", "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p", *NAMED)
EXACT = ("-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-threads", "2")
# A key frame every four seconds at most: one can jump to any place of the film.
CODECS = {
    ".mp4": (
        *("-c:v", "libx264", "-crf", "23", "-preset", "medium", "-tune", "animation"),
        *("-profile:v", "high", "-g", "100", "-movflags", "+faststart"),
    ),
    ".webm": (
        *("-c:v", "libvpx-vp9", "-crf", "35", "-b:v", "0", "-deadline", "good"),
        *("-cpu-used", "4", "-row-mt", "1", "-tile-columns", "2", "-g", "100"),
    ),
}


def film_write(film: Film, base: Path) -> None:
    """`base` with .mp4 and .webm; each frame is painted once for both."""
    writers = [_writer(base.with_suffix(suffix), codec) for suffix, codec in CODECS.items()]
    for frame in frames(film):
        for writer in writers:
            assert writer.stdin is not None
            writer.stdin.write(frame)
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.close()
        if writer.wait():
            raise SystemExit(f"ffmpeg failed ({writer.returncode}) for {base.name}")


def frames(film: Film) -> Iterator[bytes]:
    """RGB, one after the other; a frame that stays is not painted again."""
    before, painted = None, b""
    for i in range(round(film.seconds * FPS)):
        stage = film.stage(i / FPS)
        if stage.frame() != before:
            before, painted = stage.frame(), stage.painted().tobytes()
        yield painted


def _writer(path: Path, codec: tuple[str, ...]) -> subprocess.Popen[bytes]:
    import imageio_ffmpeg

    command = [
        imageio_ffmpeg.get_ffmpeg_exe(),
        *("-y", "-loglevel", "error"),
        *("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}", "-r", str(FPS)),
        *("-i", "-", "-an", *COLOURS, *codec, *EXACT, str(path)),
    ]
    return subprocess.Popen(command, stdin=subprocess.PIPE)
