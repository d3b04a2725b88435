"""The six starter visuals for social networks and screens, each with the words to send it with."""

from __future__ import annotations

from campaign_assets.enums import Theme
from starter.assets.drawings import CONTACT, Drawing


def _visual(
    slug: str,
    theme: Theme,
    figure: str,
    world: str,
    *,
    headline: str,
    gesture: str,
    alt: str,
    summary: str,
    post: str,
    audiences: tuple[str, ...] = (),
    contact: str = CONTACT,
) -> Drawing:
    return Drawing(
        slug=f"visuel-{slug}",
        theme=theme,
        design="visuel",
        figure=figure,
        world=world,
        texts={"headline": headline, "gesture": gesture},
        alt=alt,
        summary=summary,
        post=post,
        audiences=audiences,
        contact=contact,
    )


VISUALS = (
    _visual(
        "je-verrouille-je-pars",
        Theme.SESSION,
        "session",
        "night-signal",
        headline="Je verrouille,\nje pars.",
        gesture="Une seconde,\net le dossier du patient reste fermé.",
        alt="Un grand cadenas jaune dont la serrure est la pupille d’un œil ouvert.",
        summary="Pour l’intranet et les écrans des salles de pause.",
        post="On part « juste une minute », et la session reste ouverte. Windows + L, ou la carte "
        "retirée : une seconde suffit pour que le dossier du patient reste fermé.",
    ),
    _visual(
        "un-sms-de-l-hopital-je-verifie",
        Theme.PHISHING,
        "phishing",
        "coral-night",
        headline="Un SMS de l’hôpital ?\nJe vérifie.",
        gesture="Je n’ouvre pas le lien : j’appelle\nle numéro que je connais.",
        alt="Une enveloppe marquée d’un œil, prise à un hameçon dont la pointe est la flèche d’une "
        "souris d’ordinateur.",
        summary="Pour les réseaux sociaux de l’établissement et les écrans des salles d’attente.",
        post="Un SMS ou un mail au nom de l’hôpital vous demande de payer ou de confirmer vos "
        "coordonnées ? N’ouvrez pas le lien. Appelez le service au numéro de votre convocation, ou "
        "le standard.",
        audiences=("usagers",),
        contact="",  # the support is not theirs to call
    ),
    _visual(
        "un-acces-un-mot-de-passe",
        Theme.PASSWORDS,
        "passwords",
        "signal-night",
        headline="Un accès,\nun mot de passe.",
        gesture="Si l’un fuit, les autres tiennent.",
        alt="Une grande clé dont l’anneau est un œil ; des points masqués courent sur sa tige.",
        summary="Pour les réseaux sociaux et l’intranet, au travail comme à la maison.",
        post="Le même mot de passe partout, c’est une seule clé pour toutes les portes. Un mot de "
        "passe long et différent pour chaque accès, et un coffre-fort pour les retenir.",
    ),
    _visual(
        "donnees-de-sante-messagerie-securisee",
        Theme.MESSAGING,
        "messaging",
        "mint-night",
        headline="Données de santé :\nmessagerie sécurisée.",
        gesture="Jamais une appli privée,\nmême pour un avis urgent.",
        alt="Une enveloppe blanche coiffée de l’anse d’un cadenas ; sous le rabat, un œil dont la "
        "pupille est une serrure.",
        summary="Pour l’intranet et les réseaux professionnels des soignants.",
        post="Une photo de plaie, un résultat, un avis à demander : la messagerie sécurisée de "
        "santé "
        "est faite pour cela. Une application privée, non, même quand c’est urgent.",
        audiences=("soignants",),
    ),
    _visual(
        "j-ai-clique-je-le-dis",
        Theme.REPORTING,
        "reporting",
        "night-mint",
        headline="J’ai cliqué ?\nJe le dis.",
        gesture="Plus l’alerte est rapide,\nmieux les patients sont protégés.",
        alt="Une grande bulle de parole vert menthe dont le centre est un œil ouvert ; une petite "
        "bulle blanche lui répond.",
        summary="Pour l’intranet et les écrans internes : signaler sans crainte.",
        post="Un clic de trop, cela arrive à tout le monde. Ce qui compte, c’est l’appel qui suit "
        ": "
        "plus le support le sait tôt, plus vite il protège les patients et les collègues.",
    ),
    _visual(
        "le-jour-j-se-prepare-avant",
        Theme.GOVERNANCE,
        "governance",
        "signal-night",
        headline="Le jour J\nse prépare avant.",
        gesture="Chaque année, un exercice de crise\navec la direction et les services.",
        alt="Un grand sifflet d’entraîneur dont la chambre est un œil ouvert ; trois traits disent "
        "qu’il siffle.",
        summary="Pour les réseaux professionnels des équipes de direction.",
        post="Que fait le bloc si le dossier patient ne répond plus ? Un exercice de crise par an, "
        "avec la direction et les services, pour ne pas le découvrir le jour J.",
        audiences=("direction", "numerique"),
    ),
)
