"""A document that somebody sends as a proof: told by its bytes, bounded, and made anew.

What is kept is never the file that was sent. A picture is decoded and written again, so metadata,
trailing data and second meanings stay behind; of a PDF only the pages are taken over, without
scripts, actions, forms, links or attachments. No virus scanner looks at it: whoever serves it does
so as a download with `DOWNLOAD_POLICY`, to the few who must read it.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import IO, Literal

import pikepdf
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

MAX_BYTES = 5_000_000
MAX_PAGES = 20
MAX_PIXELS = 40_000_000
LONGEST = 2400  # pixels of what is kept: A4 at 200 dpi
STREAM_BYTES = 50_000_000
"""What one packed part of a PDF may unpack to: 2 kB can say they are a gigabyte."""
DOWNLOAD_POLICY = "default-src 'none'; sandbox"

UploadType = Literal["pdf", "jpg"]
CONTENT_TYPES: dict[str, str] = {"pdf": "application/pdf", "jpg": "image/jpeg"}
ACCEPT = ".pdf,.png,.jpg,.jpeg,application/pdf,image/png,image/jpeg"

_PNG, _JPEG, _PDF = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"%PDF-"
# What pages may keep: their drawing. Annotations carry links, forms, actions and files.
_PAGE_KEYS = frozenset(
    {"/Type", "/Contents", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Group"}
)

# Once and for the whole process, which no PDF of ours comes near to.
pikepdf.settings.set_qpdf_limits(
    flate_max_memory=STREAM_BYTES,
    png_max_memory=STREAM_BYTES,
    run_length_max_memory=STREAM_BYTES,
    tiff_max_memory=STREAM_BYTES,
    dct_max_memory=STREAM_BYTES,
    max_stream_filters=4,
)


class UploadRefused(Exception):
    """The file cannot be kept; the message is for who sent it."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A document that may be kept."""

    content: bytes
    type: UploadType


def upload_read(file: IO[bytes]) -> Upload:
    """Check a PDF, PNG or JPEG and make it anew; whatever its name and declared type say.

    :raises UploadRefused: with the reason, in words.
    """
    content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise UploadRefused(_("Ce fichier dépasse 5 Mo : envoyez une version plus légère."))
    if not content:
        raise UploadRefused(_("Ce fichier est vide."))
    if content.startswith(_PDF):
        return Upload(_pdf(content), "pdf")
    if content.startswith((_PNG, _JPEG)):
        return Upload(_picture(content), "jpg")
    raise UploadRefused(_("Ce fichier n’est ni un PDF, ni un PNG, ni un JPEG."))


def _pdf(content: bytes) -> bytes:
    try:
        with pikepdf.open(io.BytesIO(content)) as sent, pikepdf.new() as kept:
            if sent.is_encrypted:
                raise UploadRefused(_locked())
            if len(sent.pages) > MAX_PAGES:
                raise UploadRefused(
                    _("Ce PDF a plus de %(most)d pages : n’envoyez que celles qui prouvent.")
                    % {"most": MAX_PAGES}
                )
            for page in sent.pages:
                for key in set(page.obj.keys()) - _PAGE_KEYS - {"/Parent"}:
                    del page.obj[key]
                kept.pages.append(page)
            if not len(kept.pages):
                raise UploadRefused(_("Ce PDF n’a aucune page."))
            out = io.BytesIO()
            kept.save(out)
    except pikepdf.PasswordError as error:
        raise UploadRefused(_locked()) from error
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, RuntimeError) as error:
        raise UploadRefused(_("Ce PDF est abîmé : enregistrez-le à nouveau.")) from error
    return out.getvalue()


def _locked() -> str:
    return _("Ce PDF est protégé par un mot de passe : envoyez-le sans protection.")


def _picture(content: bytes) -> bytes:
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as image:
            if image.width * image.height > MAX_PIXELS:
                raise UploadRefused(_too_large())
            image.draft("RGB", (LONGEST, LONGEST))
            upright = ImageOps.exif_transpose(image).convert("RGBA")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UploadRefused(_too_large()) from error
    except (OSError, ValueError, SyntaxError) as error:
        raise UploadRefused(_("Cette image est abîmée : exportez-la à nouveau.")) from error
    upright.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    # A fresh image has neither EXIF nor text nor profile.
    fresh = Image.new("RGB", upright.size, "white")
    fresh.paste(upright, mask=upright.getchannel("A"))
    out = io.BytesIO()
    fresh.save(out, "JPEG", quality=85)
    return out.getvalue()


def _too_large() -> str:
    return _("Cette image a trop de pixels : 40 millions au plus.")
