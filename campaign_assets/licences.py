"""What each licence asks of those who use an asset, as a kit tells it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaign_assets.enums import Licence


@dataclass(frozen=True, slots=True)
class Terms:
    """`address` is where the whole text of the licence stands; "" where this says all."""

    text: Promise | str
    address: str = ""


TERMS: dict[str, Terms] = {
    Licence.ETALAB: Terms(
        _(
            "Vous pouvez reproduire, diffuser et adapter ces supports, à condition d’en citer la "
            "source et la date."
        ),
        "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
    ),
    Licence.CC_BY: Terms(
        _(
            "Vous pouvez reproduire, diffuser et adapter ces supports, à condition de citer leur "
            "auteur, de renvoyer à la licence et d’indiquer vos modifications."
        ),
        "https://creativecommons.org/licenses/by/4.0/deed.fr",
    ),
    Licence.HEALTH_ONLY: Terms(
        _(
            "Vous pouvez afficher, imprimer et diffuser ces supports dans un établissement de "
            "santé, pour ses professionnels. Tout autre usage se demande à leur auteur."
        ),
    ),
}
