"""Kits: which assets go where and when. An item names its asset by the slug of its page."""

from __future__ import annotations

from dataclasses import dataclass

from campaign_assets.enums import Theme
from starter.content.schema import html

FILM_LOCK, FILM_CALL = "je-verrouille-je-pars-la-video", "j-appelle-avant-de-cliquer-la-video"


@dataclass(frozen=True)
class StarterKitItem:
    """A step: `asset` is a slug, `moment` when, `place` where it hangs or to whom it goes."""

    asset: str
    moment: str
    place: str
    note: str = ""


@dataclass(frozen=True)
class StarterKit:
    """A kit with what its page says of it. `plan` is HTML; items are in the order of their use."""

    slug: str
    title: str
    theme: Theme
    summary: str
    plan: str
    items: tuple[StarterKitItem, ...]
    audiences: tuple[str, ...] = ()


LAUNCH = StarterKit(
    slug="kit-de-lancement",
    title="Kit de lancement",
    theme=Theme.WHOLE,
    summary="Quatre semaines pour lancer la campagne dans un établissement : les cadres d’abord, "
    "les murs ensuite, la presse en dernier.",
    plan=html(
        """
        <h3>Avant de commencer</h3>
        <ul>
            <li><b>Qui ?</b> Une personne de la communication, le RSSI ou l’informatique, et un
            cadre de santé. Deux heures de préparation, une demi-journée d’affichage.</li>
            <li><b>Le numéro.</b> Décidez du seul numéro à appeler en cas de doute, de jour comme de
            nuit, et appelez-le pour vérifier qu’il répond.</li>
            <li><b>À votre nom.</b> Téléchargez ce kit au nom de votre établissement : les affiches
            portent son logo et son numéro. A4 au mur d’une salle, A3 dans un couloir.</li>
        </ul>
        <h3>Dans l’ordre</h3>
        <ol>
            <li><b>Une semaine avant</b>, les cadres : ils posent les questions que leurs équipes
            poseront.</li>
            <li><b>La veille au soir</b>, les affiches : le matin, elles sont là.</li>
            <li><b>Le jour même</b>, le message de la direction, puis la presse.</li>
            <li><b>Les semaines suivantes</b>, un geste à la fois. Changez d’affiche toutes les deux
            ou trois semaines : celle que l’on ne voit plus ne sert plus.</li>
        </ol>
        <h3>Après quatre semaines</h3>
        <p>Regardez la couverture par métier, et demandez au support s’il reçoit plus d’appels de
        doute : c’est bon signe. Remerciez les services qui ont fait leur module.</p>
        """
    ),
    items=(
        StarterKitItem(
            "message-aux-cadres",
            "Une semaine avant",
            "Cadres de santé, cadres administratifs, responsables de service",
            "Dix minutes en réunion d’encadrement, et le message ensuite.",
        ),
        StarterKitItem(
            "je-verrouille-je-pars",
            "La veille, au soir",
            "Au-dessus des postes partagés : salles de soins, accueil, secrétariats",
            "À hauteur des yeux, à moins d’un mètre de l’écran.",
        ),
        StarterKitItem(
            "un-doute-j-appelle-avant-de-cliquer",
            "La veille, au soir",
            "Bureaux, secrétariats, achats, ressources humaines",
        ),
        StarterKitItem(
            "j-ai-clique-je-le-dis",
            "La veille, au soir",
            "Salles de pause et couloirs du personnel",
            "Écrivez le numéro à appeler avant d’afficher.",
        ),
        StarterKitItem(
            "carte-j-ai-clique-que-faire",
            "La veille, au soir",
            "Près du téléphone de chaque service",
            "En A5, avec le même numéro que sur les affiches.",
        ),
        StarterKitItem(
            "message-de-lancement",
            "Le jour même, à 9 h",
            "Intranet, puis tout le personnel par la messagerie",
            "Signé par la direction, sans lien ni pièce jointe.",
        ),
        StarterKitItem(
            "communique-de-presse",
            "Le jour même, à 11 h",
            "Rédactions locales",
            "Une fois le personnel prévenu.",
        ),
        StarterKitItem(
            "dossier-de-presse",
            "Le jour même",
            "La personne qui répond à la presse",
        ),
        StarterKitItem(
            FILM_LOCK,
            "Semaines 1 et 2",
            "Écrans du personnel, début des réunions de service",
            "Sans son : elle passe partout, sous-titres affichés si l’écran le permet.",
        ),
        StarterKitItem(
            "visuel-je-verrouille-je-pars",
            "Semaine 1",
            "Comptes de l’établissement, avec la première publication",
        ),
        StarterKitItem(
            "messages-pour-les-reseaux-sociaux",
            "Semaines 1 à 4, une publication par semaine",
            "Comptes de l’établissement",
        ),
        StarterKitItem(
            "messages-pour-les-ecrans",
            "Semaines 2 à 4",
            "Écrans du personnel",
            "Un message par quinzaine.",
        ),
        StarterKitItem(
            FILM_CALL,
            "Semaines 3 et 4",
            "Écrans du personnel, début des réunions de service",
        ),
        StarterKitItem(
            "un-acces-un-mot-de-passe",
            "Semaine 3",
            "Bureaux, salles de formation, près des imprimantes partagées",
            "À la place d’une affiche déjà vue.",
        ),
    ),
    audiences=("direction",),
)

