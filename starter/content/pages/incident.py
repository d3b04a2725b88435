"""«Signaler un incident»."""

from __future__ import annotations

from starter.content.schema import IncidentText, do_dont, html

INCIDENT = IncidentText(
    slug="signaler-un-incident",
    title="Signaler un incident",
    summary="Un message douteux, un clic de trop, un écran étrange : qui appeler, que dire, que "
    "ne pas faire.",
    at_once=(
        "Le patient d’abord : continuez le soin, sur papier s’il le faut, selon la procédure du "
        "service.",
        "Ne touchez plus au poste, mais laissez-le allumé : il garde des traces utiles.",
        "Un message de rançon, des fichiers illisibles ? Débranchez le câble réseau ou coupez le "
        "Wi-Fi, sauf si l’appareil participe à un soin : dans ce cas, appelez d’abord.",
        "Prévenez votre cadre et les collègues qui utilisent le même poste.",
    ),
    to_say=(
        "Qui vous êtes, où vous êtes, à quel numéro vous rappeler.",
        "Ce que vous avez vu : le message affiché mot pour mot, ou une photo de l’écran sans nom "
        "de patient.",
        "À quelle heure, sur quel poste ou quel appareil. Son étiquette porte souvent un numéro.",
        "Ce que vous avez fait : cliqué, ouvert un fichier, saisi un mot de passe, branché une "
        "clé.",
        "Ce que cela change pour les patients : un soin retardé, un dossier inaccessible, un "
        "appareil arrêté.",
    ),
    gestures=do_dont(
        do=[
            "Appeler le service informatique ou l’astreinte, même pour un simple doute, même "
            "longtemps après",
            "Noter l’heure et ce qui s’affiche",
            "Changer depuis un autre poste le mot de passe que vous avez donné",
            "Remettre au service informatique la clé USB trouvée",
        ],
        dont=[
            "Éteindre ou redémarrer le poste",
            "Répondre au message ou payer quoi que ce soit",
            "Effacer le message, le fichier ou l’historique",
            "Débrancher de vous-même un appareil qui participe à un soin",
            "Prévenir par la messagerie de l’hôpital si elle peut être touchée",
        ],
    ),
    national=html(
        """
        <p>Vous prévenez votre hôpital. C’est ensuite l’établissement, le plus souvent par
        son responsable de la sécurité des systèmes d’information (RSSI), qui signale les
        incidents graves ou significatifs sur le portail national. La loi l’y oblige
        (article L. 1111-8-2 du code de la santé publique).</p>
        <p>Le signalement parvient au CERT Santé de l’Agence du Numérique en Santé,
        joignable à toute heure, qui peut aider l’établissement. Signaler sert à obtenir de
        l’aide et à prévenir les autres, pas à chercher un coupable.</p>
        """
    ),
)
