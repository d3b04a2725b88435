"""The process that reads one PDF: a script by itself, without Django.

The PDF is its standard input, a file that can be sought. It writes a word of `Verdict` on a line
and, of a good one, the first page as PNG; whatever else happens is its death.
"""

from __future__ import annotations

import resource
import sys
from typing import Any

MEMORY = 1536 * 1024 * 1024  # bytes of address space, libraries included
SECONDS = 15  # of the processor
LONGEST = 1286  # pixels of the picture: A4 at 110 ppi, as the campaign's own previews
MOST_OBJECTS = 300_000
DEEPEST = 60

# ISO 32000-1: actions that run or open something (12.6.4.5, 12.6.4.16, 12.7.5), a rich media or XFA
# form, files that are carried along (7.11.4).
ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/GoToE", "/SubmitForm"}
KEYS = {"/JS", "/JavaScript", "/EmbeddedFiles", "/EmbeddedFile", "/EF", "/XFA", "/RichMediaContent"}


def limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it writes no file; a pipe is none


def verdict(file: Any) -> str:
    import pikepdf

    try:
        with pikepdf.open(file) as pdf:
            if pdf.is_encrypted:
                return "encrypted"
            if not len(pdf.pages):
                return "broken"
            return "active" if is_active(pdf) else "good"
    except pikepdf.PasswordError:
        return "encrypted"
    except pikepdf.PdfError:
        return "broken"


def is_active(pdf: Any) -> bool:
    """Whether any object, in whatever stream it is packed, does or carries something."""
    for number, one in enumerate(pdf.objects):
        if number > MOST_OBJECTS:
            return True
        if _is_active(one):
            return True
    return False


def _is_active(whole: Any) -> bool:
    """What is nested directly; what is referred to is an object of its own."""
    import pikepdf

    left = [(whole, 0)]
    while left:
        one, depth = left.pop()
        if depth > DEEPEST:
            return True
        if isinstance(one, pikepdf.Array):
            left += [(child, depth + 1) for child in one if _is_here(child)]
        elif isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            entries = one.stream_dict if isinstance(one, pikepdf.Stream) else one
            if KEYS & set(entries.keys()):
                return True
            if str(entries.get("/S", "")) in ACTIONS or str(entries.get("/Type", "")) in KEYS:
                return True
            left += [(child, depth + 1) for child in dict(entries).values() if _is_here(child)]
    return False


def _is_here(child: Any) -> bool:
    import pikepdf

    return isinstance(child, pikepdf.Array | pikepdf.Dictionary) and not child.is_indirect


def first_page(file: Any) -> Any:
    """A picture of the first page, whatever its size, on white."""
    import pypdfium2

    page = pypdfium2.PdfDocument(file)[0]
    scale = LONGEST / max(*page.get_size(), 1.0)
    return page.render(scale=scale, draw_annots=False).to_pil().convert("RGB")


def main() -> None:
    limit()
    file = sys.stdin.buffer
    said = verdict(file)
    picture = None
    if said == "good":
        file.seek(0)
        picture = first_page(file)
    out = sys.stdout.buffer
    out.write(f"{said}\n".encode())
    if picture is not None:
        picture.save(out, "PNG")
    out.flush()


if __name__ == "__main__":
    main()
