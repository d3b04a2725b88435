"""Claims in the shapes in which providers send them. All of the people are invented."""

from __future__ import annotations

from typing import Any

RPPS = "10100000009"
"""Eleven digits with a right Luhn key."""


def activity(site: str = "", entity: str = "", name: str = "HOPITAL GENERIQUE") -> dict[str, Any]:
    return {
        "codeModeExercice": "S",
        "codeSecteurDactivite": "SA01",
        "codeSectionPharmacien": "",
        "codeRole": "",
        "numeroSiretSite": "",
        "numeroSirenSite": "",
        "numeroFinessSite": site,
        "numeroFinessetablissementJuridique": entity,
        "identifiantTechniqueDeLaStructure": "R10000000000000",
        "raisonSocialeSite": name,
        "enseigneCommercialeSite": "",
    }


def pro_sante_connect(
    *activities: dict[str, Any], number: str = f"8{RPPS}", profession: str = "60"
) -> dict[str, Any]:
    """As Pro Santé Connect's userinfo has them with the scope `scope_all`; no e-mail address."""
    return {
        "Secteur_Activite": "SA01^1.2.250.1.71.4.2.4",
        "SubjectNameID": number,
        "SubjectOrganization": activities[0]["raisonSocialeSite"] if activities else "",
        "SubjectRole": [f"{profession}^1.2.250.1.213.1.1.5.5"],
        "SubjectRefPro": {
            "codeCivilite": "MME",
            "exercices": [
                {
                    "codeProfession": profession,
                    "codeCategorieProfessionnelle": "C",
                    "nomDexercice": "MARTIN",
                    "prenomDexercice": "Claire",
                    "activities": list(activities),
                }
            ],
        },
        "PSI_Locale": "1.2.250.1.213.1.3.1.1",
        "otherIds": [{"identifiant": number, "origine": "RPPS", "qualite": 1}],
        "preferred_username": number,
        "given_name": "Claire",
        "family_name": "MARTIN",
        "acr": "eidas1",
    }


def hospital(email: str, **others: Any) -> dict[str, Any]:
    """As Keycloak sends them."""
    return {
        "email": email,
        "email_verified": True,
        "given_name": "Dominique",
        "family_name": "Petit",
        "preferred_username": email.partition("@")[0],
        **others,
    }
