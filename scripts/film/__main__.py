"""The starter films: frames, videos, captions, transcripts, drawn anew.

Needs `requirements/media.txt` (it brings an ffmpeg); `make films` sees to it. From the root:

    python -m scripts.film                         # everything, into starter/assets/video/
    python -m scripts.film --only texts            # captions, descriptions, transcripts
    python -m scripts.film --sheet sheet.png --film locking --every 1 --from 10 --to 20
"""

from __future__ import annotations

import argparse
import math
from multiprocessing import Pool
from pathlib import Path

from PIL import Image, features

from . import encoding, locking, phishing, stage
from .story import Film, captions, descriptions, transcript

FILMS = {"locking": locking.FILM, "phishing": phishing.FILM}
FOLDER = stage.ROOT / "starter" / "assets" / "video"


def texts_write(film: Film) -> None:
    base = FOLDER / film.slug
    base.with_suffix(".vtt").write_text(captions(film), encoding="utf-8")
    base.with_suffix(".descriptions.vtt").write_text(descriptions(film), encoding="utf-8")
    base.with_suffix(".html").write_text(transcript(film), encoding="utf-8")


def poster_write(film: Film) -> None:
    """The still, in a palette: flat colours need no more."""
    picture = film.stage(film.poster_at).painted()
    picture = picture.quantize(128, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    picture.save((FOLDER / film.slug).with_suffix(".png"), optimize=True)


def sheet_write(film: Film, path: Path, times: list[float], columns: int, width: int) -> None:
    """A contact sheet: many frames, small, to be looked at."""
    height = width * stage.HEIGHT // stage.WIDTH
    rows = math.ceil(len(times) / columns)
    sheet = Image.new("RGB", (columns * width, rows * height))
    fine = 1 if width < 900 else 2
    for i, t in enumerate(times):
        frame = film.stage(t).painted(fine).resize((width, height), Image.Resampling.LANCZOS)
        sheet.paste(frame, (i % columns * width, i // columns * height))
    sheet.save(path)


def kerning_check() -> None:
    """Pillow sets words without kerning where it lacks a library, and does not say so."""
    if not features.check("raqm"):
        raise SystemExit("Pillow finds no FriBiDi: sudo apt-get install libfribidi0")


def make(name: str) -> list[str]:
    film = FILMS[name]
    texts_write(film)
    poster_write(film)
    encoding.film_write(film, FOLDER / film.slug)
    return [
        f"{file.name}: {file.stat().st_size} bytes"
        for file in sorted(FOLDER.glob(f"{film.slug}.*"))
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--film", choices=FILMS)
    parser.add_argument("--only", choices=("texts", "posters"))
    parser.add_argument("--sheet", type=Path)
    parser.add_argument("--every", type=float, default=1.0)
    parser.add_argument("--from", dest="start", type=float, default=0.0)
    parser.add_argument("--to", dest="end", type=float)
    parser.add_argument("--columns", type=int, default=5)
    parser.add_argument("--width", type=int, default=384)
    arguments = parser.parse_args()
    names = [arguments.film] if arguments.film else list(FILMS)
    if arguments.sheet:
        film = FILMS[names[0]]
        end = arguments.end or film.seconds
        count = round((end - arguments.start) / arguments.every)
        times = [arguments.start + i * arguments.every for i in range(count)]
        sheet_write(film, arguments.sheet, times, arguments.columns, arguments.width)
    elif arguments.only:
        for name in names:
            (texts_write if arguments.only == "texts" else poster_write)(FILMS[name])
    else:
        kerning_check()
        with Pool(len(names)) as pool:
            for lines in pool.imap(make, names):
                print(*lines, sep="\n", flush=True)


if __name__ == "__main__":
    main()
