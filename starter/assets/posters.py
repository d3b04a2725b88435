"""The twelve starter posters: a gesture each, and where to hang them."""

from __future__ import annotations

from campaign_assets.enums import Theme
from starter.assets.drawings import Drawing


def _poster(
    slug: str,
    theme: Theme,
    figure: str,
    world: str,
    *,
    headline: str,
    gesture: str,
    alt: str,
    summary: str,
    placement: tuple[str, ...],
    audiences: tuple[str, ...] = (),
) -> Drawing:
    return Drawing(
        slug=slug,
        theme=theme,
        design="serie",
        figure=figure,
        world=world,
        texts={"headline": headline, "gesture": gesture},
        alt=alt,
        summary=summary,
        placement=placement,
        audiences=audiences,
    )


SERIES = (
    _poster(
        "je-verrouille-je-pars",
        Theme.SESSION,
        "session",
        "night-signal",
        headline="Je verrouille,\nje pars.",
        gesture="Windows + L ou carte retirée,\nchaque fois que je m’éloigne.",
        alt="Un grand cadenas jaune dont la serrure est la pupille d’un œil ouvert ; deux touches "
        "de "
        "clavier sont gravées dans un coin.",
        summary="Le réflexe qui protège le dossier du patient quand on quitte le poste, même pour "
        "une minute.",
        placement=(
            "Au-dessus des postes partagés : salle de soins, poste infirmier, accueil",
            "Sur le chariot informatique",
        ),
    ),
    _poster(
        "un-doute-j-appelle-avant-de-cliquer",
        Theme.PHISHING,
        "phishing",
        "coral-night",
        headline="Un doute ? J’appelle\navant de cliquer.",
        gesture="Je vérifie par téléphone,\navec un numéro que je connais déjà.",
        alt="Une enveloppe marquée d’un œil, prise à un hameçon dont la pointe est la flèche d’une "
        "souris d’ordinateur.",
        summary="Un message pressant, une pièce jointe inattendue : un appel suffit à lever le "
        "doute.",
        placement=(
            "Dans les bureaux : secrétariats, admissions, achats, direction",
            "En salle de pause",
        ),
    ),
    _poster(
        "un-acces-un-mot-de-passe",
        Theme.PASSWORDS,
        "passwords",
        "signal-night",
        headline="Un accès,\nun mot de passe.",
        gesture="Chacun est long et différent :\nmon coffre-fort les retient pour moi.",
        alt="Une grande clé dont l’anneau est un œil ; des points masqués courent sur sa tige.",
        summary="Un mot de passe différent pour chaque accès : si l’un fuit, les autres tiennent.",
        placement=(
            "Dans les bureaux et les salles de formation",
            "Près des imprimantes partagées",
        ),
    ),
    _poster(
        "ma-carte-ne-se-prete-pas",
        Theme.CARD,
        "card",
        "mint-night",
        headline="Ma carte\nne se prête pas.",
        gesture="Elle ouvre et signe en mon nom :\nje la garde, je la retire en partant.",
        alt="Un badge au bout de son cordon semé de petites croix ; à la place du portrait, un œil "
        "ouvert.",
        summary="La carte professionnelle engage la personne dont elle porte le nom.",
        placement=("Dans les vestiaires et les salles de soins", "À côté des lecteurs de cartes"),
        audiences=("soignants",),
    ),
    _poster(
        "cle-trouvee-cle-remise",
        Theme.USB,
        "usb",
        "night-coral",
        headline="Clé USB trouvée,\nclé remise.",
        gesture="Je ne la branche pas :\nje la remets au service informatique.",
        alt="Une grande clé USB couleur corail qui porte un œil, regard en coin.",
        summary="Une clé USB inconnue peut ouvrir le réseau de l’hôpital à un attaquant.",
        placement=("Aux entrées et au parking du personnel", "À l’accueil et en salle de réunion"),
    ),
    _poster(
        "donnees-de-sante-messagerie-securisee",
        Theme.MESSAGING,
        "messaging",
        "mint-night",
        headline="Données de santé :\nmessagerie sécurisée.",
        gesture="Jamais un mail ordinaire ni une appli privée,\nmême pour un avis urgent.",
        alt="Une enveloppe blanche coiffée de l’anse d’un cadenas ; sous le rabat, un œil dont la "
        "pupille est une serrure.",
        summary="Un compte rendu, une photo de plaie, un avis demandé à un confrère : la "
        "messagerie "
        "sécurisée de santé, jamais une messagerie privée.",
        placement=(
            "Dans les secrétariats médicaux et les bureaux des médecins",
            "En salle d’internes et en salle de transmissions",
        ),
        audiences=("soignants", "support"),
    ),
    _poster(
        "ecran-bloque-je-coupe-le-reseau",
        Theme.RANSOMWARE,
        "ransomware",
        "coral-night",
        headline="Écran bloqué ?\nJe coupe le réseau.",
        gesture="Câble retiré, Wi-Fi coupé, poste allumé :\nj’appelle le support tout de suite.",
        alt="Un écran barré d’un œil dont la pupille est un cadenas ; son voyant reste allumé et "
        "son "
        "câble réseau pend, débranché.",
        summary="Fichiers illisibles, message de rançon : isoler le poste sans l’éteindre, puis "
        "appeler. Si l’appareil participe à un soin, on appelle d’abord.",
        placement=(
            "Près des postes de travail, à côté du numéro du support",
            "Dans les salles de transmissions et les bureaux des cadres",
        ),
    ),
    _poster(
        "j-ai-clique-je-le-dis",
        Theme.REPORTING,
        "reporting",
        "night-mint",
        headline="J’ai cliqué ?\nJe le dis.",
        gesture="Signaler tout de suite une erreur,\nc’est protéger les patients.",
        alt="Une grande bulle de parole vert menthe dont le centre est un œil ouvert ; une petite "
        "bulle blanche lui répond.",
        summary="Tout le monde peut se tromper ; ce qui compte, c’est de prévenir vite.",
        placement=("En salle de pause et dans les couloirs du personnel", "Dans les bureaux"),
    ),
    _poster(
        "chez-moi-memes-reflexes",
        Theme.TELEWORK,
        "telework",
        "signal-night",
        headline="Chez moi,\nmêmes réflexes.",
        gesture="Poste de l’hôpital, VPN actif,\nécran à l’abri des regards.",
        alt="Une maison posée comme un écran sur le clavier d’un portable ; un œil la remplit, sa "
        "cheminée fume un signal Wi-Fi.",
        summary="À la maison comme au train : le matériel de l’établissement, la connexion "
        "protégée "
        "et la discrétion.",
        placement=(
            "Dans les bureaux des personnes qui télétravaillent",
            "Au guichet où l’on retire les ordinateurs portables",
        ),
        audiences=("direction", "numerique", "support"),
    ),
    _poster(
        "mise-a-jour-je-ne-repousse-pas",
        Theme.DEVICES,
        "devices",
        "night-mint",
        headline="Mise à jour ?\nJe ne repousse pas.",
        gesture="Je redémarre mon poste. Pour un appareil\nde soins, j’appelle le biomédical.",
        alt="Un moniteur de soins vert menthe : le tracé du pouls mène à un œil dont l’iris est "
        "fait "
        "des deux flèches d’une mise à jour.",
        summary="Une mise à jour ferme une porte que d’autres connaissent déjà. Pour les appareils "
        "connectés, elle se décide avec le biomédical.",
        placement=(
            "Près des postes partagés et des chariots",
            "Dans les locaux du biomédical et du service informatique",
        ),
        audiences=("soignants", "numerique", "support"),
    ),
    _poster(
        "sans-badge-j-accompagne",
        Theme.VISITORS,
        "visitors",
        "night-signal",
        headline="Sans badge ?\nJ’accompagne.",
        gesture="Je salue, je demande qui l’on cherche :\nje ne tiens pas la porte à un inconnu.",
        alt="Une porte jaune entrouverte dont le judas est un grand œil ; à côté, un lecteur de "
        "badges.",
        summary="Un couloir technique, une salle serveur, un bureau : demander est courtois et "
        "protège tout le monde.",
        placement=(
            "Aux portes à badge, côté personnel",
            "Dans les couloirs techniques et administratifs",
        ),
    ),
    _poster(
        "le-jour-j-se-prepare-avant",
        Theme.GOVERNANCE,
        "governance",
        "signal-night",
        headline="Le jour J\nse prépare avant.",
        gesture="Chaque année, un exercice de crise\navec la direction et les services.",
        alt="Un grand sifflet d’entraîneur dont la chambre est un œil ouvert ; trois traits disent "
        "qu’il siffle.",
        summary="La crise cyber se répète comme l’incendie : une date, un scénario, un retour "
        "d’expérience.",
        placement=(
            "En salle de crise et en salle de réunion de la direction",
            "Dans les bureaux des cadres",
        ),
        audiences=("direction", "numerique"),
    ),
)
