"""The home page."""

from __future__ import annotations

from starter.content.figures import DEGRADED, EXERCISES, REPORTS
from starter.content.schema import AimText, HomeText

HOME = HomeText(
    title="Tous cyber vigilant",
    summary="Modules courts, affiches et rencontres pour que chacun, à l’hôpital, ait les bons "
    "gestes numériques.",
    message="La cybersécurité, c’est la continuité de la sécurité des soins",
    lead="Une session verrouillée, un doute signalé à temps : ces gestes prennent quelques "
    "secondes et protègent les patients. Apprenez-les en dix minutes au plus, entre deux "
    "tâches.",
    actions=(
        ("Commencer un module", "page:/modules/"),
        ("Télécharger les affiches", "page:/ressources/"),
    ),
    aims=(
        AimText(
            title="Une affaire de direction",
            text="La cybersécurité se décide là où se décide la qualité des soins : au cœur de la "
            "gouvernance de l’hôpital.",
            pictogram="buildings/city-hall",
        ),
        AimText(
            title="Une vraie hygiène numérique",
            text="Comme l’hygiène des mains, elle tient à des gestes simples, faits par tous, à "
            "chaque fois.",
            pictogram="system/padlock",
        ),
        AimText(
            title="Une communauté plus forte",
            text="Ce qu’un hôpital a vécu, un autre peut l’éviter : on se rencontre, on signale, "
            "on s’entraide.",
            pictogram="environment/human-cooperation",
        ),
    ),
    figures=(REPORTS, DEGRADED, EXERCISES),
)
