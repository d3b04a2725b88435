"""An exercise of each kind, in the shapes of the starter texts."""

from __future__ import annotations

import random
import uuid
from typing import Any

from courses.blocks import LessonBodyBlock
from courses.exercises import EXERCISES, Content
from starter.content.schema import (
    Block,
    area,
    clue,
    commitment,
    ending,
    harmless,
    hotspot,
    mail,
    moment,
    plain,
    risky,
    safe,
    scenario,
    sorting,
    step,
    timeline,
    way,
)
from tests.courses.factories import list_items

MAIL = mail(
    "Votre boîte est pleine",
    "Marquez ce qui doit vous alerter.",
    clue(
        "sender",
        "Service informatique",
        "L’adresse n’est pas la nôtre.",
        target="support@hopital-assistance.example",
    ),
    plain("support@hopital-assistance.example", "reply_to"),
    harmless("date", "mardi 14 avril, 3 h 41", "L’heure seule ne prouve rien."),
    plain("Votre boîte est presque pleine", "subject"),
    plain("Bonjour,"),
    harmless("text", "Votre boîte a atteint 98 % de sa capacité.", "C’est possible."),
    clue("text", "Sans action avant 6 heures, tout sera effacé.", "Une menace et une échéance."),
    clue(
        "link",
        "https://messagerie.hopital.example",
        "Le vrai lien mène ailleurs.",
        target="https://messagerie.hopital.example.verif-agents.example/connexion",
    ),
    plain("procedure.pdf", "attachment"),
    conclusion="On ne clique pas, on signale.",
)
SCENARIO = scenario(
    "3 h 05, en chirurgie",
    "Vous êtes de nuit, pour vingt-deux patients.",
    step(
        "screen",
        "L’écran",
        "Le poste affiche une rançon.",
        way("Je débranche le câble réseau.", "Le poste n’envoie plus rien.", "call"),
        way("Je continue sur le poste voisin.", "Le voisin affiche le même message.", "late"),
    ),
    step(
        "call",
        "L’alerte",
        "Qui prévenez-vous ?",
        way("J’appelle l’astreinte.", "On vous guide.", "good"),
        way("J’envoie un courriel.", "Personne ne le lit à 3 heures.", "late"),
    ),
    step(
        "late",
        "3 h 30",
        "Deux écrans sur trois affichent la rançon.",
        way("J’appelle maintenant.", "L’astreinte coupe l’étage.", "saved"),
        way("J’attends la relève.", "Les autres services ne savent rien.", "spread"),
    ),
    ending("good", "La nuit a tenu", "Une alerte rapide.", "good"),
    ending("saved", "Tard, mais à temps", "Un appel tardif reste un bon appel.", "mixed"),
    ending("spread", "Tout l’hôpital sur papier", "Attendre semblait raisonnable.", "bad"),
)
SORTING = sorting(
    "Trier",
    "Que faites-vous ?",
    risky("Une clé USB trouvée", "Elle va à la DSI."),
    safe("Verrouiller", "Toujours."),
)
HOTSPOT = hotspot(
    "La salle de soins, 3 h 10",
    "Cochez tout ce qui présente un risque.",
    "ward-desk",
    area(
        "Un écran allumé sur un dossier", "Fermé, il le serait.", at=(19, 27, 40, 40), is_right=True
    ),
    area(
        "Un papier jaune", "Un mot de passe ne s’affiche pas.", at=(51, 54, 10, 15), is_right=True
    ),
    area("Une carte dans son lecteur", "Elle reste avec vous.", at=(63, 59, 12, 15), is_right=True),
    area("Une clé USB", "À qui est-elle ?", at=(77, 67, 11, 8), is_right=True),
    area("Une tasse", "Loin du clavier, tout va bien.", at=(88, 65, 7, 10), is_right=False),
    area("Des tiroirs fermés", "Ils sont fermés.", at=(70, 78, 22, 20), is_right=False),
)
TIMELINE = timeline(
    "Les trente premières minutes",
    "Retrouvez l’ordre.",
    moment("Tout de suite", "J’isole le poste.", "Il ne contamine plus."),
    moment("3e minute", "J’appelle l’astreinte.", "La messagerie peut être touchée."),
    moment("10e minute", "Je préviens l’équipe.", "Chacun sait quels postes ne pas toucher."),
    moment("30e minute", "Nous passons sur papier.", "Le classeur dit comment."),
)
COMMITMENT = commitment(
    "Ce que je change dès demain",
    "Choisissez une à trois promesses.",
    "Je verrouille mon poste.",
    "J’apprends le numéro de l’astreinte.",
    "Je ne prête plus ma carte.",
    "Je le dis à un collègue.",
)
BLOCKS = {block.kind: block for block in (MAIL, SCENARIO, SORTING, HOTSPOT, TIMELINE, COMMITMENT)}


def raw(block: Block, **changed: Any) -> dict[str, Any]:
    """The block as a StreamField takes it, with ids of its own."""
    value = list_items({**block.value, **changed})
    return {"type": block.kind, "value": value, "id": str(uuid.uuid4())}


def value_of(block: Block, **changed: Any) -> Any:
    """What its editor filled, as its block has it."""
    return LessonBodyBlock().child_blocks[block.kind].to_python(raw(block, **changed)["value"])


def frozen(block: Block, **changed: Any) -> Content:
    """The exercise as it is asked."""
    value = value_of(block, **changed)
    return EXERCISES[block.kind].frozen(value, random.Random(1))
