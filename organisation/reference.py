"""The reference lists that every installation has: regions, role families, staff roles.

Regions are those of INSEE, with the departments they are made of (codes as in the official
geographic code; the overseas collectivities belong to none). The nine role families and the roles
are ours; their codes are stable, their names may be edited on the site.
"""

from __future__ import annotations

from typing import NamedTuple

REGIONS: dict[str, str] = {
    "01": "Guadeloupe",
    "02": "Martinique",
    "03": "Guyane",
    "04": "La Réunion",
    "06": "Mayotte",
    "11": "Île-de-France",
    "24": "Centre-Val de Loire",
    "27": "Bourgogne-Franche-Comté",
    "28": "Normandie",
    "32": "Hauts-de-France",
    "44": "Grand Est",
    "52": "Pays de la Loire",
    "53": "Bretagne",
    "75": "Nouvelle-Aquitaine",
    "76": "Occitanie",
    "84": "Auvergne-Rhône-Alpes",
    "93": "Provence-Alpes-Côte d’Azur",
    "94": "Corse",
}

_REGION_DEPARTMENTS: dict[str, str] = {
    "01": "971",
    "02": "972",
    "03": "973",
    "04": "974",
    "06": "976",
    "11": "75 77 78 91 92 93 94 95",
    "24": "18 28 36 37 41 45",
    "27": "21 25 39 58 70 71 89 90",
    "28": "14 27 50 61 76",
    "32": "02 59 60 62 80",
    "44": "08 10 51 52 54 55 57 67 68 88",
    "52": "44 49 53 72 85",
    "53": "22 29 35 56",
    "75": "16 17 19 23 24 33 40 47 64 79 86 87",
    "76": "09 11 12 30 31 32 34 46 48 65 66 81 82",
    "84": "01 03 07 15 26 38 42 43 63 69 73 74",
    "93": "04 05 06 13 83 84",
    "94": "2A 2B",
}

REGION_OF_DEPARTMENT: dict[str, str] = {
    department: region
    for region, departments in _REGION_DEPARTMENTS.items()
    for department in departments.split()
}


class FamilyEntry(NamedTuple):
    code: str
    name: str


class RoleEntry(NamedTuple):
    family: str
    code: str
    name: str


ROLE_FAMILIES: tuple[FamilyEntry, ...] = (
    FamilyEntry("medicale", "Médicale"),
    FamilyEntry("soignante", "Soignante et rééducation"),
    FamilyEntry("medico-technique", "Médico-technique"),
    FamilyEntry("socio-educative", "Socio-éducative"),
    FamilyEntry("administrative", "Administrative"),
    FamilyEntry("technique", "Technique et logistique"),
    FamilyEntry("direction", "Direction et encadrement"),
    FamilyEntry("systeme-information", "Système d’information"),
    FamilyEntry("etudiants-interim", "Étudiants et intérim"),
)

STAFF_ROLES: tuple[RoleEntry, ...] = (
    RoleEntry("medicale", "medecin", "Médecin"),
    RoleEntry("medicale", "chirurgien", "Chirurgien ou chirurgienne"),
    RoleEntry("medicale", "anesthesiste", "Médecin anesthésiste-réanimateur"),
    RoleEntry("medicale", "sage-femme", "Sage-femme ou maïeuticien"),
    RoleEntry("medicale", "pharmacien", "Pharmacien ou pharmacienne"),
    RoleEntry("soignante", "infirmier", "Infirmier ou infirmière"),
    RoleEntry("soignante", "infirmier-anesthesiste", "Infirmier ou infirmière anesthésiste"),
    RoleEntry("soignante", "infirmier-bloc", "Infirmier ou infirmière de bloc opératoire"),
    RoleEntry("soignante", "aide-soignant", "Aide-soignant ou aide-soignante"),
    RoleEntry("soignante", "agent-service-hospitalier", "Agent ou agente de service hospitalier"),
    RoleEntry("soignante", "brancardier", "Brancardier ou brancardière"),
    RoleEntry("soignante", "ambulancier", "Ambulancier ou ambulancière"),
    RoleEntry(
        "soignante", "kinesitherapeute", "Masseur-kinésithérapeute ou masseuse-kinésithérapeute"
    ),
    RoleEntry("soignante", "ergotherapeute", "Ergothérapeute"),
    RoleEntry("soignante", "dieteticien", "Diététicien ou diététicienne"),
    RoleEntry("medico-technique", "manipulateur-radio", "Manipulateur ou manipulatrice radio"),
    RoleEntry(
        "medico-technique", "technicien-laboratoire", "Technicien ou technicienne de laboratoire"
    ),
    RoleEntry(
        "medico-technique", "preparateur-pharmacie", "Préparateur ou préparatrice en pharmacie"
    ),
    RoleEntry("socio-educative", "assistant-social", "Assistant ou assistante de service social"),
    RoleEntry("socio-educative", "educateur", "Éducateur spécialisé ou éducatrice spécialisée"),
    RoleEntry("socio-educative", "psychologue", "Psychologue"),
    RoleEntry("administrative", "secretaire-medical", "Secrétaire médical ou médicale"),
    RoleEntry("administrative", "agent-admissions", "Agent ou agente des admissions"),
    RoleEntry(
        "administrative", "agent-administratif", "Agent administratif ou agente administrative"
    ),
    RoleEntry("administrative", "ressources-humaines", "Gestionnaire des ressources humaines"),
    RoleEntry("administrative", "finances-achats", "Gestionnaire des finances et des achats"),
    RoleEntry("administrative", "communication", "Chargé ou chargée de communication"),
    RoleEntry("technique", "technicien-maintenance", "Technicien ou technicienne de maintenance"),
    RoleEntry(
        "technique", "technicien-biomedical", "Technicien biomédical ou technicienne biomédicale"
    ),
    RoleEntry("technique", "agent-logistique", "Agent ou agente logistique"),
    RoleEntry("technique", "agent-restauration", "Agent ou agente de restauration"),
    RoleEntry("technique", "agent-securite", "Agent ou agente de sécurité"),
    RoleEntry("direction", "directeur", "Directeur ou directrice"),
    RoleEntry("direction", "cadre-sante", "Cadre de santé"),
    RoleEntry("direction", "cadre-administratif", "Cadre administratif ou technique"),
    RoleEntry("direction", "responsable-qualite", "Responsable qualité et gestion des risques"),
    RoleEntry("systeme-information", "dsi", "Responsable du système d’information"),
    RoleEntry("systeme-information", "rssi", "Responsable de la sécurité numérique (RSSI)"),
    RoleEntry(
        "systeme-information",
        "administrateur-systeme",
        "Administrateur ou administratrice système et réseau",
    ),
    RoleEntry(
        "systeme-information", "technicien-informatique", "Technicien ou technicienne informatique"
    ),
    RoleEntry(
        "systeme-information", "delegue-donnees", "Délégué ou déléguée à la protection des données"
    ),
    RoleEntry("etudiants-interim", "interne", "Interne, étudiant ou étudiante en médecine"),
    RoleEntry("etudiants-interim", "etudiant-soignant", "Étudiant ou étudiante en soins"),
    RoleEntry("etudiants-interim", "stagiaire", "Stagiaire, apprenti ou apprentie"),
    RoleEntry("etudiants-interim", "interimaire", "Intérimaire ou vacataire"),
)
