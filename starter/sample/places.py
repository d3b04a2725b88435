"""Which hospitals have sample people, how many, and how well their campaign goes."""

from __future__ import annotations

from dataclasses import dataclass, field

Departments = dict[str, tuple[str, ...]]
"""Names of departments by kind; `FAMILY_DEPARTMENTS` says which families work in which kind."""


@dataclass(frozen=True, slots=True)
class SampleHospital:
    """A real hospital by the FINESS numbers of its sites.

    `people` of it are on the roster, `undeclared` is the share by which HR's headcounts exceed it,
    `engagement` the chance that somebody takes what is required.
    """

    name: str
    sites: tuple[str, ...]
    people: int
    engagement: float
    undeclared: float = 0.0
    departments: Departments = field(default_factory=dict)
    hotline: str = ""
    contact: str = ""


LARGE: Departments = {
    "clinical": (
        "Urgences adultes",
        "Réanimation médicale",
        "Cardiologie",
        "Chirurgie digestive",
        "Maternité",
        "Pédiatrie",
        "Gériatrie",
        "Bloc opératoire",
    ),
    "plateau": ("Imagerie", "Laboratoire", "Pharmacie"),
    "office": ("Admissions et accueil", "Ressources humaines et finances", "Communication"),
    "technical": ("Services techniques", "Logistique et restauration"),
    "head": ("Direction générale",),
    "digital": ("Système d’information",),
}
MEDIUM: Departments = {
    "clinical": ("Urgences", "Médecine", "Chirurgie", "Gériatrie"),
    "plateau": ("Plateau technique",),
    "office": ("Accueil et administration",),
    "technical": ("Services techniques et logistiques",),
    "head": ("Direction",),
    "digital": ("Informatique",),
}
PSYCHIATRY: Departments = {
    **MEDIUM,
    "clinical": ("Psychiatrie adulte", "Psychiatrie de l’enfant", "Urgences psychiatriques"),
}
SMALL: Departments = {
    "clinical": ("Soins",),
    "plateau": ("Plateau technique",),
    "office": ("Administration",),
    "technical": ("Services techniques",),
    "head": ("Direction",),
    "digital": ("Informatique",),
}

CHU_RENNES = "CHU de Rennes"

HOSPITALS: tuple[SampleHospital, ...] = (
    SampleHospital(
        CHU_RENNES,
        ("350000741", "350006771", "350007084", "350042008", "350053013"),
        people=520,
        engagement=0.78,
        undeclared=0.12,
        departments=LARGE,
        hotline="02 61 91 00 17",
        contact="Responsable de la sécurité numérique",
    ),
    SampleHospital(
        "Centre hospitalier de Fougères",
        ("350000154",),
        people=130,
        engagement=0.55,
        departments=MEDIUM,
        hotline="02 61 91 02 40",
        contact="Service informatique",
    ),
    SampleHospital(
        "Centre hospitalier Guillaume Régnier",
        ("350000337",),
        people=160,
        engagement=0.62,
        undeclared=0.25,
        departments=PSYCHIATRY,
        hotline="02 61 91 03 15",
        contact="Référente sécurité numérique",
    ),
    SampleHospital(
        "Pôle MPR Saint-Hélier", ("350002564",), people=70, engagement=0.85, departments=SMALL
    ),
    SampleHospital(
        "Clinique Saint-Yves",
        ("350002200",),
        people=60,
        engagement=0.35,
        undeclared=0.4,
        departments=SMALL,
    ),
    SampleHospital(
        "Centre hospitalier de La Guerche-de-Bretagne",
        ("350000212",),
        people=4,
        engagement=0.6,
        departments=SMALL,
    ),
    SampleHospital(
        "CHRU de Tours",
        ("370000861", "370004467"),
        people=200,
        engagement=0.66,
        undeclared=0.1,
        departments=LARGE,
        hotline="02 61 91 04 08",
        contact="Cellule sécurité numérique",
    ),
    SampleHospital(
        "Centre hospitalier de Blois", ("410000020",), people=90, engagement=0.5, departments=MEDIUM
    ),
    SampleHospital(
        "Centre de réadaptation Bel-Air",
        ("370000374",),
        people=40,
        engagement=0.7,
        departments=SMALL,
    ),
    SampleHospital(
        "Centre hospitalier de Sainte-Maure-de-Touraine",
        ("370001158",),
        people=3,
        engagement=0.5,
        departments=SMALL,
    ),
    SampleHospital(
        "CHU de La Réunion, site Félix-Guyon",
        ("970400024",),
        people=140,
        engagement=0.6,
        undeclared=0.2,
        departments=LARGE,
    ),
    SampleHospital(
        "Établissement public de santé mentale de La Réunion",
        ("970400016",),
        people=70,
        engagement=0.45,
        departments=PSYCHIATRY,
    ),
    SampleHospital(
        "Clinique Saint-Vincent", ("970404844",), people=30, engagement=0.4, departments=SMALL
    ),
)

# Which departments a role family works in, and how many of each role in a thousand.
FAMILY_DEPARTMENTS: dict[str, str] = {
    "medicale": "clinical",
    "soignante": "clinical",
    "socio-educative": "clinical",
    "etudiants-interim": "clinical",
    "medico-technique": "plateau",
    "administrative": "office",
    "technique": "technical",
    "direction": "head",
    "systeme-information": "digital",
}
ROLE_WEIGHTS: dict[str, int] = {
    "medecin": 85,
    "chirurgien": 18,
    "anesthesiste": 10,
    "sage-femme": 15,
    "pharmacien": 9,
    "infirmier": 250,
    "infirmier-bloc": 14,
    "aide-soignant": 175,
    "agent-service-hospitalier": 65,
    "brancardier": 20,
    "kinesitherapeute": 18,
    "manipulateur-radio": 22,
    "technicien-laboratoire": 26,
    "preparateur-pharmacie": 12,
    "assistant-social": 12,
    "psychologue": 12,
    "secretaire-medical": 48,
    "agent-admissions": 18,
    "agent-administratif": 35,
    "ressources-humaines": 10,
    "finances-achats": 8,
    "communication": 3,
    "technicien-maintenance": 16,
    "agent-logistique": 16,
    "agent-restauration": 16,
    "agent-securite": 6,
    "directeur": 6,
    "cadre-sante": 24,
    "responsable-qualite": 4,
    "dsi": 2,
    "rssi": 1,
    "administrateur-systeme": 6,
    "technicien-informatique": 9,
    "interne": 30,
    "etudiant-soignant": 22,
    "interimaire": 15,
}
# How readily a family takes what is required, relative to its hospital.
FAMILY_ENGAGEMENT: dict[str, float] = {
    "medicale": 0.75,
    "soignante": 1.0,
    "socio-educative": 1.05,
    "etudiants-interim": 0.6,
    "medico-technique": 1.05,
    "administrative": 1.15,
    "technique": 0.8,
    "direction": 0.95,
    "systeme-information": 1.2,
}
