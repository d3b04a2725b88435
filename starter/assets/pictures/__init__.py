"""The pictures that exercises of the starter modules ask about.

Each is a drawing of our own (`<name>.svg`), and the PNG that `scripts/pictures.py` makes of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from documents.services import png_render

FOLDER = Path(__file__).parent
TEMPLATE = "starter/assets/pictures/picture.typ"
WIDTH, HEIGHT = 1200, 800  # pixels
PPI = 72.0  # a point is a pixel


@dataclass(frozen=True)
class StarterPicture:
    """A picture by its name in a `picture:` address. `alt` does not say what is risky in it."""

    name: str
    title: str
    alt: str

    @property
    def file(self) -> Path:
        return FOLDER / f"{self.name}.png"


PICTURES = {
    picture.name: picture
    for picture in (
        StarterPicture(
            name="ward-desk",
            title="Un poste de soins, la nuit",
            alt="Un poste de soins à trois heures dix, la nuit, sans personne : un écran, un "
            "papier jaune, une carte dans un lecteur, une clé USB, une tasse, un téléphone, "
            "des classeurs, des tiroirs.",
        ),
        StarterPicture(
            name="reception",
            title="L’accueil d’un hôpital",
            alt="Le hall d’un hôpital : un agent d’accueil derrière son comptoir, un écran, un "
            "dossier en papier, une porte fermée, quelqu’un dans un couloir marqué « Accès "
            "technique ».",
        ),
    )
}


def picture_draw(picture: StarterPicture) -> bytes:
    """The picture as PNG."""
    data = {"drawing": f"{picture.name}.svg", "width": WIDTH, "height": HEIGHT}
    return png_render(template=TEMPLATE, data=data, ppi=PPI)