PHISHING = StarterKit(
    slug="kit-hameconnage",
    title="Kit hameçonnage",
    theme=Theme.PHISHING,
    summary="Une semaine pour prendre l’habitude d’appeler avant de cliquer, et de le dire quand "
    "on a cliqué.",
    plan=html(
        """
        <h3>Avant de commencer</h3>
        <ul>
            <li><b>Le support d’abord.</b> Cette semaine-là, il recevra plus d’appels. Il répond en
            remerciant, même quand le message était honnête.</li>
            <li><b>Un seul chemin pour signaler</b> : un bouton, une adresse ou un numéro.
            Écrivez-le sur chaque support.</li>
            <li><b>Choisissez la semaine</b> hors des vacances et de la paie, quand les bureaux sont
            pleins.</li>
        </ul>
        <h3>Dans l’ordre</h3>
        <ol>
            <li><b>Le vendredi d’avant</b>, le support et le standard relisent les messages et les
            affiches sont posées.</li>
            <li><b>Du lundi au vendredi</b>, un billet par jour sur l’intranet, la vidéo sur les
            écrans.</li>
            <li><b>Dans la semaine</b>, chaque équipe suit le module « Reconnaître un courriel
            d’hameçonnage ».</li>
            <li><b>Le lundi suivant</b>, dites combien de messages ont été signalés, et merci.
            Jamais qui a cliqué.</li>
        </ol>
        """
    ),
    items=(
        StarterKitItem(
            "messages-de-la-semaine-hameconnage",
            "Le vendredi d’avant",
            "Support informatique et standard, pour relecture",
            "Complétez le numéro et l’adresse de signalement.",
        ),
        StarterKitItem(
            "un-doute-j-appelle-avant-de-cliquer",
            "Le vendredi d’avant",
            "Secrétariats, achats, paie, admissions, direction, salles de pause",
            "Là où l’on ouvre le plus de messages venus de l’extérieur.",
        ),
        StarterKitItem(
            "carte-un-doute-sur-un-mail",
            "Le vendredi d’avant",
            "Sur chaque bureau, près du téléphone",
            "En A5, à garder sous les yeux.",
        ),
        StarterKitItem(
            FILM_CALL,
            "Du lundi au vendredi",
            "Écrans du personnel, page d’accueil de l’intranet",
        ),
        StarterKitItem(
            "messages-de-la-semaine-hameconnage",
            "Du lundi au vendredi, le matin",
            "Intranet, un billet par jour",
        ),
        StarterKitItem(
            "j-ai-clique-je-le-dis",
            "Le vendredi",
            "Salles de pause, près des postes partagés",
            "Elle reste après la semaine.",
        ),
        StarterKitItem(
            "visuel-un-sms-de-l-hopital-je-verifie",
            "Le vendredi",
            "Réseaux sociaux de l’établissement, écrans des salles d’attente",
            "Pour les patients : eux aussi reçoivent des messages au nom de l’hôpital.",
        ),
    ),
)

