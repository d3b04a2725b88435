"""The texts a new site starts with. Editors change them in Wagtail; nothing reads them again."""

from __future__ import annotations

from typing import Any

HOME: dict[str, Any] = {
    "title": "Accueil",
    "slug": "accueil",
    "message": "La cybersécurité, c’est la continuité de la sécurité des soins",
    "lead": (
        "Un message douteux, une clé USB trouvée, une session restée ouverte : à l’hôpital, "
        "chacun de nous peut arrêter une attaque. Dix minutes suffisent pour apprendre comment."
    ),
    "summary": (
        "La campagne de sensibilisation et de formation à la cybersécurité "
        "des établissements de santé."
    ),
    "aims": [
        {
            "type": "aim",
            "value": {
                "title": "La gouvernance",
                "text": (
                    "Mettre la cybersécurité au cœur de la direction des établissements, "
                    "au même rang que les autres risques."
                ),
                "pictogram": "buildings/city-hall",
            },
        },
        {
            "type": "aim",
            "value": {
                "title": "L’hygiène numérique",
                "text": "Faire des bons gestes une habitude, comme l’hygiène des mains.",
                "pictogram": "health/health",
            },
        },
        {
            "type": "aim",
            "value": {
                "title": "La communauté",
                "text": "Renforcer l’entraide nationale de celles et ceux qui font l’e-santé.",
                "pictogram": "environment/human-cooperation",
            },
        },
    ],
    "figures": [
        {
            "type": "figure",
            "value": {
                "value": "3 036",
                "label": "hôpitaux à sensibiliser, inégalement avertis du sujet",
                "publisher": "ministère chargé de la santé, lancement de la campagne",
                "published_on": "novembre 2019",
                "url": "",
            },
        },
        {
            "type": "figure",
            "value": {
                "value": "693",
                "label": "incidents signalés en deux ans, par 250 à 300 structures seulement",
                "publisher": "ASIP Santé, devenue l’Agence du numérique en santé",
                "published_on": "novembre 2019",
                "url": "",
            },
        },
        {
            "type": "figure",
            "value": {
                "value": "1 sur 2",
                "label": "a obligé l’établissement à travailler en mode dégradé",
                "publisher": "ASIP Santé, devenue l’Agence du numérique en santé",
                "published_on": "novembre 2019",
                "url": "",
            },
        },
    ],
}


def _steps(*texts: str) -> list[dict[str, str]]:
    return [{"type": "step", "value": text} for text in texts]


INCIDENT: dict[str, Any] = {
    "title": "Signaler un incident",
    "slug": "signaler-un-incident",
    "summary": (
        "Un clic de trop, un message étrange, un écran bloqué : dites-le tout de suite. "
        "Personne ne vous le reprochera ; le silence, lui, laisse le temps à l’attaque."
    ),
    "at_once": _steps(
        "Ne touchez plus au poste, et ne l’éteignez pas : il garde les traces utiles.",
        "Débranchez le câble réseau ou coupez le wifi, si l’informatique vous l’a appris "
        "et que le poste ne pilote pas un appareil de soins.",
        "Prévenez vos collègues : qu’ils n’ouvrent pas le même message.",
        "Notez l’heure, ce que vous avez vu, ce que vous avez fait.",
    ),
    "to_say": _steps(
        "Qui vous êtes, où vous êtes, à quel numéro vous rappeler.",
        "Ce que vous avez vu : message, fenêtre, lenteur, fichiers illisibles.",
        "Ce que vous avez fait : clic, mot de passe saisi, pièce jointe ouverte, clé branchée.",
        "Depuis quand, et sur quel poste ou quel logiciel.",
        "Ce qui touche les soins : dossier patient, prescriptions, appareil.",
    ),
    "gestures": [
        {
            "type": "do_dont",
            "value": {
                "do": [
                    "Appeler, même pour un simple doute",
                    "Passer aux procédures papier si le service en a",
                    "Changer votre mot de passe depuis un autre poste, si vous l’avez donné",
                ],
                "dont": [
                    "Effacer le message ou les fichiers",
                    "Payer, ou répondre à une demande de rançon",
                    "Redémarrer « pour voir » ou rebrancher une clé suspecte",
                ],
            },
        }
    ],
    "national_text": (
        "<p>Votre établissement déclare lui-même les incidents graves ou significatifs sur le "
        "portail national : c’est une obligation depuis le 1<sup>er</sup> octobre 2017 (article "
        "L.1111-8-2 du code de la santé publique).</p>"
        "<p>La déclaration parvient au CERT Santé, joignable à toute heure, qui peut aider à "
        "répondre à l’attaque. Le référent sécurité ou la direction s’en charge ; si personne ne "
        "répond chez vous, déclarez.</p>"
    ),
}


