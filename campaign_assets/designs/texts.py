"""The words on a design: made clean, and refused in words that their writer understands."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaign_assets.designs.formats import Format
from campaign_assets.designs.registry import Design, Field
from documents.fonts import characters

# Left by word processors and chats, and seen by nobody.
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff\ufe0e\ufe0f"
# What Marianne sets otherwise: tabulation, narrow no-break space, no-break hyphen.
_TIDIED = {ord(one): None for one in _INVISIBLE} | {0x9: " ", 0x202F: "\u00a0", 0x2011: "-"}

BRAND_MAX_LENGTH = 300  # far more than fits anywhere; no template has to try
BRAND_LABELS: dict[str, Promise] = {
    "brand.name": gettext_lazy("Nom de l’établissement"),
    "brand.intranet": gettext_lazy("Adresse intranet"),
    "brand.hotline": gettext_lazy("Numéro d’assistance"),
    "brand.security_contact": gettext_lazy("Contact sécurité"),
    "qr.label": gettext_lazy("Texte du code QR"),
}


class TextRefused(Exception):
    """A text cannot be set. `field` is a field of the design, «alt», «brand.name» …; `str()` says
    in French what to do."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class TextDoesNotFit(TextRefused):
    """Too long, even at the smallest size."""


class TextUnreadable(TextRefused):
    """A character that the typeface lacks, or that steers instead of being read."""


def clean(text: str) -> str:
    """Composed letters, one kind of line break, nothing invisible, no space at the ends."""
    whole = unicodedata.normalize("NFC", text).translate(_TIDIED)
    lines = whole.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.strip(" ") for line in lines).strip("\n")


def clean_line(text: str) -> str:
    """The same on one line."""
    return " ".join(clean(text).split("\n"))


def texts_problems(design: Design, texts: Mapping[str, str]) -> dict[str, TextRefused]:
    """What is wrong with each field's text, as far as can be said without setting it."""
    found = {}
    for field in design.fields:
        problem = field_problem(field, clean(texts.get(field.name, "")))
        if problem:
            found[field.name] = problem
    return found


def field_problem(field: Field, text: str) -> TextRefused | None:
    """What is wrong with a clean text of the field."""
    lines = text.count("\n") + 1
    if field.is_required and not text:
        return TextRefused(field.name, _("Ce texte est nécessaire."))
    if len(text) > field.max_length:
        message = _("Ce texte compte %(length)s caractères ; %(max)s au plus.")
        return TextDoesNotFit(field.name, message % {"length": len(text), "max": field.max_length})
    if lines > field.max_lines:
        message = ngettext(
            "Ce texte tient sur une seule ligne.",
            "Ce texte tient sur %(max)s lignes au plus.",
            field.max_lines,
        )
        return TextDoesNotFit(field.name, message % {"max": field.max_lines})
    return unreadable(field.name, text)


def unreadable(field: str, text: str) -> TextUnreadable | None:
    """The first character that cannot be set, named so that it is found."""
    for character in _unknown(text):
        named = {"character": character, "code": f"U+{ord(character):04X}"}
        if unicodedata.category(character).startswith("C"):
            message = _("Ce texte contient un caractère invisible (%(code)s) : retapez-le.")
        else:
            message = _(
                "Le caractère « %(character)s » (%(code)s) n’existe pas dans la police de la "
                "campagne : remplacez-le ou retirez-le."
            )
        return TextUnreadable(field, message % named)
    return None


def brand_problem(field: str, text: str) -> TextRefused | None:
    """What is wrong with a clean text of a brand."""
    if len(text) > BRAND_MAX_LENGTH:
        return too_long(field, BRAND_LABELS[field])
    return unreadable(field, text)


def too_long(field: str, label: str | Promise, format_: Format | None = None) -> TextDoesNotFit:
    """What the writer is told when even the smallest size is too large."""
    if format_ is None:
        message = _("« %(label)s » est trop long, même écrit plus petit : raccourcissez ce texte.")
    else:
        message = _(
            "« %(label)s » est trop long pour le format %(format)s, même écrit plus petit : "
            "raccourcissez ce texte."
        )
    values = {"label": label, "format": format_.label if format_ else ""}
    return TextDoesNotFit(field, message % values)


def _unknown(text: str) -> Iterator[str]:
    known = characters()
    return (one for one in text if one not in known and one != "\n")
