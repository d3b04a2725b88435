"""The starter reflex cards: what to do, step by step, when it happens.

The first line of a step is the gesture, the second what makes it precise. What they ask for is
what the page «Signaler un incident» asks for.
"""

from __future__ import annotations

from campaign_assets.enums import Theme
from starter.assets.drawings import Drawing


def _card(
    slug: str,
    theme: Theme,
    figure: str,
    world: str,
    *,
    title: str,
    steps: tuple[str, ...],
    avoid: str,
    alt: str,
    summary: str,
    placement: tuple[str, ...],
    audiences: tuple[str, ...] = (),
) -> Drawing:
    numbered = {f"step_{number}": step for number, step in enumerate(steps, start=1)}
    return Drawing(
        slug=f"carte-{slug}",
        theme=theme,
        design="carte-reflexe",
        figure=figure,
        world=world,
        texts={"title": title, **numbered, "avoid": avoid},
        alt=alt,
        summary=summary,
        placement=placement,
        audiences=audiences,
    )


CARDS = (
    _card(
        "rancongiciel-les-premieres-minutes",
        Theme.RANSOMWARE,
        "ransomware",
        "coral-night",
        title="Rançongiciel :\nles premières\nminutes",
        steps=(
            "J’isole le poste, je le laisse allumé.\nCâble réseau retiré ou Wi-Fi coupé. S’il "
            "participe à un soin, j’appelle d’abord.",
            "J’appelle le support informatique.\nDe jour comme de nuit, par téléphone : la "
            "messagerie est peut-être touchée.",
            "Je préviens autour de moi.\nMon cadre et mes collègues : plus personne ne touche à ce "
            "poste.",
            "Je note ce que je vois.\nL’heure et le message, mot pour mot ou en photo, sans nom de "
            "patient.",
            "Je passe en mode dégradé.\nLes soins continuent, avec les documents papier du "
            "service.",
        ),
        avoid="Éteindre ou redémarrer, payer, répondre au message,\nrebrancher sans l’accord du "
        "support.",
        alt="Un écran barré d’un œil dont la pupille est un cadenas ; son câble réseau pend, "
        "débranché.",
        summary="Écran bloqué, fichiers illisibles, demande de rançon : les cinq gestes, dans "
        "l’ordre.",
        placement=(
            "Près du téléphone de chaque service",
            "Dans le classeur du mode dégradé",
        ),
    ),
    _card(
        "un-doute-sur-un-mail",
        Theme.PHISHING,
        "phishing",
        "night-coral",
        title="Un doute\nsur un mail ?",
        steps=(
            "Je ne clique pas, je ne réponds pas.\nNi lien, ni pièce jointe, ni code QR, même si "
            "le "
            "message presse.",
            "Je relis l’adresse entière.\nLe nom affiché ne prouve rien : une lettre de trop "
            "suffit "
            "à tromper.",
            "J’appelle la personne.\nAvec un numéro que je connais déjà, jamais celui du message.",
            "Je signale au support informatique.\nAvec le bouton de signalement ou par téléphone ; "
            "je garde le message.",
            "J’ai déjà cliqué ? Je le dis.\nEt je change mon mot de passe depuis un autre poste.",
        ),
        avoid="Transférer le message à des collègues, l’effacer,\ndonner un mot de passe ou un "
        "code "
        "reçu.",
        alt="Une enveloppe marquée d’un œil, prise à un hameçon dont la pointe est la flèche d’une "
        "souris d’ordinateur.",
        summary="Un mail qui presse, qui promet ou qui menace : comment lever le doute en deux "
        "minutes.",
        placement=("Au bord de l’écran, dans les bureaux", "Dans le livret des nouveaux arrivants"),
    ),
    _card(
        "panne-informatique-mode-degrade",
        Theme.DEVICES,
        "devices",
        "night-mint",
        title="Panne\ninformatique :\nmode dégradé",
        steps=(
            "Le patient d’abord.\nJe poursuis le soin en cours, sur papier s’il le faut.",
            "Je préviens mon cadre et le support.\nPar téléphone ; j’attends la consigne avant de "
            "réessayer.",
            "Je sors le dossier de secours.\nFeuilles de soins, ordonnances, étiquettes, annuaire "
            "papier du service.",
            "J’identifie chaque feuille.\nNom, prénom, date de naissance ; la date, l’heure et ma "
            "signature.",
            "Au retour, je ressaisis et je vérifie.\nQuand le support le dit, à deux ; les "
            "feuilles "
            "sont gardées.",
        ),
        avoid="Envoyer des données de patients par mon téléphone\nou par une messagerie privée.",
        alt="Un moniteur de soins : le tracé du pouls mène à un œil dont l’iris est fait de deux "
        "flèches qui tournent.",
        summary="Le dossier patient ne répond plus : continuer les soins sur papier, sans perdre "
        "le "
        "fil.",
        placement=(
            "Dans le classeur du mode dégradé, première page",
            "Sur le chariot de soins et à l’accueil",
        ),
        audiences=("soignants", "support"),
    ),
    _card(
        "j-ai-clique-que-faire",
        Theme.REPORTING,
        "reporting",
        "mint-night",
        title="J’ai cliqué :\nque faire ?",
        steps=(
            "Je m’arrête, je laisse allumé.\nJe ne ferme rien et je n’efface rien.",
            "J’appelle tout de suite.\nMême pour un simple doute, même longtemps après.",
            "Je dis ce que j’ai fait.\nCliqué, ouvert, saisi un mot de passe ; l’heure et le "
            "poste.",
            "Je change le mot de passe donné.\nDepuis un autre poste, et partout où je "
            "l’utilisais.",
            "Je préviens mes collègues.\nLe même message les attend peut-être.",
        ),
        avoid="Attendre de voir, effacer le message,\nchercher un coupable.",
        alt="Une grande bulle de parole dont le centre est un œil ouvert ; une petite bulle "
        "blanche "
        "lui répond.",
        summary="Un clic de trop arrive à tout le monde : ce qu’il faut dire, et à qui.",
        placement=("En salle de pause", "Dans les bureaux, près du téléphone"),
    ),
    _card(
        "crise-cyber-la-premiere-heure",
        Theme.GOVERNANCE,
        "governance",
        "signal-night",
        title="Crise cyber :\nla première\nheure",
        steps=(
            "Je réunis la cellule de crise.\nDirection, soins, numérique, communication ; une main "
            "courante.",
            "Je protège les soins.\nMode dégradé service par service ; les urgences et le bloc "
            "d’abord.",
            "Je laisse l’informatique isoler.\nElle coupe, garde les traces et vérifie les "
            "sauvegardes.",
            "Je fais signaler.\nPortail national ; le CERT Santé répond à toute heure. J’informe "
            "l’ARS.",
            "Je parle d’une seule voix.\nPar téléphone et par affichage, si la messagerie est "
            "touchée.",
        ),
        avoid="Payer, communiquer hors de la cellule de crise,\nredémarrer sans l’accord du RSSI.",
        alt="Un grand sifflet d’entraîneur dont la chambre est un œil ouvert.",
        summary="Pour l’astreinte de direction : cinq décisions dans l’ordre, à relire avant "
        "l’exercice annuel.",
        placement=("Dans le classeur de l’astreinte de direction", "En salle de crise"),
        audiences=("direction", "numerique"),
    ),
)
