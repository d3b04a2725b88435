"""Names on files and names that are half hidden."""

from __future__ import annotations

from documents.archives.names import file_word


def masked(first_name: str, last_name: str) -> str:
    """«C… M…»: enough for who holds the paper, too little for who does not; "" without a name."""
    names = (first_name.strip(), last_name.strip())
    return " ".join(f"{name[0].upper()}…" for name in names if name)


def file_stem(*, last_name: str, first_name: str, title: str) -> str:
    """«DUPONT_Aurelie_mots-de-passe», without ending."""
    last, first = file_word(last_name, 40).upper(), file_word(first_name, 40)
    words = [word for word in (last, first) if word] or ["SANS-NOM"]
    return "_".join([*words, file_word(title, 60).lower() or "formation"])