def _text(html: str) -> list[dict[str, str]]:
    return [{"type": "rich_text", "value": html}]


ABOUT: dict[str, Any] = {
    "title": "La campagne",
    "slug": "la-campagne",
    "show_in_menus": True,
    "summary": "La vigilance est l’affaire de tous, du bloc à la direction.",
    "body": _text(
        "<p>Lancée le 28 novembre 2019 par la ministre chargée de la santé avec l’ASIP Santé, "
        "devenue l’Agence du numérique en santé, la campagne s’adresse aux équipes de direction, "
        "aux experts du numérique, aux professionnels de santé, aux fonctions support et aux "
        "usagers.</p>"
        "<h3>Ce que vous trouvez ici</h3>"
        "<ul><li>des modules de cinq à dix minutes, avec une attestation ;</li>"
        "<li>des vidéos et des affiches à reprendre dans votre établissement ;</li>"
        "<li>l’agenda des rencontres régionales ;</li>"
        "<li>pour l’encadrement, la part des équipes formées.</li></ul>"
    ),
}

LEGAL: dict[str, dict[str, Any]] = {
    "accessibility_page": {
        "title": "Accessibilité",
        "slug": "accessibilite",
        "summary": "Déclaration d’accessibilité de ce site.",
        "body": _text(
            "<h3>État de conformité</h3>"
            "<p>Ce site n’a <b>pas encore été audité</b>. En l’absence d’audit valide, il est "
            "déclaré <b>non conforme</b> au référentiel général d’amélioration de l’accessibilité "
            "(RGAA 4.1), comme le demande la loi n° 2005-102, article 47.</p>"
            "<h3>Ce qui est déjà fait</h3>"
            "<ul><li>Les pages reposent sur le système de design de l’État et fonctionnent sans "
            "JavaScript, au clavier et à 320 pixels de large.</li>"
            "<li>Les vidéos ont des sous-titres et une transcription ; sans elles, elles ne "
            "peuvent être enregistrées.</li>"
            "<li>Les images publiées ont un texte alternatif.</li>"
            "<li>Un contrôle automatique passe sur chaque type de page à chaque "
            "modification. Il ne remplace pas un audit.</li></ul>"
            "<h3>Signaler un obstacle</h3>"
            "<p>Si une page vous résiste, écrivez à l’équipe de la campagne : nous vous "
            "proposerons un autre moyen d’accès. Sans réponse satisfaisante, vous pouvez saisir "
            "le Défenseur des droits.</p>"
        ),
    },
    "legal_notice_page": {
        "title": "Mentions légales",
        "slug": "mentions-legales",
        "summary": "",
        "body": _text(
            "<h3>Éditeur</h3><p>À compléter par l’exploitant du site : nom, adresse, directeur ou "
            "directrice de la publication.</p>"
            "<h3>Hébergement</h3><p>À compléter par l’exploitant du site : nom, adresse et "
            "téléphone de l’hébergeur.</p>"
        ),
    },
    "personal_data_page": {
        "title": "Données personnelles et cookies",
        "slug": "donnees-personnelles",
        "summary": "Ce que le site sait de vous, pourquoi, et qui le voit.",
        "body": _text(
            "<h3>Ce que le site enregistre</h3>"
            "<p>Votre adresse électronique, votre établissement, votre métier, les modules que "
            "vous suivez et vos résultats. Les traces de formation vous désignent par un "
            "identifiant opaque, jamais par votre nom.</p>"
            "<h3>Qui voit quoi</h3>"
            "<ul><li>Votre encadrement voit si une formation obligatoire est faite, jamais vos "
            "réponses ni vos notes.</li>"
            "<li>Une agence régionale ou l’équipe nationale ne voit que des totaux, sans nom.</li>"
            "</ul>"
            "<h3>Cookies</h3>"
            "<p>Deux cookies, nécessaires au fonctionnement : votre session, qui finit avec le "
            "navigateur, et la protection des formulaires. Aucune mesure d’audience, aucun "
            "service tiers ; il n’y a donc rien à accepter.</p>"
            "<h3>Vos droits</h3>"
            "<p>À compléter par l’exploitant du site : responsable du traitement, délégué à la "
            "protection des données, durées de conservation, voies de recours.</p>"
        ),
    },
}
