"""The six starter posters: a gesture each, and where to hang them."""

from __future__ import annotations

from dataclasses import dataclass

from campaign_assets.enums import Theme

CAMPAIGN = "Tous cyber vigilant"
CONTACT = "Un doute\N{NO-BREAK SPACE}? Appelez le support informatique."


@dataclass(frozen=True)
class Drawing:
    """A poster of the design «serie»; its texts come as the lines they are set on."""

    figure: str
    world: str
    headline: tuple[str, ...]
    gesture: tuple[str, ...]
    alt: str

    @property
    def texts(self) -> dict[str, str]:
        return {
            "headline": "\n".join(self.headline),
            "gesture": "\n".join(self.gesture),
            "contact": CONTACT,
        }


@dataclass(frozen=True)
class StarterPoster:
    """A poster with what its page says of it."""

    slug: str
    theme: Theme
    audiences: tuple[str, ...]
    summary: str
    placement: tuple[str, ...]
    drawing: Drawing

    @property
    def title(self) -> str:
        return " ".join(self.drawing.headline)


SERIES = (
    StarterPoster(
        slug="je-verrouille-je-pars",
        theme=Theme.SESSION,
        audiences=(),
        summary="Le réflexe qui protège le dossier du patient quand on quitte le poste, "
        "même pour une minute.",
        placement=(
            "Au-dessus des postes partagés : salle de soins, poste infirmier, accueil",
            "Sur le chariot informatique",
        ),
        drawing=Drawing(
            "session",
            "night-signal",
            headline=("Je verrouille,", "je pars."),
            gesture=("Windows + L ou carte retirée,", "chaque fois que je m’éloigne."),
            alt="Un grand cadenas jaune dont la serrure est un œil ouvert.",
        ),
    ),
    StarterPoster(
        slug="un-doute-j-appelle-avant-de-cliquer",
        theme=Theme.PHISHING,
        audiences=(),
        summary="Un message pressant, une pièce jointe inattendue : un appel suffit à lever "
        "le doute.",
        placement=(
            "Dans les bureaux : secrétariats, admissions, achats, direction",
            "En salle de pause",
        ),
        drawing=Drawing(
            "phishing",
            "coral-night",
            headline=("Un doute\N{NO-BREAK SPACE}? J’appelle", "avant de cliquer."),
            gesture=("Je vérifie par téléphone,", "avec un numéro que je connais déjà."),
            alt="Une enveloppe marquée d’un œil, prise à un hameçon.",
        ),
    ),
    StarterPoster(
        slug="un-acces-un-mot-de-passe",
        theme=Theme.PASSWORDS,
        audiences=(),
        summary="Un mot de passe différent pour chaque accès : si l’un fuit, les autres tiennent.",
        placement=("Dans les bureaux et les salles de formation", "Près des imprimantes partagées"),
        drawing=Drawing(
            "passwords",
            "signal-night",
            headline=("Un accès,", "un mot de passe."),
            gesture=(
                "Chacun est long et différent\N{NO-BREAK SPACE}:",
                "mon coffre-fort les retient pour moi.",
            ),
            alt="Une grande clé dont l’anneau est un œil ; quatre points masqués sur sa tige.",
        ),
    ),
    StarterPoster(
        slug="ma-carte-ne-se-prete-pas",
        theme=Theme.CARD,
        audiences=(),
        summary="La carte professionnelle engage la personne dont elle porte le nom.",
        placement=("Dans les vestiaires et les salles de soins", "À côté des lecteurs de cartes"),
        drawing=Drawing(
            "card",
            "mint-night",
            headline=("Ma carte", "ne se prête pas."),
            gesture=(
                "Elle signe à ma place\N{NO-BREAK SPACE}:",
                "je la garde sur moi, je la retire en partant.",
            ),
            alt="Un badge au bout de son cordon ; à la place du portrait, un œil ouvert.",
        ),
    ),
    StarterPoster(
        slug="cle-trouvee-cle-remise",
        theme=Theme.USB,
        audiences=(),
        summary="Une clé USB inconnue peut ouvrir le réseau de l’hôpital à un attaquant.",
        placement=("Aux entrées et au parking du personnel", "À l’accueil et en salle de réunion"),
        drawing=Drawing(
            "usb",
            "night-coral",
            headline=("Clé USB trouvée,", "clé remise."),
            gesture=(
                "Je ne la branche pas\N{NO-BREAK SPACE}:",
                "je la remets au service informatique.",
            ),
            alt="Une clé USB corail qui porte un œil, regard en coin.",
        ),
    ),
    StarterPoster(
        slug="j-ai-clique-je-le-dis",
        theme=Theme.REPORTING,
        audiences=(),
        summary="Tout le monde peut se tromper ; ce qui compte, c’est de prévenir vite.",
        placement=("En salle de pause et dans les couloirs du personnel", "Dans les bureaux"),
        drawing=Drawing(
            "reporting",
            "night-mint",
            headline=("J’ai cliqué\N{NO-BREAK SPACE}?", "Je le dis."),
            gesture=("Signaler tout de suite une erreur,", "c’est protéger les patients."),
            alt="Une grande bulle de parole vert menthe dont le centre est un œil ouvert.",
        ),
    ),
)