WARD = StarterKit(
    slug="kit-salle-de-soins",
    title="Kit salle de soins",
    theme=Theme.SESSION,
    summary="Ce qu’il faut à un service de soins : des affiches au bon endroit, une vidéo à la "
    "relève, et ce que l’on fait le jour où tout s’arrête.",
    plan=html(
        """
        <h3>Avant de commencer</h3>
        <ul>
            <li><b>Une personne suffit</b> : le cadre de santé, ou un référent qui en a envie. Une
            heure en tout.</li>
            <li><b>Demandez à l’équipe où cela coince</b> : une carte que l’on se prête, une session
            trop longue à rouvrir. Ce qui gêne le soin se dit à l’informatique, et se répare.</li>
        </ul>
        <h3>Dans l’ordre</h3>
        <ol>
            <li><b>Le premier jour</b>, posez l’affiche du verrouillage au-dessus du poste. Essayez
            le geste ensemble : deux secondes.</li>
            <li><b>À une relève de chaque équipe</b>, jour et nuit, montrez la vidéo : quarante
            secondes, sans son.</li>
            <li><b>Dans le mois</b>, chacun suit un module, seul ou en équipe, sur le temps de
            travail.</li>
            <li><b>Une fois par an</b>, travaillez une heure sur papier pendant l’exercice de
            l’établissement.</li>
        </ol>
        <h3>Le patient d’abord, toujours</h3>
        <p>En cas d’urgence vitale, on part. La personne qui reste verrouille. Aucun geste de cette
        campagne ne passe avant un soin.</p>
        """
    ),
    items=(
        StarterKitItem(
            "je-verrouille-je-pars",
            "Le premier jour",
            "Au-dessus du poste de soins, et sur le chariot informatique",
            "En A5 sur le chariot.",
        ),
        StarterKitItem(
            FILM_LOCK,
            "La première semaine, à une relève de chaque équipe",
            "Poste de soins ou écran de la salle de relève",
            "Sans oublier l’équipe de nuit.",
        ),
        StarterKitItem(
            "ma-carte-ne-se-prete-pas",
            "La deuxième semaine",
            "Vestiaire, et à côté du lecteur de cartes",
            "Dites en même temps comment obtenir un accès pour un remplaçant.",
        ),
        StarterKitItem(
            "donnees-de-sante-messagerie-securisee",
            "La troisième semaine",
            "Bureau des internes, salle de staff",
            "Dites en même temps comment ouvrir sa messagerie sécurisée.",
        ),
        StarterKitItem(
            "cle-trouvee-cle-remise",
            "La troisième semaine",
            "Entrée du service",
        ),
        StarterKitItem(
            "j-ai-clique-je-le-dis",
            "La quatrième semaine",
            "Salle de pause",
            "Avec le numéro de l’astreinte, qui répond aussi la nuit.",
        ),
        StarterKitItem(
            "carte-rancongiciel-les-premieres-minutes",
            "La quatrième semaine",
            "Près du téléphone du poste de soins",
            "En A5, plastifiée.",
        ),
        StarterKitItem(
            "carte-panne-informatique-mode-degrade",
            "La quatrième semaine",
            "Dans le classeur du mode dégradé",
        ),
        StarterKitItem(
            "ecran-bloque-je-coupe-le-reseau",
            "Une semaine avant l’exercice",
            "Poste de soins, à côté du câble réseau",
            "Montrez le câble à chacun ; jamais celui d’un appareil de soins.",
        ),
        StarterKitItem(
            "messages-de-l-exercice-rancongiciel",
            "Une semaine avant l’exercice",
            "Toute l’équipe, jour et nuit",
        ),
    ),
    audiences=("soignants",),
)

KITS = (LAUNCH, PHISHING, WARD)
