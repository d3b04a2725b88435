"""What hospitals' own words for our roles mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from documents.folding import fold
from organisation.enums import ValueKind
from organisation.models import RosterMapping, StaffRole

from .likeness import best

# What hospitals write for our roles, folded. Grades carry a rank, which is cut off before.
ROLE_WORDS: dict[str, tuple[str, ...]] = {
    "infirmier": ("ide", "infirmier", "infirmiere", "infirmier diplome d etat", "isg", "idesg"),
    "infirmier-anesthesiste": ("iade", "infirmier anesthesiste", "infirmiere anesthesiste"),
    "infirmier-bloc": ("ibode", "infirmier de bloc operatoire", "infirmiere de bloc"),
    "aide-soignant": ("as", "aide soignant", "aide soignante", "asd", "asde"),
    "agent-service-hospitalier": ("ash", "ashq", "agent de service hospitalier", "asl"),
    "brancardier": ("brancardier", "brancardiere"),
    "ambulancier": ("ambulancier", "ambulanciere", "conducteur ambulancier"),
    "medecin": ("ph", "medecin", "praticien hospitalier", "praticien", "pu ph", "assistant"),
    "anesthesiste": ("mar", "anesthesiste reanimateur", "anesthesiste", "medecin anesthesiste"),
    "chirurgien": ("chirurgien", "chirurgienne"),
    "sage-femme": ("sf", "sage femme", "sage femme des hopitaux"),
    "pharmacien": ("pharmacien", "pharmacienne"),
    "kinesitherapeute": ("mk", "kine", "kinesitherapeute", "masseur kinesitherapeute"),
    "dieteticien": ("dieteticien", "dieteticienne"),
    "manipulateur-radio": ("mer", "merm", "manipulateur radio", "manip radio"),
    "technicien-laboratoire": ("tl", "technicien de laboratoire", "technicien laboratoire"),
    "preparateur-pharmacie": ("pph", "preparateur en pharmacie", "preparateur pharmacie"),
    "assistant-social": ("assistant social", "assistante sociale", "assistant socio educatif"),
    "educateur": ("educateur", "educateur specialise", "educatrice specialisee"),
    "secretaire-medical": ("ama", "assistant medico administratif", "secretaire medicale"),
    "agent-administratif": ("adjoint administratif", "agent administratif", "secretaire"),
    "cadre-sante": ("cds", "cadre de sante", "cadre superieur de sante", "fcs"),
    "directeur": ("directeur", "directrice", "directeur adjoint", "directeur d hopital"),
    "interne": ("interne", "ffi", "externe", "etudiant en medecine"),
    "agent-logistique": ("agent logistique", "magasinier", "agent d entretien qualifie", "aeq"),
    "agent-restauration": ("cuisinier", "agent de restauration"),
    "technicien-informatique": ("technicien informatique", "technicien si"),
    "interimaire": ("interimaire", "vacataire"),
    "stagiaire": ("stagiaire", "apprenti", "apprentie"),
}


def word_fold(text: str) -> str:
    """A word of a file as it is looked up."""
    return fold(text)[:200]


def role_names() -> dict[str, int | None]:
    """Primary keys by folded name and by code. One query."""
    roles: dict[str, int | None] = {}
    for pk, code, name in StaffRole.objects.values_list("pk", "code", "name"):
        roles |= {fold(name): pk, fold(code): pk}
    return roles


def role_words_of(establishments: Collection[int]) -> dict[int, dict[str, int | None]]:
    """What each of these establishments said of its own words: {establishment: {folded word: role,
    or None for a word that is left out}}. One query."""
    found: dict[int, dict[str, int | None]] = defaultdict(dict)
    rows = RosterMapping.objects.filter(kind=ValueKind.ROLE, establishment__in=establishments)
    for place, source, role in rows.values_list("establishment", "source", "role"):
        found[place][source] = role
    return found


def role_words_remember(
    *, words: Iterable[tuple[int, str, str]], roles: dict[str, int | None]
) -> None:
    """Keep what words mean in establishments: (establishment, folded word, as it is written), and
    the role of each folded word; None for one that is left out."""
    RosterMapping.objects.bulk_create(
        [
            RosterMapping(
                establishment_id=place,
                kind=ValueKind.ROLE,
                source=source,
                label=label,
                role_id=roles[source],
            )
            for place, source, label in words
        ],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["establishment", "kind", "source"],
        update_fields=["label", "role"],
    )


class RoleProposer:
    """Proposes the code of a role: what hospitals usually call it, else what looks alike."""

    def __init__(self) -> None:
        names = list(StaffRole.objects.values_list("code", "name"))
        self._roles = {word: code for code, words in ROLE_WORDS.items() for word in words}
        self._roles |= {fold(text): code for code, name in names for text in (code, name)}
        for code, name in names:  # «Infirmier ou infirmière de bloc» is not what «infirmier» is
            for form in _forms(name):
                self._roles.setdefault(form, code)

    def propose(self, label: str) -> str:
        """A code, or «»."""
        return best(_without_rank(fold(label)), self._roles) or ""


def _forms(name: str) -> Iterable[str]:
    """«Chargé ou chargée de communication» → both, and the whole."""
    folded = fold(name)
    first, _ou, second = folded.partition(" ou ")
    yield folded
    yield first
    if second:
        yield second


def _without_rank(word: str) -> str:
    """«infirmier cl sup 2eme grade» → «infirmier»."""
    kept = []
    for part in word.split():
        if part[0].isdigit() or part in _RANKS:
            break
        kept.append(part)
    return " ".join(kept) or word


_RANK_WORDS = "cl classe grade gr sup superieur superieure norm normale pr principal"
_RANKS = frozenset(_RANK_WORDS.split())
